import Activities
import Tables

extension NamedTimeZone {
  /// The day of the calendar at a time.
  func date(at time: Double) -> CalendarDay { CalendarDay(daysSince1970: day(at: time)) }

  /// The first moment of a day, in seconds since 1970.
  func start(of date: CalendarDay) -> Double {
    moment(ofClock: Double(date.daysSince1970) * 86_400)
  }

  /// What clocks show at a moment, in seconds since 1970 as if it were UTC.
  func clock(at time: Double) -> Double { time + offset(at: time) }

  /// `2025-03-07`, with the time of day where it is not midnight.
  func text(_ time: Double) -> String {
    let local = (time + offset(at: time)).rounded(.down)
    let seconds = Int(local - (local / 86_400).rounded(.down) * 86_400)
    let date = date(at: time).isoText
    guard seconds > 0 else { return date }
    let (hour, minute) = (seconds / 3_600, seconds / 60 % 60)
    return "\(date) \(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }
}
