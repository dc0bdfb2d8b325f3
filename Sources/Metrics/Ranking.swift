/// Leads in order of a score, from the highest down, leads of equal score taken together.
///
/// One sort serves every measure of order: AUC, average precision, lift, gain, conversions at the top.
/// Rule scores have few distinct values, so whole groups of leads stand level; every measure here
/// treats them as level, and none depends on the order of the rows.
public struct Ranking: Sendable, Equatable {
  /// The leads of one score.
  public struct Tie: Sendable, Equatable {
    public let score: Double
    /// Weight of the leads that converted.
    public let won: Double
    /// Weight of the leads that did not.
    public let lost: Double

    public var leads: Double { won + lost }
  }

  /// One entry a distinct score, highest first.
  public let ties: [Tie]
  /// For each row, the index in `ties` of its score.
  public let tieOfRow: [Int32]
  /// Weight of all leads that converted; their number, without weights.
  public let won: Double
  /// Weight of all leads that did not convert.
  public let lost: Double

  public var leads: Double { won + lost }
  /// Conversions a lead; `nil` without leads.
  public var baseRate: Double? { leads > 0 ? won / leads : nil }
  /// Whether there are both won and lost leads, without which nothing can be ranked.
  public var hasBothClasses: Bool { won > 0 && lost > 0 }

  /// - Parameters:
  ///   - labels: 1 won, 0 lost; one a row.
  ///   - scores: higher is better; probabilities, log-odds or points. Never NaN.
  ///   - weights: how many times each row counts, not negative; `nil` counts each once. A weight of 2
  ///     gives the same figures as the row written twice.
  public init(labels: [UInt8], scores: [Double], weights: [Double]? = nil) {
    precondition(labels.count == scores.count, "one score a label")
    precondition(weights.map { $0.count == labels.count } ?? true, "one weight a label")
    let order = ScoreOrder(descending: scores)
    var ties: [Tie] = []
    var tieOfRow = [Int32](repeating: 0, count: labels.count)
    var (allWon, allLost) = (0.0, 0.0)
    var place = 0
    while place < order.rows.count {
      let start = place
      let tie = Int32(truncatingIfNeeded: ties.count)
      var (won, lost) = (0.0, 0.0)
      while place < order.rows.count, order.isTie(place, start) {
        let row = Int(order.rows[place])
        let weight = weights?[row] ?? 1
        if labels[row] != 0 { won += weight } else { lost += weight }
        tieOfRow[row] = tie
        place += 1
      }
      ties.append(Tie(score: order.score(at: start), won: won, lost: lost))
      allWon += won
      allLost += lost
    }
    self.ties = ties
    self.tieOfRow = tieOfRow
    won = allWon
    lost = allLost
  }
}
