import Metrics
import Tables
import Testing

@testable import Audit

@Suite struct SoloAreaTests {
  private func area(_ column: Column, _ history: InventedHistory) throws -> AUCEstimate {
    let sample = AuditSample(subject: history.subject([column]))
    return try #require(
      SoloArea(CodedColumn(column.values, rows: sample.rows), sample: sample).estimate())
  }

  @Test func manyLevelsDoNotFlatter() throws {
    let history = InventedHistory()
    // Another value in every row, and one in every second.
    for size in [1, 2] {
      let identifier = history.category("id") { "lead \($0 / size)" }
      let estimate = try area(identifier, history)
      #expect(abs(estimate.value - 0.5) < 0.03)
    }
  }

  @Test func twoLevelsGiveTheAreaOfTheirRates() throws {
    let history = InventedHistory(count: 4_000)
    let flag = history.category("flag") { row in
      history.uniform(row, 1) < (history.outcomes[row] == 1 ? 0.7 : 0.2) ? "yes" : "no"
    }
    let estimate = try area(flag, history)
    // Of a yes for 70% of won and 20% of lost leads: ½ + (0.7 − 0.2) / 2.
    #expect(abs(estimate.value - 0.75) < 0.02)
    let interval = try #require(estimate.interval)
    #expect(interval.contains(estimate.value) && interval.high - interval.low < 0.04)
    // The plain area of the same flag, whose interval the folds' comes close to.
    let labels = history.outcomes.map { UInt8($0) }
    let scores = (0..<history.count).map { flag.values.isYes($0) ? 1.0 : 0 }
    let plain = try #require(auc(labels: labels, scores: scores))
    #expect(abs(plain.value - estimate.value) < 0.003)
    let width = try #require(plain.interval.map { $0.high - $0.low })
    #expect(abs(interval.high - interval.low - width) < 0.003)
  }

  @Test func whatRisesAndFallsIsSeen() throws {
    let history = InventedHistory(count: 4_000)
    let hill = history.number("hill") { row in
      let draw = history.uniform(row, 1)
      return history.outcomes[row] == 1 ? 0.4 + 0.2 * draw : draw
    }
    #expect(try area(hill, history).value > 0.85)
  }

  @Test func blankIsALevel() throws {
    let history = InventedHistory()
    let column = history.category("x") { history.outcomes[$0] == 1 ? "a" : nil }
    let estimate = try area(column, history)
    #expect(estimate.value == 1)
    #expect(try #require(estimate.interval).low > 0.98)
  }

  @Test func weightsCountAsRepetitions() throws {
    let history = InventedHistory(count: 600)
    let column = history.category("x") { row in
      history.uniform(row, 1) < (history.outcomes[row] == 1 ? 0.6 : 0.4) ? "a" : "b"
    }
    var weighted = history.subject([column])
    weighted.weights = (0..<600).map { Double($0 % 3) }
    let sample = AuditSample(subject: weighted)
    #expect(sample.rows.count == 400)
    let estimate = try #require(
      SoloArea(CodedColumn(column.values, rows: sample.rows), sample: sample).estimate())
    // Rows of weight two written twice, each in the fold of its twin.
    var rows: [Int] = []
    for row in 0..<600 { rows += [Int](repeating: row, count: row % 3) }
    var repeated = AuditSubject(
      table: Table(
        columns: [column.taking(rows)], rowCount: rows.count), columns: ["x"],
      outcomes: rows.map { history.outcomes[$0] })
    repeated.groups = rows.map { Int32($0) }
    let twice = AuditSample(subject: repeated)
    let again = try #require(
      SoloArea(CodedColumn(repeated.table.columns[0].values, rows: twice.rows), sample: twice)
        .estimate())
    #expect(abs(again.value - estimate.value) < 0.02)
  }

  @Test func groupsStayInOneFold() {
    let history = InventedHistory()
    var subject = history.subject([history.noise("x", 1)])
    subject.groups = (0..<history.count).map { Int32($0 / 4) }
    let sample = AuditSample(subject: subject)
    for start in stride(from: 0, to: history.count, by: 4) {
      #expect(Set(sample.folds[start..<start + 4]).count == 1)
    }
    #expect(Set(sample.folds).count == AuditLimits.folds)
  }
}

extension ColumnValues {
  /// Whether a category's cell says yes.
  func isYes(_ row: Int) -> Bool {
    guard case .category(let cells) = self, cells.codes[row] >= 0 else { return false }
    return cells.levels[Int(cells.codes[row])] == "yes"
  }
}

extension Column {
  /// These rows of a category, in this order.
  func taking(_ rows: [Int]) -> Column {
    guard case .category(let cells) = values else { return self }
    return Column(
      name: name,
      values: .category(CategoryValues(codes: rows.map { cells.codes[$0] }, levels: cells.levels)))
  }
}
