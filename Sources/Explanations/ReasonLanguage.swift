import Metrics

/// The language that reasons are written in.
public enum ReasonLanguage: String, Sendable, Codable, CaseIterable {
  case english = "en"
  case spanish = "es"

  /// The one or the other, by language.
  func choose(_ english: String, _ spanish: String) -> String {
    self == .english ? english : spanish
  }

  /// A number as people write it: with up to three decimals, or three digits that matter; in Spanish
  /// with a decimal comma, and points between thousands.
  func number(_ value: Double) -> String {
    local(
      value == 0 || (abs(value) >= 1 && abs(value) < 1e12)
        ? NumberText.plain(value) : Self.trimmed(NumberText.significant(value)))
  }

  /// A contribution with its sign and at most two decimals: `+0.8`.
  func signed(_ value: Double) -> String {
    local(Self.trimmed(NumberText.signed(value, 2)))
  }

  /// Without zeros at the end of its decimals.
  private static func trimmed(_ text: String) -> String {
    guard text.contains("."), !text.contains("e") else { return text }
    var text = text
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  /// A number as `NumberText` writes it, with the language's marks.
  public func local(_ text: String) -> String {
    guard self == .spanish else { return text }
    return String(text.map { $0 == "." ? "," : $0 == "," ? "." : $0 })
  }

  /// A span of time in the unit that fits it.
  /// - Parameter days: with their fraction, at least 0.
  func span(days: Double) -> String {
    if days < 1 {
      let hours = Int((days * 24).rounded(.down))
      return hours == 0
        ? choose("less than an hour", "menos de una hora")
        : counted(Double(hours), choose("hour", "hora"), choose("hours", "horas"))
    }
    return counted(days.rounded(.down), choose("day", "día"), choose("days", "días"))
  }

  func counted(_ value: Double, _ one: String, _ many: String) -> String {
    "\(number(value)) \(value == 1 ? one : many)"
  }

  /// ` in the last 30 days`; empty for all time.
  func window(_ seconds: Double?) -> String {
    guard let seconds, seconds.isFinite,
      let unit = Self.units.first(where: { seconds.remainder(dividingBy: $0.seconds) == 0 })
    else { return "" }
    let count = seconds / unit.seconds
    let isOne = count == 1
    if self == .english {
      return isOne
        ? " in the last \(unit.english)" : " in the last \(number(count)) \(unit.english)s"
    }
    return isOne
      ? " en \(unit.isFeminine ? "la última" : "el último") \(unit.spanish)"
      : " en \(unit.isFeminine ? "las últimas" : "los últimos") \(number(count)) \(unit.spanish)s"
  }

  private struct TimeUnit: Sendable {
    let seconds: Double
    let english: String
    let spanish: String
    var isFeminine = false
  }

  private static let units = [
    TimeUnit(seconds: 86_400, english: "day", spanish: "día"),
    TimeUnit(seconds: 3_600, english: "hour", spanish: "hora", isFeminine: true),
    TimeUnit(seconds: 60, english: "minute", spanish: "minuto"),
    TimeUnit(seconds: 1, english: "second", spanish: "segundo"),
  ]
}
