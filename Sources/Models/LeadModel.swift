import Features
import Tables

/// What counted as won, lost and open when the model was fitted.
public struct OutcomeDefinition: Codable, Sendable, Equatable {
  public let column: String
  /// Values that mean won, as written in the file.
  public let won: [String]
  /// Values that mean lost; anything else is open, and never a loss.
  public let lost: [String]

  public init(column: String, won: [String], lost: [String]) {
    self.column = column
    self.won = won
    self.lost = lost
  }
}

/// Figures of a model on leads that it was not fitted to.
public struct ValidationFigures: Codable, Sendable, Equatable {
  /// A value with its 95% interval.
  public struct Estimate: Codable, Sendable, Equatable {
    public let value: Double
    public let low: Double
    public let high: Double

    public init(value: Double, low: Double, high: Double) {
      self.value = value
      self.low = low
      self.high = high
    }
  }

  public let rows: Int
  public let conversions: Int
  public let logLoss: Double
  public let brier: Double
  public let areaUnderROC: Estimate
  public let averagePrecision: Double
  public let calibrationIntercept: Estimate
  public let calibrationSlope: Estimate
  public let integratedCalibrationIndex: Double

  public init(
    rows: Int, conversions: Int, logLoss: Double, brier: Double, areaUnderROC: Estimate,
    averagePrecision: Double, calibrationIntercept: Estimate, calibrationSlope: Estimate,
    integratedCalibrationIndex: Double
  ) {
    self.rows = rows
    self.conversions = conversions
    self.logLoss = logLoss
    self.brier = brier
    self.areaUnderROC = areaUnderROC
    self.averagePrecision = averagePrecision
    self.calibrationIntercept = calibrationIntercept
    self.calibrationSlope = calibrationSlope
    self.integratedCalibrationIndex = integratedCalibrationIndex
  }
}

/// Where raw predictions of history fell, to place a new lead among them.
public struct ScoreScale: Codable, Sendable, Equatable {
  /// 101 ascending quantiles (0%, 1%, … 100%) of the raw predictions of leads that the model that
  /// made them had not seen.
  public let rawPredictionQuantiles: [Double]
  /// Lower bounds of bands A, B and C as raw predictions; below the last is D.
  public let bandThresholds: [Double]
  /// Share of history that converted.
  public let baseRate: Double

  public init(rawPredictionQuantiles: [Double], bandThresholds: [Double], baseRate: Double) {
    self.rawPredictionQuantiles = rawPredictionQuantiles
    self.bandThresholds = bandThresholds
    self.baseRate = baseRate
  }

  /// Shares of history above each band's lower bound: A is the best tenth, B the next fifth, C the
  /// next three tenths, D the rest.
  public static let bandShares: [Double] = [0.10, 0.30, 0.60]
}

/// How a model was fitted: what has to be given again to get the same bytes.
public struct TrainingRecord: Codable, Sendable, Equatable {
  public let algorithm: String
  public let seed: UInt64
  public let folds: Int
  /// How folds were drawn: stratified, by account, forward in time.
  public let foldKind: String
  public let penalty: Double
  /// Share of the leads held out, 0 for none.
  public let holdOutShare: Double
  public let rows: Int
  public let conversions: Int
  /// Columns left out, each with the reason.
  public let leftOut: [LeftOutColumn]

  public struct LeftOutColumn: Codable, Sendable, Equatable {
    public let column: String
    public let reason: String

    public init(column: String, reason: String) {
      self.column = column
      self.reason = reason
    }
  }

  public init(
    algorithm: String, seed: UInt64, folds: Int, foldKind: String, penalty: Double,
    holdOutShare: Double, rows: Int, conversions: Int, leftOut: [LeftOutColumn]
  ) {
    self.algorithm = algorithm
    self.seed = seed
    self.folds = folds
    self.foldKind = foldKind
    self.penalty = penalty
    self.holdOutShare = holdOutShare
    self.rows = rows
    self.conversions = conversions
    self.leftOut = leftOut
  }
}

/// A keyed sketch of the leads that a model was fitted to, to tell later whether it has seen a lead.
///
/// Fingerprints are the leading bits of a keyed hash of the id (without ids, of the row), so ids can't
/// be read back from the file.
public struct TrainingSketch: Codable, Sendable, Equatable {
  /// What was hashed: the id columns, or the whole row where there is no id.
  public enum Basis: String, Codable, Sendable {
    case ids
    case rows
  }

  public let basis: Basis
  /// 32 bytes.
  public let key: [UInt8]
  /// Ascending, distinct.
  public let fingerprints: [UInt64]

  public init(basis: Basis, key: [UInt8], fingerprints: [UInt64]) {
    self.basis = basis
    self.key = key
    self.fingerprints = fingerprints
  }

  public func contains(_ fingerprint: UInt64) -> Bool {
    var low = 0
    var high = fingerprints.count
    while low < high {
      let middle = (low + high) / 2
      if fingerprints[middle] < fingerprint { low = middle + 1 } else { high = middle }
    }
    return low < fingerprints.count && fingerprints[low] == fingerprint
  }
}

/// Everything that is needed to score a lead, and what was learned about how well that works.
///
/// Holds no clock, path, host name, thread count, model name or version: the same history, options and
/// seed give an equal value.
public struct LeadModel: Sendable, Equatable {
  /// All columns of the training file, so that rules on columns that are no features read the same.
  public let schema: TableSchema
  public let idColumns: [String]
  public let outcome: OutcomeDefinition
  public let pipeline: FeaturePipeline
  public let logistic: LogisticModel
  public let scale: ScoreScale
  public let training: TrainingRecord
  public let outOfFold: ValidationFigures
  public let heldOut: ValidationFigures?
  /// `nil` where there is nothing to recognise leads by.
  public let sketch: TrainingSketch

  public init(
    schema: TableSchema, idColumns: [String], outcome: OutcomeDefinition,
    pipeline: FeaturePipeline, logistic: LogisticModel, scale: ScoreScale,
    training: TrainingRecord, outOfFold: ValidationFigures, heldOut: ValidationFigures?,
    sketch: TrainingSketch
  ) {
    precondition(
      pipeline.layout.coefficientCount == logistic.coefficients.count,
      "the model was fitted to another pipeline")
    self.schema = schema
    self.idColumns = idColumns
    self.outcome = outcome
    self.pipeline = pipeline
    self.logistic = logistic
    self.scale = scale
    self.training = training
    self.outOfFold = outOfFold
    self.heldOut = heldOut
    self.sketch = sketch
  }
}
