import Glibc

/// How points are learned.
public struct PointOptions: Sendable, Equatable {
  /// How far, in log-odds, what a rule means may lie from what the user's own points say of it: the
  /// deviation of a normal prior about them. With few conversions the points stay near the user's own; a
  /// few hundred outweigh the prior. Default 0.5: useful rules mean 0.3 to 2.
  public var ownDeviation: Double
  /// The same about 0 for a rule that is only suggested. Default 1.
  public var suggestedDeviation: Double
  /// The log-likelihood, in nats, that a line must gain to be changed. Default 3.32, half the 99% point
  /// of χ² with one degree of freedom: of a hundred right lines, one is changed by chance.
  public var evidence: Double
  /// Rules at most that are suggested. Default 5.
  public var mostSuggested: Int
  /// Sets of rules that are followed side by side while rules are suggested. Default 3.
  public var beam: Int

  public init(
    ownDeviation: Double = 0.5, suggestedDeviation: Double = 1, evidence: Double = 3.32,
    mostSuggested: Int = 5, beam: Int = 3
  ) {
    self.ownDeviation = ownDeviation
    self.suggestedDeviation = suggestedDeviation
    self.evidence = evidence
    self.mostSuggested = mostSuggested
    self.beam = beam
  }

  /// - Throws: `PointLearningError.invalidOption` naming the first option out of range.
  public func validated() throws -> PointOptions {
    func check(_ holds: Bool, _ name: String, _ value: Double, _ expected: String) throws {
      guard holds else {
        throw PointLearningError.invalidOption(name: name, value: value, expected: expected)
      }
    }
    try check(
      ownDeviation > 0 && ownDeviation.isFinite, "ownDeviation", ownDeviation, "a number above 0")
    try check(
      suggestedDeviation > 0 && suggestedDeviation.isFinite, "suggestedDeviation",
      suggestedDeviation, "a number above 0")
    try check(evidence >= 0 && evidence.isFinite, "evidence", evidence, "a number, 0 or more")
    try check(
      (0...50).contains(mostSuggested), "mostSuggested", Double(mostSuggested), "0 to 50")
    try check((1...50).contains(beam), "beam", Double(beam), "1 to 50")
    return self
  }

  /// What a line costs that is changed, in nats. One chosen out of many candidates must gain what the
  /// best of so many would by chance.
  func changeCost(isSuggested: Bool, candidates: Int) -> Double {
    isSuggested ? evidence + log(Double(max(1, candidates))) : evidence
  }
}

/// What is wrong with what points are to be learned from.
public enum PointLearningError: Error, Equatable, CustomStringConvertible {
  case invalidOption(name: String, value: Double, expected: String)
  case oneOutcome

  public var description: String {
    switch self {
    case .invalidOption(let name, let value, let expected):
      "\(name) is \(value); expected \(expected)"
    case .oneOutcome:
      "points are learned from won and lost leads, and these are all of one kind: add the others"
    }
  }
}
