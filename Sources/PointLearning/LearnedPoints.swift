/// Whole points for rules, fitted to a history.
public struct LearnedPoints: Sendable, Equatable {
  /// One a rule; the user's own where the leads do not tell another value from it.
  public let points: [Double]
  /// What they mean together.
  public let line: PointLine
  /// Nats of the leads and of the prior.
  public let loss: Double
  /// What each rule is worth before rounding, in points, between two ends that hold it in 95 of 100 (a
  /// profile interval, given the prior), every bound counted with; `nil` where points mean nothing at all.
  public let intervals: [ClosedRange<Double>]?
}
