import Vocabulary
import YAMLDocuments

/// What must hold of a lead for a rule to count.
///
/// A cell that is not filled in meets no test but `missing: true`: `not_in: [a]` does not hold of
/// it, `not: {in: [a]}` does.
public indirect enum RuleCondition: Sendable, Equatable {
  /// All of the tests hold of this column.
  case field(name: String, tests: [FieldTest], place: YAMLPlace)
  case any([RuleCondition])
  case all([RuleCondition])
  case not(RuleCondition)
  case profile(name: String, place: YAMLPlace)
  /// So many such activities; they are asked for here, and neither fade nor decay.
  case event(EventTest)
  /// No such activity within the selection's window, of a lead at least that old.
  case silence(EventSelection)
}

/// A value as it is written in a rule; what it means is decided by the type of its column.
public struct RuleOperand: Sendable, Equatable {
  public let text: String
  public let place: YAMLPlace
}

/// A question to a single cell.
public struct FieldTest: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    case isEqual(RuleOperand)
    case isIn([RuleOperand])
    case isNotIn([RuleOperand])
    /// Both ends included.
    case between(RuleOperand, RuleOperand)
    case atLeast(RuleOperand)
    case atMost(RuleOperand)
    case above(RuleOperand)
    case below(RuleOperand)
    /// A regular expression found anywhere in the text.
    case matches(String)
    case missing(Bool)
    /// The title says that somebody stands so high.
    case seniority([Seniority])
    /// The title, or the name of a department, says that somebody works in one of these.
    case department([RuleOperand])
  }

  /// The keys that tests are written with, in the order of the documentation.
  public static let keys = [
    "is", "in", "not_in", "between", "at_least", "at_most", "above", "below", "matches", "missing",
    "seniority", "department",
  ]

  /// What other tools call the tests.
  static let words = [
    "equals": "is", "equal": "is", "eq": "is", "is_not": "not_in", "not_equals": "not_in",
    "one_of": "in", "any_of": "in", "range": "between", "gte": "at_least", "min": "at_least",
    "minimum": "at_least", "lte": "at_most", "max": "at_most", "maximum": "at_most", "gt": "above",
    "greater_than": "above", "more_than": "above", "lt": "below", "less_than": "below",
    "contains": "matches", "starts_with": "matches", "regex": "matches", "like": "matches",
    "empty": "missing", "is_empty": "missing", "exists": "missing",
  ]

  public let key: String
  public let kind: Kind
  public let place: YAMLPlace
}

extension RuleCondition {
  private static let forms = [
    "field", "any", "all", "not", "profile", "event", "no_event_within",
  ]

  /// Reads a condition.
  /// - Throws: `YAMLError`, `RuleError`.
  init(_ node: YAMLNode) throws {
    let mapping = try node.mapping(
      keys: Self.forms + FieldTest.keys + EventTest.keys.filter { $0 != "event" },
      words: FieldTest.words)
    var found = Self.forms.filter { mapping[$0] != nil }
    // Silence may be that of some types alone.
    if found == ["event", "no_event_within"] { found.removeFirst() }
    guard found.count == 1 else {
      throw RuleError.conditionNotOne(node.place, found: found)
    }
    let ownKeys =
      switch found[0] {
      case "field": FieldTest.keys
      case "event": EventTest.keys
      case "no_event_within": EventTest.keys
      default: [String]()
      }
    if let stray = mapping.entries.first(where: {
      !ownKeys.contains($0.key) && $0.key != found[0]
    }) {
      throw RuleError.conditionNotOne(node.place, found: [found[0], stray.key])
    }
    let value = try mapping.required(found[0])
    switch found[0] {
    case "field":
      let name = try value.nonEmptyString()
      let tests = try FieldTest.tests(in: mapping)
      guard !tests.isEmpty else { throw RuleError.noTest(node.place, field: name) }
      self = .field(name: name, tests: tests, place: value.place)
    case "any": self = .any(try Self.list(value))
    case "all": self = .all(try Self.list(value))
    case "not": self = .not(try RuleCondition(value))
    case "event": self = .event(try EventTest(mapping))
    case "no_event_within": self = .silence(try EventSelection(silence: mapping))
    default: self = .profile(name: try value.nonEmptyString(), place: value.place)
    }
  }

  private static func list(_ node: YAMLNode) throws -> [RuleCondition] {
    let items = try node.sequence()
    guard !items.isEmpty else { throw node.unexpected("a list of at least one condition") }
    return try items.map { try RuleCondition($0) }
  }

  /// Calls `visit` with each column that is asked about, and its tests.
  func visitFields(_ visit: (String, [FieldTest], YAMLPlace) -> Void) {
    switch self {
    case .field(let name, let tests, let place): visit(name, tests, place)
    case .any(let parts), .all(let parts): for part in parts { part.visitFields(visit) }
    case .not(let part): part.visitFields(visit)
    case .profile, .event, .silence: break
    }
  }

  /// Calls `visit` with each profile that is referred to.
  func visitProfiles(_ visit: (String, YAMLPlace) throws -> Void) rethrows {
    switch self {
    case .field, .event, .silence: break
    case .any(let parts), .all(let parts): for part in parts { try part.visitProfiles(visit) }
    case .not(let part): try part.visitProfiles(visit)
    case .profile(let name, let place): try visit(name, place)
    }
  }

  /// Calls `visit` with each selection of activities that is asked for.
  func visitSelections(_ visit: (EventSelection) -> Void) {
    switch self {
    case .field, .profile: break
    case .any(let parts), .all(let parts): for part in parts { part.visitSelections(visit) }
    case .not(let part): part.visitSelections(visit)
    case .event(let test): for selection in test.selections { visit(selection) }
    case .silence(let selection): visit(selection)
    }
  }
}

extension EventTest {
  var selections: [EventSelection] { [selection] + [rate?.selection].compactMap(\.self) }
}

extension FieldTest {
  /// The tests of a mapping that holds other keys too.
  static func tests(in mapping: YAMLMapping) throws -> [FieldTest] {
    try mapping.entries.filter { keys.contains($0.key) }
      .map { try FieldTest(key: $0.key, node: $0.value) }
  }

  /// What is asked of a column in short: one value, a list of which one must be met, or tests.
  static func tests(of node: YAMLNode) throws -> [FieldTest] {
    switch node.content {
    case .scalar: return [try FieldTest(key: "is", node: node)]
    case .sequence: return [try FieldTest(key: "in", node: node)]
    case .mapping:
      let tests = try tests(in: node.mapping(keys: keys, words: words))
      guard !tests.isEmpty else { throw node.unexpected("a test, as in {at_least: 100}") }
      return tests
    }
  }

  init(key: String, node: YAMLNode) throws {
    self.key = key
    self.place = node.place
    switch key {
    case "is": kind = .isEqual(try Self.operand(node))
    case "in": kind = .isIn(try Self.operands(node))
    case "not_in": kind = .isNotIn(try Self.operands(node))
    case "between":
      let ends = try node.sequence()
      guard ends.count == 2 else { throw node.unexpected("two values, as in [50, 500]") }
      kind = .between(try Self.operand(ends[0]), try Self.operand(ends[1]))
    case "at_least": kind = .atLeast(try Self.operand(node))
    case "at_most": kind = .atMost(try Self.operand(node))
    case "above": kind = .above(try Self.operand(node))
    case "below": kind = .below(try Self.operand(node))
    case "matches":
      let pattern = try node.string()
      guard (try? Regex(pattern)) != nil else {
        throw RuleError.badPattern(node.place, pattern: pattern)
      }
      kind = .matches(pattern)
    case "seniority": kind = .seniority(try node.sequenceOrOne().map(Self.seniority))
    case "department": kind = .department(try Self.operands(node))
    default: kind = .missing(try node.bool())
    }
  }

  private static func seniority(_ node: YAMLNode) throws -> Seniority {
    let name = try node.nonEmptyString()
    guard let seniority = Seniority(rawValue: name) else {
      let names = Seniority.allCases.map(\.rawValue)
      throw RuleError.unknownWord(
        node.place, kind: "seniority", name: name, nearest: nearestName(to: name, among: names),
        known: names)
    }
    return seniority
  }

  private static func operand(_ node: YAMLNode) throws -> RuleOperand {
    guard case .scalar(let text, _) = node.content, !node.isNothing, !text.trimmed.isEmpty else {
      throw node.unexpected("a value (to ask for an empty cell, write `missing: true`)")
    }
    return RuleOperand(text: text.trimmed, place: node.place)
  }

  private static func operands(_ node: YAMLNode) throws -> [RuleOperand] {
    let items = try node.sequenceOrOne()
    guard !items.isEmpty else { throw node.unexpected("a list of at least one value") }
    return try items.map(operand)
  }
}

extension StringProtocol {
  /// Without the white space around it.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
