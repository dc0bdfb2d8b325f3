/// The seconds since 1970-01-01 that a written date covers: a whole day for `2024-03-07`, a minute
/// for `2024-03-07 10:30`, a second for `2024-03-07T10:30:15`.
///
/// So `at_most: 2024-03-07` includes that day's evening, and `above` starts with the next day.
/// - Returns: first and last second covered, the last as the largest number below the next; `nil`
///   for what is not an ISO date.
func dateOperand(_ text: String) -> ClosedRange<Double>? {
  let parts = text.split(
    maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { $0 == "T" || $0 == " " })
  guard let dateText = parts.first, let day = daysSinceEpoch(dateText) else { return nil }
  let start = day * 86_400
  guard parts.count == 2 else { return covering(start, 86_400) }
  let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
  guard clock.count == 2 || clock.count == 3 else { return nil }
  let numbers = clock.map { digits($0, count: 2) }
  guard let hour = numbers[0], hour < 24, let minute = numbers[1], minute < 60 else { return nil }
  let seconds = start + hour * 3_600 + minute * 60
  guard clock.count == 3 else { return covering(seconds, 60) }
  guard let second = numbers[2], second < 60 else { return nil }
  return covering(seconds + second, 1)
}

private func covering(_ start: Int, _ length: Int) -> ClosedRange<Double> {
  Double(start)...Double(start + length).nextDown
}

private func digits(_ text: Substring, count: Int) -> Int? {
  guard text.utf8.count == count,
    text.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") })
  else { return nil }
  return Int(text)
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar (H. Hinnant, "chrono-Compatible
/// Low-Level Date Algorithms", days_from_civil).
private func daysSinceEpoch(_ text: Substring) -> Int? {
  let fields = text.split(separator: "-", omittingEmptySubsequences: false)
  guard fields.count == 3, let year = digits(fields[0], count: 4),
    let month = digits(fields[1], count: 2), let day = digits(fields[2], count: 2),
    (1...12).contains(month)
  else { return nil }
  let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  guard day >= 1, day <= lengths[month - 1] else { return nil }
  // Years that start in March put the leap day last; eras of 400 years repeat exactly.
  let shifted = month <= 2 ? year - 1 : year
  let era = (shifted >= 0 ? shifted : shifted - 399) / 400
  let yearOfEra = shifted - era * 400
  let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
