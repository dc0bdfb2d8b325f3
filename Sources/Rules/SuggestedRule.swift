/// A rule that could be written about one column.
public struct SuggestedRule: Sendable, Equatable {
  public enum Test: Sendable, Equatable {
    /// Of a category, or of a flag: `yes`.
    case isEqual(String)
    case atLeast(Double)
    case isMissing
  }

  public let field: String
  public let test: Test
  /// Of its name.
  public let words: SuggestionWords

  public init(field: String, test: Test, words: SuggestionWords = .english) {
    self.field = field
    self.test = test
    self.words = words
  }

  /// What the rule is called: `job is retired`.
  public var name: String {
    switch test {
    case .isEqual(let value): "\(field) \(words.isEqual) \(value)"
    case .atLeast(let bound): "\(field) \(words.atLeast) \(Self.text(bound))"
    case .isMissing: "\(field) \(words.isMissing)"
    }
  }

  /// The rule as a line of a rule file.
  /// - Parameter points: in thousandths.
  func text(points: Int) -> String {
    let test =
      switch test {
      case .isEqual(let value): "is: \(quoted(value))"
      case .atLeast(let bound): "at_least: \(Self.text(bound))"
      case .isMissing: "missing: true"
      }
    return "{name: \(quoted(name)), when: {field: \(quoted(field)), \(test)}, "
      + "points: \(pointsText(points))}"
  }

  private static func text(_ number: Double) -> String {
    abs(number) < 1e15 && number == number.rounded() ? "\(Int(number))" : "\(number)"
  }
}

/// What suggested rules, and the group that they stand in, are called in a language. The keys of a rule file
/// are the same in all.
public enum SuggestionWords: Sendable {
  case english
  case spanish

  private func choose(_ english: String, _ spanish: String) -> String {
    self == .english ? english : spanish
  }

  var isEqual: String { choose("is", "es") }
  var atLeast: String { choose("at least", "al menos") }
  var isMissing: String { choose("not filled in", "sin rellenar") }

  /// A group beside those of a file.
  public var suggested: String { choose("suggested", "sugeridas") }
  /// The only group of a first file.
  public var inCommon: String {
    choose("what customers have in common", "lo que los clientes tienen en común")
  }

  /// The first line of a first file.
  public func comment(leads: Int, won: Int) -> String {
    choose(
      "What customers have in common: learned from \(leads) decided cases, of which \(won) were won.",
      "Lo que los clientes tienen en común: aprendido de \(leads) casos decididos, de los que se ganaron "
        + "\(won).")
  }
}

/// Suggested rules as a group of a rule file.
public struct SuggestedGroup: Sendable, Equatable {
  public let name: String
  public let category: String
  /// Each with its points in thousandths.
  public let rules: [(rule: SuggestedRule, points: Int)]

  public init(name: String, category: String, rules: [(rule: SuggestedRule, points: Int)]) {
    self.name = name
    self.category = category
    self.rules = rules
  }

  public static func == (left: SuggestedGroup, right: SuggestedGroup) -> Bool {
    left.name == right.name && left.category == right.category
      && left.rules.elementsEqual(right.rules) { $0.rule == $1.rule && $0.points == $1.points }
  }

  /// The lines of the group under `groups:`.
  /// - Parameter indent: blanks before its dash.
  func lines(indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    return [
      "\(margin)- name: \(quoted(name))", "\(margin)  category: \(quoted(category))",
      "\(margin)  rules:",
    ] + rules.map { "\(margin)    - \($0.rule.text(points: $0.points))" }
  }

  /// A rule file of this group alone; all its points together mean the top of the scale.
  /// - Parameters:
  ///   - comment: its first line.
  ///   - missing: tokens that mean "not filled in".
  public func file(comment: String, missing: [String] = []) -> String {
    let most = rules.reduce(0) { $0 + max(0, $1.points) }
    let lines =
      ["# " + comment.split(whereSeparator: \.isNewline).joined(separator: " ")]
      + (most > 0 ? ["scale: {from: 0, to: 100, raw: \(pointsText(most))}"] : [])
      + (missing.isEmpty ? [] : ["missing: [\(missing.map(quoted).joined(separator: ", "))]"])
      + ["groups:"] + self.lines(indent: 2)
    return lines.map { $0 + "\n" }.joined()
  }
}
