import Metrics
import Reports

/// Says of each rule whether its points go with conversion, and which rules say the same twice.
public struct RuleJudge {
  let leads: ComparedLeads

  /// - Parameter leads: of which labels, weights and rules are looked at.
  public init(leads: ComparedLeads) {
    self.leads = leads
  }

  /// Below this many leads on either side, no difference can be told.
  private static let fewest = 20.0
  /// From this share of common leads on, two rules are as good as one.
  private static let nearlyAlways = 0.95

  /// One a rule.
  public func figures() -> [RuleFigure] {
    let (all, allWon) = counts(leads.labels.indices.lazy.map { Int32($0) })
    return leads.rules.map { rule in
      let (held, won) = counts(rule.rows)
      let rate = held > 0 ? won / held : nil
      let otherRate = all > held ? (allWon - won) / (all - held) : nil
      let interval = ConfidenceInterval.newcombe(
        conversions: won, leads: held, otherConversions: allWon - won, otherLeads: all - held)
      var difference: Double?
      if let rate, let otherRate { difference = rate - otherRate }
      return RuleFigure(
        rule: rule.rule, group: rule.group, points: rule.points, leads: held, conversions: won,
        conversionRate: rate, interval: .wilson(conversions: won, leads: held),
        otherRate: otherRate, difference: difference, differenceInterval: interval,
        verdict: verdict(
          points: rule.points, difference: difference, interval,
          fewer: min(held, all - held)))
    }
  }

  private func verdict(
    points: Double, difference: Double?, _ interval: ConfidenceInterval?, fewer: Double
  ) -> RuleFigure.Verdict {
    guard let difference, let interval else { return .tooFew }
    guard !interval.contains(0) else {
      return fewer < Self.fewest ? .tooFew : .predictsNothing
    }
    // A rule without points only disqualifies: leads that it holds of should convert less.
    return (points > 0) == (difference > 0) ? .agrees : .wrongSign
  }

  private func counts(_ rows: some Sequence<Int32>) -> (leads: Double, won: Double) {
    var (all, won) = (0.0, 0.0)
    for row in rows {
      let weight = leads.weights?[Int(row)] ?? 1
      all += weight
      if leads.labels[Int(row)] != 0 { won += weight }
    }
    return (all, won)
  }

  /// The most alike first.
  public func overlaps() -> [RuleOverlap] {
    let words = (leads.labels.count + 63) / 64
    let bits = leads.rules.map { rule in
      var bits = [UInt64](repeating: 0, count: words)
      for row in rule.rows { bits[Int(row) / 64] |= 1 << (UInt64(row) % 64) }
      return bits
    }
    var overlaps: [RuleOverlap] = []
    for second in bits.indices {
      for first in 0..<second {
        let (one, other) = (leads.rules[first], leads.rules[second])
        let (most, least) = (
          max(one.rows.count, other.rows.count), min(one.rows.count, other.rows.count)
        )
        guard Double(least) >= Self.fewest, Double(least) >= Self.nearlyAlways * Double(most)
        else { continue }
        let both = zip(bits[first], bits[second]).reduce(0) { $0 + ($1.0 & $1.1).nonzeroBitCount }
        let overlap = RuleOverlap(
          first: one.rule, second: other.rule,
          either: Double(one.rows.count + other.rows.count - both), both: Double(both))
        if overlap.share >= Self.nearlyAlways { overlaps.append(overlap) }
      }
    }
    return overlaps.sorted { $0.share > $1.share }
  }
}
