import Glibc

/// A part of a date whose order trees can cut. Dates are never held against the clock: the day on
/// which a model is used must not change what a lead looks like.
public enum CalendarPart: String, Codable, Sendable, CaseIterable {
  case weekday
  case month
  case dayOfMonth
  case hour

  /// What the part is called in names of features.
  var words: String { self == .dayOfMonth ? "day of month" : rawValue }

  var levelNames: [String] {
    switch self {
    case .weekday: CalendarEncoder.levelNames(.weekday)
    case .month: CalendarEncoder.levelNames(.month)
    case .dayOfMonth: (1...31).map { "\($0)" }
    case .hour: CalendarEncoder.levelNames(.hour)
    }
  }

  var levelCount: Int {
    switch self {
    case .weekday: 7
    case .month: 12
    case .dayOfMonth: 31
    case .hour: 24
    }
  }

  /// Days on either side of 1970 beyond which a date is none: three million years.
  private static let farthestDay = 1e9

  /// Which of the part's levels a moment belongs to, from 0; `nil` for missing.
  /// - Parameter seconds: since 1970-01-01 00:00:00.
  func level(_ seconds: Double) -> Int? {
    let days = (seconds / 86_400).rounded(.down)
    guard abs(days) <= Self.farthestDay else { return nil }
    switch self {
    case .weekday:
      // 1970-01-01 was a Thursday, index 3 of a week that starts on Monday.
      let index = (Int(days) + 3) % 7
      return index < 0 ? index + 7 : index
    case .month: return CalendarEncoder.monthAndDay(ofDay: Int(days)).month - 1
    case .dayOfMonth: return CalendarEncoder.monthAndDay(ofDay: Int(days)).day - 1
    case .hour: return min(Int((seconds - days * 86_400) / 3_600), 23)
    }
  }
}
