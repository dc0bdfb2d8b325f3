/// How a model's probabilities lie against what happened, with intervals: for the model file and for
/// reports. `Calibration` computes it.
public struct CalibrationFigures: Codable, Sendable, Equatable {
  /// A point of the smoothed conversion rate over probability.
  public struct CurvePoint: Codable, Sendable, Equatable {
    public let probability: Double
    public let conversionRate: Double
    public let interval: ConfidenceInterval

    public init(probability: Double, conversionRate: Double, interval: ConfidenceInterval) {
      self.probability = probability
      self.conversionRate = conversionRate
      self.interval = interval
    }
  }

  /// A figure and its interval.
  public struct Figure: Codable, Sendable, Equatable {
    public let value: Double
    public let interval: ConfidenceInterval

    public init(value: Double, interval: ConfidenceInterval) {
      self.value = value
      self.interval = interval
    }
  }

  /// Leads by rising probability in up to ten bins of nearly equal numbers.
  public let bins: [ReliabilityBin]
  /// At up to 33 probabilities, rising, between which nearly equal numbers of leads lie.
  public let curve: [CurvePoint]
  /// Intercept and slope.
  public let line: CalibrationLine
  /// The integrated calibration index.
  public let ici: Figure
  /// The Brier score's parts.
  public let brier: BrierDecomposition
  /// The part of the Brier score that calibration could save.
  public let reliability: Figure
  /// The part that the model's order of the leads saves.
  public let resolution: Figure

  public init(
    bins: [ReliabilityBin], curve: [CurvePoint], line: CalibrationLine, ici: Figure,
    brier: BrierDecomposition, reliability: Figure, resolution: Figure
  ) {
    self.bins = bins
    self.curve = curve
    self.line = line
    self.ici = ici
    self.brier = brier
    self.reliability = reliability
    self.resolution = resolution
  }

  /// Whether neither the intercept nor, where there is one, the slope lies off beyond its interval.
  public var isConsistent: Bool {
    line.inTheLarge.interval.contains(0) && line.slope?.interval.contains(1) != false
  }
}
