import Glibc
import Tables

/// A part of a date as indicators. Dates are never held against the clock: the day on which a model
/// is used must not change what a lead looks like.
public struct CalendarEncoder: Codable, Sendable, Equatable {
  public enum Part: String, Codable, Sendable, CaseIterable {
    case weekday
    case month
    case hour
  }

  public let column: String
  public let part: Part
  public let hasMissing: Bool

  public init(column: String, part: Part, hasMissing: Bool) {
    self.column = column
    self.part = part
    self.hasMissing = hasMissing
  }

  private static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  static func levelNames(_ part: Part) -> [String] {
    switch part {
    case .weekday: weekdays
    case .month: months
    case .hour: (0..<24).map { "\($0):00" }
    }
  }

  var group: IndicatorGroup {
    IndicatorGroup(
      name: "\(part.rawValue) of \(column)", source: column,
      levels: Self.levelNames(part) + (hasMissing ? [CategoryEncoder.missingLevelName] : []))
  }

  /// - Parameter seconds: since 1970-01-01 00:00:00; NaN is missing.
  func code(_ seconds: Double) -> UInt16 {
    guard !seconds.isNaN else { return UInt16(Self.levelNames(part).count) }
    let days = (seconds / 86_400).rounded(.down)
    switch part {
    case .weekday:
      // 1970-01-01 was a Thursday, index 3 of a week that starts on Monday.
      let index = (days + 3).truncatingRemainder(dividingBy: 7)
      return UInt16(index < 0 ? index + 7 : index)
    case .month:
      return UInt16(Self.month(ofDay: Int(days)) - 1)
    case .hour:
      return UInt16(((seconds - days * 86_400) / 3_600).rounded(.down))
    }
  }

  /// The month (1…12) of a day counted from 1970-01-01.
  static func month(ofDay day: Int) -> Int { monthAndDay(ofDay: day).month }

  /// The month (1…12) and its day (1…31) of a day counted from 1970-01-01, proleptic Gregorian.
  static func monthAndDay(ofDay day: Int) -> (month: Int, day: Int) {
    let date = CalendarDay(daysSince1970: day)
    return (month: date.month, day: date.day)
  }
}
