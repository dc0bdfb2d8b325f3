import Crypto
import Models
import Testing

@testable import ModelFiles

@Suite struct ModelContainerTests {
  private static let sections = [
    ModelSection(name: "doubles", numbers: [1, -2.5]),
    ModelSection(name: "bytes", bytes: [7, 8, 9]),
    ModelSection(name: "integers", integers: [0x0102_0304_0506_0708]),
  ]
  private static let known: Set<String> = ["doubles", "bytes", "integers"]

  private static func open(
    _ bytes: [UInt8], known: Set<String> = known
  ) throws -> ModelContainer.Frame {
    try ModelContainer.frame(of: bytes.span.bytes, known: known)
  }

  @Test func theLayoutIsTheDocumentedOne() throws {
    let bytes = try ModelContainer.bytes(metadata: ["k": 1], sections: Self.sections)
    #expect(Array(bytes[0..<8]) == [0x89, 0x4B, 0x4C, 0x56, 0x0D, 0x0A, 0x1A, 0x0A])
    #expect(Array(bytes[8..<12]) == [1, 0, 7, 0])
    let headerLength = Int(bytes[12]) | Int(bytes[13]) << 8
    let header = String(decoding: bytes[16..<16 + headerLength], as: UTF8.self)
    #expect(header.hasPrefix("{\n  \"contents\" : \"lead model\",\n  \"model\" : {"))
    #expect(header.hasSuffix("}"))
    let start = (16 + headerLength + 63) / 64 * 64
    #expect(bytes[(16 + headerLength)..<start].allSatisfy { $0 == 0 })
    // 1 and -2.5, in IEEE 754, least significant byte first.
    #expect(
      Array(bytes[start..<start + 16]) == [0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 4, 0xC0])
    #expect(Array(bytes[start + 64..<start + 67]) == [7, 8, 9])
    #expect(Array(bytes[start + 128..<start + 136]) == [8, 7, 6, 5, 4, 3, 2, 1])
    #expect(bytes.count == start + 192 + 32)
    #expect(Array(bytes.suffix(32)) == Array(SHA256.hash(data: bytes.dropLast(32))))
  }

  @Test func sectionsReadAgainAreEqual() throws {
    let bytes = try ModelContainer.bytes(metadata: ["k": 1], sections: Self.sections)
    let frame = try Self.open(bytes)
    #expect(try frame.doubles("doubles", bytes.span.bytes) == [1, -2.5])
    #expect(try frame.bytes("bytes", bytes.span.bytes) == [7, 8, 9])
    #expect(try frame.integers("integers", bytes.span.bytes) == [0x0102_0304_0506_0708])
    #expect(frame.fileDigest == ModelContainer.hexadecimal(SHA256.hash(data: bytes)))
    #expect(throws: ModelFileError.sectionMissing(name: "trees")) {
      try frame.bytes("trees", bytes.span.bytes)
    }
    #expect(throws: ModelFileError.self) { try frame.doubles("bytes", bytes.span.bytes) }
  }

  @Test func anUnknownCriticalSectionIsAnErrorAndAnOptionalOneIsNot() throws {
    let critical = ModelSection(name: "trees", bytes: [1])
    let optional = ModelSection(name: "notes", bytes: [1], isCritical: false)
    #expect(throws: ModelFileError.unknownCriticalSection(name: "trees")) {
      try Self.open(try ModelContainer.bytes(metadata: 0, sections: [critical]))
    }
    let frame = try Self.open(
      try ModelContainer.bytes(metadata: 0, sections: [optional] + Self.sections))
    #expect(frame.warnings.isEmpty)
    #expect(frame.sections.count == 4)
  }

  @Test func anotherMajorVersionIsAnErrorAndANewerMinorAWarning() throws {
    for major in [0, 2, 65_535] {
      let bytes = try ModelContainer.bytes(
        metadata: 0, sections: Self.sections, majorVersion: major, minorVersion: 8)
      #expect(throws: ModelFileError.newerFormat(found: "\(major).8", newest: "1.7")) {
        try Self.open(bytes)
      }
    }
    let newer = try ModelContainer.bytes(
      metadata: 0, sections: Self.sections, minorVersion: 8)
    let frame = try Self.open(newer)
    #expect(frame.warnings.count == 1)
    #expect(frame.warnings.first?.contains("1.8") == true)
  }

  @Test func otherFilesAreToldFromDamagedOnes() throws {
    let bytes = try ModelContainer.bytes(metadata: 0, sections: Self.sections)
    #expect(throws: ModelFileError.tooShort(expected: 96, found: 0)) { try Self.open([]) }
    #expect(throws: ModelFileError.tooShort(expected: 96, found: 20)) {
      try Self.open(Array(bytes.prefix(20)))
    }
    #expect(throws: ModelFileError.notAModelFile) {
      try Self.open(Array("PK\u{3}\u{4}abcdefgh".utf8))
    }
    #expect(throws: ModelFileError.damaged) { try Self.open(bytes + [0]) }
    // CRLF to LF, and LF to CRLF.
    let unix = Array(bytes.split(separator: 13, omittingEmptySubsequences: false).joined())
    let windows = bytes.flatMap { $0 == 10 ? [13, 10] : [$0] }
    #expect(throws: ModelFileError.changedAsText) { try Self.open(unix) }
    #expect(throws: ModelFileError.changedAsText) { try Self.open(windows) }
  }

  /// A frame around a header as given, whatever it says, with a checksum that fits.
  private static func file(sections: String, body: [UInt8]) -> [UInt8] {
    let header = Array(
      "{\"contents\": \"lead model\", \"model\": 0, \"sections\": \(sections)}".utf8)
    var bytes =
      ModelContainer.magic + [1, 0, 0, 0] + UInt32(header.count).littleEndianBytes + header
    bytes += [UInt8](repeating: 0, count: ModelContainer.aligned(bytes.count) - bytes.count)
    bytes += body
    return bytes + ModelContainer.digest(of: bytes)
  }

  private static func entry(
    _ name: String = "bytes", kind: String = "u8", count: String = "64", offset: String = "0",
    length: String = "64"
  ) -> String {
    """
    {"name": "\(name)", "kind": "\(kind)", "count": \(count), "offset": \(offset), \
    "length": \(length), "critical": false}
    """
  }

  @Test func aWellFormedHandMadeFrameIsAccepted() throws {
    let body = [UInt8](repeating: 1, count: 64)
    let frame = try Self.open(Self.file(sections: "[\(Self.entry())]", body: body))
    #expect(frame.sections["bytes"]?.range.count == 64)
  }

  @Test(arguments: [
    entry(count: "-1"), entry(length: "-64"), entry(offset: "-64"), entry(offset: "64"),
    entry(offset: "1"), entry(offset: "9223372036854775807"),
    entry(length: "9223372036854775807"), entry(count: "9223372036854775807"),
    entry(kind: "f64", count: "2305843009213693953", length: "8"), entry(count: "63"),
    entry(length: "65"), entry(kind: "f64", count: "64"), entry(count: "1e300"),
    entry(count: "0.5"), entry(count: "null"), entry(count: "0", length: "0"),
    entry(kind: "i7", count: "1", length: "128"), entry() + "," + entry(),
    entry() + "," + entry("more", offset: "0"), entry(count: "32", length: "32"), "1", "{}",
  ])
  func aListThatDoesNotFitTheFileIsRefused(_ entries: String) throws {
    let bytes = Self.file(
      sections: "[\(entries)]", body: [UInt8](repeating: 1, count: 64))
    let error = #expect(throws: ModelFileError.self) { try Self.open(bytes) }
    guard case .malformed = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func headersThatAreNoHeadersAreRefused() throws {
    let deep = String(repeating: "[", count: 100_000)
    for sections in [deep, "", "[", "null", "\u{0}", "\"\\ud800\""] {
      #expect(throws: ModelFileError.self) {
        try Self.open(Self.file(sections: sections, body: []))
      }
    }
  }

  @Test func paddingMustBeZero() throws {
    var bytes = try ModelContainer.bytes(metadata: 0, sections: Self.sections)
    bytes.removeLast(32)
    bytes[bytes.count - 1] = 1
    bytes += ModelContainer.digest(of: bytes)
    let error = #expect(throws: ModelFileError.self) { try Self.open(bytes) }
    #expect("\(String(describing: error))".contains("padding"))
  }

  @Test func aHeaderLengthBeyondTheFileIsRefused() throws {
    for length: UInt32 in [.max, .max - 63, 1 << 31, 4_096] {
      var bytes = try ModelContainer.bytes(metadata: 0, sections: Self.sections)
      bytes.removeLast(32)
      bytes.replaceSubrange(12..<16, with: length.littleEndianBytes)
      bytes += ModelContainer.digest(of: bytes)
      #expect(throws: ModelFileError.self) { try Self.open(bytes) }
    }
  }
}
