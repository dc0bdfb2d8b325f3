/// A day of the proleptic Gregorian calendar.
public struct CalendarDay: Sendable, Equatable {
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// From 1.
  public let day: Int

  /// - Parameters:
  ///   - month: 1 to 12.
  ///   - day: from 1; one that the month does not have is of the next.
  public init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// - Parameter days: since 1970-01-01.
  ///
  /// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
  public init(daysSince1970 days: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  public var daysSince1970: Int { DateCell.days(year: year, month: month, day: day) }

  /// The first day of the month after this one.
  public var nextMonth: CalendarDay {
    month == 12
      ? CalendarDay(year: year + 1, month: 1, day: 1)
      : CalendarDay(year: year, month: month + 1, day: 1)
  }

  /// `2024-03`.
  public var monthText: String { "\(Self.padded(year, 4))-\(Self.padded(month, 2))" }

  /// `2024-03-07`.
  public var isoText: String { "\(monthText)-\(Self.padded(day, 2))" }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
