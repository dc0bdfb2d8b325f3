import Metrics
import ModelFiles
import Models
import Reports
import Tables

extension TreeReport {
  /// One tree of a loaded model file.
  /// - Parameter number: from 1.
  /// - Throws: `ScoringError` where there is no such tree.
  public init(_ loaded: LoadedModel, tree number: Int) throws {
    let predictor = loaded.model.predictor
    guard let pipeline = predictor.treePipeline, let ensemble = predictor.trees else {
      throw ScoringError.noTrees(
        model: loaded.name, algorithm: loaded.model.training.algorithm)
    }
    guard ensemble.trees.indices.contains(number - 1) else {
      throw ScoringError.noSuchTree(
        number: number, model: loaded.name, trees: ensemble.trees.count)
    }
    self.init(model: loaded.name, number: number, of: ensemble, pipeline: pipeline)
  }
}

extension ShapeReport {
  /// What one column does in a loaded model file.
  /// - Throws: `ScoringError` where the model has no curves, or none of the column.
  public init(_ loaded: LoadedModel, column: String) throws {
    guard case .additive(let pipeline, let additive) = loaded.model.predictor else {
      throw ScoringError.noCurves(
        model: loaded.name, algorithm: loaded.model.training.algorithm)
    }
    let columns = loaded.model.requiredColumns
    guard columns.contains(column) else {
      throw ScoringError.noSuchCurve(column: column, model: loaded.name, columns: columns)
    }
    self.init(model: loaded.name, column: column, of: additive, pipeline: pipeline)
  }
}

extension InspectReport {
  /// What is in a loaded model file.
  public init(_ loaded: LoadedModel) {
    let model = loaded.model
    let reasons = Dictionary(
      model.training.leftOut.map { ($0.column, $0.reason) }, uniquingKeysWith: { first, _ in first }
    )
    let used = Set(model.requiredColumns)
    let unused = Set(model.schema.columns.map(\.name)).subtracting(used)
    self.init(
      model: loaded.name, file: loaded.path, formatVersion: loaded.formatVersion,
      sha256: loaded.sha256, state: loaded.entry?.state.rawValue, created: loaded.entry?.created,
      algorithm: model.training.algorithm,
      coefficientCount: model.logistic?.coefficients.count,
      trees: model.trees?.trees.count,
      leaves: model.trees?.trees.reduce(0) { $0 + $1.leafCount },
      data: DataSummary(
        source: loaded.entry?.data ?? "history", rows: model.training.rows,
        won: model.training.conversions, lost: model.training.rows - model.training.conversions,
        outcome: model.outcome.words(recipe: model.recipe),
        unit: model.recipe?.history == nil ? nil : "example",
        notes: loaded.warnings
          + [model.recipe?.history?.liveWarning(unlearned: unused)].compactMap(\.self)),
      columns: model.schema.columns.map { column in
        ColumnUse(
          column: column.name, kind: column.type.rawValue, isUsed: used.contains(column.name),
          why: used.contains(column.name)
            ? "" : reasons[column.name] ?? "the same value in every training lead")
      },
      outOfFold: ValidationSummary(
        scheme: model.outOfFold.scheme, figures: model.outOfFold.figures),
      heldOut: model.heldOut.map { ValidationSummary(scheme: $0.scheme, figures: $0.figures) },
      calibration: model.calibration?.figures, effects: columnEffects(of: model),
      effectIntervals: model.logistic?.intervalKind == .posterior ? .posterior : .confidence,
      importance: model.importance, alternatives: model.alternatives, facts: Self.facts(model))
  }

  private static func facts(_ model: LeadModel) -> [Fact] {
    let training = model.training
    let fit = [
      Fact(
        name: "Penalty",
        value: model.logistic == nil
          ? "" : training.penalty == 0 ? "none" : "L2, \(NumberText.plain(training.penalty))"),
      Fact(name: "Seed", value: "\(training.seed)"),
    ]
    let file = [
      Fact(name: "Id", value: model.idColumns.joined(separator: ", ")),
      Fact(
        name: "Separator",
        value: String(UnicodeScalar(model.schema.dialect.separator)) == "\t"
          ? "tab" : String(UnicodeScalar(model.schema.dialect.separator))),
      Fact(name: "Encoding", value: model.schema.dialect.encoding.rawValue),
      Fact(
        name: "Knows its leads by",
        value: model.sketch.basis == .ids ? "their ids (hashed)" : "their cells (hashed)"),
    ]
    let blend =
      training.blend.map { blend in
        [
          Fact(
            name: "Blend",
            value: blend.members.map { "\(NumberText.fixed($0.weight, 3)) × \($0.name)" }
              .joined(separator: " + ") + ", intercept \(NumberText.signed(blend.intercept, 3))")
        ]
      } ?? []
    let grown = training.boosting.map(facts) ?? training.additive.map(facts) ?? []
    return (blend + fit + grown + file).filter { !$0.value.isEmpty }
  }

  /// How tables were grown, and how many there are.
  private static func facts(_ tables: AdditiveRecord) -> [Fact] {
    func rounds(_ rounds: AdditiveRecord.Rounds) -> String {
      "\(rounds.model); \(rounds.folds) in the folds"
    }
    return [
      Fact(name: "Rounds of curves", value: rounds(tables.curveRounds)),
      Fact(
        name: "Rounds of pairs",
        value: tables.pairs == 0
          ? "" : rounds(tables.surfaceRounds) + "; \(tables.pairs) of at most \(tables.mostPairs)"),
      Fact(
        name: "Each tree",
        value: "leaves \(tables.leaves), of pairs \(tables.pairLeaves), minimum_rows "
          + "\(tables.minimumRows), learning rate \(NumberText.significant(tables.learningRate))"),
      Fact(
        name: "Features",
        value: "max_bins \(tables.features.maxBins), of pairs \(tables.pairCells)"),
      Fact(
        name: "Monotone",
        value: tables.monotone.map {
          "\($0.column) \($0.isIncreasing ? "increasing" : "decreasing")"
        }.joined(separator: ", ")),
      Fact(
        name: "Interactions",
        value: (tables.interactions ?? []).map { "[\($0.joined(separator: ", "))]" }
          .joined(separator: ", ")),
    ]
  }

  /// How trees were grown, in the words of a project file.
  private static func facts(_ trees: BoostingRecord) -> [Fact] {
    // Every digit: what is given again has to be the same number.
    func number(_ value: Double) -> String {
      let text = "\(value)"
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    let depth = trees.maxDepth.map { ", max_depth \($0)" } ?? ""
    let rising = trees.monotone.map {
      "\($0.column) \($0.isIncreasing ? "increasing" : "decreasing")"
    }
    let blind =
      trees.memberFeatures?.indices
      .filter { trees.memberFeatures?[$0] == .withoutPairs }.map { "\($0 + 1)" } ?? []
    let unlike = blind.isEmpty ? "" : "; without pairs: \(blind.joined(separator: ", "))"
    let levels = trees.features.minimumLevelRows.map { ", minimum_level_rows \(number($0))" } ?? ""
    let groups = trees.interactions?.map { "[\($0.joined(separator: ", "))]" }
    let shapes = (trees.shapes ?? []).map { shape in
      let members = shape.members == 1 ? "" : "mean of \(shape.members) × "
      let pairs = shape.features == .withoutPairs ? " without pairs" : ""
      return Fact(
        name: shape.name.prefix(1).uppercased() + shape.name.dropFirst(),
        value: "\(NumberText.fixed(shape.weight, 3)) × \(members)\(shape.rounds) of "
          + "\(shape.leaves) leaves\(pairs); \(shape.foldRounds) in the folds, log loss "
          + NumberText.fixed(shape.logLoss, 4))
    }
    return shapes + [
      Fact(
        name: "Rounds",
        value: (trees.shapes == nil
          ? "\(trees.rounds); \(trees.foldRounds) in the folds, " : "")
          + "rounds \(trees.mostRounds), patience \(trees.patience)"),
      Fact(name: "Learning rate", value: number(trees.learningRate)),
      Fact(
        name: "Each tree",
        value: "leaves \(trees.leaves)\(depth), minimum_rows \(trees.minimumRows), "
          + "row_share \(number(trees.rowShare)), column_share \(number(trees.columnShare))"),
      Fact(name: "Leaf values", value: "l1 \(number(trees.l1)), l2 \(number(trees.l2))"),
      Fact(name: "Members", value: "\(trees.members)\(unlike)"),
      Fact(
        name: "Features",
        value: "max_bins \(trees.features.maxBins), categories \(trees.features.categories), "
          + "smoothing \(number(trees.features.smoothing)), pairs \(trees.features.pairs)\(levels)"),
      Fact(name: "Monotone", value: rising.joined(separator: ", ")),
      Fact(name: "Interactions", value: groups?.joined(separator: ", ") ?? ""),
    ]
  }
}
