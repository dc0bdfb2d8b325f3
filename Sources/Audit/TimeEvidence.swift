import Metrics
import Tables

/// Whether a column is filled in when a lead closes rather than while it is open.
struct TimeEvidence: Sendable, Equatable {
  /// From a field history: of the closed leads whose field has a known time of filling, how many were
  /// filled at the outcome or after it.
  struct Fills: Sendable, Equatable {
    let afterOutcome: Int
    let known: Int

    /// Most of them, with 95% confidence.
    var areMostlyLate: Bool {
      ConfidenceInterval.wilson(conversions: Double(afterOutcome), leads: Double(known))
        .map { $0.low > 0.5 } ?? false
    }
  }

  /// Fill rates of open leads against closed ones.
  struct Closing: Sendable, Equatable {
    /// Share of the closed, or of the won or the lost leads, whichever is the most telling.
    let closedShare: Double
    /// `closed`, `won` or `lost`.
    let group: String
    let openShare: Double
    let openLeads: Int
    /// Whether closed leads were taken from the months of the open ones, so that a field that the CRM
    /// came to use, or ceased to, does not look like one that is filled in at the end.
    let isMatchedByMonth: Bool
  }

  let fills: Fills?
  /// `nil` unless open leads have the field far less often than closed ones do.
  let closing: Closing?
  /// `nil` unless open leads have other values than closed ones.
  let values: DividedValues?

  /// No evidence: of a column that is known as of each decision.
  static let none = TimeEvidence(fills: nil, closing: nil, values: nil)

  private init(fills: Fills?, closing: Closing?, values: DividedValues?) {
    self.fills = fills
    self.closing = closing
    self.values = values
  }

  /// - Parameters:
  ///   - cells: whether each cell of the column is filled in.
  ///   - fill: the same, counted.
  init(_ column: Column, cells: [Bool], fill: FillCounts, leads: TimedLeads) {
    fills = leads.fills(of: column.name)
    closing = Self.closing(cells, fill: fill, leads: leads)
    values = DividedValues(column.values, outcomes: leads.outcomes)
  }

  private static func closing(
    _ cells: [Bool], fill: FillCounts, leads: TimedLeads
  ) -> Closing? {
    let fewest = Double(AuditLimits.fewestRows)
    guard fill.open.count >= fewest, fill.closed.count >= fewest else { return nil }
    if let months = leads.months,
      let matched = MatchedFill(filled: cells, outcomes: leads.outcomes, months: months)
    {
      return telling(
        open: matched.open,
        groups: [
          ("closed", matched.closed), ("won", matched.won), ("lost", matched.lost),
        ], isMatched: true)
    }
    return telling(
      open: fill.open,
      groups: [("closed", fill.closed), ("won", fill.won), ("lost", fill.lost)], isMatched: false)
  }

  private static func telling(
    open: FillCounts.Leads, groups: [(name: String, leads: FillCounts.Leads)], isMatched: Bool
  ) -> Closing? {
    guard let openBounds = open.interval, let openShare = open.share else { return nil }
    let most = groups.filter { $0.leads.count >= Double(AuditLimits.fewestRows) }
      .compactMap { group in
        group.leads.interval.map { (name: group.name, leads: group.leads, low: $0.low) }
      }
      // The first of the largest: all closed leads say more than those of one outcome.
      .reduce(nil as (name: String, leads: FillCounts.Leads, low: Double)?) { best, next in
        if let best, best.low >= next.low { best } else { next }
      }
    guard let most, let share = most.leads.share,
      most.low >= AuditLimits.fillRatio * openBounds.high
    else { return nil }
    return Closing(
      closedShare: share, group: most.name, openShare: openShare, openLeads: Int(open.count),
      isMatchedByMonth: isMatched)
  }
}

/// Fill rates of closed and open leads that came in in the same months, the closed ones as if they
/// were spread over the months as the open ones are.
struct MatchedFill: Sendable, Equatable {
  let won: FillCounts.Leads
  let lost: FillCounts.Leads
  let closed: FillCounts.Leads
  let open: FillCounts.Leads

  /// - Returns: `nil` where too few open leads came in in months of closed ones.
  init?(filled: [Bool], outcomes: [Int8], months: [Int32]) {
    let count = Int(months.max() ?? -1) + 1
    guard count > 0 else { return nil }
    var won = [FillCounts.Leads](repeating: FillCounts.Leads(), count: count)
    var lost = won
    var open = won
    for (row, month) in months.enumerated() where month >= 0 {
      let isFilled = filled[row]
      switch outcomes[row] {
      case 1: won[Int(month)].count(isFilled)
      case 0: lost[Int(month)].count(isFilled)
      default: open[Int(month)].count(isFilled)
      }
    }
    let shared = (0..<count).filter { open[$0].count > 0 && won[$0].count + lost[$0].count > 0 }
    let matched = shared.map { open[$0] }.reduce(FillCounts.Leads(), +)
    let fewest = Double(AuditLimits.fewestRows)
    guard matched.count >= fewest, matched.count * 2 >= open.reduce(FillCounts.Leads(), +).count
    else { return nil }
    self.open = matched
    let closed = (0..<count).map { won[$0] + lost[$0] }
    self.won = Self.standardised(won, months: shared, like: open)
    self.lost = Self.standardised(lost, months: shared, like: open)
    self.closed = Self.standardised(closed, months: shared, like: open)
    guard self.closed.count >= fewest else { return nil }
  }

  /// As many leads as there are in these months, filled at the mean of the months' shares by open leads.
  private static func standardised(
    _ leads: [FillCounts.Leads], months: [Int], like open: [FillCounts.Leads]
  ) -> FillCounts.Leads {
    var (share, weight, count) = (0.0, 0.0, 0.0)
    for month in months {
      guard let own = leads[month].share else { continue }
      share += own * open[month].count
      weight += open[month].count
      count += leads[month].count
    }
    guard weight > 0 else { return FillCounts.Leads() }
    return FillCounts.Leads(filled: share / weight * count, blank: (1 - share / weight) * count)
  }
}

extension FillCounts.Leads {
  fileprivate mutating func count(_ isFilled: Bool) {
    if isFilled { filled += 1 } else { blank += 1 }
  }
}
