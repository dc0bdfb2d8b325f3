import Parallel
import Tables
import Testing

@testable import Sources

@Suite struct EncodingTests {
  private let pool = WorkerPool(threadCount: 2)
  private static let text = "nombre;importe\r\n\"Íñigo € 😀\";1,5\r\n\"Zoë\nB\";2,25\r\n"

  static func encoded(_ text: String, _ encoding: TextDialect.Encoding, mark: Bool) -> [UInt8] {
    switch encoding {
    case .utf8: (mark ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8)
    case .utf16LittleEndian:
      ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap {
        [UInt8($0 & 0xFF), UInt8($0 >> 8)]
      }
    case .utf16BigEndian:
      ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap {
        [UInt8($0 >> 8), UInt8($0 & 0xFF)]
      }
    case .windows1252:
      text.unicodeScalars.map { $0 == "€" ? 0x80 : $0 == "😀" ? 0x3F : UInt8($0.value) }
    }
  }

  @Test(arguments: [
    (TextDialect.Encoding.utf8, false), (.utf8, true), (.utf16LittleEndian, true),
    (.utf16BigEndian, true), (.utf16LittleEndian, false), (.windows1252, false),
  ])
  func textIsReadAndWrittenBackInItsEncoding(
    _ encoding: TextDialect.Encoding, _ mark: Bool
  ) throws {
    let folder = try TemporaryFolder()
    let bytes = Self.encoded(Self.text, encoding, mark: mark)
    let path = try folder.write(bytes)
    var options = CSVReadOptions()
    if !mark { options.encoding = encoding }
    for blockSize in [16, 1 << 18] {
      let result = try readTable(
        .csv(path: path), options: options, pool: pool, blockSize: blockSize)
      #expect(result.schema.dialect.encoding == encoding)
      #expect(result.schema.dialect.hasByteOrderMark == mark)
      #expect(result.table["importe"]?.values == .number([1.5, 2.25]))
      let name = encoding == .windows1252 ? "Íñigo € ?" : "Íñigo € 😀"
      #expect(
        result.table["nombre"]?.values
          == .category(CategoryValues(codes: [0, 1], levels: [name, "Zoë\nB"])))
      let rows = try copyRecords(
        from: path, dialect: result.schema.dialect, to: folder.path("copy.csv")
      ) { _ in true }
      #expect(rows == 2)
      #expect(try folder.bytes("copy.csv") == bytes)
    }
  }

  @Test func longTextsOfEveryEncodingAgree() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<9_000).map { "\($0 % 700);ñandú \($0 % 31) €;\"a\nb\"\r\n" }.joined()
    let text = "n;c;q\r\n" + rows
    let expected = try readCSV(path: folder.write(text), pool: pool).table
    for encoding in TextDialect.Encoding.allCases where encoding != .utf8 {
      var options = CSVReadOptions()
      options.encoding = encoding
      let bytes = Self.encoded(text, encoding, mark: encoding != .windows1252)
      let path = try folder.write(bytes)
      #expect(try readCSV(path: path, options: options, pool: pool).table == expected)
      let packed = try folder.write(gzip(bytes), "leads.csv.gz")
      #expect(try readCSV(path: packed, options: options, pool: pool).table == expected)
    }
  }

  @Test func gzipMembersFollowEachOther() throws {
    let folder = try TemporaryFolder()
    let bytes = try gzip(Array("a,b\n1,".utf8)) + gzip(Array("2\n3,4\n".utf8)) + [0, 0, 0]
    let result = try readCSV(path: folder.write(bytes), pool: pool)
    #expect(result.table["b"]?.values == .number([2, 4]))
  }
}
