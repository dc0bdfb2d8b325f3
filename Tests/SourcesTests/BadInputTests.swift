import Parallel
import Tables
import Testing

@testable import Sources

/// Every bad input names what is wrong and where, at any block size.
@Suite struct BadInputTests {
  private let folder: TemporaryFolder
  private let pool = WorkerPool(threadCount: 2)

  init() throws {
    folder = try TemporaryFolder()
  }

  private func expect(
    _ bytes: [UInt8], _ error: (String) -> SourceError,
    _ change: (inout CSVReadOptions) -> Void = { _ in },
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let path = try folder.write(bytes)
    var options = CSVReadOptions()
    change(&options)
    for blockSize in [16, 64, 1 << 18] {
      #expect(throws: error(path), sourceLocation: sourceLocation) {
        try readTable(
          .csv(path: path), options: options, pool: pool, blockSize: blockSize)
      }
    }
  }

  private func expect(
    _ text: String, _ error: (String) -> SourceError,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expect(Array(text.utf8), error, sourceLocation: sourceLocation)
  }

  @Test func missingFilesAndFolders() throws {
    #expect(throws: SourceError.fileNotFound(path: folder.path("none.csv"))) {
      try readCSV(path: folder.path("none.csv"), pool: pool)
    }
    #expect(throws: SourceError.isDirectory(path: folder.url.path)) {
      try readCSV(path: folder.url.path, pool: pool)
    }
  }

  @Test func emptyFiles() throws {
    try expect("") { .empty(path: $0) }
    try expect("\n\r\n\n") { .empty(path: $0) }
    try expect([0xEF, 0xBB, 0xBF], { .empty(path: $0) })
    try expect([0xFF, 0xFE], { .empty(path: $0) })
  }

  @Test func aHeaderAlone() throws {
    try expect("a,b,c\n") { .headerAlone(path: $0, line: 1) }
    try expect("a,b,c") { .headerAlone(path: $0, line: 1) }
    try expect("\na,b\n\n\n") { .headerAlone(path: $0, line: 2) }
  }

  @Test func raggedRows() throws {
    let start = "a,b\n" + String(repeating: "1,2\n", count: 100)
    try expect(start + "3\n1,2\n") { .raggedRow(path: $0, line: 102, expected: 2, found: 1) }
    try expect(start + "3,4,5\n1,2\n") { .raggedRow(path: $0, line: 102, expected: 2, found: 3) }
    try expect("a,b\n\"x\ny\",1\n3\n") { .raggedRow(path: $0, line: 4, expected: 2, found: 1) }
  }

  @Test func quotes() throws {
    try expect("a,b\n1,2\n3,\"4\n5,6\n7,8\n") { .unterminatedQuote(path: $0, line: 3) }
    try expect("a,\"b\n1,2\n") { .unterminatedQuote(path: $0, line: 1) }
    try expect("a,b\n1,\"x\"y\n") { .textAfterQuote(path: $0, line: 2, column: 6) }
  }

  @Test func nulBytes() throws {
    try expect("a,b\n1,2\n1,x\u{0}y\n") { .nulByte(path: $0, line: 3, column: 4) }
    try expect("a\u{0},b\n1,2\n") { .nulByte(path: $0, line: 1, column: 2) }
    // UTF-16 without a byte-order mark.
    try expect("a,b\n1,2\n".utf8.flatMap { [$0, 0] }, { .nulByte(path: $0, line: 1, column: 2) })
  }

  @Test func bytesThatAreNotUTF8() throws {
    try expect(
      Array("a,b\n1,2\nMar".utf8) + [0xED] + Array("a,2\n".utf8),
      { .invalidUTF8(path: $0, line: 3, column: 4) })
    try expect(
      Array("a".utf8) + [0xF1] + Array("o,b\n1,2\n".utf8),
      {
        .invalidUTF8(path: $0, line: 1, column: 2)
      })
  }

  @Test func badUTF16() throws {
    let text: [UInt8] = [0xFF, 0xFE] + "a,b\n1,2\n".utf8.flatMap { [$0, 0] }
    try expect(text + [0x31], { .oddLengthUTF16(path: $0) })
    try expect(text + [0x00, 0xD8, 0x31, 0x00], { .invalidUTF16(path: $0, line: 3) })
    try expect(text + [0x00, 0xDC], { .invalidUTF16(path: $0, line: 3) })
    try expect(text + [0x00, 0xD8], { .invalidUTF16(path: $0, line: 3) })
  }

  @Test func oldMacLineEnds() throws {
    try expect("a,b\r1,2\r3,4\r") { .carriageReturnLines(path: $0) }
  }

  @Test func damagedGzip() throws {
    let text = "a,b\n" + (0..<2_000).map { "\($0),\($0 * 7919 % 1009)\n" }.joined()
    let packed = try gzip(Array(text.utf8))
    for length in stride(from: 12, to: packed.count, by: 97) {
      try expect(Array(packed[..<length]), { .truncatedGzip(path: $0) })
    }
    var flipped = packed
    flipped[packed.count - 6] ^= 1
    let path = try folder.write(flipped)
    do {
      _ = try readCSV(path: path, pool: pool)
      Issue.record("damaged data was read")
    } catch SourceError.corruptGzip {}
  }

  @Test func optionsThatNameNoColumn() throws {
    try expect(
      Array("a,b\n1,2\n".utf8),
      {
        .unknownColumns(path: $0, option: "columns", names: ["z"], present: ["a", "b"])
      }, { $0.columnTypes["z"] = .number })
    #expect(throws: SourceError.self) {
      var options = CSVReadOptions()
      options.separator = UInt8(ascii: "\"")
      return try options.validated()
    }
  }

  @Test func everyPrefixAndEveryFlippedByteIsReadOrRefused() throws {
    let text = Array(
      "id;importe;\"no;ta\"\r\n1;1.234,5;\"a\"\"b\nc\"\r\n2;12,25;é\r\n3;;\"x\" \r\n".utf8)
    var generator = SeededGenerator(seed: 4)
    for length in 0...text.count {
      _ = try? readCSV(path: folder.write(Array(text[..<length])), pool: pool)
    }
    for _ in 0..<1_000 {
      var changed = text
      changed[Int.random(in: 0..<text.count, using: &generator)] = UInt8.random(
        in: 0...255, using: &generator)
      let path = try folder.write(changed)
      let whole = try? readTable(
        .csv(path: path), options: CSVReadOptions(), pool: pool, blockSize: 1 << 18)
      let pieces = try? readTable(
        .csv(path: path), options: CSVReadOptions(), pool: pool, blockSize: 16)
      #expect(whole?.table == pieces?.table)
    }
  }
}
