import Activities
import Tables

/// The leads as an earlier export had them.
public struct DatedExport: Sendable {
  /// The file, for messages.
  public let name: String
  /// It was made before this moment, and is known at it: seconds since 1970.
  public let time: Double
  public let leads: Table

  public init(name: String, time: Double, leads: Table) {
    self.name = name
    self.time = time
    self.leads = leads
  }

  /// Before when the export of this name was made: the end of the day or month that its name
  /// says, since nobody knows at which moment of it the export was made.
  ///
  /// The date is the last in the name, as `2025-01-31`, `20250131`, `2025-01` or `202501`, with `-`,
  /// `_` or `.` between its parts.
  /// - Throws: `HistoryError.undatedExport`.
  public static func time(ofName name: String, zone: NamedTimeZone) throws -> Double {
    let file = name.utf8.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
    var found: CalendarDay?
    for start in file.indices where start == 0 || !isDigit(file[start - 1]) {
      if let date = date(in: file[start...]) { found = date }
    }
    guard let found else { throw HistoryError.undatedExport(name: name) }
    return zone.start(of: found)
  }

  /// The day after the date that `text` begins with.
  private static func date(in text: ArraySlice<UInt8>) -> CalendarDay? {
    var rest = text
    var separator: UInt8?
    guard let year = number(4, from: &rest), (1_970...2_200).contains(year) else { return nil }
    if let next = rest.first, "-_.".utf8.contains(next), rest.dropFirst().first.map(isDigit) == true
    {
      separator = next
      rest = rest.dropFirst()
    }
    guard let month = number(2, from: &rest), (1...12).contains(month) else { return nil }
    let first = CalendarDay(year: year, month: month, day: 1)
    if let separator, rest.first == separator { rest = rest.dropFirst() }
    let digits = rest.prefix { isDigit($0) }.count
    guard digits > 0 else { return first.nextMonth }
    guard let day = number(2, from: &rest) else { return nil }
    let date = CalendarDay(year: year, month: month, day: day)
    guard day >= 1, date.daysSince1970 < first.nextMonth.daysSince1970 else { return nil }
    return CalendarDay(daysSince1970: date.daysSince1970 + 1)
  }

  private static func number(_ digits: Int, from text: inout ArraySlice<UInt8>) -> Int? {
    let head = text.prefix(digits)
    guard head.count == digits, head.allSatisfy(isDigit) else { return nil }
    text = text.dropFirst(digits)
    return head.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
