import Activities
import Tables

/// A day of the calendar.
///
/// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
struct CivilDate: Equatable {
  var year: Int
  var month: Int
  var day: Int

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// - Parameter days: since 1970-01-01.
  init(days: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01.
  var days: Int { DateCell.days(year: year, month: month, day: day) }

  /// The first day of the month after this one.
  var nextMonth: CivilDate {
    month == 12
      ? CivilDate(year: year + 1, month: 1, day: 1)
      : CivilDate(year: year, month: month + 1, day: 1)
  }

  /// `2025-03`.
  var monthText: String { "\(Self.padded(year, 4))-\(Self.padded(month, 2))" }

  /// `2025-03-07`.
  var text: String { "\(monthText)-\(Self.padded(day, 2))" }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension NamedTimeZone {
  /// The day of the calendar at a time.
  func date(at time: Double) -> CivilDate { CivilDate(days: day(at: time)) }

  /// The first moment of a day, in seconds since 1970.
  func start(of date: CivilDate) -> Double {
    let local = Double(date.days) * 86_400
    // The offset at the result itself: a second look settles days on which clocks are changed.
    let guess = local - offset(at: local)
    return local - offset(at: guess)
  }

  /// `2025-03-07`, with the time of day where it is not midnight.
  func text(_ time: Double) -> String {
    let local = (time + offset(at: time)).rounded(.down)
    let seconds = Int(local - (local / 86_400).rounded(.down) * 86_400)
    let date = date(at: time).text
    guard seconds > 0 else { return date }
    let (hour, minute) = (seconds / 3_600, seconds / 60 % 60)
    return "\(date) \(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }
}
