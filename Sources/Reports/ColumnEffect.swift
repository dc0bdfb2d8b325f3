import Metrics

/// How the odds of conversion change with one feature, all others held.
public struct OddsRatio: Codable, Sendable, Equatable {
  /// What is compared, in the user's words: `retired`, `12.5 to 40`, `yes, against no`, `+10.6`.
  public let name: String
  /// Above 1, conversion is more likely.
  public let oddsRatio: Double
  public let interval: ConfidenceInterval?
  /// The share of leads that have the level, 0 to 1; `nil` for a step in a number.
  public let share: Double?

  public init(
    name: String, oddsRatio: Double, interval: ConfidenceInterval? = nil, share: Double? = nil
  ) {
    self.name = name
    self.oddsRatio = oddsRatio
    self.interval = interval
    self.share = share
  }
}

/// The odds ratios of one column: ranges of a number in their order, levels the farthest from 1 first.
public struct ColumnEffect: Codable, Sendable, Equatable {
  public let column: String
  /// How much the column moves the log-odds: the standard deviation, over the leads, of its part of
  /// them. Effects are listed by it.
  public let strength: Double
  public let oddsRatios: [OddsRatio]

  public init(column: String, strength: Double, oddsRatios: [OddsRatio]) {
    self.column = column
    self.strength = strength
    self.oddsRatios = oddsRatios
  }
}

/// What the intervals around odds ratios are.
public enum EffectIntervals: String, Codable, Sendable {
  /// Of an unpenalised fit: sampling intervals, as in statistics packages.
  case confidence
  /// Of a penalised fit: posterior intervals, given the penalty.
  case posterior

  var words: String {
    switch self {
    case .confidence: "95% confidence interval"
    case .posterior: "95% posterior interval, given the penalty"
    }
  }
}

extension [ColumnEffect] {
  /// - Parameters:
  ///   - columns: columns shown, the strongest first.
  ///   - ratios: odds ratios shown a column.
  func add(to page: inout TextPage, intervals: EffectIntervals, columns: Int, ratios: Int) {
    guard !isEmpty else { return }
    page.heading("What moves the odds most")
    page.paragraph(
      "The odds of converting against those of the average lead, other columns equal; "
        + "\(intervals.words).")
    var table = TextTable([
      .names("Column"), .levels("Compared"), .number("Leads"), .number("Odds ×"),
      .number("Interval"),
    ])
    var hidden = 0
    for effect in prefix(columns) {
      for (index, ratio) in effect.oddsRatios.prefix(ratios).enumerated() {
        table.add([
          index == 0 ? effect.column : "", ratio.name, ratio.share.map { percent($0) } ?? "",
          NumberText.fixed(ratio.oddsRatio, 2), FigureText.interval(ratio.interval, decimals: 2),
        ])
      }
      hidden += Swift.max(0, effect.oddsRatios.count - ratios)
    }
    page.table(table)
    let unlisted = Swift.max(0, count - columns)
    let parts = [
      unlisted > 0 ? NumberText.counted(unlisted, "weaker column") : nil,
      hidden > 0 ? NumberText.counted(hidden, "level") + " of those above" : nil,
    ].compactMap { $0 }
    if !parts.isEmpty {
      page.paragraph("Not shown: \(parts.joined(separator: " and ")); --json lists all.")
    }
  }

  private func percent(_ share: Double) -> String {
    share > 0 && share < 0.005 ? "<1%" : NumberText.percent(share, 0)
  }
}
