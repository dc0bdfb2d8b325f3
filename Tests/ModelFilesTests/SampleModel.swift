import Features
import Glibc
import Metrics
import ModelFiles
import Models
import Parallel
import Tables

/// Seeded numbers for tests: SplitMix64 (G. L. Steele et al., 2014).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

/// A model with every kind of encoder, every optional part and awkward numbers and names.
enum SampleModel {
  static func fnv1a(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  /// Of every kind of column.
  static let contributions = ColumnContributions(
    leads: 20,
    columns: [
      ColumnContribution(
        column: "job", meanSize: 0.4,
        raising: [.init(name: "región \"x\"", mean: 0.1 + 0.2, share: 1.0 / 3)],
        lowering: [.init(name: "retired", mean: -0.7, share: 0.25)], missing: -1e-9),
      ColumnContribution(column: "age", meanSize: 0.3, direction: .bothWays, missing: 0.25),
      ColumnContribution(column: "created", meanSize: 0.2, direction: .raises),
      ColumnContribution(column: "balance", meanSize: 0, direction: .lowers),
    ])

  static let schema = TableSchema(
    columns: [
      ColumnSchema(name: "lead_id", type: .text),
      ColumnSchema(
        name: "age", type: .number, numberFormat: NumberFormat(), missingTokens: ["", "unknown"]),
      ColumnSchema(
        name: "balance", type: .number,
        numberFormat: NumberFormat(
          decimalMark: UInt8(ascii: ","), groupingMark: UInt8(ascii: "."))),
      ColumnSchema(name: "job", type: .category, missingTokens: ["", "unknown", "Select"]),
      ColumnSchema(name: "región", type: .category),
      ColumnSchema(name: "subscribed", type: .flag),
      ColumnSchema(name: "created", type: .date, dateOrder: .dayFirst),
      ColumnSchema(name: "last_call", type: .date, dateOrder: .iso),
      ColumnSchema(name: "notes", type: .text),
      ColumnSchema(name: "outcome", type: .category),
    ],
    dialect: TextDialect(
      separator: UInt8(ascii: ";"), encoding: .windows1252, hasHeader: true,
      hasByteOrderMark: false, endsLinesWithCRLF: true, hasSeparatorLine: true,
      decimalMark: UInt8(ascii: ",")))

  /// The same columns in the plainest of files, for those that are read by other means than ours.
  static let plainSchema = TableSchema(
    columns: schema.columns.map { column in
      switch column.type {
      case .number: ColumnSchema(name: column.name, type: .number, numberFormat: NumberFormat())
      case .date: ColumnSchema(name: column.name, type: .date, dateOrder: .iso)
      default: ColumnSchema(name: column.name, type: column.type)
      }
    })

  /// Few features, for tests that read a model very often.
  static let smallPipeline = FeaturePipeline(
    encoders: [pipeline.encoders[0], pipeline.encoders[3], pipeline.encoders[4]])

  static let pipeline = FeaturePipeline(encoders: [
    .number(
      NumberEncoder(
        input: .column("age"), minimum: 18, maximum: 95,
        value: Standardisation(center: 40.1, scale: 10.0 / 3),
        signedLog: Standardisation(center: 3.7, scale: 0.1 + 0.2),
        binThresholds: [25, 33.5, 47.25, 60], hasMissing: true, binPenaltyFactor: 2)),
    .number(
      NumberEncoder(
        input: .column("balance"), minimum: -1234.56, maximum: 98_765.4321,
        value: Standardisation(center: 1.0 / 3, scale: 2_500.75), signedLog: nil,
        binThresholds: [], hasMissing: true, binPenaltyFactor: 1)),
    .category(
      CategoryEncoder(
        column: "job", levels: ["management", "técnico", "blue-collar", "学生", ""],
        rareLevelHashes: ["astronaut", "lion tamer"].map(fnv1a).sorted(), hasMissing: true)),
    .category(
      CategoryEncoder(
        column: "región", levels: ["Madrid", "Sevilla"], rareLevelHashes: [], hasMissing: false)),
    .flag(FlagEncoder(column: "subscribed", hasMissing: true)),
    .number(
      NumberEncoder(
        input: .daysBetween(later: "last_call", earlier: "created"), minimum: -3, maximum: 400,
        value: Standardisation(center: 30.25, scale: 12),
        signedLog: Standardisation(center: 2.5, scale: 1.1), binThresholds: [0, 7, 30],
        hasMissing: false, binPenaltyFactor: 2)),
    .calendar(CalendarEncoder(column: "created", part: .weekday, hasMissing: true)),
    .calendar(CalendarEncoder(column: "created", part: .month, hasMissing: false)),
    .calendar(CalendarEncoder(column: "last_call", part: .hour, hasMissing: true)),
  ])

  /// Leads of which the likelier ones convert more often, for figures that are all defined.
  static let validation: ModelValidation = {
    var generator = SeededGenerator(state: 11)
    let probabilities = (0..<400).map { _ in Double.random(in: 0.01...0.99, using: &generator) }
    let labels = probabilities.map {
      UInt8(Double.random(in: 0...1, using: &generator) < $0 ? 1 : 0)
    }
    return ModelValidation(
      scheme: "5 folds at random",
      figures: ProbabilityFigures(labels: labels, probabilities: probabilities)!)
  }()

  static func sketch(leads count: Int) -> TrainingSketch {
    var leads = LeadIdentities()
    for index in 0..<count { leads.append([Array("L-\(index)".utf8)]) }
    return TrainingSketch.make(
      basis: .ids, leads: leads, seed: 7, pool: WorkerPool(threadCount: 1))
  }

  static let accounts = AccountDependence(
    correlation: 0.412, column: "cuenta",
    evidence: .init(
      accounts: 362, leads: 811, converted: 68, expectedAlone: 76.25, expected: 70.1 + 0.2))

  static let combination = RuleCombination(
    rulesDigest: "85944171f73967e8", pointsColumn: nil,
    rules: RuleCombination.Line(lowest: -5, highest: 95.5, intercept: -2.75, slope: 1.0 / 30),
    rulesLogLoss: 0.31, modelLogLoss: 0.29,
    forms: [
      RuleCombination.Form(
        kind: .feature, intercept: 0.0625, modelWeight: 0.9, rulesWeight: 1.0 / 7, logLoss: 0.28,
        auc: 0.75),
      RuleCombination.Form(
        kind: .prior, intercept: -0.01, modelWeight: 0.8, rulesWeight: 0.2, logLoss: 0.285,
        auc: nil),
    ])

  static func small() -> LeadModel {
    let columns = [0, 1, 4, 5, 9].map { schema.columns[$0] }
    return make(pipeline: smallPipeline, schema: TableSchema(columns: columns), rows: 20)
  }

  /// - Parameters:
  ///   - seed: of the coefficients.
  ///   - rows: leads in the sketch.
  ///   - hasMeans: as models have from format 1.3 on.
  ///   - combination: with rules, as models may have from format 1.5 on.
  ///   - accounts: that leads belong to, likewise from format 1.7 on.
  static func make(
    seed: UInt64 = 7, pipeline: FeaturePipeline = pipeline, schema: TableSchema = schema,
    rows: Int = 500, hasMeans: Bool = true, combination: RuleCombination? = nil,
    accounts: AccountDependence? = nil
  ) -> LeadModel {
    var generator = SeededGenerator(state: seed)
    let layout = pipeline.layout
    let coefficients = (0..<layout.coefficientCount).map { _ in
      Double.random(in: -1...1, using: &generator)
    }
    let standardErrors = (0..<layout.coefficientCount).map { _ in
      Double.random(in: 0...1, using: &generator)
    }
    return LeadModel(
      schema: schema, idColumns: ["lead_id"],
      outcome: OutcomeDefinition(column: "outcome", won: ["Won", "Gewonnen “A”"], lost: ["Lost"]),
      predictor: .logistic(
        pipeline,
        LogisticModel(
          layout: layout, intercept: -2.0 / 3, coefficients: coefficients,
          standardErrors: standardErrors, intervalKind: .posterior,
          featureMeans: hasMeans ? coefficients.map { abs($0) } : nil)),
      scale: ScoreScale(
        rawPredictionQuantiles: (0...100).map { (Double($0) - 80) / 17 },
        bandThresholds: [1.1, -0.3, -1.9], baseRate: 61.0 / 400),
      training: TrainingRecord(
        algorithm: "logistic", seed: .max - 1, folds: 5, foldKind: "stratified", penalty: 0.1,
        holdOutShare: 0.25, rows: rows, conversions: min(61, rows),
        leftOut: [.init(column: "notes", reason: "free text")]),
      outOfFold: validation, heldOut: validation,
      strengths: [ColumnStrength(column: "age", standardDeviation: 0.25)],
      sketch: sketch(leads: rows), combination: combination, accounts: accounts)
  }
}
