import Audit
import Comparison
import Foundation
import Metrics
import Models
import Parallel
import Reports
import Tables

/// Small reports, one of each kind, for the golden texts.
enum SampleReports {
  // Twenty leads, eight buyers; the model puts six of them in the upper half, the rules five.
  static let labels: [UInt8] = [1, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]
  static let probabilities = (0..<20).map { 0.81 - 0.04 * Double($0) }
  static let points: [Double] = [
    30, 20, 20, 10, 30, 20, 10, 10, 0, 20, 10, 0, 10, 0, 20, 0, 0, 10, 0, 0,
  ]

  static func comparison() throws -> ComparisonReport {
    try compare(
      labels: labels, probabilities: probabilities, ruleScores: points, population: .heldOut,
      model: "bank@v0001", rules: "rules.yaml", shares: [0.1, 0.2, 0.5])
  }

  static func figures() throws -> ProbabilityFigures {
    guard let figures = ProbabilityFigures(labels: labels, probabilities: probabilities) else {
      throw CocoaError(.coderInvalidValue)
    }
    return figures
  }

  static let data = DataSummary(
    source: "bank.csv", rows: 4_521, won: 521, lost: 3_995, open: 5, skippedRows: 2,
    outcome: "y = yes is won, y = no is lost", notes: ["Separator ;, UTF-8, decimal point."])

  static let columns = [
    ColumnUse(column: "age", kind: "number", isUsed: true, why: ""),
    ColumnUse(column: "job", kind: "category", isUsed: true, why: "12 levels, 1 of them pooled"),
    ColumnUse(
      column: "duration", kind: "number", isUsed: false,
      why: "excluded: known only after the outcome"),
  ]

  static let effects = [
    ColumnEffect(
      column: "poutcome", strength: 0.61,
      oddsRatios: [
        OddsRatio(
          name: "success", oddsRatio: 5.213,
          interval: ConfidenceInterval(low: 3.71, high: 7.32), share: 0.029),
        OddsRatio(name: "failure", oddsRatio: 0.9, share: 0.004),
      ]),
    ColumnEffect(
      column: "age", strength: 0.08,
      oddsRatios: [
        OddsRatio(
          name: "+10.6", oddsRatio: 1.08,
          interval: ConfidenceInterval(low: 0.99, high: 1.18))
      ]),
  ]

  static let regression = FitReport.Regression(
    coefficientCount: 63,
    penalty: FitReport.Penalty(value: 0.0123, chosenBy: "5-fold cross-validation"),
    iterations: 7, converged: true)

  static func fit() throws -> FitReport {
    FitReport(
      model: "bank@v0001", data: data, columns: columns,
      audit: AuditSummary(audit.findings),
      warnings: ["Only 24 won and 88 lost leads: take the probabilities as a hint."],
      algorithm: "Logistic regression", regression: regression, trees: nil, contest: nil,
      outOfFold: ValidationSummary(scheme: "5 folds, stratified", figures: try figures()),
      heldOut: nil, effects: effects, effectIntervals: .posterior, importance: [],
      comparison: nil,
      modelFile: "models/bank/v0001.kelvin", outOfFoldFile: nil,
      nextSteps: ["kelvin-score predict --model models/bank --data new.csv --out scored.csv"],
      accounts: accounts)
  }

  static let accounts = AccountDependence(
    correlation: 0.412, column: "company_id",
    evidence: .init(
      accounts: 1_362, leads: 3_811, converted: 268, expectedAlone: 301.25, expected: 270.31))

  /// The rules' points as if they were another algorithm's probabilities.
  static func contest() throws -> AlgorithmContest {
    guard
      let other = ProbabilityFigures(
        labels: labels, probabilities: points.map { 0.2 + $0 / 60 }),
      let difference = logLossDifference(
        labels: labels, first: points.map { 0.2 + $0 / 60 }, second: probabilities)
    else { throw CocoaError(.coderInvalidValue) }
    return AlgorithmContest(
      chosen: .init(algorithm: "Gradient-boosted trees", figures: try figures()),
      interval: ConfidenceInterval(low: 0.31, high: 0.45),
      others: [
        .init(
          contender: .init(algorithm: "Logistic regression", figures: other),
          logLossDifference: difference.value, interval: difference.interval)
      ])
  }

  static func fitOfTrees() throws -> FitReport {
    FitReport(
      model: "bank@v0002", data: data, columns: columns, warnings: [],
      algorithm: "Gradient-boosted trees", regression: nil,
      trees: FitReport.Trees(
        count: 312, leaves: 11, learningRate: 0.0463, chosenBy: "5-fold cross-validation"),
      contest: try contest(),
      outOfFold: ValidationSummary(scheme: "5 folds, stratified", figures: try figures()),
      heldOut: ValidationSummary(scheme: "25% of the leads, at random", figures: try figures()),
      effects: [], effectIntervals: .posterior,
      importance: [
        ColumnImportance(
          column: "poutcome", gainShare: 0.412, logLossIncrease: 0.01234,
          interval: ConfidenceInterval(low: 0.0101, high: 0.01458)),
        ColumnImportance(
          column: "age", gainShare: 0.08, logLossIncrease: -0.0002,
          interval: ConfidenceInterval(low: -0.0011, high: 0.0007)),
        ColumnImportance(column: "job", gainShare: 0, logLossIncrease: nil, interval: nil),
      ], comparison: nil, modelFile: "models/bank/v0002.kelvin", outOfFoldFile: nil,
      nextSteps: ["kelvin-score predict --model models/bank --data new.csv --out scored.csv"])
  }

  static func evaluation() throws -> EvaluationReport {
    EvaluationReport(
      model: "bank@v0001", data: data, population: .newData, figures: try figures(),
      reliability: reliabilityTable(labels: labels, probabilities: probabilities, bins: 4),
      gain: gainTable(labels: labels, scores: probabilities))
  }

  static let audit = AuditReport(
    data: data, columns: columns,
    findings: [
      Finding(
        severity: .note, kind: .openLeads, finding: "open leads", evidence: "5 of 4,521",
        action: "not trained on, and never counted as lost"),
      leak, suspect,
      Finding(
        severity: .warning, kind: .staleField, columns: ["fax"],
        finding: "hardly filled in any more",
        evidence: "61.2% of earlier leads, 0.4% of the latest tenth, last in 2025-03",
        action: "kept; leads to come will have it blank"),
    ],
    fields: audited.fields, sampledLeads: 200_123)

  static let leak = Finding(
    severity: .leak, kind: .predictsTooWell, columns: ["Tags"],
    finding: "tells the outcome alone, and is blank by it",
    evidence: "AUC alone 0.921 (0.915 to 0.926); filled in for 76.5% of won leads, 55.7% of lost",
    figures: ["solo_auc": 0.921], action: "left out; --keep-column \"Tags\" keeps it")

  static let suspect = Finding(
    severity: .suspect, kind: .predictsTooWell, columns: ["Total duration of all calls"],
    finding: "tells far more than any other column",
    evidence: "AUC alone 0.807 (0.801 to 0.812); others end below 0.71",
    figures: ["solo_auc": 0.807],
    action: "kept; --exclude \"Total duration of all calls\" leaves it out")

  /// An audit of twenty leads with a long name, a category and a date of creation.
  static let audited: LeadAudit = {
    let table = Table(
      columns: [
        Column(
          name: "Total duration of all calls",
          values: .number(
            labels.enumerated().map { Double($0.offset % 5) + Double($0.element) * 2 })),
        Column(
          name: "job",
          values: .category(
            CategoryValues(
              codes: labels.indices.map { $0 % 4 == 0 ? -1 : Int32($0 % 3) },
              levels: ["admin", "technician", "retired"]))),
      ], rowCount: 20)
    var subject = AuditSubject(
      table: table, columns: table.columns.map(\.name), outcomes: labels.map { Int8($0) })
    subject.created = labels.indices.map { 1_700_000_000 + 864_000 * Double($0) }
    return LeadAudit(subject, pool: WorkerPool(threadCount: 1))
  }()

  static let prediction = PredictReport(
    model: "bank@v0001", source: "new.csv", rows: 12_000, scored: 11_480, skippedClosed: 520,
    unseenLevels: [PredictReport.ColumnCount(column: "job", count: 31)],
    unparsedCells: [PredictReport.ColumnCount(column: "balance", count: 4)],
    extraColumns: ["campaign_id", "owner"], meanProbability: 0.1082, trainingBaseRate: 0.1154,
    accounts: AccountScores(
      file: "accounts.csv", accounts: 2_304, leads: 11_020, rowsLeftOut: 37, correlation: 0.412,
      learnedFrom: 1_362), output: "scored.csv")

  static func inspection() throws -> InspectReport {
    InspectReport(
      model: "bank@v0001", file: "models/bank/v0001.kelvin", formatVersion: "1.0",
      sha256: String(repeating: "0f", count: 32), state: "champion",
      algorithm: "Logistic regression", coefficientCount: 63, data: data, columns: columns,
      outOfFold: ValidationSummary(scheme: "5 folds, stratified", figures: try figures()),
      effects: effects, effectIntervals: .confidence,
      accounts: AccountDependence(correlation: 0.5, column: "company_id"),
      facts: [InspectReport.Fact(name: "Seed", value: "1")])
  }
}

/// The text of Fixtures/<name>.txt.
func golden(_ name: String) throws -> String {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/\(name).txt")
  return try String(contentsOf: file, encoding: .utf8)
}
