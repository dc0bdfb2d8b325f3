import Tables
import Vocabulary
import YAMLDocuments

/// A condition whose values have been read as what their columns hold.
indirect enum TypedCondition: Sendable {
  case field(name: String, tests: TypedTests, place: YAMLPlace)
  case any([TypedCondition])
  case all([TypedCondition])
  case not(TypedCondition)
  /// An index into the file's profiles.
  case profile(Int)
  /// So many activities of a question, and such a share of those of another.
  case events(Int, times: ClosedRange<Int>, rate: TypedRate?)
  /// No activity of a question, of a lead at least so many seconds old.
  case silence(Int, length: Int)
}

/// A share of the activities of a question.
struct TypedRate: Sendable {
  let of: Int
  let bounds: ShareBounds
}

/// The activities that a rule gives points for.
struct TypedEvent: Sendable {
  let question: Int
  let times: ClosedRange<Int>
  let gift: EventGift
  /// The place of the gift among those of each activity; `nil` where the newest gives for all.
  let eachGift: Int?
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
  case seniority(Set<Seniority>)
  case department(Set<String>)

  /// Whether it is about what a title says.
  var readsTitle: Bool {
    switch self {
    case .seniority, .department: true
    case .isIn, .matches, .missing: false
    }
  }
}

enum NumberTest: Sendable {
  /// Both ends included; an open end is given as the next number inward.
  case inRange(ClosedRange<Double>, negated: Bool)
  case isIn(Set<Double>, negated: Bool)
  /// For dates, of which each covers a length of time.
  case inAny([ClosedRange<Double>], negated: Bool)
  case missing(Bool)

  /// Whether it holds of a cell; a missing one is NaN, for which every comparison is false.
  @inline(__always)
  func holds(_ cell: Double) -> Bool {
    switch self {
    case .inRange(let range, negated: false):
      cell >= range.lowerBound && cell <= range.upperBound
    case .inRange(let range, negated: true): cell < range.lowerBound || cell > range.upperBound
    case .isIn(let members, let negated): members.contains(cell) != negated && !cell.isNaN
    case .inAny(let ranges, let negated):
      ranges.contains { $0.contains(cell) } != negated && !cell.isNaN
    case .missing(let isMissing): cell.isNaN == isMissing
    }
  }

  /// Whether it holds, for each cell.
  func holds(_ cells: ArraySlice<Double>) -> [Bool] {
    switch self {
    case .inRange(let range, negated: false):
      let (low, high) = (range.lowerBound, range.upperBound)
      return cells.map { $0 >= low && $0 <= high }
    case .isIn(let members, let negated) where members.count <= 8:
      // A short list is faster looked through than hashed.
      let list = Array(members)
      return cells.map { cell in list.contains { $0 == cell } != negated && !cell.isNaN }
    default: return cells.map { holds($0) }
    }
  }
}

/// Reads the values of conditions as their columns' types ask, and gathers what they ask of activities.
struct ConditionTyper {
  let types: [String: ColumnType]
  let profileIndices: [String: Int]
  let titles: TitleVocabulary
  private(set) var questions: [EventQuestion] = []
  private var giftCount = 0

  init(types: [String: ColumnType], profileIndices: [String: Int], titles: TitleVocabulary) {
    self.types = types
    self.profileIndices = profileIndices
    self.titles = titles
  }

  mutating func typed(_ condition: RuleCondition) throws -> TypedCondition {
    switch condition {
    case .field(let name, let tests, let place):
      guard let type = types[name] else {
        throw RuleError.unknownField(
          place, field: name, nearest: nearestName(to: name, among: types.keys.sorted()))
      }
      return .field(name: name, tests: try typed(tests, field: name, type: type), place: place)
    case .any(let parts): return .any(try parts.map { try typed($0) })
    case .all(let parts): return .all(try parts.map { try typed($0) })
    case .not(let part): return .not(try typed(part))
    case .profile(let name, let place):
      guard let index = profileIndices[name] else {
        throw RuleError.unknownProfile(place, name: name, nearest: nil)
      }
      return .profile(index)
    case .event(let test):
      let question = ask(EventQuestion(selection: test.selection, oncePer: test.oncePer))
      guard let rate = test.rate else {
        return .events(question, times: test.times, rate: nil)
      }
      let of = ask(EventQuestion(selection: rate.selection, oncePer: test.oncePer))
      if test.oncePer != nil { questions[question].among = of }
      return .events(question, times: test.times, rate: TypedRate(of: of, bounds: rate.bounds))
    case .silence(let selection):
      return .silence(
        ask(EventQuestion(selection: selection)), length: selection.window.oldest ?? 0)
    }
  }

  /// What a rule asks of activities that give points; `nil` where it is about a state.
  mutating func typed(_ rule: Rule, decay: PointsDecay?) -> TypedEvent? {
    guard let event = rule.event else { return nil }
    let gift = EventGift(rule, decay: decay)
    let question = ask(
      EventQuestion(
        selection: event.selection, oncePer: event.oncePer, gift: rule.each ? gift : nil))
    if rule.each { giftCount += 1 }
    return TypedEvent(
      question: question, times: event.times, gift: gift,
      eachGift: rule.each ? giftCount - 1 : nil)
  }

  private mutating func ask(_ question: EventQuestion) -> Int {
    questions.append(question)
    return questions.count - 1
  }

  private func typed(_ tests: [FieldTest], field: String, type: ColumnType) throws -> TypedTests {
    let reader = OperandReader(field: field, type: type)
    switch type {
    case .category, .text:
      for test in tests { try checkDepartments(test) }
      return .text(try reader.textTests(tests))
    case .number, .date: return .number(try tests.map(reader.numberTest))
    case .flag:
      let numberTests = try tests.map(reader.numberTest)
      let answers = numberTests.map { $0.holds([.nan, 0, 1]) }
      return .flag((0..<3).map { index in answers.allSatisfy { $0[index] } })
    }
  }
}

extension ConditionTyper {
  private func checkDepartments(_ test: FieldTest) throws {
    guard case .department(let operands) = test.kind else { return }
    let departments = titles.departments
    for operand in operands where !departments.contains(operand.text) {
      let names = departments.sorted()
      throw RuleError.unknownWord(
        operand.place, kind: "department", name: operand.text,
        nearest: nearestName(to: operand.text, among: names), known: names)
    }
  }
}

/// Reads the tests on one column.
struct OperandReader {
  let field: String
  let type: ColumnType

  func textTests(_ tests: [FieldTest]) throws -> [TextTest] { try tests.map(textTest) }

  private func textTest(_ test: FieldTest) throws -> TextTest {
    switch test.kind {
    case .isEqual(let operand): .isIn([operand.text], negated: false)
    case .isIn(let operands): .isIn(Set(operands.map(\.text)), negated: false)
    case .isNotIn(let operands): .isIn(Set(operands.map(\.text)), negated: true)
    case .matches(let pattern): .matches(pattern)
    case .missing(let isMissing): .missing(isMissing)
    case .seniority(let steps): .seniority(Set(steps))
    case .department(let operands): .department(Set(operands.map(\.text)))
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
    case .matches, .seniority, .department: throw unsuitable(test)
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
