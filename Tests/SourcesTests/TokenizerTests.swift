import CSimd
import Tables
import Testing

@testable import Sources

/// The naive twin of reader and tokenizer: one byte after the other, as RFC 4180 has it.
struct NaiveCSV {
  var rows: [[String]] = []
  var raw: [[String]] = []
  var badLines: [Int] = []

  init(_ text: [UInt8], separator: UInt8, columnCount: Int) {
    var fields: [[UInt8]] = []
    var rawFields: [[UInt8]] = []
    var field: [UInt8] = []
    var rawField: [UInt8] = []
    var state = State.start
    var line = 1
    var rowLine = 1
    var fault: Int?
    var at = 0
    let text = text.last == 0x0A ? text : text + [0x0A]
    enum State { case start, plain, quoted, closed }
    func trimmed(_ bytes: [UInt8]) -> [UInt8] {
      Array(
        bytes.reversed().drop { $0 == 0x20 || $0 == 0x09 }.reversed().drop {
          $0 == 0x20 || $0 == 0x09
        })
    }
    func withoutReturn(_ bytes: [UInt8]) -> [UInt8] {
      bytes.last == 0x0D ? Array(bytes.dropLast()) : bytes
    }
    while at < text.count {
      let byte = text[at]
      let isEnd = byte == 0x0A
      if state != .quoted && (byte == separator || isEnd) {
        let own = isEnd && state != .closed ? withoutReturn(field) : field
        fields.append(state == .closed ? own : trimmed(own))
        rawFields.append(isEnd ? withoutReturn(rawField) : rawField)
        let wasQuoted = state == .closed
        (field, rawField, state) = ([], [], .start)
        if isEnd {
          let isBlank = fields.count == 1 && rawFields[0].isEmpty && !wasQuoted
          if !isBlank {
            if let fault {
              badLines.append(fault)
            } else if fields.count != columnCount {
              badLines.append(rowLine)
            } else {
              rows.append(fields.map { String(decoding: $0, as: UTF8.self) })
              raw.append(rawFields.map { String(decoding: $0, as: UTF8.self) })
            }
          }
          (fields, rawFields, fault) = ([], [], nil)
          line += 1
          rowLine = line
        }
        at += 1
        continue
      }
      rawField.append(byte)
      switch state {
      case .quoted:
        if byte == 0x0A { line += 1 }
        if byte == 0x22 {
          if at + 1 < text.count, text[at + 1] == 0x22 {
            field.append(byte)
            rawField.append(byte)
            at += 1
          } else {
            state = .closed
          }
        } else {
          field.append(byte)
        }
      case .closed:
        let isReturn = byte == 0x0D && at + 1 < text.count && text[at + 1] == 0x0A
        if byte != 0x20 && !isReturn && fault == nil { fault = line }
      case .start where byte == 0x22 && field.allSatisfy { $0 == 0x20 }:
        field = []
        state = .quoted
      case .start, .plain:
        field.append(byte)
        if byte != 0x20 { state = .plain }
      }
      at += 1
    }
    if state == .quoted { badLines.append(-1) }
  }
}

@Suite struct TokenizerTests {
  private func read(
    _ text: [UInt8], separator: UInt8, columnCount: Int, blockSize: Int, level: Int32
  ) throws -> (rows: [[String]], raw: [[String]], records: [UInt8], bad: [BadRow]) {
    let reader = RecordReader(
      path: "x.csv", source: MemoryBytes(text), separator: separator, firstLine: 1,
      blockSize: blockSize)
    let tokenizer = BlockTokenizer(
      columnCount: columnCount, separator: separator, skipsBadRows: true, keepsRaw: true,
      level: level)
    let buffer = BlockBuffer(contentCapacity: 8)
    var rows: [[String]] = []
    var raw: [[String]] = []
    var records: [UInt8] = []
    var bad: [BadRow] = []
    while let block = try reader.next(into: buffer) {
      let cells = try tokenizer.tokenize(buffer, firstLine: block.firstLine, path: "x.csv")
      for row in 0..<cells.block.rowCount {
        rows.append(
          (0..<columnCount).map {
            String(decoding: cells.block.cell(row: row, column: $0), as: UTF8.self)
          })
        raw.append(
          (0..<columnCount).map {
            String(decoding: cells.rawField(row: row, column: $0), as: UTF8.self)
          })
        records += Array(cells.rawRecord(row: row))
      }
      bad += cells.badRows
    }
    return (rows, raw, records, bad)
  }

  /// Cells are trimmed on both sides whether quoted or not, so the twin's quoted ones are too.
  private func trimmed(_ rows: [[String]]) -> [[String]] {
    rows.map { row in
      row.map { cell in
        String(
          cell.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }
            .reversed())
      }
    }
  }

  @Test(arguments: [(0, "a,\n"), (1, "ab,\n\""), (2, "ab,\"\n\r "), (3, "abcdefghij,,,\n\"\"  \r")])
  func randomTextsReadLikeTheNaiveTwin(_ seed: UInt64, _ letters: String) throws {
    var generator = SeededGenerator(seed: seed)
    // A carriage return alone is text; grapheme clusters would join it to a line feed.
    let alphabet = Array(letters.utf8)
    for round in 0..<1_500 {
      let count = Int.random(in: 1...120, using: &generator)
      let columnCount = Int.random(in: 1...4, using: &generator)
      var text = (0..<count).map { _ in alphabet.randomElement(using: &generator)! }
      if round % 2 == 0 {
        // Mostly well-formed records.
        text = []
        for _ in 0..<Int.random(in: 1...12, using: &generator) {
          for column in 0..<columnCount {
            if column > 0 { text.append(0x2C) }
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: text += Array("\"x,\ny\"".utf8)
            case 1: text += Array(" \"q\"\"q\" ".utf8)
            case 2: text += Array("5\" pipe".utf8)
            case 3: text += []
            case 4: text += Array(" longer than sixteen bytes of text ".utf8)
            default: text += Array("plain".utf8)
            }
          }
          text += Bool.random(using: &generator) ? [0x0A] : [0x0D, 0x0A]
        }
      }
      let naive = NaiveCSV(text, separator: 0x2C, columnCount: columnCount)
      for blockSize in [1, 16, 33, 100_000] {
        let level = Int32.random(in: 0...csimd_best_level(), using: &generator)
        let found = try read(
          text, separator: 0x2C, columnCount: columnCount, blockSize: blockSize, level: level)
        let shown = String(decoding: text, as: UTF8.self).debugDescription
        #expect(found.rows == trimmed(naive.rows), "\(blockSize): \(shown)")
        #expect(found.raw == naive.raw, "\(blockSize): \(shown)")
        #expect(found.bad.count == naive.badLines.count, "\(blockSize): \(shown)")
        for (bad, line) in zip(found.bad, naive.badLines) where line > 0 {
          if case .textAfterQuote = bad.reason { continue }
          #expect(bad.line == line, "\(blockSize): \(shown)")
        }
      }
    }
  }

  @Test func recordsAreKeptByteForByte() throws {
    let text = Array("a,\"b\nc\"\r\n\"d\"\"\", e\r\n".utf8)
    for blockSize in [1, 1_000] {
      let found = try read(
        text, separator: 0x2C, columnCount: 2, blockSize: blockSize, level: 0)
      #expect(found.records == text)
    }
  }

  @Test func utf8FaultsAreFoundWhereTheyAre() {
    func fault(_ bytes: [UInt8]) -> UTF8Check.Fault? {
      bytes.withUnsafeBufferPointer { UTF8Check.firstFault($0.baseAddress!, 0..<bytes.count) }
    }
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<3_000 {
      var bytes = Array("aé€😀bcdefghijklmn".utf8)
      for _ in 0..<2 {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
          in: 1...255, using: &generator)
      }
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      #expect((fault(bytes) == nil) == isValid, "\(bytes)")
    }
    #expect(fault(Array("abcdefghij\u{0}k".utf8)) == .nul(at: 10))
    #expect(fault([0x61, 0xC3]) == .invalid(at: 1))
    #expect(fault([0xC0, 0x80, 0x61]) == .invalid(at: 0))
    #expect(fault([0xED, 0xA0, 0x80]) == .invalid(at: 0))
  }
}
