/// A month of the civil calendar.
public struct CalendarMonth: Codable, Sendable, Hashable, Comparable, CustomStringConvertible {
  public let year: Int
  /// 1 to 12.
  public let month: Int

  /// Days on either side of 1970 beyond which a date is none: three million years.
  private static let farthestDay = 1e9

  /// - Parameter seconds: since 1970-01-01 00:00:00; `nil` comes of what is no date.
  public init?(seconds: Double) {
    let days = (seconds / 86_400).rounded(.down)
    guard abs(days) <= Self.farthestDay else { return nil }
    let day = CalendarDay(daysSince1970: Int(days))
    year = day.year
    month = day.month
  }

  /// Months since the year 0, so that neighbours differ by one.
  public var index: Int { year * 12 + month - 1 }

  public static func < (left: CalendarMonth, right: CalendarMonth) -> Bool {
    left.index < right.index
  }

  /// `2026-03`.
  public var description: String {
    CalendarDay(year: year, month: month, day: 1).monthText
  }
}
