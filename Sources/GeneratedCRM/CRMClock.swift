/// The two years of the generated CRM, in seconds since 1970 UTC, and how a moment is written.
enum CRMClock {
  static let day = 86_400.0
  /// 2024-01-01 00:00:00.
  static let start = 1_704_067_200.0
  /// 2026-01-01 00:00:00: the export; later events are planned ones.
  static let export = 1_767_225_600.0
  static let year = 365.25 * day

  /// `2024-03-07 14:05:33`, in UTC.
  static func text(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.down))
    let days = whole >= 0 ? whole / 86_400 : (whole - 86_399) / 86_400
    let rest = whole - days * 86_400
    let (year, month, dayOfMonth) = civil(days)
    let hour = rest / 3_600
    let minute = rest / 60 % 60
    var bytes: [UInt8] = []
    bytes.reserveCapacity(19)
    func append(_ value: Int, _ digits: Int) {
      var divisor = 1
      for _ in 1..<digits { divisor *= 10 }
      while divisor > 0 {
        bytes.append(0x30 + UInt8(value / divisor % 10))
        divisor /= 10
      }
    }
    append(year, 4)
    bytes.append(UInt8(ascii: "-"))
    append(month, 2)
    bytes.append(UInt8(ascii: "-"))
    append(dayOfMonth, 2)
    bytes.append(UInt8(ascii: " "))
    append(hour, 2)
    bytes.append(UInt8(ascii: ":"))
    append(minute, 2)
    bytes.append(UInt8(ascii: ":"))
    append(rest % 60, 2)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The date of a number of days since 1970-01-01.
  ///
  /// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// How far the two years are gone when a share of the leads has been created: the number of new
  /// leads a day grows evenly by half from the first day to the last.
  static func creationTime(share: Double) -> Double {
    // Density 1 + s/2 over s in 0...1, so share = (s + s²/4) / 1.25.
    let position = 2 * ((1 + 1.25 * share).squareRoot() - 1)
    return (start + position * (export - start)).rounded(.down)
  }

  /// Years since the start: what drifts, drifts with this.
  static func yearsIn(_ seconds: Double) -> Double {
    (seconds - start) / year
  }
}
