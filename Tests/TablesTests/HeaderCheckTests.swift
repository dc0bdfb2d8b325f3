import Testing

@testable import Tables

@Suite struct HeaderCheckTests {
  private func category(_ name: String, _ levels: [String]) -> Column {
    Column(
      name: name,
      values: .category(CategoryValues(codes: levels.indices.map(Int32.init), levels: levels)))
  }

  @Test func aFirstRowOfCellsIsNotAHeader() {
    let table = Table(
      columns: [
        Column(name: "39", values: .number([50, 38])),
        category("State-gov", ["Private", "State-gov"]),
        Column(name: "77516", values: .number([1, 2])), category("Bachelors", ["HS-grad", "11th"]),
      ], rowCount: 2)
    #expect(headerLooksLikeCells(table))
  }

  @Test func namesAreAHeaderAlsoWhereOneIsANumberOrALetter() {
    let table = Table(
      columns: [
        Column(name: "2024", values: .number([50, 38])), category("job", ["a", "b"]),
        Column(name: "y", values: .flag([1, 0])), category("region", ["n", "s"]),
      ], rowCount: 2)
    #expect(!headerLooksLikeCells(table))
    #expect(!headerLooksLikeCells(Table(columns: [category("1", ["1", "2"])], rowCount: 2)))
  }
}
