import Tables

/// Excel's serial numbers as dates and times in writing.
struct ExcelTime {
  /// Whether days are counted from 1904-01-01, as old workbooks from the Macintosh have it.
  let is1904: Bool

  private static let dayLength = 86_400_000
  /// 1970-01-01 in days since 1899-12-30.
  private static let epoch = 25_569
  /// 1904-01-01 in days since 1899-12-30.
  private static let offset1904 = 1_462
  /// 9999-12-31 in days since 1899-12-30, the last day that Excel knows.
  private static let lastDay = 2_958_465

  /// The text of a serial number, to the millisecond: `2024-03-01`, `2024-03-01 10:30:00`, `10:30:00`,
  /// `36:00:00`.
  ///
  /// In the system of 1900, numbers below 61 count from a day later: Excel has a 29 February 1900, day
  /// 60, which never was; it is written as the 28th.
  /// - Returns: `nil` for a number that is no date, or for a plain number.
  func text(_ serial: Double, _ kind: ExcelNumberFormats.Kind) -> String? {
    guard kind != .number, serial.magnitude <= Double(Self.lastDay + 1) else { return nil }
    let milliseconds = Int((serial * Double(Self.dayLength)).rounded())
    if kind == .duration {
      return (milliseconds < 0 ? "-" : "") + Self.clock(abs(milliseconds))
    }
    guard milliseconds >= 0 else { return nil }
    let (days, time) = milliseconds.quotientAndRemainder(dividingBy: Self.dayLength)
    // A day shown as a time only is a moment still.
    if days == 0, kind == .time || !is1904 { return Self.clock(time) }
    let shifted = is1904 ? days + Self.offset1904 : days < 60 ? days + 1 : days
    guard shifted <= Self.lastDay else { return nil }
    let day = CalendarDay(daysSince1970: shifted - Self.epoch).isoText
    return time == 0 ? day : "\(day) \(Self.clock(time))"
  }

  private static func clock(_ milliseconds: Int) -> String {
    let seconds = milliseconds / 1_000
    let rest = milliseconds % 1_000
    let text = "\(two(seconds / 3_600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    return rest == 0 ? text : "\(text).\(String(rest + 1_000).dropFirst())"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
