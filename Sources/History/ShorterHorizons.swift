/// Which horizons would do where the one that was asked for leaves no example.
public struct ShorterHorizons: Sendable, Equatable {
  /// The first and last month in which decisions fall: `2025-03`.
  public let firstMonth: String
  public let lastMonth: String
  /// The longest readable horizon that has passed for some decision, in seconds; 0 where none has.
  public let longest: Double
  /// The longest that has passed for half of the decisions.
  public let forHalf: Double

  /// - Parameters:
  ///   - spans: from each decision to the end of the data, in seconds.
  ///   - months: of the decisions, in order.
  /// - Returns: `nil` without decisions.
  init?(spans: [Double], months: [MonthCount]) {
    guard let first = months.first, let last = months.last, let most = spans.max() else {
      return nil
    }
    firstMonth = first.month
    lastMonth = last.month
    longest = ReadableDurations.atMost(most)
    forHalf = ReadableDurations.atMost(spans.sorted()[spans.count / 2])
  }

  var words: String {
    let months =
      firstMonth == lastMonth
      ? "All decisions fall in \(firstMonth)"
      : "Decisions fall in the months from \(firstMonth) to \(lastMonth)"
    guard longest > 0 else {
      return "\(months), less than a day before it: state younger ages, or give a longer history."
    }
    let half =
      forHalf > 0 && forHalf < longest
      ? ", and one of \(ReadableDurations.words(forHalf)) for half of them" : ""
    return
      "\(months): a horizon of \(ReadableDurations.words(longest)) has passed for the first of "
      + "them\(half). State one with within, or give a longer history."
  }
}
