/// The rows of a sheet that hold anything, one after the other.
struct ExcelSheet {
  /// A filled cell of a row.
  struct Cell {
    /// From 0.
    let column: Int
    fileprivate let content: Content

    var isNumber: Bool {
      if case .number = content { true } else { false }
    }
  }

  fileprivate enum Content {
    /// The index of a shared string.
    case shared(Int)
    /// Bytes of the row's own.
    case own(Range<Int>)
    case number(Double)
  }

  /// Excel's own limits.
  private static let rowLimit = 1_048_576
  private static let columnLimit = 16_384

  /// The number of the row that was read last, from 1.
  private(set) var row = 0
  /// Its filled cells, by column.
  private(set) var cells: [Cell] = []
  /// Cells so far that hold an error, such as `#N/A`, and count as empty.
  private(set) var errorCount = 0

  private let part: ZipEntryBytes
  private let workbook: ExcelWorkbook
  private var scanner: XMLScanner
  private var isInData = false
  private var bytes: [UInt8] = []
  private var value: [UInt8] = []

  init(_ part: ZipEntryBytes, of workbook: ExcelWorkbook) throws {
    self.part = part
    self.workbook = workbook
    scanner = try XMLScanner(part)
  }

  /// Reads on to the next row with a filled cell; false at the end of the sheet.
  mutating func next() throws -> Bool {
    while true {
      switch try scanner.next() {
      case .start:
        if isInData, scanner.isNamed("row") {
          try readRow()
          if !cells.isEmpty { return true }
        } else if scanner.isNamed("sheetData") {
          isInData = true
        }
      case .end:
        if scanner.isNamed("sheetData") { isInData = false }
      case .text: break
      case .done: return false
      }
    }
  }

  /// Appends a cell of this row to a record.
  func append(_ cell: Cell, to record: inout CSVRecordBuffer, decimalMark: UInt8) {
    switch cell.content {
    case .shared(let index):
      workbook.strings[index].withUnsafeBufferPointer { record.append(cell: $0) }
    case .own(let range): bytes[range].withUnsafeBufferPointer { record.append(cell: $0) }
    case .number(let number): record.append(number: number, decimalMark: decimalMark)
    }
  }

  private mutating func readRow() throws {
    cells.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    let before = row
    row = try scanner.attribute("r").flatMap(Self.integer) ?? row + 1
    guard row > before, row <= Self.rowLimit else { throw part.damaged("rows out of order") }
    var column = -1
    while true {
      switch try scanner.next() {
      case .start:
        guard scanner.isNamed("c") else {
          try scanner.skipElement()
          continue
        }
        let reference = try scanner.attribute("r")
        let next = reference.map(Self.column) ?? column + 1
        guard next > column, next < Self.columnLimit else {
          throw part.damaged("cells out of order in row \(row)")
        }
        column = next
        if let content = try readCell() { cells.append(Cell(column: column, content: content)) }
      case .end: return
      case .text: break
      case .done: return
      }
    }
  }

  /// Reads a cell up to its end; `nil` for one that is empty.
  private mutating func readCell() throws -> Content? {
    let type = try scanner.attribute("t").map { String(decoding: $0, as: UTF8.self) } ?? "n"
    let style = try scanner.attribute("s").flatMap(Self.integer) ?? 0
    value.removeAll(keepingCapacity: true)
    var isValue = false
    var depth = 1
    while depth > 0 {
      switch try scanner.next() {
      case .start:
        if scanner.isNamed("v") {
          depth += 1
          isValue = true
        } else if type == "inlineStr", scanner.isNamed("is") {
          try ExcelStrings.readItem(&scanner, into: &value, part: part)
        } else {
          // Formulas: their results are what counts.
          try scanner.skipElement()
        }
      case .end:
        depth -= 1
        isValue = false
      case .text:
        if isValue { value.append(contentsOf: scanner.text) }
      case .done: return nil
      }
    }
    guard !value.isEmpty else { return nil }
    return try content(type: type, style: style)
  }

  /// - Throws: where the value is none of its type.
  private mutating func content(type: String, style: Int) throws -> Content? {
    switch type {
    case "s":
      guard let index = Self.integer(value), index < workbook.strings.count else {
        throw part.damaged("a cell of row \(row) refers to a text that is not there")
      }
      return workbook.strings[index].isEmpty ? nil : .shared(index)
    case "str":
      try ExcelStrings.finish(&value, part: part)
      return own(value)
    case "inlineStr": return own(value)
    case "b": return own(value == [UInt8(ascii: "1")] ? Array("true".utf8) : Array("false".utf8))
    case "e":
      errorCount += 1
      return nil
    case "d":
      // A date in writing, as some libraries have it: `2024-03-01T10:30:00`.
      return own(value.map { $0 == UInt8(ascii: "T") ? 0x20 : $0 })
    case "n":
      guard let number = Self.number(value), number.isFinite else {
        throw part.damaged("a cell of row \(row) holds no number where one should be")
      }
      return workbook.time.text(number, workbook.formats[style]).map { own(Array($0.utf8)) }
        ?? .number(number)
    default: throw part.damaged("a cell of row \(row) of the unknown type \"\(type)\"")
    }
  }

  private mutating func own(_ text: [UInt8]) -> Content {
    let start = bytes.count
    bytes.append(contentsOf: text)
    return .own(start..<bytes.count)
  }

  private static func integer(_ digits: [UInt8]) -> Int? {
    // More digits than any row, style or string has a number of.
    guard !digits.isEmpty, digits.count <= 15 else { return nil }
    var number = 0
    for digit in digits {
      guard digit &- 0x30 <= 9 else { return nil }
      number = number * 10 + Int(digit - 0x30)
    }
    return number
  }

  private static func number(_ text: [UInt8]) -> Double? {
    if let integer = integer(text) { return Double(integer) }
    return Double(String(decoding: text, as: UTF8.self))
  }

  /// The column of a reference such as `AB12`, from 0; -1 for one that has none.
  private static func column(_ reference: [UInt8]) -> Int {
    var column = 0
    for byte in reference.prefix(4) {
      let letter = byte & 0xDF
      guard letter >= UInt8(ascii: "A"), letter <= UInt8(ascii: "Z") else { break }
      column = column * 26 + Int(letter - UInt8(ascii: "A")) + 1
    }
    return column - 1
  }

  /// The letters of a column counted from 0: `A`, `Z`, `AA`.
  static func name(ofColumn column: Int) -> String {
    var letters = ""
    var rest = column + 1
    while rest > 0 {
      rest -= 1
      letters = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(rest % 26))) + letters
      rest /= 26
    }
    return letters
  }
}
