import Metrics
import Tables

/// Leads and conversions by the month in which leads came in.
public struct MonthlyRate: Codable, Sendable, Equatable {
  /// `2026-03`.
  public let month: String
  public let won: Int
  public let lost: Int
  public let open: Int

  /// Of the closed leads; `nil` where none has closed.
  public var rate: Double? { won + lost > 0 ? Double(won) / Double(won + lost) : nil }
}

/// The months in which leads came in.
struct LeadMonths: Sendable {
  /// Of each row, counted from the first month; -1 for a lead without a date.
  let ofRow: [Int32]
  let rates: [MonthlyRate]

  /// - Returns: `nil` where no lead has a date.
  init?(created: [Double], outcomes: [Int8]) {
    let months = created.map { $0.isNaN ? nil : CalendarMonth(seconds: $0) }
    let present = Set(months.compactMap { $0 }).sorted()
    guard !present.isEmpty else { return nil }
    let places = Dictionary(
      present.enumerated().map { ($0.element, Int32($0.offset)) }, uniquingKeysWith: { $1 })
    ofRow = months.map { month in month.flatMap { places[$0] } ?? -1 }
    var counts = [(won: Int, lost: Int, open: Int)](repeating: (0, 0, 0), count: present.count)
    for (row, month) in ofRow.enumerated() where month >= 0 {
      switch outcomes[row] {
      case 1: counts[Int(month)].won += 1
      case 0: counts[Int(month)].lost += 1
      default: counts[Int(month)].open += 1
      }
    }
    rates = zip(present, counts).map { month, count in
      MonthlyRate(month: "\(month)", won: count.won, lost: count.lost, open: count.open)
    }
  }

  /// Fewer closed leads of a month say little about its rate.
  private static let fewestLeads = 50
  /// Rates that differ by less do not change what a score means.
  private static let ratio = 1.5

  /// The lowest and the highest month, where they differ by half or more and their intervals are apart.
  var drift: (low: MonthlyRate, high: MonthlyRate)? {
    let bounded = rates.filter { $0.won + $0.lost >= Self.fewestLeads }.compactMap { month in
      ConfidenceInterval.wilson(
        conversions: Double(month.won), leads: Double(month.won + month.lost),
        // Of many months, some are far off by chance.
        level: 1 - AuditLimits.falseAlarm / Double(rates.count)
      ).map { (month: month, bounds: $0) }
    }
    guard
      let low = bounded.min(by: { ($0.month.rate ?? 0) < ($1.month.rate ?? 0) }),
      let high = bounded.max(by: { ($0.month.rate ?? 0) < ($1.month.rate ?? 0) }),
      low.bounds.high < high.bounds.low,
      (high.month.rate ?? 0) >= Self.ratio * (low.month.rate ?? 0)
    else { return nil }
    return (low.month, high.month)
  }
}
