import Parallel
import Tables
import Testing

@testable import Sources

@Suite struct ReadCSVTests {
  private let pool = WorkerPool(threadCount: 2)

  private func read(
    _ text: String, blockSize: Int = 1 << 18, _ change: (inout CSVReadOptions) -> Void = { _ in }
  ) throws -> CSVTable {
    let folder = try TemporaryFolder()
    var options = CSVReadOptions()
    change(&options)
    return try readTable(
      .csv(path: folder.write(text)), options: options.validated(), pool: pool,
      blockSize: blockSize)
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

  /// Columns of every type, of which some show what they are only in their last rows.
  private static func messyText(rows: Int) -> String {
    var generator = SeededGenerator(seed: 21)
    var text = "n,c,f,d,t,late text,late comma,late date,zero one,na,empty,long\r\n"
    let cities = ["Madrid", " Sevilla", "\"Alcalá, de Henares\"", "\"two\nlines\"", "", "?"]
    for row in 0..<rows {
      let isLate = row >= rows - 2
      var fields: [String] = []
      fields.append(
        row % 7 == 0 ? "" : "\(Double(Int.random(in: 0...99_999, using: &generator)) / 100)")
      fields.append(cities.randomElement(using: &generator)!)
      fields.append(["sí", "no", ""].randomElement(using: &generator)!)
      fields.append("\(Int.random(in: 1...28, using: &generator))/0\(row % 9 + 1)/2024")
      fields.append(
        "\"remark number \(row) that nobody else wrote \(Int.random(in: 0..<9, using: &generator))\""
      )
      fields.append(isLate ? "n.d." : "\(row)")
      fields.append(isLate ? "\"1.234,5\"" : "\(row % 900)")
      fields.append(isLate ? "25/12/2023" : "0\(row % 9 + 1)/02/2024")
      fields.append(isLate ? "1" : "0")
      fields.append(row % 5 == 0 ? "N/A" : "\(row % 13)")
      fields.append("")
      fields.append("level of more than sixteen bytes \(row % 40)")
      text += fields.joined(separator: ",") + (row % 3 == 0 ? "\r\n" : "\n")
      if row % 50 == 0 { text += "\n" }
    }
    return text
  }

  @Test func theTableIsTheSameForAnyThreadsAndBlocks() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.messyText(rows: 1_500))
    let options = CSVReadOptions()
    let expected = try readTable(
      .csv(path: path), options: options, pool: WorkerPool(threadCount: 1), blockSize: 1 << 20)
    #expect(expected.table.rowCount == 1_500)
    #expect(
      expected.schema.columns.map(\.type) == [
        .number, .category, .flag, .date, .text, .category, .number, .date, .flag, .number,
        .category, .category,
      ])
    #expect(expected.schema["late comma"]?.numberFormat?.decimalMark == UInt8(ascii: ","))
    #expect(expected.schema["late date"]?.dateOrder == .dayFirst)
    for threads in [1, 2, 3, 7] {
      let pool = WorkerPool(threadCount: threads)
      for blockSize in [16, 100, 1_000, 4_096, 1 << 16] {
        let found = try readTable(
          .csv(path: path), options: options, pool: pool, blockSize: blockSize)
        #expect(found.table == expected.table, "\(threads) threads, \(blockSize) bytes")
        #expect(found.schema == expected.schema)
        #expect(found.notes == expected.notes)
      }
    }
  }

  @Test func aNumberColumnWithTextInItsLastRowIsACategory() throws {
    let rows = (0..<5_000).map { "\($0),\($0)" }.joined(separator: "\n")
    let result = try read("a,b\n\(rows)\nx,5000\n", blockSize: 256)
    #expect(result.schema["a"]?.type == .category)
    #expect(result.schema["b"]?.type == .number)
    #expect(
      result.notes == [.nearly(column: "a", type: .number, otherLevels: 1, levels: 5_001)])
  }

  @Test func unclearNumbersAreAQuestionThatNamesTheCell() throws {
    #expect(
      throws: SourceError.self,
      performing: { try read("a,b\n1,20\n2,300\n3,\"1,500\"\n") })
    do {
      _ = try read("a;b\n1;20\n2;\"3\"\n3;1.500\n4;2.250\n")
      Issue.record("an unclear column was read")
    } catch SourceError.ambiguousNumbers(_, let column, let line, let example) {
      #expect(column == "b" && line == 4 && example == "1.500")
    }
    let thousands = try read("a;b\n1;20\n3;1.500\n") {
      $0.numberFormats["b"] = NumberFormat(decimalMark: UInt8(ascii: ","))
    }
    #expect(thousands.table["b"]?.values == .number([20, 1500]))
    let decimals = try read("a;b\n1;20\n3;1.500\n") {
      $0.numberFormats["b"] = NumberFormat(decimalMark: UInt8(ascii: "."))
    }
    #expect(decimals.table["b"]?.values == .number([20, 1.5]))
    let said = try read("a;b\n1;20\n3;1.500\n") { $0.columnTypes["b"] = .category }
    #expect(said.schema["b"]?.type == .category)
  }

  @Test func unclearDatesAreAQuestion() throws {
    do {
      _ = try read("a,d\n1,\n2,03/07/2024\n")
      Issue.record("an unclear column was read")
    } catch SourceError.ambiguousDates(_, let column, let line) {
      #expect(column == "d" && line == 3)
    }
    let told = try read("a,d\n1,03/07/2024\n") { $0.dateOrders["d"] = .monthFirst }
    #expect(told.table["d"]?.values == .date([1_709_769_600]))
    let settled = try read("a,d\n1,03/07/2024\n2,25/07/2024\n")
    #expect(settled.schema["d"]?.dateOrder == .dayFirst)
  }

  @Test func datesThatContradictEachOtherAreNamedWithALineOfEach() throws {
    let text = "a,d\n1,03/07/2024\n2,25/07/2024\n3,07/25/2024\n"
    do {
      _ = try read(text) { $0.columnTypes["d"] = .date }
      Issue.record("contradictory dates were read")
    } catch SourceError.contradictoryDates(_, let column, let dayFirst, let monthFirst) {
      #expect(column == "d" && dayFirst == 3 && monthFirst == 4)
    }
    let told = try read(text) { $0.dateOrders["d"] = .dayFirst }
    #expect(told.notes.contains { "\($0)".contains("1") })
    // Nobody called it a date.
    #expect(try read(text).schema["d"]?.type == .category)
  }

  @Test func manyMissingTokensAreFoundAsFewAre() throws {
    let tokens = (0..<200).map { "none-\($0)" }
    let result = try read("a,b\n1, none-17 \n2,none-200\n3,none-199\n") {
      $0.columnMissingTokens = ["b": tokens]
    }
    #expect(
      result.table["b"]?.values
        == .category(CategoryValues(codes: [-1, 0, -1], levels: ["none-200"])))
  }

  @Test func missingTokensAreMissing() throws {
    let result = try read("a,b,c\n1,Select,-1\n ? , x ,2\nN/A,?,\n3,x,4\n") {
      $0.missingTokens = ["", "?"]
      $0.columnMissingTokens = ["b": ["Select"], "c": ["-1"]]
    }
    #expect(result.table["a"]?.values == .number([1, .nan, .nan, 3]))
    #expect(
      result.table["b"]?.values
        == .category(CategoryValues(codes: [-1, 0, -1, 0], levels: ["x"])))
    #expect(result.table["c"]?.values == .number([.nan, 2, .nan, 4]))
    #expect(result.notes == [.usualMissing(column: "a", tokens: ["N/A"], count: 1)])
    #expect(result.schema["a"]?.missingTokens == ["", "?", "N/A"])
  }

  @Test func typesThatAreSaidGoBeforeTheCells() throws {
    let result = try read("a,b,c,d\n01,x,yes,1\n02,y,maybe,2\nz,z,no,3\n") {
      $0.columnTypes = ["a": .number, "c": .flag, "d": .category]
      $0.keepAsText = ["b"]
    }
    #expect(result.table["a"]?.values == .number([1, 2, .nan]))
    #expect(result.table["c"]?.values == .flag([1, -1, 0]))
    #expect(
      result.table["d"]?.values
        == .category(CategoryValues(codes: [0, 1, 2], levels: ["1", "2", "3"])))
    #expect(result.schema["b"]?.type == .text)
    #expect(
      result.notes == [
        .unparsed(column: "a", type: .number, count: 1),
        .unparsed(column: "c", type: .flag, count: 1),
      ])
  }

  @Test func headerNamesBecomeDistinct() throws {
    let result = try read("a,,a,a.2,\n1,2,3,4,5\n")
    #expect(result.table.columns.map(\.name) == ["a", "column_2", "a.3", "a.2", "column_5"])
    #expect(result.notes.count == 3)
  }

  @Test func aFileWithoutHeaderHasNumberedColumns() throws {
    let result = try read("1, x\n2, y") { $0.hasHeader = false }
    #expect(result.table.columns.map(\.name) == ["column_1", "column_2"])
    #expect(result.table["column_1"]?.values == .number([1, 2]))
    #expect(
      result.table["column_2"]?.values
        == .category(CategoryValues(codes: [0, 1], levels: ["x", "y"])))
  }

  @Test(arguments: [",", ";", "\t", "|"])
  func findsTheSeparator(_ separator: Character) throws {
    let rows = ["a|b", "1|\"x,y;z\tw|v\"", "2|q"].map {
      String($0.map { $0 == "|" ? separator : $0 })
    }
    let result = try read(rows.joined(separator: "\n"))
    #expect(result.schema.dialect.separator == separator.asciiValue)
    #expect(result.table.columns.count == 2)
  }

  @Test func decimalCommasDoNotPassForSeparators() throws {
    let result = try read("a;b\n1,5;2,5\n3,25;4,25\n")
    #expect(result.schema.dialect.separator == UInt8(ascii: ";"))
    #expect(result.table["b"]?.values == .number([2.5, 4.25]))
  }

  @Test func aSeparatorLineIsObeyed() throws {
    let result = try read("sep=|\r\na|b\r\n1|2;3\r\n")
    #expect(result.schema.dialect.hasSeparatorLine)
    #expect(result.table.columns.map(\.name) == ["a", "b"])
  }

  @Test func oneColumnAndBlankLines() throws {
    let result = try read("a\n1\n\n2\r\n\r\n3")
    #expect(result.table["a"]?.values == .number([1, 2, 3]))
  }

  @Test func badRowsAreSkippedAndListed() throws {
    let text = "a,b\n1,2\n3\n4,5,6\n\"x\"y,7\n8,9\n\"open,1\n2,3\n"
    for blockSize in [16, 1 << 18] {
      let result = try read(text, blockSize: blockSize) { $0.skipBadRows = true }
      #expect(result.table["b"]?.values == .number([2, 9]))
      #expect(
        result.skippedRows == [
          BadRow(line: 3, reason: .ragged(expected: 2, found: 1)),
          BadRow(line: 4, reason: .ragged(expected: 2, found: 3)),
          BadRow(line: 5, reason: .textAfterQuote(column: 4)),
          BadRow(line: 7, reason: .unterminatedQuote),
        ])
    }
  }
}
