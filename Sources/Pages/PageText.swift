import Explanations
import Metrics

/// Texts and numbers in the language of a page.
struct PageText: Sendable {
  let language: ReasonLanguage

  /// A phrase with its places filled in.
  func callAsFunction(_ phrase: Phrase, _ values: [String: String] = [:]) -> String {
    var text = language == .spanish ? phrase.spanish : phrase.english
    for (name, value) in values {
      text = text.split(separator: "{\(name)}", omittingEmptySubsequences: false)
        .joined(separator: value)
    }
    return text
  }

  func count(_ value: Double) -> String { language.local(NumberText.count(value)) }
  func wholeCount(_ value: Double) -> String { language.local(NumberText.wholeCount(value)) }
  func plain(_ value: Double) -> String { withMinus(language.local(NumberText.plain(value))) }
  private func withMinus(_ text: String) -> String {
    text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }
  func fixed(_ value: Double, _ decimals: Int) -> String {
    language.local(NumberText.fixed(value, decimals))
  }
  /// With a true minus sign, which is as wide as a plus.
  func signed(_ value: Double, _ decimals: Int) -> String {
    withMinus(language.local(NumberText.signed(value, decimals)))
  }
  /// With at most one decimal.
  func score(_ value: Double) -> String {
    plain((value * 10).rounded() / 10)
  }
  func significant(_ value: Double) -> String { language.local(NumberText.significant(value)) }
  /// With three digits that matter at most: `3.5`, `20`, `1,234`.
  func brief(_ value: Double) -> String {
    // The least number above 0, which stands for "above 0".
    var words = NumberText.significant(abs(value) < 1e-300 ? 0 : value)
    if words.contains("."), !words.contains("e") {
      while words.hasSuffix("0") { words.removeLast() }
      if words.hasSuffix(".") { words.removeLast() }
    }
    return withMinus(language.local(words))
  }

  /// In Spanish with a space before the sign, which does not break.
  func percent(_ share: Double, _ decimals: Int = 1) -> String {
    spaced(NumberText.percent(share, decimals))
  }

  func share(_ share: Double) -> String { spaced(NumberText.share(share)) }

  private func spaced(_ text: String) -> String {
    guard language == .spanish, text.hasSuffix("%") else { return language.local(text) }
    return language.local(String(text.dropLast())) + "\u{A0}%"
  }

  /// `0.735 to 0.820`.
  func interval(_ interval: ConfidenceInterval?, _ text: (Double) -> String) -> String {
    guard let interval else { return "–" }
    return self(.to, ["low": text(interval.low), "high": text(interval.high)])
  }

  func optional(_ value: Double?, _ text: (Double) -> String) -> String {
    value.map(text) ?? "–"
  }

  /// `p = 0.024`, or `p < 0.001`.
  func pValue(_ value: Double) -> String {
    value < 0.001
      ? self(.pBelow, ["value": fixed(0.001, 3)])
      : self(.pIs, ["value": fixed(value, value < 0.0995 ? 3 : 2)])
  }
}
