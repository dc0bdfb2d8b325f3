import Calibration
import Comparison
import Metrics
import ModelFiles
import Models
import Parallel
import Reports
import Rules
import Sources
import Tables

/// Leads whose outcome is known, scored by a model and by rules that were not fitted to them.
public struct LabelledLeads: Sendable {
  /// 1 won, 0 lost; open leads are left out.
  public private(set) var labels: [UInt8] = []
  public private(set) var probabilities: [Double] = []
  /// `nil` without rules.
  public private(set) var ruleScores: [Double]?
  public let summary: DataSummary
  public let modelName: String
  public let rulesName: String?
  public var warnings: [String] { cautions.map(\.english) }
  let cautions: [ComparisonCaution]
  let loaded: LoadedModel
  let rules: RuleBinding?
  let facets: ComparisonFacets?
  /// Whether each was contacted, where activities say it.
  let contacted: [Bool]?
  /// Where each lead stands among all rows, from 0.
  let places: [Int]
  /// What the rules said of each lead as of its decision time; `nil` where they need only its cells.
  let verdicts: RuleVerdicts?
  /// The leads' cells, where they were kept.
  let table: Table?
  /// Whose out-of-fold predictions these are; `nil` where the model scored them.
  let predictions: OutOfFoldPredictions?
  /// Where each lead stands in that file.
  private let predictionPlaces: [Int]

  /// Scores a table's closed leads.
  ///
  /// - Parameters:
  ///   - rules: what to compare with; `nil` judges the model alone.
  ///   - onlyUnseen: leaves out the leads that the model was fitted to, instead of refusing.
  ///   - predictions: of the fit's own leads, in place of scores: those leads alone are judged.
  ///   - facets: what a comparison looks at beside the scores; `nil` keeps no cells for one.
  ///   - unreadLimit: the share of the cells of a column that may be unreadable.
  /// - Throws: `ScoringError.leadsSeen` where the model was fitted to some of them, and scores them.
  public init(
    origin: TableOrigin, loaded: LoadedModel, rules source: RuleScoreSource?, onlyUnseen: Bool,
    predictions: OutOfFoldPredictions? = nil, facets: ComparisonFacets? = nil,
    unreadLimit: Double = PredictRun.defaultUnparsedLimit, skipsBadRows: Bool, pool: WorkerPool,
    progress: ProgressSink
  ) throws {
    let model = loaded.model
    let rules = try source.map { try RuleBinding($0, model: model) }
    for name in facets?.columns ?? [] where model.schema[name] == nil {
      throw ComparisonError.unknownColumn(
        flag: facets?.flag(of: name) ?? "", name: name,
        available: model.schema.columns.map(\.name))
    }
    let stream = try LeadStream(
      origin: origin, model: model, rules: rules, skipsBadRows: skipsBadRows, needsOutcome: true,
      alsoReads: facets?.columns ?? [])
    let judge = LeadJudge(
      model: model, rules: rules, predictions: predictions, keepsCells: facets != nil)
    let single = WorkerPool(threadCount: 1)
    var all = JudgedLeads()
    var unparsed = UnparsedCells(columns: stream.columns)
    try stream.forEachBlock(pool: pool) { block in
      let outcomes = try stream.outcomes(block)
      let closed = outcomes.indices.filter { outcomes[$0] >= 0 }
      let identities = try stream.identities(block, rows: closed, pool: single)
      var judged = try judge.judged(
        block.table, outcomes: outcomes, closed: closed, identities: identities)
      judged.skipped = block.skippedRows
      return (judged, block.unparsedCounts)
    } consume: { judged, found in
      unparsed.add(found, rows: judged.rows)
      all.add(judged)
      progress(Progress(stage: "leads scored", done: all.rows, total: nil))
    }
    try unparsed.check(limit: unreadLimit)
    try self.init(
      all, source: origin.name, loaded: loaded, rules: rules, facets: facets,
      onlyUnseen: onlyUnseen, predictions: predictions, warnings: unparsed.lines)
  }

  /// - Parameters:
  ///   - source: the leads, as the user named them.
  ///   - unit: what a row is.
  ///   - verdicts: of all rows.
  ///   - types: of the activities that there are.
  ///   - contacted: whether each row was contacted, where activities say it.
  ///   - notes: what became of the leads on the way.
  ///   - warnings: what makes the figures worth less, beside what is found here.
  init(
    _ all: JudgedLeads, source: String, loaded: LoadedModel, rules: RuleBinding?,
    facets: ComparisonFacets?, onlyUnseen: Bool, predictions: OutOfFoldPredictions? = nil,
    verdicts: RuleVerdicts? = nil, types: [String]? = nil, contacted: [Bool]? = nil,
    unit: String? = nil, notes: [String] = [],
    warnings: [String] = []
  ) throws {
    let model = loaded.model
    let closed = all.won + all.lost
    if all.seen > 0, !onlyUnseen {
      throw ScoringError.leadsSeen(seen: all.seen, leads: closed, model: loaded.name)
    }
    if all.seen == closed, closed > 0 {
      throw ScoringError.nothingUnseen(leads: closed, model: loaded.name)
    }
    if let predictions {
      try predictions.check(all, leads: closed, source: source)
    }
    guard all.labels.contains(1), all.labels.contains(0) else {
      throw ScoringError.noOutcomes(path: source, column: model.outcome.column)
    }
    labels = all.labels
    self.verdicts = verdicts?.gathered(all.places)
    probabilities = all.probabilities
    ruleScores = rules.map { _ in Self.filled(all.ruleScores) }
    var notes = notes
    if all.seen > 0 {
      notes.append(
        "\(all.seen) \(unit ?? "lead")s \(unit == nil ? "that" : "of leads that") the model was "
          + "fitted to are left out.")
    }
    summary = DataSummary(
      source: source, rows: all.rows, won: all.won, lost: all.lost,
      open: all.rows - closed, skippedRows: all.skipped, unit: unit, notes: notes)
    modelName = loaded.name
    rulesName = rules?.name
    cautions =
      (loaded.warnings + warnings).map { .other($0) }
      + (rules?.cautions(outcome: model.outcome.column, types: types) ?? [])
      + (predictions == nil && model.sketch.fingerprints.isEmpty ? [.mayBeSeen] : [])
      + (predictions.map { $0.cautions(all) } ?? [])
      + (Self.areOther(rules, than: model.combination) ? [.otherRulesThanFitted] : [])
    self.loaded = loaded
    self.rules = rules
    self.facets = facets
    places = all.places
    self.contacted = contacted.map { flags in all.places.map { flags[$0] } }
    table = all.table?.table
    self.predictions = predictions
    predictionPlaces = all.predictionPlaces
  }

  private static func areOther(
    _ rules: RuleBinding?, than combination: RuleCombination?
  ) -> Bool {
    guard let rules, let combination else { return false }
    return !rules.areThose(of: combination)
  }

  /// A lead without points ranks below all others.
  private static func filled(_ scores: [Double]) -> [Double] {
    let lowest = scores.lazy.filter(\.isFinite).min() ?? 0
    return scores.map { $0.isFinite ? $0 : lowest - 1 }
  }

  /// How rules and model rank these leads, and no more.
  /// - Throws: `ScoringError.noRules` without rules.
  public func comparison() throws -> ComparisonReport {
    guard let ruleScores else { throw ScoringError.noRules }
    return try compare(
      labels: labels, probabilities: probabilities, ruleScores: ruleScores, population: population,
      model: modelName, rules: rulesName, cautions: cautions, combined: combined)
  }

  /// Both scores together, where the fit had these rules.
  var combined: CombinedScores? {
    guard let ruleScores, let combination = loaded.model.combination,
      rules?.areThose(of: combination) == true
    else { return nil }
    guard predictions == nil else {
      return predictions?.combined?.gathered(predictionPlaces, putTogetherBy: combination)
    }
    return CombinedScores(combination, model: probabilities, ruleScores: ruleScores)
  }

  var population: ComparisonReport.Population { predictions == nil ? .newData : .outOfFold }

  /// The model's figures on these leads, beside the rules where there are any.
  public func evaluation() throws -> EvaluationReport {
    guard let figures = ProbabilityFigures(labels: labels, probabilities: probabilities) else {
      throw ScoringError.noOutcomes(path: summary.source, column: "")
    }
    let ranking = Ranking(labels: labels, scores: probabilities)
    return EvaluationReport(
      model: modelName, data: summary, population: .newData, figures: figures,
      reliability: ranking.reliabilityTable(),
      calibration: CalibrationFigures(labels: labels, probabilities: probabilities),
      gain: ranking.gainTable(),
      comparison: ruleScores == nil ? nil : try comparison(), warnings: warnings)
  }
}
