import Metrics

/// Measures as people read them.
enum FigureText {
  /// A figure, or a dash where it is not defined.
  static func optional(_ value: Double?, _ decimals: Int) -> String {
    value.map { NumberText.fixed($0, decimals) } ?? "–"
  }

  static func signed(_ value: Double?, _ decimals: Int) -> String {
    value.map { NumberText.signed($0, decimals) } ?? "–"
  }

  static func lift(_ value: Double?) -> String {
    value.map { NumberText.fixed($0, 1) + "×" } ?? "–"
  }

  /// `0.735 to 0.820`: in words, for bounds may be negative.
  static func interval(
    _ interval: ConfidenceInterval?, decimals: Int = 3, signed: Bool = false
  ) -> String {
    guard let interval else { return "–" }
    let bounds = [interval.low, interval.high].map {
      signed ? NumberText.signed($0, decimals) : NumberText.fixed($0, decimals)
    }
    return bounds.joined(separator: " to ")
  }

  static func percentInterval(_ interval: ConfidenceInterval) -> String {
    NumberText.percent(interval.low) + " to " + NumberText.percent(interval.high)
  }
}
