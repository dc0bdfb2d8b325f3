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
  }

  /// The keys that tests are written with, in the order of the documentation.
  public static let keys = [
    "is", "in", "not_in", "between", "at_least", "at_most", "above", "below", "matches", "missing",
  ]

  public let key: String
  public let kind: Kind
  public let place: YAMLPlace
}

extension RuleCondition {
  private static let forms = ["field", "any", "all", "not", "profile"]

  /// Reads a condition.
  /// - Throws: `YAMLError`, `RuleError`.
  init(_ node: YAMLNode) throws {
    let mapping = try node.mapping(
      keys: Self.forms + FieldTest.keys,
      later: RuleFile.eventKeys.merging(["seniority": "tests of seniority are"]) { first, _ in first
      })
    let found = Self.forms.filter { mapping[$0] != nil }
    guard found.count == 1 else {
      throw RuleError.conditionNotOne(node.place, found: found)
    }
    let tests = try mapping.entries.filter { FieldTest.keys.contains($0.key) }
      .map { try FieldTest(key: $0.key, node: $0.value) }
    let value = try mapping.required(found[0])
    if found[0] == "field" {
      let name = try value.nonEmptyString()
      guard !tests.isEmpty else { throw RuleError.noTest(node.place, field: name) }
      self = .field(name: name, tests: tests, place: value.place)
      return
    }
    if let test = tests.first {
      throw RuleError.conditionNotOne(node.place, found: [found[0], test.key])
    }
    switch found[0] {
    case "any": self = .any(try Self.list(value))
    case "all": self = .all(try Self.list(value))
    case "not": self = .not(try RuleCondition(value))
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
    case .profile: break
    }
  }

  /// Calls `visit` with each profile that is referred to.
  func visitProfiles(_ visit: (String, YAMLPlace) throws -> Void) rethrows {
    switch self {
    case .field: break
    case .any(let parts), .all(let parts): for part in parts { try part.visitProfiles(visit) }
    case .not(let part): try part.visitProfiles(visit)
    case .profile(let name, let place): try visit(name, place)
    }
  }
}

extension FieldTest {
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
    default: kind = .missing(try node.bool())
    }
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
