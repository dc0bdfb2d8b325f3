/// A month of the civil calendar.
public struct CalendarMonth: Codable, Sendable, Hashable, Comparable, CustomStringConvertible {
  public let year: Int
  /// 1 to 12.
  public let month: Int

  /// Days on either side of 1970 beyond which a date is none: three million years.
  private static let farthestDay = 1e9

  /// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
  /// - Parameter seconds: since 1970-01-01 00:00:00; `nil` comes of what is no date.
  public init?(seconds: Double) {
    let days = (seconds / 86_400).rounded(.down)
    guard abs(days) <= Self.farthestDay else { return nil }
    // The era begins on 0000-03-01, so that the leap day ends a year.
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let place = (5 * dayOfYear + 2) / 153
    month = place < 10 ? place + 3 : place - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Months since the year 0, so that neighbours differ by one.
  public var index: Int { year * 12 + month - 1 }

  public static func < (left: CalendarMonth, right: CalendarMonth) -> Bool {
    left.index < right.index
  }

  /// `2026-03`.
  public var description: String {
    let digits = String(year)
    let padding = String(repeating: "0", count: max(0, 4 - digits.count))
    return "\(padding)\(digits)-\(month < 10 ? "0" : "")\(month)"
  }
}
