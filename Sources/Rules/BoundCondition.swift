import Tables
import Vocabulary
import YAMLDocuments

/// A condition on the cells of one table: what it asks of a category is answered once a level,
/// then looked up by code.
indirect enum BoundCondition: Sendable {
  /// `passes[code + 1]`; the first answers for missing.
  case codes([Int32], passes: [Bool])
  /// `passes[value + 1]`, for missing, no and yes.
  case flags([Int8], passes: [Bool])
  /// `missing` are numbers that stand for a cell not filled in.
  case numbers([Double], [NumberTest], missing: Set<Double>)
  /// Answered for every row of a range already, which starts at `firstRow`.
  case rows([Bool], firstRow: Int)
  case any([BoundCondition])
  case all([BoundCondition])
  case not(BoundCondition)
  /// An index into the profiles' answers.
  case profile(Int)
  case events(Int, times: ClosedRange<Int>, rate: TypedRate?)
  case silence(Int, length: Int)

  /// What is known of a block before its rules are asked.
  struct Known {
    /// What leads did; `nil` where no rule asks.
    let tally: EventTally?
    /// The profiles' answers.
    var profiles: [[Bool]] = []
  }

  /// Whether the condition holds, for each row of a block.
  func holds(_ rows: Range<Int>, _ known: Known) -> [Bool] {
    switch self {
    case .codes(let codes, let passes):
      return codes[rows].map { passes[Int($0) + 1] }
    case .flags(let values, let passes):
      return values[rows].map { passes[Int($0) + 1] }
    case .numbers(let values, let tests, let missing):
      var cells = values[rows]
      if !missing.isEmpty {
        cells = ArraySlice(cells.map { missing.contains($0) ? .nan : $0 })
      }
      guard var result = tests.first?.holds(cells) else { return [] }
      for test in tests.dropFirst() {
        let next = test.holds(cells)
        for row in result.indices { result[row] = result[row] && next[row] }
      }
      return result
    case .rows(let answers, let firstRow):
      return Array(answers[(rows.lowerBound - firstRow)..<(rows.upperBound - firstRow)])
    case .any(let parts):
      return combined(parts, rows, known) { $0 || $1 }
    case .all(let parts):
      return combined(parts, rows, known) { $0 && $1 }
    case .not(let part):
      return part.holds(rows, known).map { !$0 }
    case .profile(let index):
      return known.profiles[index]
    case .events(let question, let times, let rate):
      guard let tally = known.tally else { preconditionFailure("activities were not counted") }
      let counts = tally.counts(question)
      guard let rate else { return counts.map { times.contains(Int($0)) } }
      return zip(counts, tally.counts(rate.of)).map { count, of in
        times.contains(Int(count)) && rate.bounds.contains(Int(count), of: Int(of))
      }
    case .silence(let question, let length):
      guard let tally = known.tally else { preconditionFailure("activities were not counted") }
      return zip(tally.counts(question), tally.leadAges).map { count, age in
        count == 0 && age >= Double(length)
      }
    }
  }

  private func combined(
    _ parts: [BoundCondition], _ rows: Range<Int>, _ known: Known,
    _ combine: (Bool, Bool) -> Bool
  ) -> [Bool] {
    guard var result = parts.first?.holds(rows, known) else { return [] }
    for part in parts.dropFirst() {
      let next = part.holds(rows, known)
      for row in result.indices { result[row] = combine(result[row], next[row]) }
    }
    return result
  }
}

/// Binds typed conditions to the columns of a table.
struct ConditionBinder {
  let table: Table
  /// The rows that will be asked about; free text is matched for no others.
  let rows: Range<Int>
  /// Tokens that mean "not filled in" in each column asked about.
  let missingTokens: [String: Set<String>]
  /// Those of them that are numbers, for number columns.
  let missingNumbers: Set<Double>
  let titles: TitleVocabulary

  func bound(_ condition: TypedCondition) throws -> BoundCondition {
    switch condition {
    case .field(let name, let tests, let place):
      guard let column = table[name] else {
        throw RuleError.unknownField(
          place, field: name, nearest: nearestName(to: name, among: table.columns.map(\.name)))
      }
      return bound(column, tests)
    case .any(let parts): return .any(try parts.map(bound))
    case .all(let parts): return .all(try parts.map(bound))
    case .not(let part): return .not(try bound(part))
    case .profile(let index): return .profile(index)
    case .events(let question, let times, let rate):
      return .events(question, times: times, rate: rate)
    case .silence(let question, let length): return .silence(question, length: length)
    }
  }

  private func bound(_ column: Column, _ tests: TypedTests) -> BoundCondition {
    switch (column.values, tests) {
    case (.category(let values), .text(let tests)):
      let asked = TextAnswer(tests, missing: missingTokens[column.name] ?? [], titles: titles)
      return .codes(
        values.codes, passes: [asked.holds(nil)] + values.levels.map { asked.holds($0) })
    case (.text(let values), .text(let tests)):
      let asked = TextAnswer(tests, missing: missingTokens[column.name] ?? [], titles: titles)
      guard tests.contains(where: \.readsTitle) else {
        return .rows(rows.map { asked.holds(values[$0]) }, firstRow: rows.lowerBound)
      }
      // Titles take long to read and come again and again.
      var known: [String?: Bool] = [:]
      let answers = rows.map { row in
        let cell = values[row]
        if let answer = known[cell] { return answer }
        let answer = asked.holds(cell)
        known[cell] = answer
        return answer
      }
      return .rows(answers, firstRow: rows.lowerBound)
    case (.number(let values), .number(let tests)):
      return .numbers(values, tests, missing: missingNumbers)
    case (.date(let values), .number(let tests)):
      return .numbers(values, tests, missing: [])
    case (.flag(let values), .flag(let passes)):
      return .flags(values, passes: passes)
    default:
      preconditionFailure("tests of column \(column.name) were typed for another type")
    }
  }
}

/// The answer of a list of tests to one text.
struct TextAnswer {
  enum Test {
    case isIn(Set<String>, negated: Bool)
    case matches(Regex<AnyRegexOutput>)
    case missing(Bool)
    case seniority(Set<Seniority>)
    case department(Set<String>)
  }

  private let tests: [Test]
  private let missing: Set<String>
  private let titles: TitleVocabulary

  init(_ tests: [TextTest], missing: Set<String>, titles: TitleVocabulary = .standard) {
    self.tests = tests.compactMap { test in
      switch test {
      case .isIn(let members, let negated): .isIn(members, negated: negated)
      case .missing(let isMissing): .missing(isMissing)
      case .seniority(let steps): .seniority(steps)
      case .department(let names): .department(names)
      // Every pattern was compiled once when the file was read.
      case .matches(let pattern): (try? Regex(pattern)).map { .matches($0) }
      }
    }
    precondition(self.tests.count == tests.count, "a pattern that was read cannot be read again")
    self.missing = missing
    self.titles = titles
  }

  func holds(_ cell: String?) -> Bool {
    let text = cell?.trimmed ?? ""
    let isMissing = text.isEmpty || missing.contains(text)
    return tests.allSatisfy { test in
      switch test {
      case .isIn(let members, let negated): !isMissing && members.contains(text) != negated
      case .matches(let pattern): !isMissing && text.firstMatch(of: pattern) != nil
      case .missing(let wanted): isMissing == wanted
      case .seniority(let steps):
        !isMissing && titles.reading(text).seniority.map(steps.contains) ?? false
      case .department(let names):
        !isMissing && titles.reading(text).department.map { names.contains($0.rawValue) } ?? false
      }
    }
  }
}
