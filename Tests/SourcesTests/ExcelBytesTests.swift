import Foundation
import Parallel
import Tables
import Testing

@testable import Sources

@Suite struct ExcelBytesTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  /// All bytes of a source, read in pieces of a given size.
  private func text(_ source: ExcelBytes, piece: Int = 4_096) throws -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: piece)
    while true {
      let count = try chunk.withUnsafeMutableBytes { try source.read(into: $0) }
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  private func text(_ workbook: Workbook, sheet: String? = nil) throws -> String {
    let path = folder.path("book.xlsx")
    try workbook.write(path)
    return try text(ExcelBytes(path: path, sheet: sheet))
  }

  @Test(arguments: ["leads-openpyxl", "leads-xlsxwriter", "leads-raw"], [1, 4_096])
  func aWorkbookGivesTheTableOfItsCSVFile(_ name: String, _ piece: Int) throws {
    let path = Self.fixtures.appendingPathComponent("\(name).xlsx").path
    let csv = try text(ExcelBytes(path: path, sheet: nil), piece: piece)
    var options = CSVReadOptions()
    options.keepAsText = ["lead id"]
    let pool = WorkerPool(threadCount: 1)
    let found = try readCSV(path: folder.write(csv), options: options, pool: pool)
    let expected = try readCSV(
      path: Self.fixtures.appendingPathComponent("leads.csv").path, options: options, pool: pool)
    // Compared first: a failed comparison of tables would show all of their cells.
    let isSame = found.table == expected.table
    #expect(isSame)
    #expect(found.schema == expected.schema)
  }

  @Test func aSheetIsReadAndStreamedLikeACSVFile() throws {
    let pool = WorkerPool(threadCount: 2)
    let csv = Self.fixtures.appendingPathComponent("leads.csv").path
    let book = Self.fixtures.appendingPathComponent("leads-xlsxwriter.xlsx").path
    let origin = TableOrigin.excel(path: book, sheet: "Leads 2024")
    var options = CSVReadOptions()
    options.keepAsText = ["lead id"]
    let found = try readTable(origin, options: options, pool: pool)
    let expected = try readCSV(path: csv, options: options, pool: pool)
    #expect(found.table == expected.table)
    #expect(found.notes == [.errorCells(count: 1)])

    // A model that was fitted to decimal commas.
    var schema = expected.schema
    schema.dialect.decimalMark = UInt8(ascii: ",")
    for index in schema.columns.indices where schema.columns[index].type == .number {
      schema.columns[index].numberFormat = NumberFormat(decimalMark: UInt8(ascii: ","))
    }
    let stream = try CSVStream(
      origin: origin, schema: schema, columns: ["amount", "seen"], rawColumns: ["lead id"])
    var ids: [String] = []
    try stream.forEachBlock(pool: pool) {
      $0
    } consume: { block in
      #expect(block.table["amount"] == expected.table["amount"])
      #expect(block.table["seen"] == expected.table["seen"])
      ids += (0..<block.table.rowCount).map { block.rawFields[0].text($0) }
    }
    #expect(ids == ["007", "008", "009", "010", "011"])
  }

  @Test func cellsComeAsTheyAreMeant() throws {
    var book = Workbook()
    book.formats =
      "<numFmts><numFmt numFmtId='164' formatCode='[hh]:mm'/></numFmts><cellXfs><xf/>"
      + "<xf numFmtId='14'/><xf numFmtId='20'/><xf numFmtId='164'/><xf numFmtId='10'/></cellXfs>"
    book.strings = "<si><t>a, b</t></si><si/><si><t>say \"hi\"</t></si>"
    book.rows = #"""
      <row><c t="s"><v>0</v></c><c t="s"><v>2</v></c><c t="str"><v>c</v></c></row>
      <row><c s="1"><v>60</v></c><c s="1"><v>59</v></c><c s="1"><v>61.5</v></c></row>
      <row><c s="2"><v>0.4375</v></c><c s="2"><v>45352.4375</v></c><c s="3"><v>1.5</v></c></row>
      <row><c s="4"><v>0.07</v></c><c t="e"><v>#DIV/0!</v></c><c t="b"><v>1</v></c></row>
      <row><c><v>0.10000000000000001</v></c><c><v>1.0E-3</v></c><c><v>12345678901234</v></c></row>
      <row><c t="s"><v>1</v></c><c t="d"><v>2024-03-01T10:30:00</v></c><c s="1"><v>-1</v></c></row>
      """#
    let path = folder.path("book.xlsx")
    try book.write(path)
    let source = try ExcelBytes(path: path, sheet: nil)
    #expect(
      try text(source) == #"""
        "a, b","say ""hi""",c
        1900-02-28,1900-02-28,1900-03-01 12:00:00
        10:30:00,2024-03-01 10:30:00,36:00:00
        0.07,,true
        0.1,0.001,12345678901234
        ,2024-03-01 10:30:00,-1

        """#)
    #expect(source.notes == [.errorCells(count: 1)])
  }

  @Test func linesAreRowsOfTheSheet() throws {
    var book = Workbook()
    book.rows = """
      <row r="3"><c r="C3" t="inlineStr"><is><t>a</t></is></c><c r="D3" s="9"/></row><row r="4"/>
      <row r="6"><c r="B6"><v>1</v></c><c r="D6"><v>2</v></c></row><row r="900000"><c r="B900000"/></row>
      """
    #expect(try text(book) == "\n\n,a,\n\n\n1,,2\n")
  }

  @Test func aCellOutsideTheTableIsNamed() throws {
    var book = Workbook()
    book.rows = """
      <row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row>
      <row><c><v>1</v></c><c><v>2</v></c></row><row><c r="AB3"><v>2</v></c></row>
      """
    let path = folder.path("book.xlsx")
    #expect(
      throws: SourceError.workbook(
        path: path, .cellOutsideTable(sheet: "Leads", cell: "AB3", first: "A", last: "B"))
    ) { try text(book) }
  }

  @Test func aTitleAboveTheHeaderIsRefused() throws {
    var book = Workbook()
    book.rows =
      "<row><c t='str'><v>Leads of 2024</v></c></row>"
      + "<row><c t='str'><v>a</v></c><c t='str'><v>b</v></c><c t='str'><v>c</v></c></row>"
    let path = folder.path("book.xlsx")
    #expect(throws: SourceError.workbook(path: path, .titleAboveHeader(sheet: "Leads", row: 1))) {
      try text(book)
    }
  }

  @Test func sheetsAreFoundByName() throws {
    var book = Workbook()
    book.sheets = """
      <sheet name="Notes" state="hidden" r:id="r2"/><sheet name="Leads" r:id="r1"/>
      <sheet name="Others" r:id="r2"/><sheet name="Chart" r:id="r4"/>
      """
    let path = folder.path("book.xlsx")
    try book.write(path)
    #expect(
      try ExcelBytes(path: path, sheet: nil).notes
        == [.sheetChosen(name: "Leads", among: ["Leads", "Others"])])
    #expect(try ExcelBytes(path: path, sheet: "leads").notes.isEmpty)
    #expect(throws: SourceError.workbook(path: path, .emptySheet(sheet: "Notes"))) {
      try text(ExcelBytes(path: path, sheet: "Notes"))
    }
    let error = SourceError.workbook(
      path: path, .noSuchSheet(name: "Lead", sheets: ["Notes", "Leads", "Others"]))
    #expect(throws: error) { try ExcelBytes(path: path, sheet: "Lead") }
    #expect(error.description.hasSuffix("\"Others\". Did you mean \"Leads\"?"))
    book.sheets = #"<sheet name="Notes" state="veryHidden" r:id="r2"/>"#
    try book.write(path)
    #expect(throws: SourceError.workbook(path: path, .noVisibleSheet(sheets: ["Notes"]))) {
      try ExcelBytes(path: path, sheet: nil)
    }
  }

  @Test func filesThatAreNoWorkbookAreToldApart() throws {
    let ole: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    let name: [UInt8] = Array("EncryptedPackage".utf8.map { [$0, 0] }.joined())
    func found(_ bytes: [UInt8]) throws -> String? {
      let path = try folder.write(bytes, "book.xlsx")
      do {
        _ = try ExcelBytes(path: path, sheet: nil)
        return nil
      } catch SourceError.workbook(_, .notAWorkbook(let found)) {
        return found
      }
    }
    #expect(try found(Array("a,b\n1,2\n".utf8)) == "no Excel file")
    #expect(
      try found(ole + [UInt8](repeating: 0, count: 70_000)) == "a workbook in the old format (.xls)"
    )
    #expect(
      try found(ole + [UInt8](repeating: 0, count: 65_520) + name) == "protected by a password")
    let path = folder.path("book.xlsx")
    for (part, kind) in [
      ("content.xml", "an OpenDocument file (.ods)"),
      ("xl/workbook.bin", "a binary workbook (.xlsb)"), ("a", "a zip archive without a workbook"),
    ] {
      try Workbook.write([(part, "x")], to: path)
      #expect(throws: SourceError.workbook(path: path, .notAWorkbook(found: kind))) {
        try ExcelBytes(path: path, sheet: nil)
      }
    }
    #expect(throws: SourceError.empty(path: try folder.write("", "empty.xlsx"))) {
      try ExcelBytes(path: folder.path("empty.xlsx"), sheet: nil)
    }
    #expect(throws: SourceError.fileNotFound(path: folder.path("none.xlsx"))) {
      try ExcelBytes(path: folder.path("none.xlsx"), sheet: nil)
    }
  }

  @Test func aFileCutOffAnywhereIsAnError() throws {
    let whole = try Array(
      Data(contentsOf: Self.fixtures.appendingPathComponent("leads-openpyxl.xlsx")))
    for length in stride(from: 8, to: whole.count, by: 97) {
      let path = try folder.write(Array(whole[..<length]), "cut.xlsx")
      #expect(throws: SourceError.self) { try text(ExcelBytes(path: path, sheet: nil)) }
    }
  }

  @Test func aFlippedByteIsNeverACrash() throws {
    let whole = try Array(
      Data(contentsOf: Self.fixtures.appendingPathComponent("leads-openpyxl.xlsx")))
    for at in stride(from: 0, to: whole.count, by: 61) {
      var bytes = whole
      bytes[at] ^= 0x55
      let path = try folder.write(bytes, "flipped.xlsx")
      do { _ = try text(ExcelBytes(path: path, sheet: nil)) } catch is SourceError {}
    }
  }

  @Test(arguments: [
    ("<row><c t='s'><v>5</v></c></row>", "a cell of row 1 refers to a text that is not there"),
    ("<row><c t='z'><v>5</v></c></row>", "a cell of row 1 of the unknown type \"z\""),
    ("<row><c><v>five</v></c></row>", "a cell of row 1 holds no number where one should be"),
    ("<row r='2'/><row r='2'/>", "rows out of order"),
    ("<row r='1048577'/>", "rows out of order"),
    ("<row><c r='B1'/><c r='A1'/></row>", "cells out of order in row 1"),
    ("<row><c r='XFE1'/></row>", "cells out of order in row 1"),
    ("<row><c><v>1&nope;</v></c></row>", "the unknown entity \"&nope;\""),
    ("<row><c><v>1</v></c></row></sheetData></worksheet></x>", "an end tag without its start"),
    ("<row><c><v>1</v></c></row><row><", "it ends within a tag"),
  ])
  func whatNoWorkbookHoldsIsDamage(_ rows: String, _ reason: String) throws {
    var book = Workbook()
    book.rows = rows
    if rows.hasSuffix("<") {
      try Workbook.write(
        book.parts.map {
          ($0.name, $0.name.hasSuffix("sheet1.xml") ? "<worksheet><sheetData>\(rows)" : $0.content)
        }, to: folder.path("book.xlsx"))
    } else {
      try book.write(folder.path("book.xlsx"))
    }
    #expect(
      throws: SourceError.workbook(
        path: folder.path("book.xlsx"), .damaged(part: "xl/worksheets/sheet1.xml", reason: reason))
    ) { try text(ExcelBytes(path: folder.path("book.xlsx"), sheet: nil)) }
  }

  @Test func moreThanAPartMayHoldIsRefused() throws {
    let path = folder.path("bomb.xlsx")
    try Workbook.write([("big", String(repeating: "0", count: 1 << 20))], to: path)
    let entry = try ZipArchive(path: path).entry("big", limit: 1 << 18)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    #expect(throws: SourceError.workbook(path: path, .tooLarge(part: "big", limit: 1 << 18))) {
      while try chunk.withUnsafeMutableBytes({ try entry.read(into: $0) }) > 0 {}
    }
  }

  @Test func aTextLongerThanACellHoldsIsRefused() throws {
    var book = Workbook()
    book.strings = "<si><t>\(String(repeating: "x", count: 98_302))</t></si>"
    #expect(throws: SourceError.self) { try text(book) }
  }

  @Test(arguments: [
    ("General", ExcelNumberFormats.Kind.number), ("0.00E+00", .number), ("@", .number),
    ("#,##0.00 \"days\"", .number), ("[Red]0;[Blue]-0", .number), ("0.0%", .number),
    ("dd/mm/yyyy", .date), ("mmm-yy", .date), ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", .date),
    ("mmmm", .date), ("yyyy\\-mm\\-dd\\Thh:mm:ss", .date), ("h:mm AM/PM", .time),
    ("mm:ss.0", .time),
    ("[h]:mm", .duration), ("[ss]", .duration), ("_-* #,##0.00\\ \"h\"", .number),
    ("0;dd/mm/yyyy", .number),
  ])
  func formatsTellWhatNumbersMean(_ code: String, _ kind: ExcelNumberFormats.Kind) {
    #expect(ExcelNumberFormats.kind(ofFormat: code) == kind)
  }
}
