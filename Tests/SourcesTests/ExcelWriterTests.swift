import Tables
import Testing

@testable import Sources

@Suite struct ExcelWriterTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private let columns = [
    LeadColumn(name: "lead", kind: .text), LeadColumn(name: "probability", kind: .probability),
  ]

  private func record(_ writer: some LeadWriter, _ id: String, _ probability: Double)
    -> CSVRecordBuffer
  {
    var records = writer.emptyRecords
    records.append(raw: Array(id.utf8))
    records.append(number: probability)
    records.endRecord()
    return records
  }

  @Test func nothingIsThereBeforeTheEnd() throws {
    do {
      let writer = try ExcelWriter(
        path: folder.path("scored.xlsx"), separator: 0x2C, columns: columns)
      try writer.write(record(writer, "007", 0.25))
    }
    #expect(try folder.names.isEmpty)
  }

  @Test func whatStoodThereBeforeIsReplacedInOneStep() throws {
    let path = try folder.write("old", "scored.xlsx")
    let writer = try ExcelWriter(path: path, separator: 0x2C, columns: columns)
    try writer.write(record(writer, "007", 0.25))
    #expect(try folder.bytes("scored.xlsx") == Array("old".utf8))
    try writer.finish()
    #expect(try folder.bytes("scored.xlsx").starts(with: Array("PK".utf8)))
    #expect(try folder.names == ["scored.xlsx"])
  }

  @Test func moreRowsThanASheetHoldsAreAnErrorAndLeaveNothing() throws {
    let path = folder.path("scored.xlsx")
    do {
      let writer = try ExcelWriter(path: path, separator: 0x2C, columns: columns, rowLimit: 3)
      try writer.write(record(writer, "1", 0.25))
      try writer.write(record(writer, "2", 0.25))
      #expect(throws: SourceError.workbook(path: path, .tooManyRows(limit: 2))) {
        try writer.write(record(writer, "3", 0.25))
      }
    }
    #expect(try folder.names.isEmpty)
  }

  @Test func textTooLongForACellIsAnError() throws {
    let path = folder.path("scored.xlsx")
    let writer = try ExcelWriter(path: path, separator: 0x2C, columns: columns)
    #expect(
      throws: SourceError.workbook(path: path, .textTooLong(column: "lead", row: 2, limit: 32_767))
    ) {
      try writer.write(record(writer, String(repeating: "x", count: 32_768), 0.5))
    }
  }

  @Test func pipesAreRefused() {
    #expect(
      throws: SourceError.writeFailed(
        path: "/dev/null", reason: "a workbook can't go to a pipe or a device")
    ) { try ExcelWriter(path: "/dev/null", separator: 0x2C, columns: columns) }
  }

  @Test func whatIsWrittenReadsBackAndNoTextIsRun() throws {
    let path = folder.path("scored.xlsx")
    let writer = try ExcelWriter(
      path: path, separator: 0x3B, columns: columns + [LeadColumn(name: "=reason", kind: .text)])
    var records = writer.emptyRecords
    for (id, probability, reason) in [
      ("007", 0.1 + 0.2, "=HYPERLINK(\"http://a\")"), ("\"8;1\"", 1e-9, "a\nb, \u{1} _x0041_"),
      ("9", .nan, ""),
    ] {
      records.append(raw: Array(id.utf8))
      records.append(number: probability)
      records.append(text: reason)
      records.endRecord()
    }
    try writer.write(records)
    try writer.finish()
    let source = try ExcelBytes(path: path, sheet: nil)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = try chunk.withUnsafeMutableBytes { try source.read(into: $0) }
      guard count > 0 else { break }
      bytes.append(contentsOf: chunk[..<count])
    }
    // The library writes sixteen digits, one more than Excel shows.
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        lead,probability,=reason
        007,0.3,"=HYPERLINK(""http://a"")"
        8;1,1e-09,"a\nb, \u{1} _x0041_"
        9,,

        """)
    let sheet = try part("xl/worksheets/sheet1.xml", of: path)
    #expect(!sheet.contains("<f>"))
    #expect(sheet.contains("<autoFilter ref=\"A1:C4\"/>"))
    #expect(sheet.contains("state=\"frozen\""))
    #expect(try part("xl/styles.xml", of: path).contains("formatCode=\"0.0%\""))
  }

  private func part(_ name: String, of path: String) throws -> String {
    let entry = try ZipArchive(path: path).entry(name, limit: 1 << 20)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try chunk.withUnsafeMutableBytes { try entry.read(into: $0) }
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  @Test func theSameLeadsGiveTheSameBytes() throws {
    for name in ["a.xlsx", "b.xlsx"] {
      let writer = try ExcelWriter(path: folder.path(name), separator: 0x2C, columns: columns)
      try writer.write(record(writer, "007", 0.25))
      try writer.finish()
    }
    #expect(try folder.bytes("a.xlsx") == folder.bytes("b.xlsx"))
  }

  @Test func theEndingDecidesTheWriter() throws {
    let dialect = TextDialect(separator: 0x3B)
    #expect(
      try leadFileWriter(path: folder.path("a.XLSX"), dialect: dialect, columns: columns)
        is ExcelWriter)
    #expect(
      try leadFileWriter(path: folder.path("a.csv"), dialect: dialect, columns: columns)
        is CSVWriter)
    for name in ["a.xls", "a.json", "a.CSV.zip"] {
      let path = folder.path(name)
      let ending = "." + (name.split(separator: ".").last ?? "")
      #expect(throws: SourceError.unknownFormat(path: path, ending: ending)) {
        try leadFileWriter(path: path, dialect: dialect, columns: columns)
      }
    }
    for name in ["scores", ".hidden", "/dev/stdout", "a.b/scores", "A.TSV"] {
      try checkFormat(ofFile: name)
    }
    let tabs = try leadFileWriter(path: folder.path("a.tsv"), dialect: dialect, columns: columns)
    try tabs.finish()
    #expect(String(decoding: try folder.bytes("a.tsv"), as: UTF8.self).contains("\t"))
  }

  @Test func recordsComeApartAsTheyWerePutTogether() {
    var records = CSVRecordBuffer(
      dialect: TextDialect(separator: 0x3B, endsLinesWithCRLF: true), escapesFormulas: false)
    for field in ["=1+1", "a;\"b\"\r\nc", " x ", ""] { records.append(text: field) }
    records.endRecord()
    records.append(raw: Array(#" "0;1" "#.utf8))
    records.append(raw: Array(#"5" pipe "#.utf8))
    records.append(number: 1.5)
    records.appendMissing()
    records.endRecord()
    var found: [[String]] = []
    records.forEachRecord { fields in
      found.append((0..<fields.count).map { String(decoding: fields[$0], as: UTF8.self) })
    }
    #expect(found == [["=1+1", "a;\"b\"\r\nc", " x ", ""], ["0;1", "5\" pipe", "1.5", ""]])
  }
}
