import Rules
import Tables
import Testing

/// Random rule files on random tables, against a straightforward reading of both.
@Suite struct RandomRulesTests {
  private static func points(_ random: inout SeededNumbers) -> String {
    let value = Int.random(in: -30_000...30_000, using: &random)
    return pointsText(Bool.random(using: &random) ? value / 1_000 * 1_000 : value)
  }

  private static func bounds(_ random: inout SeededNumbers) -> String {
    let cap = Int.random(in: 0...40, using: &random)
    let floor = Int.random(in: -40...0, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return ", cap: \(cap)"
    case 1: return ", floor: \(floor)"
    case 2: return ", cap: \(cap), floor: \(floor)"
    case 3: return ", floor: \(cap / 4)"
    default: return ""
    }
  }

  private static func condition(_ random: inout SeededNumbers, depth: Int) -> String {
    let choice = Int.random(in: 0..<(depth > 2 ? 6 : 9), using: &random)
    let number = Int.random(in: -3...3, using: &random)
    switch choice {
    case 0: return "{field: n, at_least: \(number)}"
    case 1: return "{field: n, not_in: [\(number), 2.5]}"
    case 2: return "{field: n, above: -2, below: \(number)}"
    case 3: return "{field: c, in: [a, \(["b", "c"].randomElement(using: &random) ?? "b")]}"
    case 4: return "{field: f, is: \"no\"}"
    case 5: return "{field: c, missing: \(Bool.random(using: &random))}"
    case 6: return "{not: \(condition(&random, depth: depth + 1))}"
    default:
      let parts = (0...Int.random(in: 0...2, using: &random)).map { _ in
        condition(&random, depth: depth + 1)
      }
      return "{\(choice == 7 ? "any" : "all"): [\(parts.joined(separator: ", "))]}"
    }
  }

  private static func sheet(_ random: inout SeededNumbers) -> String {
    var text = "missing: [c]\nscale: {raw: \(Int.random(in: 1...90, using: &random))}\n"
    text += "categories: {fit: {x: 0\(bounds(&random))}, web: {x: 0\(bounds(&random))}}\n"
      .replacing("x: 0, ", with: "").replacing("x: 0", with: "")
    text += "groups:\n"
    for group in 0...3 {
      text += "- {name: g\(group), category: \(group % 2 == 0 ? "fit" : "web")\(bounds(&random)),"
      text += " rules: ["
      text += (0...Int.random(in: 0...4, using: &random)).map { rule in
        "{name: r\(rule), when: \(condition(&random, depth: 0)), points: \(points(&random))"
          + bounds(&random)
          + (Int.random(in: 0..<9, using: &random) == 0 ? ", disqualifies: true" : "") + "}"
      }.joined(separator: ", ")
      text += "]}\n"
    }
    return text + "stages: {a: {at_least: 20}, b: {above: 50}}\ngrades: {fit: {A: 10, B: 0}}\n"
  }

  private static func table(_ random: inout SeededNumbers, rows: Int) -> Table {
    let numbers: [Double?] = [-3, -2, -1, 0, 1, 2, 2.5, 3, nil]
    let categories: [String?] = ["a", "b", "c", "d", nil]
    let flags: [Bool?] = [true, false, nil]
    return Cells.table([
      Cells.number("n", (0..<rows).map { _ in numbers.randomElement(using: &random) ?? nil }),
      Cells.category("c", (0..<rows).map { _ in categories.randomElement(using: &random) ?? nil }),
      Cells.flag("f", (0..<rows).map { _ in flags.randomElement(using: &random) ?? nil }),
    ])
  }

  /// What DESIGN says, one row and one condition at a time.
  private struct Naive {
    let file: RuleFile
    let table: Table

    func holds(_ condition: RuleCondition, _ row: Int) -> Bool {
      switch condition {
      case .any(let parts): parts.contains { holds($0, row) }
      case .all(let parts): !parts.contains { !holds($0, row) }
      case .not(let part): !holds(part, row)
      case .profile, .event, .silence: false
      case .field(let name, let tests, _): tests.allSatisfy { holds($0, cell(name, row)) }
      }
    }

    private func cell(_ name: String, _ row: Int) -> String? {
      guard let column = table[name], !column.values.isMissing(row) else { return nil }
      let text: String
      switch column.values {
      case .number(let values), .date(let values): text = "\(values[row])"
      case .category(let values): text = values.levels[Int(values.codes[row])]
      case .flag(let values): text = values[row] == 1 ? "yes" : "no"
      case .text(let values): text = values[row] ?? ""
      }
      return file.missing.contains(text) ? nil : text
    }

    private func holds(_ test: FieldTest, _ cell: String?) -> Bool {
      if case .missing(let wanted) = test.kind { return (cell == nil) == wanted }
      guard let cell else { return false }
      func same(_ operand: RuleOperand) -> Bool {
        if let a = Double(cell), let b = Double(operand.text) { return a == b }
        return cell == operand.text
      }
      func compare(_ operand: RuleOperand, _ relation: (Double, Double) -> Bool) -> Bool {
        relation(Double(cell) ?? .nan, Double(operand.text) ?? .nan)
      }
      switch test.kind {
      case .isEqual(let operand): return same(operand)
      case .isIn(let operands): return operands.contains(where: same)
      case .isNotIn(let operands): return !operands.contains(where: same)
      case .atLeast(let operand): return compare(operand, >=)
      case .above(let operand): return compare(operand, >)
      case .below(let operand): return compare(operand, <)
      default: return false
      }
    }

    private func clamp(_ value: Int, _ bounds: RuleBounds) -> Int {
      max(bounds.floor ?? Int.min, min(bounds.cap ?? Int.max, value))
    }

    func total(_ row: Int) -> Int {
      var total = 0
      for (index, category) in file.categories.enumerated() {
        var categorySum = 0
        for group in file.groups where group.category == index {
          var sum = 0
          for rule in group.rules where rule.condition.map({ holds($0, row) }) ?? true {
            sum += clamp(rule.points, rule.bounds)
          }
          categorySum += clamp(sum, group.bounds)
        }
        total += clamp(categorySum, category.bounds)
      }
      return total
    }

    func isDisqualified(_ row: Int) -> Bool {
      file.groups.flatMap(\.rules).contains { rule in
        rule.disqualifies && rule.condition.map { holds($0, row) } ?? true
      }
    }
  }

  @Test(arguments: 0..<150)
  func ledgersAddUpAndAgreeWithTheNaiveReading(_ seed: Int) throws {
    var random = SeededNumbers(state: UInt64(seed))
    let file = try RuleFile.parse(Self.sheet(&random), fileName: "random.yaml")
    let table = Self.table(&random, rows: 40)
    let scorer = try RuleScorer(file, schema: table.schema, projectMissingTokens: [])
    let scores = try scorer.score(table)
    let naive = Naive(file: file, table: table)
    let bound = try scorer.bind(table)
    let reasons = bound.reasons()
    for row in 0..<table.rowCount {
      let ledger = bound.ledger(row)
      #expect(ledger.lines.reduce(0) { $0 + $1.thousandths } == ledger.total)
      #expect(ledger.total == scores.points[row])
      #expect(ledger.reasons == reasons[row])
      #expect(ledger.total == naive.total(row))
      #expect(ledger.isDisqualified == naive.isDisqualified(row))
      #expect(ledger.isDisqualified == scores.disqualified[row])
      #expect(ledger.grade == scores.grade(row))
      #expect(ledger.stage == scores.stage(row))
      #expect(ledger.score == scores.scores[row])
    }
    // No warning is false: what is called out of reach is reached by no row.
    for row in 0..<table.rowCount {
      if let stage = scores.stage(row) {
        #expect(!file.warnings.contains { $0.hasPrefix("No lead can be in stage \(stage):") })
      }
      if let grade = scores.grade(row) {
        #expect(!file.warnings.contains { $0.hasPrefix("No lead can get grade \(grade) of fit") })
      }
    }
  }

  @Test func blocksScoreAsTheWhole() throws {
    var random = SeededNumbers(state: 99)
    let file = try RuleFile.parse(Self.sheet(&random), fileName: "random.yaml")
    let table = Self.table(&random, rows: 9_001)
    let scorer = try RuleScorer(file, schema: table.schema, projectMissingTokens: [])
    let whole = try scorer.score(table)
    for rows in [0..<1, 1..<4_096, 4_096..<4_097, 4_097..<9_001] {
      let block = try scorer.score(table.block(rows))
      #expect(block.points == Array(whole.points[rows]))
      #expect(block.stageCodes == Array(whole.stageCodes[rows]))
      #expect(block.gradeCodes == Array(whole.gradeCodes[rows]))
      #expect(block.disqualified == Array(whole.disqualified[rows]))
    }
  }
}
