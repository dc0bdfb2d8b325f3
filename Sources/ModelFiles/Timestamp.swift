/// A moment as text.
enum Timestamp {
  /// ISO 8601 in UTC, to the second: `2026-03-01T09:30:00Z`.
  ///
  /// Days to a civil date by the algorithm of H. Hinnant, "chrono-compatible low-level date
  /// algorithms", proleptic Gregorian.
  ///
  /// - Parameter seconds: since 1970-01-01 00:00:00 UTC; years 0 to 9999, others are cut to that.
  static func text(_ seconds: Int64) -> String {
    let seconds = min(max(seconds, -62_167_219_200), 253_402_300_799)
    let (quotient, remainder) = seconds.quotientAndRemainder(dividingBy: 86_400)
    let day = remainder < 0 ? quotient - 1 : quotient
    let secondOfDay = remainder < 0 ? remainder + 86_400 : remainder
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    func padded(_ value: Int64, _ width: Int = 2) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month))-\(padded(dayOfMonth))T"
      + "\(padded(secondOfDay / 3_600)):\(padded(secondOfDay / 60 % 60)):"
      + "\(padded(secondOfDay % 60))Z"
  }
}
