/// A rule that could be written: about one column, or about what leads did.
public struct SuggestedRule: Sendable, Equatable {
  public enum Subject: Sendable, Equatable {
    case field(String, Test)
    case event(SuggestedEvent)
    /// The lead has done nothing for so many days, and has existed as long.
    case silence(days: Int)
  }

  public enum Test: Sendable, Equatable {
    /// Of a category, or of a flag: `yes`.
    case isEqual(String)
    case atLeast(Double)
    case isMissing
  }

  public let subject: Subject
  /// Of its name.
  public let words: SuggestionWords

  public init(_ subject: Subject, words: SuggestionWords = .english) {
    self.subject = subject
    self.words = words
  }

  public init(field: String, test: Test, words: SuggestionWords = .english) {
    self.init(.field(field, test), words: words)
  }

  /// Whether it asks what the lead did, or did not do.
  public var isAboutActivities: Bool {
    if case .field = subject { false } else { true }
  }

  /// What the rule is called: `job is retired`.
  public var name: String {
    switch subject {
    case .field(let field, .isEqual(let value)): "\(field) \(words.isEqual) \(value)"
    case .field(let field, .atLeast(let bound)):
      "\(field) \(words.atLeast) \(Self.text(bound))"
    case .field(let field, .isMissing): "\(field) \(words.isMissing)"
    case .event(let event): event.name(words)
    case .silence(let days): words.silent(days)
    }
  }

  /// The rule as a line of a rule file.
  /// - Parameter points: in thousandths.
  func text(points: Int) -> String {
    let asked =
      switch subject {
      case .field(let field, let test):
        "when: {field: \(quoted(field)), \(Self.text(test))}, points: \(pointsText(points))"
      case .event(let event): event.text(points: points)
      case .silence(let days): "no_event_within: \(days)d, points: \(pointsText(points))"
      }
    return "{name: \(quoted(name)), \(asked)}"
  }

  /// The most that it gives a lead.
  func most(points: Int) -> Int {
    guard case .event(let event) = subject else { return max(0, points) }
    return max(0, points) * (event.most ?? 1)
  }

  private static func text(_ test: Test) -> String {
    switch test {
    case .isEqual(let value): "is: \(quoted(value))"
    case .atLeast(let bound): "at_least: \(text(bound))"
    case .isMissing: "missing: true"
    }
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

  func each(_ event: String) -> String { choose("each \(event)", "cada \(event)") }
  func within(_ days: Int) -> String { choose("within \(days) days", "en \(days) días") }
  func silent(_ days: Int) -> String {
    choose("silent for \(days) days", "\(days) días sin actividad")
  }

  /// A group beside those of a file.
  public var suggested: String { choose("suggested", "sugeridas") }
  /// The group of a first file that is about columns.
  public var inCommon: String {
    choose("what customers have in common", "lo que los clientes tienen en común")
  }

  /// The group of a first file that is about activities.
  public var done: String {
    choose("what customers have done", "lo que los clientes han hecho")
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

  /// A rule file of these groups alone; all their points together mean the top of the scale.
  /// - Parameters:
  ///   - comment: its first line.
  ///   - missing: tokens that mean "not filled in".
  public static func file(
    _ groups: [SuggestedGroup], comment: String, missing: [String] = []
  ) -> String {
    let most = groups.flatMap(\.rules).reduce(0) { $0 + $1.rule.most(points: $1.points) }
    var lines = ["# " + comment.split(whereSeparator: \.isNewline).joined(separator: " ")]
    if most > 0 { lines.append("scale: {from: 0, to: 100, raw: \(pointsText(most))}") }
    if !missing.isEmpty {
      lines.append("missing: [\(missing.map(quoted).joined(separator: ", "))]")
    }
    lines.append("groups:")
    for group in groups { lines += group.lines(indent: 2) }
    return lines.map { $0 + "\n" }.joined()
  }
}
