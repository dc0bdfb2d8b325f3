/// One cell read as a date, with or without a time.
///
/// Year first (`2024-03-07`, also with `/` or `.`) needs no order. Otherwise day and month stand before
/// a year of four digits, or of two: 00–68 are 2000–2068 and 69–99 are 1969–1999, as POSIX has it. A
/// time follows after a space, a comma or `T`: `14:05`, `14:05:33`, `14:05:33.250`, `2:05 PM`, with an
/// optional zone `Z`, `+01:00`, `+0100` or `+01`, which is taken off.
public struct DateCell: Equatable, Sendable {
  /// Which orders are possible; `.notDate` if it is no date.
  public var evidence: CellEvidence
  /// Seconds since 1970-01-01 under the given order; NaN if it is no date under it.
  public var seconds: Double

  /// - Parameters:
  ///   - cell: bytes without surrounding spaces.
  ///   - order: the column's, or the one supposed so far.
  public init(_ cell: UnsafeBufferPointer<UInt8>, order: DateOrder) {
    evidence = .notDate
    seconds = .nan
    var scanner = DateScanner(cell)
    guard let parts = scanner.scan() else { return }
    evidence = parts.evidence.union([.notNumber, .notFlag])
    if scanner.hasZone { evidence.insert(.zonedTime) }
    seconds = parts.seconds(order: order)
  }

  public init(_ text: String, order: DateOrder = .iso) {
    var text = text
    self = text.withUTF8 { DateCell($0, order: order) }
  }

  /// Days from 1970-01-01 to a date of the proleptic Gregorian calendar.
  ///
  /// Source: Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil.
  public static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  static func dayCount(year: Int, month: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }
}

/// A date taken apart, its order still open.
private struct DateParts {
  var year = 0
  /// The first and second number beside the year; month and day where the year stands first.
  var first = 0
  var second = 0
  var yearStandsFirst = false
  var timeSeconds = 0.0

  private func isValid(month: Int, day: Int) -> Bool {
    month >= 1 && month <= 12 && day >= 1 && day <= DateCell.dayCount(year: year, month: month)
  }

  var evidence: CellEvidence {
    if yearStandsFirst { return isValid(month: first, day: second) ? .isoDate : .notDate }
    switch (isValid(month: second, day: first), isValid(month: first, day: second)) {
    case (true, true): return .unclearDate
    case (true, false): return .dayFirstDate
    case (false, true): return .monthFirstDate
    case (false, false): return .notDate
    }
  }

  func seconds(order: DateOrder) -> Double {
    let month: Int
    let day: Int
    if yearStandsFirst || order == .monthFirst {
      (month, day) = (first, second)
    } else if order == .dayFirst {
      (month, day) = (second, first)
    } else {
      return .nan
    }
    guard isValid(month: month, day: day) else { return .nan }
    return Double(DateCell.days(year: year, month: month, day: day)) * 86_400 + timeSeconds
  }
}

private struct DateScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0
  /// Whether the time says its zone.
  private(set) var hasZone = false

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  private var byte: UInt8 { at < bytes.count ? bytes[at] : 0 }

  /// Reads digits; `nil` if there are none or more than `most`.
  private mutating func number(most: Int) -> (value: Int, digits: Int)? {
    var value = 0
    let start = at
    while at < bytes.count, bytes[at] &- 0x30 <= 9 {
      guard at - start < most else { return nil }
      value = value * 10 + Int(bytes[at] &- 0x30)
      at += 1
    }
    return at > start ? (value, at - start) : nil
  }

  mutating func scan() -> DateParts? {
    // The shortest date is 1/1/24.
    guard bytes.count >= 6, bytes[0] &- 0x30 <= 9, var parts = scanDay() else { return nil }
    if at < bytes.count {
      guard let time = scanTime() else { return nil }
      parts.timeSeconds = time
    }
    return parts
  }

  private mutating func scanDay() -> DateParts? {
    guard let one = number(most: 4), one.digits != 3 else { return nil }
    let separator = byte
    guard
      separator == UInt8(ascii: "/") || separator == UInt8(ascii: "-")
        || separator == UInt8(ascii: ".")
    else { return nil }
    at += 1
    guard let two = number(most: 2), byte == separator else { return nil }
    at += 1
    guard let three = number(most: 4) else { return nil }
    var parts = DateParts()
    if one.digits == 4 {
      guard three.digits <= 2 else { return nil }
      parts.yearStandsFirst = true
      (parts.year, parts.first, parts.second) = (one.value, two.value, three.value)
      return parts
    }
    (parts.first, parts.second) = (one.value, two.value)
    switch three.digits {
    case 4:
      parts.year = three.value
    case 2:
      // With points or hyphens a short year stands only beside two-digit parts: 1.2.34 is a version.
      guard separator == UInt8(ascii: "/") || one.digits == 2 && two.digits == 2 else {
        return nil
      }
      parts.year = three.value < 69 ? 2000 + three.value : 1900 + three.value
    default: return nil
    }
    return parts
  }

  private mutating func scanTime() -> Double? {
    if byte == UInt8(ascii: ",") { at += 1 }
    guard byte == UInt8(ascii: " ") || byte == UInt8(ascii: "T") || byte == UInt8(ascii: "t")
    else { return nil }
    while byte == UInt8(ascii: " ") || byte == UInt8(ascii: "T") || byte == UInt8(ascii: "t") {
      at += 1
    }
    guard var hour = number(most: 2)?.value, byte == UInt8(ascii: ":") else { return nil }
    at += 1
    guard let minute = number(most: 2), minute.digits == 2, minute.value < 60 else { return nil }
    var seconds = 0.0
    if byte == UInt8(ascii: ":") {
      at += 1
      // 60 is a leap second, which some systems write.
      guard let whole = number(most: 2), whole.digits == 2, whole.value <= 60 else { return nil }
      seconds = Double(whole.value)
      if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") {
        at += 1
        guard let fraction = number(most: 9) else { return nil }
        seconds += Double(fraction.value) / exactPowersOfTen[fraction.digits]
      }
    }
    guard let half = scanHalfDay(&hour), half, hour < 24 else { return nil }
    hasZone = at < bytes.count
    guard let offset = scanZone(), at == bytes.count else { return nil }
    return Double(hour * 3600 + minute.value * 60) + seconds - Double(offset)
  }

  /// Reads `AM`, `PM`, `a. m.` or `p. m.` if one follows and puts the hour right.
  private mutating func scanHalfDay(_ hour: inout Int) -> Bool? {
    let start = at
    while byte == UInt8(ascii: " ") || byte == 0xC2 || byte == 0xA0 || byte == 0xE2 || byte == 0x80
      || byte == 0xAF
    {
      at += 1
    }
    let half = byte | 0x20
    guard half == UInt8(ascii: "a") || half == UInt8(ascii: "p") else {
      at = start
      return true
    }
    at += 1
    while byte == UInt8(ascii: ".") || byte == UInt8(ascii: " ") { at += 1 }
    guard byte | 0x20 == UInt8(ascii: "m"), hour >= 1, hour <= 12 else { return nil }
    at += 1
    if byte == UInt8(ascii: ".") { at += 1 }
    hour = hour % 12 + (half == UInt8(ascii: "p") ? 12 : 0)
    return true
  }

  /// Seconds that the zone is ahead of UTC; 0 without a zone.
  private mutating func scanZone() -> Int? {
    if at == bytes.count { return 0 }
    if byte == UInt8(ascii: " ") { at += 1 }
    if byte == UInt8(ascii: "Z") || byte == UInt8(ascii: "z") {
      at += 1
      return 0
    }
    if bytes.count - at == 3, byte == UInt8(ascii: "U") || byte == UInt8(ascii: "G") {
      // "UTC" and "GMT"
      at += 3
      return 0
    }
    guard byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") else { return nil }
    let sign = byte == UInt8(ascii: "-") ? -1 : 1
    at += 1
    guard let first = number(most: 4) else { return nil }
    var hours = first.value
    var minutes = 0
    switch first.digits {
    case 4: (hours, minutes) = (first.value / 100, first.value % 100)
    case 2:
      if byte == UInt8(ascii: ":") {
        at += 1
        guard let second = number(most: 2), second.digits == 2 else { return nil }
        minutes = second.value
      }
    default: return nil
    }
    guard hours <= 15, minutes < 60 else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }
}
