import Features
import Models
import Tables

/// What the header of a model file says in words and single numbers; arrays are in sections.
struct LeadModelHeader: Codable, Equatable {
  let schema: TableSchema
  let idColumns: [String]
  let outcome: OutcomeDefinition
  /// Absent in files of format 1.0, which hold logistic regressions.
  let kind: Kind?
  /// Those of a logistic regression, as `logistic`; `trees` has its own.
  let encoders: [Encoder]?
  let logistic: Logistic?
  let trees: Trees?
  let scale: Scale
  let training: TrainingRecord
  let outOfFold: ModelValidation
  let heldOut: ModelValidation?
  let strengths: [ColumnStrength]
  let sketch: Sketch
  /// Absent where there are none, as in files of format 1.0.
  let alternatives: [AlgorithmFigures]?
  let importance: [ColumnImportance]?

  enum Kind: String, Codable {
    case logistic
    case trees
    /// Both, and the section `blend_weights`.
    case blend
    /// Encoders of trees, and tables.
    case additive
  }

  struct Logistic: Codable, Equatable {
    let intercept: Double
    let intervals: LogisticModel.IntervalKind
    let hasStandardErrors: Bool
  }

  struct Scale: Codable, Equatable {
    let bandThresholds: [Double]
    let baseRate: Double
  }

  struct Sketch: Codable, Equatable {
    let basis: TrainingSketch.Basis
    /// In hexadecimal.
    let key: String
    let bits: Int
  }

  /// An encoder without its arrays; the counts say how much of each array section is its own.
  enum Encoder: Equatable {
    case number(Number)
    case category(Category)
    case flag(FlagEncoder)
    case calendar(CalendarEncoder)

    struct Number: Codable, Equatable {
      /// One of `column` and the pair `later`, `earlier`.
      let column: String?
      let later: String?
      let earlier: String?
      let minimum: Double
      let maximum: Double
      let value: Standardisation
      let signedLog: Standardisation?
      let binThresholds: Int
      let binPenaltyFactor: Double
      let hasMissing: Bool
    }

    struct Category: Codable, Equatable {
      let column: String
      let levels: Int
      let rareLevels: Int
      let hasMissing: Bool
    }
  }
}

extension LeadModelHeader.Encoder: Codable {
  private enum Key: String, CodingKey { case kind }
  private enum Kind: String, Codable { case number, category, flag, calendar }

  init(from decoder: any Decoder) throws {
    switch try decoder.container(keyedBy: Key.self).decode(Kind.self, forKey: .kind) {
    case .number: self = .number(try Number(from: decoder))
    case .category: self = .category(try Category(from: decoder))
    case .flag: self = .flag(try FlagEncoder(from: decoder))
    case .calendar: self = .calendar(try CalendarEncoder(from: decoder))
    }
  }

  func encode(to encoder: any Swift.Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .number(let number):
      try container.encode(Kind.number, forKey: .kind)
      try number.encode(to: encoder)
    case .category(let category):
      try container.encode(Kind.category, forKey: .kind)
      try category.encode(to: encoder)
    case .flag(let flag):
      try container.encode(Kind.flag, forKey: .kind)
      try flag.encode(to: encoder)
    case .calendar(let calendar):
      try container.encode(Kind.calendar, forKey: .kind)
      try calendar.encode(to: encoder)
    }
  }
}

extension LeadModelHeader {
  init(_ model: LeadModel) {
    schema = model.schema
    idColumns = model.idColumns
    outcome = model.outcome
    let predictor = model.predictor
    kind =
      switch predictor {
      case .logistic: .logistic
      case .trees: .trees
      case .blend: .blend
      case .additive: .additive
      }
    if let pipeline = predictor.treePipeline, let ensemble = predictor.trees {
      trees = Trees(pipeline, baseRawPrediction: ensemble.baseRawPrediction)
    } else if case .additive(let pipeline, let additive) = predictor {
      trees = Trees(pipeline, baseRawPrediction: additive.intercept)
    } else {
      trees = nil
    }
    encoders = predictor.pipeline?.encoders.map(Encoder.init)
    logistic = predictor.logistic.map { model in
      Logistic(
        intercept: model.intercept, intervals: model.intervalKind,
        hasStandardErrors: model.standardErrors != nil)
    }
    scale = Scale(
      bandThresholds: model.scale.bandThresholds, baseRate: model.scale.baseRate)
    training = model.training
    outOfFold = model.outOfFold
    heldOut = model.heldOut
    strengths = model.strengths
    sketch = Sketch(
      basis: model.sketch.basis, key: ModelContainer.hexadecimal(model.sketch.key),
      bits: model.sketch.bits)
    alternatives = model.alternatives.isEmpty ? nil : model.alternatives
    importance = model.importance.isEmpty ? nil : model.importance
  }
}

extension LeadModelHeader.Encoder {
  init(_ encoder: FeatureEncoder) {
    switch encoder {
    case .number(let number):
      let columns: (column: String?, later: String?, earlier: String?) =
        switch number.input {
        case .column(let name): (name, nil, nil)
        case .daysBetween(let later, let earlier): (nil, later, earlier)
        }
      self = .number(
        Number(
          column: columns.column, later: columns.later, earlier: columns.earlier,
          minimum: number.minimum, maximum: number.maximum, value: number.value,
          signedLog: number.signedLog, binThresholds: number.binThresholds.count,
          binPenaltyFactor: number.binPenaltyFactor, hasMissing: number.hasMissing))
    case .category(let category):
      self = .category(
        Category(
          column: category.column, levels: category.levels.count,
          rareLevels: category.rareLevelHashes.count, hasMissing: category.hasMissing))
    case .flag(let flag):
      self = .flag(flag)
    case .calendar(let calendar):
      self = .calendar(calendar)
    }
  }
}
