extension RuleScores {
  /// The scores to rank leads by: a disqualified lead stands below all others.
  public var rankingScores: [Double] {
    scores.indices.map { disqualified[$0] ? lowestScore - 1 : scores[$0] }
  }
}
