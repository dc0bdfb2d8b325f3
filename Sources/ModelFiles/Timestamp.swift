import Tables

/// A moment as text.
enum Timestamp {
  /// ISO 8601 in UTC, to the second: `2026-03-01T09:30:00Z`.
  ///
  /// - Parameter seconds: since 1970-01-01 00:00:00 UTC; years 0 to 9999, others are cut to that.
  static func text(_ seconds: Int64) -> String {
    let seconds = min(max(seconds, -62_167_219_200), 253_402_300_799)
    let (quotient, remainder) = seconds.quotientAndRemainder(dividingBy: 86_400)
    let day = CalendarDay(daysSince1970: Int(remainder < 0 ? quotient - 1 : quotient))
    let second = remainder < 0 ? remainder + 86_400 : remainder
    let parts = [second / 3_600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(day.isoText)T\(parts.joined(separator: ":"))Z"
  }
}
