import Parallel
import Tables
import Testing

@testable import Sources

@Suite struct ReadCSVTests {
  private let pool = WorkerPool(threadCount: 2)

  private func read(
    _ text: String, _ change: (inout CSVReadOptions) -> Void = { _ in }
  ) throws -> CSVTable {
    let folder = try TemporaryFolder()
    var options = CSVReadOptions()
    change(&options)
    return try readCSV(path: folder.write(text), options: options, pool: pool)
  }

  @Test func findsTheTypeOfEachColumn() throws {
    let result = try read(
      """
      id,age,job,won,seen,code
      a1,31,sales,yes,2024-03-07,08001
      a2,,tech,no,2024-03-08 12:30,28013
      a3,2.5,sales,Yes,,08002

      """)
    #expect(
      result.schema.columns.map(\.type) == [
        .category, .number, .category, .flag, .date, .category,
      ])
    #expect(result.table["age"]?.values == .number([31, .nan, 2.5]))
    #expect(
      result.table["job"]?.values
        == .category(CategoryValues(codes: [0, 1, 0], levels: ["sales", "tech"])))
    #expect(result.table["won"]?.values == .flag([1, 0, 1]))
    #expect(
      result.table["seen"]?.values
        == .date([1_709_769_600, 1_709_856_000 + 45_000, .nan]))
    #expect(result.table.rowCount == 3)
    #expect(result.notes.isEmpty)
  }

  @Test func readsSpanishNumbersQuotesAndLineBreaks() throws {
    let result = try read(
      "nombre;importe;nota\r\n\"García, Ana\";\"1.234,56 €\";\"dos\nlíneas\"\r\n"
        + "\"O\"\"Neil\";12,5;\r\n")
    #expect(result.schema.dialect.separator == UInt8(ascii: ";"))
    #expect(result.schema.dialect.endsLinesWithCRLF)
    #expect(result.schema.dialect.decimalMark == UInt8(ascii: ","))
    #expect(result.table["importe"]?.values == .number([1234.56, 12.5]))
    #expect(
      result.table["nombre"]?.values
        == .category(CategoryValues(codes: [0, 1], levels: ["García, Ana", "O\"Neil"])))
    #expect(
      result.table["nota"]?.values
        == .category(CategoryValues(codes: [0, -1], levels: ["dos\nlíneas"])))
  }
}
