import Parallel
import Tables
import Testing

@testable import Sources

@Suite struct CSVWriterTests {
  private func line(
    _ dialect: TextDialect = TextDialect(), _ fill: (inout CSVRecordBuffer) -> Void
  ) -> String {
    var buffer = CSVRecordBuffer(dialect: dialect)
    fill(&buffer)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (1, "1"), (-12, "-12"), (0.5, "0.5"), (-0.25, "-0.25"),
    (1234.5, "1234.5"), (0.000001, "0.000001"), (100.01, "100.01"), (1e15, "1000000000000000"),
    (1e16, "1e+16"),
    (123_456_789_012_345, "123456789012345"), (0.1 + 0.2, "0.30000000000000004"),
    (Double.nan, ""), (.infinity, ""), (10.000001, "10.000001"), (0.05, "0.05"), (99.99, "99.99"),
  ])
  func numbersAreShort(_ value: Double, _ text: String) {
    #expect(line { $0.append(number: value) } == text)
  }

  @Test func randomNumbersReadBackTheSameAndAreShortest() {
    var generator = SeededGenerator(seed: 8)
    for round in 0..<30_000 {
      let value =
        round % 3 == 0
        ? Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &generator))
        : round % 3 == 1
          ? Double.random(in: 0...1, using: &generator)
          : Double(Int.random(in: -99_999_999...99_999_999, using: &generator)) / 1e4
      guard value.isFinite else { continue }
      let text = line { $0.append(number: value) }
      #expect(Double(text) == value)
      let digits = { (text: String) in
        text.prefix { $0 != "e" }.filter(\.isNumber).trimmingZeros.count
      }
      #expect(digits(text) <= digits(value.description), "\(text) \(value)")
    }
  }

  @Test func decimalCommasAreQuotedWhereTheySeparate() {
    var dialect = TextDialect(separator: UInt8(ascii: ";"), decimalMark: UInt8(ascii: ","))
    #expect(line(dialect) { $0.append(number: 0.5) } == "0,5")
    #expect(line(dialect) { $0.append(number: 1e-7) } == "1e-07")
    dialect.separator = UInt8(ascii: ",")
    #expect(line(dialect) { $0.append(number: 0.5) } == "\"0,5\"")
  }

  @Test(arguments: [
    ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""),
    ("a\nb", "\"a\nb\""),
    (" a", "\" a\""), ("", ""), ("=1+2", "'=1+2"), ("+34", "'+34"), ("-x", "'-x"), ("@me", "'@me"),
    ("\tx", "'\tx"), ("\rx", "\"'\rx\""),
    ("=HYPERLINK(\"a\",\"b\")", "\"'=HYPERLINK(\"\"a\"\",\"\"b\"\")\""),
  ])
  func textIsQuotedAndNeverRun(_ text: String, _ expected: String) {
    #expect(line { $0.append(text: text) } == expected)
  }

  @Test func rawFieldsAndNumbersAreNotEscaped() {
    let text = line {
      $0.append(raw: Array("=a".utf8))
      $0.append(cell: "=1+2")
      $0.append(cell: "-x, y")
      $0.append(number: -1.5)
      $0.append(integer: -7)
      $0.appendMissing()
      $0.append(name: "-n")
      $0.endRecord()
      $0.append(text: "x")
    }
    #expect(text == "=a,=1+2,\"-x, y\",-1.5,-7,,-n\nx")
  }

  @Test func whatIsWrittenReadsBack() throws {
    let folder = try TemporaryFolder()
    let pool = WorkerPool(threadCount: 2)
    let levels = ["x", "a;b", "q\"q", "l\nl", "ñ €"]
    for separator in [",", ";", "\t"] as [Character] {
      for encoding in TextDialect.Encoding.allCases {
        var dialect = TextDialect(
          separator: separator.asciiValue!, encoding: encoding, endsLinesWithCRLF: true)
        dialect.hasByteOrderMark = encoding != .windows1252
        dialect.decimalMark = UInt8(ascii: separator == "," ? "." : ",")
        let path = folder.path("out.csv")
        let writer = try CSVWriter(path: path, dialect: dialect, columns: ["num,ber", "text"])
        var numbers: [Double] = []
        var records = CSVRecordBuffer(dialect: dialect)
        for row in 0..<50 {
          numbers.append(Double(row) / 7)
          records.append(number: numbers[row])
          records.append(text: levels[row % 5])
          records.endRecord()
        }
        try writer.write(records)
        try writer.finish()
        #expect(writer.replacedCount == 0)
        var options = CSVReadOptions()
        options.encoding = encoding
        let result = try readCSV(path: path, options: options, pool: pool)
        #expect(result.schema.dialect == dialect)
        #expect(result.table["num,ber"]?.values == .number(numbers))
        #expect(
          result.table["text"]?.values
            == .category(CategoryValues(codes: (0..<50).map { Int32($0 % 5) }, levels: levels)))
      }
    }
  }

  @Test func charactersThatTheEncodingLacksAreCounted() throws {
    let folder = try TemporaryFolder()
    let writer = try CSVWriter(
      path: folder.path("out.csv"), dialect: TextDialect(encoding: .windows1252), columns: ["é→"])
    try writer.finish()
    #expect(writer.replacedCount == 1)
    #expect(try folder.bytes("out.csv") == [0xE9, 0x3F, 0x0A])
  }

  @Test func nothingIsLeftBehindUnlessFinished() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("old", "out.csv")
    do {
      let writer = try CSVWriter(path: path, dialect: TextDialect(), columns: ["a"])
      #expect(try folder.names.count == 2)
      _ = writer
    }
    #expect(try folder.names == ["out.csv"])
    #expect(try folder.bytes("out.csv") == Array("old".utf8))
    let writer = try CSVWriter(path: path, dialect: TextDialect(), columns: ["a"])
    try writer.finish()
    #expect(try folder.names == ["out.csv"])
    #expect(try folder.bytes("out.csv") == Array("a\n".utf8))
  }

  @Test func aFullDiskIsAnError() throws {
    #expect(throws: SourceError.self) {
      let file = try AtomicFile(path: "/dev/full")
      try file.write([UInt8](repeating: 0x61, count: 10_000))
    }
    #expect(throws: SourceError.self) {
      try AtomicFile(path: "/nowhere/at/all/out.csv")
    }
  }

  @Test func chosenRecordsAreCopiedByteForByte() throws {
    let folder = try TemporaryFolder()
    let rows = ["1,\"a\nb\"\r\n", "2,x\n", " 3 ,\"q\"\"\"\n", "4,\n", "5,last"]
    let path = try folder.write(
      "\"h,1\",h2\r\n" + rows[0] + "\n" + rows[1] + "bad\n" + rows[2...].joined())
    let dialect = TextDialect(endsLinesWithCRLF: true)
    let count = try copyRecords(
      from: path, dialect: dialect, skipBadRows: true, to: folder.path("out.csv")
    ) { $0 % 2 == 0 }
    #expect(count == 3)
    #expect(
      String(decoding: try folder.bytes("out.csv"), as: UTF8.self)
        == "\"h,1\",h2\r\n" + rows[0] + rows[2] + "5,last\n")
    #expect(throws: SourceError.raggedRow(path: path, line: 6, expected: 2, found: 1)) {
      try copyRecords(from: path, dialect: dialect, to: folder.path("out.csv")) { _ in true }
    }
    #expect(try folder.names == ["leads.csv", "out.csv"])
  }
}

extension String {
  /// Without zeros at either end.
  var trimmingZeros: String {
    String(drop { $0 == "0" }.reversed().drop { $0 == "0" }.reversed())
  }
}
