import Tables
import YAMLDocuments

/// A condition whose values have been read as what their columns hold.
indirect enum TypedCondition: Sendable {
  case field(name: String, tests: TypedTests, place: YAMLPlace)
  case any([TypedCondition])
  case all([TypedCondition])
  case not(TypedCondition)
  /// An index into the file's profiles.
  case profile(Int)
}

/// The tests of one condition on one column; all of them must hold.
enum TypedTests: Sendable {
  /// For category and text columns.
  case text([TextTest])
  /// For number and date columns.
  case number([NumberTest])
  /// For flag columns, worked out in advance: whether missing, no and yes pass.
  case flag([Bool])
}

enum TextTest: Sendable {
  case isIn(Set<String>, negated: Bool)
  case matches(String)
  case missing(Bool)
}

enum NumberTest: Sendable {
  /// Both ends included; an open end is given as the next number inward.
  case inRange(ClosedRange<Double>, negated: Bool)
  case isIn(Set<Double>, negated: Bool)
  /// For dates, of which each covers a length of time.
  case inAny([ClosedRange<Double>], negated: Bool)
  case missing(Bool)

  /// Whether it holds, for each cell; a missing one is NaN, for which every comparison is false.
  func holds(_ cells: ArraySlice<Double>) -> [Bool] {
    switch self {
    case .inRange(let range, let negated):
      let (low, high) = (range.lowerBound, range.upperBound)
      if negated { return cells.map { $0 < low || $0 > high } }
      return cells.map { $0 >= low && $0 <= high }
    case .isIn(let members, let negated):
      // A short list is faster looked through than hashed.
      let list = members.count <= 8 ? Array(members) : []
      return cells.map { cell in
        let isMember = list.isEmpty ? members.contains(cell) : list.contains { $0 == cell }
        return isMember != negated && !cell.isNaN
      }
    case .inAny(let ranges, let negated):
      return cells.map { cell in
        ranges.contains { $0.contains(cell) } != negated && !cell.isNaN
      }
    case .missing(let isMissing):
      return cells.map { $0.isNaN == isMissing }
    }
  }
}

/// Reads the values of conditions as their columns' types ask.
struct ConditionTyper {
  let types: [String: ColumnType]
  let profileIndices: [String: Int]

  func typed(_ condition: RuleCondition) throws -> TypedCondition {
    switch condition {
    case .field(let name, let tests, let place):
      guard let type = types[name] else {
        throw RuleError.unknownField(
          place, field: name, nearest: nearestName(to: name, among: types.keys.sorted()))
      }
      return .field(name: name, tests: try typed(tests, field: name, type: type), place: place)
    case .any(let parts): return .any(try parts.map(typed))
    case .all(let parts): return .all(try parts.map(typed))
    case .not(let part): return .not(try typed(part))
    case .profile(let name, let place):
      guard let index = profileIndices[name] else {
        throw RuleError.unknownProfile(place, name: name, nearest: nil)
      }
      return .profile(index)
    }
  }

  private func typed(_ tests: [FieldTest], field: String, type: ColumnType) throws -> TypedTests {
    let reader = OperandReader(field: field, type: type)
    switch type {
    case .category, .text: return .text(try tests.map(reader.textTest))
    case .number, .date: return .number(try tests.map(reader.numberTest))
    case .flag:
      let numberTests = try tests.map(reader.numberTest)
      let answers = numberTests.map { $0.holds([.nan, 0, 1]) }
      return .flag((0..<3).map { index in answers.allSatisfy { $0[index] } })
    }
  }
}

/// Reads the tests on one column.
private struct OperandReader {
  let field: String
  let type: ColumnType

  func textTest(_ test: FieldTest) throws -> TextTest {
    switch test.kind {
    case .isEqual(let operand): .isIn([operand.text], negated: false)
    case .isIn(let operands): .isIn(Set(operands.map(\.text)), negated: false)
    case .isNotIn(let operands): .isIn(Set(operands.map(\.text)), negated: true)
    case .matches(let pattern): .matches(pattern)
    case .missing(let isMissing): .missing(isMissing)
    case .between, .atLeast, .atMost, .above, .below: throw unsuitable(test)
    }
  }

  func numberTest(_ test: FieldTest) throws -> NumberTest {
    switch test.kind {
    case .isEqual(let operand): return try members([operand], negated: false)
    case .isIn(let operands): return try members(operands, negated: false)
    case .isNotIn(let operands): return try members(operands, negated: true)
    case .missing(let isMissing): return .missing(isMissing)
    case .between(let low, let high):
      let lower = try ordered(low).lowerBound
      let upper = try ordered(high).upperBound
      guard lower <= upper else { throw RuleError.rangeReversed(test.place) }
      return .inRange(lower...upper, negated: false)
    case .atLeast(let operand):
      return .inRange(try ordered(operand).lowerBound...Double.infinity, negated: false)
    case .atMost(let operand):
      return .inRange(-Double.infinity...(try ordered(operand).upperBound), negated: false)
    case .above(let operand):
      return .inRange(try ordered(operand).upperBound.nextUp...Double.infinity, negated: false)
    case .below(let operand):
      return .inRange(
        -Double.infinity...(try ordered(operand).lowerBound.nextDown), negated: false)
    case .matches: throw unsuitable(test)
    }
  }

  private func members(_ operands: [RuleOperand], negated: Bool) throws -> NumberTest {
    switch type {
    case .date: return .inAny(try operands.map(ordered), negated: negated)
    case .flag:
      return .isIn(
        Set(
          try operands.map { operand in
            guard let word = flagWord(operand.text) else {
              throw badValue(operand, "yes and no")
            }
            return Double(word)
          }), negated: negated)
    case .number, .category, .text:
      return .isIn(Set(try operands.map { try ordered($0).lowerBound }), negated: negated)
    }
  }

  /// A value that can be compared by size, and the length that it covers.
  private func ordered(_ operand: RuleOperand) throws -> ClosedRange<Double> {
    if type == .date {
      guard let range = dateOperand(operand.text) else {
        throw badValue(operand, "dates (write 2024-03-07 or 2024-03-07 10:30)")
      }
      return range
    }
    if let value = plainNumber(operand.text) { return value...value }
    if type == .flag, let word = flagWord(operand.text) { return Double(word)...Double(word) }
    throw badValue(operand, type == .flag ? "yes and no" : "numbers")
  }

  private func badValue(_ operand: RuleOperand, _ expected: String) -> RuleError {
    .badValue(operand.place, field: field, expected: expected, found: operand.text)
  }

  private func unsuitable(_ test: FieldTest) -> RuleError {
    .unsuitableTest(test.place, test: test.key, field: field, type: type.rawValue)
  }
}
