import Metrics

/// Lengths of time that people plan by, to which found ones are rounded.
enum ReadableDurations {
  static let day = 86_400.0

  /// Days, rising: every day of the first weeks is near one, and from a year on every half year.
  static let days: [Double] = [
    0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 120, 150, 180, 270, 365, 540, 730, 1_095, 1_460,
    1_825, 2_555, 3_650,
  ]

  /// The readable length nearest to `seconds`; of two as near, the shorter.
  static func nearest(_ seconds: Double) -> Double {
    var best = days[0] * day
    for candidate in days where abs(candidate * day - seconds) < abs(best - seconds) {
      best = candidate * day
    }
    return best
  }

  /// The longest readable length that is at most `seconds`; 0 below 0.
  static func atMost(_ seconds: Double) -> Double {
    (days.last { $0 * day <= seconds } ?? 0) * day
  }

  /// The shortest readable length that is at least `seconds`; beyond the list whole days.
  static func atLeast(_ seconds: Double) -> Double {
    (days.first { $0 * day >= seconds } ?? (seconds / day).rounded(.up)) * day
  }

  /// `90 days`, `12 hours`: as a person says it.
  static func spoken(_ seconds: Double) -> String {
    for (length, unit) in [(day, "day"), (3_600, "hour"), (60, "minute")] {
      let count = seconds / length
      if count == count.rounded(), let whole = Int(exactly: count), whole > 0 {
        return NumberText.counted(whole, unit)
      }
    }
    return "\(seconds) seconds"
  }

  /// `90d`, `12h`, `30min`: as a project file writes it.
  static func words(_ seconds: Double) -> String {
    for (length, unit) in [(day, "d"), (3_600, "h"), (60, "min")] {
      let count = seconds / length
      if count == count.rounded(), let whole = Int(exactly: count), whole > 0 || unit == "d" {
        return "\(whole)\(unit)"
      }
    }
    return "\(seconds)s"
  }
}
