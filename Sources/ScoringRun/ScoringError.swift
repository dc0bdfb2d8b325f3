public enum ScoringError: Error, Equatable, CustomStringConvertible {
  case tooManyUnparsed(column: String, cells: Int, rows: Int, limit: Double)
  case noOutcomes(path: String, column: String)
  case outcomeMissing(path: String, column: String)
  case leadsSeen(seen: Int, leads: Int, model: String)
  case nothingUnseen(leads: Int, model: String)
  case noRules
  case accountMissing(column: String)
  case ruleScoreNotANumber(column: String)
  case ruleScoreMissing(column: String, path: String)
  case unknownOutputColumn(name: String, nearest: String?, available: [String])
  case badOutputColumn(item: String)
  case outputColumnTwice(title: String)
  case notOutOfFold(path: String, missing: [String])
  /// Nothing names a lead, so that none can be found in a file of predictions.
  case outOfFoldWithoutIDs(path: String)
  case outOfFoldTwice(path: String, line: Int)
  /// None of the leads is in the file.
  case outOfFoldOfOthers(path: String, source: String)
  case outcomesChanged(path: String, changed: Int, leads: Int, source: String)
  case sameFile(flag: String, path: String, other: String)
  case outputNotPlainFile(path: String)
  /// The model was fitted to one table of leads as it stands.
  case noRecipe(model: String)
  /// One table, of a model that was fitted to several: columns that are made of them are not there.
  case needsProject(path: String, missing: [String], isHistory: Bool)
  /// A period was asked for, and the model's outcomes have no dates to judge by.
  case periodWithoutHistory(model: String)
  /// A period that begins before the model had learned.
  case learnedUntil(from: String, until: String, model: String)
  /// The model file does not say until when its model learned.
  case unknownEnd(model: String)
  /// Rows of a table are told apart by ids.
  case tableWithoutIds
  case randomWithoutIds
  case noTrees(model: String, algorithm: String)
  case noSuchTree(number: Int, model: String, trees: Int)
  case noCurves(model: String, algorithm: String)
  case noSuchCurve(column: String, model: String, columns: [String])
  /// Without the id itself, which may tell who the lead is.
  case noSuchLead(path: String, columns: [String], isHistory: Bool = false)
  case otherIdCount(given: Int, columns: [String])

  public var description: String {
    switch self {
    case .tooManyUnparsed(let column, let cells, let rows, let limit):
      return
        "\(cells) of \(rows) cells of column “\(column)” do not read as they did when the model "
        + "was fitted, more than the \(percent(limit)) allowed; nothing was written. Has its format "
        + "changed? If it is right so, fit again, or allow more with --max-unparsed"
    case .needsProject(let path, let missing, let isHistory):
      return
        "\(path) lacks \(missing.count == 1 ? "a column" : "\(missing.count) columns") that the model "
        + "reads (\(missing.prefix(3).map { "“\($0)”" }.joined(separator: ", "))"
        + (missing.count > 3 ? ", …" : "") + "): it was learned from "
        + (isHistory ? "a history of several tables" : "several tables")
        + ". Name the project that it was fitted from, --project kelvin.yaml; beside it, --data says where "
        + "other leads are"
        + (isHistory
          ? ", and alone it takes a table as “kelvin-train features” writes it" : "")
    case .noOutcomes(let path, let column):
      return
        "\(path) has no won or no lost leads in “\(column)”, so there is nothing to judge by: both "
        + "are needed"
    case .outcomeMissing(let path, let column):
      return "\(path) has no column “\(column)” to tell won from lost leads"
    case .leadsSeen(let seen, let leads, let model):
      return
        "\(seen) of the \(leads) closed leads were used to fit \(model), which would flatter it. "
        + "Give leads that it has not seen (fit with --hold-out 25% --hold-out-file FILE keeps some), "
        + "or add --unseen to judge by the other \(leads - seen) alone"
    case .nothingUnseen(let leads, let model):
      return "all \(leads) closed leads were used to fit \(model): none is left to judge by"
    case .accountMissing(let column):
      return
        "there is no account column “\(column)” among the columns that the model was fitted with. "
        + "Name another with --account"
    case .noRules:
      return "a comparison needs rules: give --rules rules.yaml, or --rule-score \"Points column\""
    case .ruleScoreNotANumber(let column):
      return "the rule score column “\(column)” does not hold numbers"
    case .ruleScoreMissing(let column, let path):
      return "\(path) has no rule score column “\(column)”"
    case .unknownOutputColumn(let name, let nearest, let available):
      let hint = nearest.map { "; did you mean “\($0)”?" } ?? "."
      return "--columns asks for “\(name)”, which is not written\(hint) Written are "
        + available.joined(separator: ", ")
    case .badOutputColumn(let item):
      return "--columns has “\(item)”; write a column, or NAME=column to rename it"
    case .outputColumnTwice(let title):
      return
        "--columns and the id columns would write two columns called “\(title)”: rename one, as in "
        + "--columns \"Other=probability\""
    case .notOutOfFold(let path, let missing):
      return "\(path) is not a file of out-of-fold predictions: it lacks "
        + missing.joined(separator: ", ") + ". “kelvin-train fit --out-of-fold FILE --rules …” "
        + "writes one"
    case .outOfFoldWithoutIDs(let path):
      return
        "\(path): the model was fitted without an id column, so that no lead can be found in it; fit with "
        + "--id COLUMN, or compare by --out-of-fold alone"
    case .outOfFoldTwice(let path, let line):
      return
        "\(path), line \(line): a lead of this id stands there already, and whose probability is meant "
        + "can't be told; fit again with id columns that name one row each"
    case .outOfFoldOfOthers(let path, let source):
      return
        "none of the leads of \(source) is in \(path): it was written by the fit of other leads, or other "
        + "id columns name them; give the leads that the model was fitted to"
    case .outcomesChanged(let path, let changed, let leads, let source):
      return
        "\(changed) of \(leads) leads have another outcome in \(source) than in \(path): the data have "
        + "changed since the fit; fit again, and compare by the new file"
    case .outputNotPlainFile(let path):
      return
        "--out \(path): scores are written as plain CSV into a file that is replaced when it is "
        + "complete; give it a name such as scored.csv"
    case .periodWithoutHistory(let model):
      return
        "--from and --as-of go with a model whose outcomes have dates, and \(model) was fitted without: "
        + "leave them out"
    case .learnedUntil(let from, let until, let model):
      return
        "--from \(from): \(model) learned from outcomes until \(until), which would flatter it; give "
        + "that moment or a later one"
    case .unknownEnd(let model):
      return
        "\(model) does not say until when it learned: give --from with the end of the data that it was "
        + "fitted to, or fit again"
    case .tableWithoutIds:
      return
        "a table of scores is written by the leads' ids, and the model was fitted without: fit with "
        + "--id COLUMN"
    case .randomWithoutIds:
      return
        "--random-share marks leads by their id, and the model was fitted without: fit with --id COLUMN"
    case .noRecipe(let model):
      return
        "--project: \(model) was fitted to one table of leads; give the leads with --data or as a "
        + "database table"
    case .noTrees(let model, let algorithm):
      return "--tree: \(model) has no trees (\(algorithm)); leave the option out"
    case .noSuchTree(let number, let model, let trees):
      return trees == 0
        ? "--tree \(number): \(model) stopped before its first tree and has none"
        : "--tree \(number): \(model) has trees 1 to \(trees)"
    case .noCurves(let model, let algorithm):
      return
        "--shape: \(model) has no curves (\(algorithm)); fit with --algorithms additive for a model that has"
    case .noSuchCurve(let column, let model, let columns):
      return
        "--shape \(column): \(model) has no such column; it has curves of \(columns.joined(separator: ", "))"
    case .noSuchLead(let path, let columns, let isHistory):
      return columns.isEmpty
        ? "\(path) has no such row: the model was fitted without an id, so a lead is named by its row in "
          + "the file, from 1"
        : "\(path) has no lead with this \(columns.joined(separator: ", "))"
          + (isHistory ? ", or it had not come in by the moment" : "")
    case .otherIdCount(let given, let columns):
      return
        "\(given) values name the lead, where the model knows leads by "
        + (columns.isEmpty
          ? "their row in the file, from 1" : columns.joined(separator: ", ") + ": give one each")
    case .sameFile(let flag, let path, let other):
      return "\(flag) \(path) would overwrite \(other); choose another name"
    }
  }

  private func percent(_ share: Double) -> String {
    "\((share * 1_000).rounded() / 10)%"
  }
}
