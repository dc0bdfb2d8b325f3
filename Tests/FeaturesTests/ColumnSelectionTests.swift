import Tables
import Testing

@testable import Features

private func category(_ name: String, _ cells: [String?]) -> Column {
  var levels: [String] = []
  let codes = cells.map { cell -> Int32 in
    guard let cell else { return -1 }
    if let index = levels.firstIndex(of: cell) { return Int32(index) }
    levels.append(cell)
    return Int32(levels.count - 1)
  }
  return Column(name: name, values: .category(CategoryValues(codes: codes, levels: levels)))
}

private func selection(_ columns: [Column], kept: Set<String> = []) -> ColumnSelection {
  ColumnSelection(
    Table(columns: columns, rowCount: columns[0].count), roles: ["outcome": "the outcome"],
    kept: kept, personalData: { $0.name == "email" ? "e-mail" : nil })
}

@Suite struct ColumnSelectionTests {
  private let rows = 60

  @Test func everyReasonIsGiven() {
    let found = selection([
      category("outcome", (0..<rows).map { $0 % 2 == 0 ? "won" : "lost" }),
      category("email", (0..<rows).map { "\($0)" }),
      category("constant", Array(repeating: "x", count: rows)),
      category("empty", Array(repeating: nil, count: rows)),
      category("uuid", (0..<rows).map { "u\($0)" }),
      Column(name: "row", values: .number((0..<rows).map(Double.init))),
      Column(name: "Lead Number", values: .number((0..<rows).map { Double($0 * $0 * 7) })),
      Column(name: "revenue", values: .number((0..<rows).map { Double($0 * $0 * 7) })),
      category("sector", (0..<rows).map { "s\($0 % 4)" }),
      category("filled or not", (0..<rows).map { $0 % 3 == 0 ? "x" : nil }),
    ])
    #expect(found.used == ["revenue", "sector", "filled or not"])
    #expect(
      found.leftOut.map(\.reason) == [
        .role("the outcome"), .personalData("e-mail"), .constant, .allMissing,
        .identifier(distinct: rows, filled: rows), .identifier(distinct: rows, filled: rows),
        .identifier(distinct: rows, filled: rows),
      ])
  }

  @Test func aDeclaredColumnStaysEvenWhereItLooksLikeAnIdentifier() {
    let column = category("code", (0..<rows).map { "u\($0)" })
    #expect(selection([column]).used.isEmpty)
    #expect(selection([column], kept: ["code"]).used == ["code"])
  }

  @Test(arguments: [
    ("customerID", true), ("Lead Number", true), ("lead_id", true), ("Nº cliente", true),
    ("idea", false), ("number_of_visits_paid", true), ("notes", false), ("revenue", false),
  ])
  func identifierNames(name: String, isIdentifier: Bool) {
    #expect(ColumnSelection.hasIdentifierName(name) == isIdentifier)
  }
}
