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
