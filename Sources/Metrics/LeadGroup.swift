/// Leads of nearly one probability.
struct LeadGroup {
  /// Their mean probability.
  private(set) var probability: Double
  private(set) var leads: Double
  private(set) var won: Double

  init(_ tie: Ranking.Tie) {
    probability = tie.score
    leads = tie.leads
    won = tie.won
  }

  mutating func add(_ tie: Ranking.Tie) {
    leads += tie.leads
    won += tie.won
    // The running mean, so that close probabilities lose no digits.
    probability += (tie.score - probability) * (tie.leads / leads)
  }
}

extension Ranking {
  /// Groups that stand for any number of leads: each holds a two-thousandth of them, far less than what
  /// a smooth or a line is drawn through.
  static let groupLimit = 2_000

  /// The distinct probabilities in rising order, those without leads left out; where there are more than
  /// `groupLimit`, neighbours merged into groups of as nearly equal numbers of leads as ties allow.
  func groups() -> [LeadGroup] {
    let present = ties.reduce(0) { $0 + ($1.leads > 0 ? 1 : 0) }
    var groups: [LeadGroup] = []
    var below = 0.0
    var current = -1
    for tie in ties.reversed() where tie.leads > 0 {
      guard present > Self.groupLimit else {
        groups.append(LeadGroup(tie))
        continue
      }
      let number = Int((below + tie.leads / 2) * Double(Self.groupLimit) / leads)
      below += tie.leads
      if number == current {
        groups[groups.count - 1].add(tie)
      } else {
        current = number
        groups.append(LeadGroup(tie))
      }
    }
    return groups
  }
}
