extension RuleScores {
  /// The scores to rank leads by: a disqualified lead stands below all others.
  public var rankingScores: [Double] {
    let lowest = (scores.min() ?? 0) - 1
    return scores.indices.map { disqualified[$0] ? lowest : scores[$0] }
  }
}
