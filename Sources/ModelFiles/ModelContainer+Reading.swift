import Crypto
import FoundationEssentials

extension ModelContainer {
  /// A file whose frame was found whole: where its header and sections are, as ranges of its bytes.
  struct Frame: Equatable {
    let header: Range<Int>
    let sections: [String: Section]
    let warnings: [String]
    /// `1.0`.
    let formatVersion: String
    /// SHA-256 of the whole file, the one at its end included, in hexadecimal.
    let fileDigest: String
  }

  struct Section: Equatable {
    let entry: SectionEntry
    /// Lies within the file.
    let range: Range<Int>
  }

  private struct Directory: Decodable {
    let contents: String
    let sections: [SectionEntry]
  }

  /// Checks the frame of a file: magic, checksum, version, list of sections, padding. Nothing that
  /// the file says is used before it was held against the file's size.
  ///
  /// - Parameter known: the sections that the caller understands.
  static func frame(of bytes: RawSpan, known: Set<String>) throws -> Frame {
    let fileDigest = try verifyMagicAndDigest(bytes)
    let bodyEnd = bytes.byteCount - digestLength
    let major = Int(try bytes.integer(UInt16.self, at: 8))
    let minor = Int(try bytes.integer(UInt16.self, at: 10))
    let newest = "\(majorVersion).\(minorVersion)"
    guard major == majorVersion else {
      throw ModelFileError.newerFormat(found: "\(major).\(minor)", newest: newest)
    }
    var warnings: [String] = []
    if minor > minorVersion {
      warnings.append(
        "the model file is in format \(major).\(minor), this program knows \(newest): what it does "
          + "not know was left out")
    }

    let headerLength = Int(try bytes.integer(UInt32.self, at: 12))
    let headerEnd = preambleLength + headerLength
    let start = aligned(headerEnd)
    guard start <= bodyEnd else {
      throw ModelFileError.tooShort(expected: start + digestLength, found: bytes.byteCount)
    }
    let header = preambleLength..<headerEnd
    let directory: Directory = try decodeHeader(bytes, header)
    guard directory.contents == contents else {
      throw ModelFileError.malformed("its header is not that of a \(contents)")
    }
    try checkZero(bytes, headerEnd..<start)

    // Each section starts on the first boundary behind the one before it: no gaps, no overlap.
    var sections: [String: Section] = [:]
    var position = start
    for entry in directory.sections {
      let section = try place(entry, at: position, start: start, bodyEnd: bodyEnd)
      let next = aligned(section.range.upperBound)
      guard next <= bodyEnd else {
        throw ModelFileError.malformed("section “\(entry.name)” ends behind the file")
      }
      try checkZero(bytes, section.range.upperBound..<next)
      if entry.critical, !known.contains(entry.name) {
        throw ModelFileError.unknownCriticalSection(name: entry.name)
      }
      guard sections.updateValue(section, forKey: entry.name) == nil else {
        throw ModelFileError.malformed("section “\(entry.name)” stands twice")
      }
      position = next
    }
    guard position == bodyEnd else {
      throw ModelFileError.malformed("\(bodyEnd - position) bytes belong to no section")
    }
    return Frame(
      header: header, sections: sections, warnings: warnings, formatVersion: "\(major).\(minor)",
      fileDigest: fileDigest)
  }

  static func decodeHeader<Value: Decodable>(
    _ bytes: RawSpan, _ range: Range<Int>
  ) throws -> Value {
    // The copy lives on its own; the borrowed bytes are not kept.
    let data = bytes.extracting(range).withUnsafeBytes { Data($0) }
    do {
      return try headerDecoder.decode(Value.self, from: data)
    } catch let error as DecodingError {
      throw ModelFileError.malformed("its header can't be read\(error.place)")
    }
  }

  private static func verifyMagicAndDigest(_ bytes: RawSpan) throws -> String {
    let smallest = alignment + digestLength
    guard bytes.byteCount >= magic.count else {
      throw ModelFileError.tooShort(expected: smallest, found: bytes.byteCount)
    }
    let first = (0..<magic.count).map { bytes.byte(at: $0) }
    guard first == magic else {
      // The magic as text transfers leave it: without CR, with CR before each LF, or in seven bits.
      let asText: [[UInt8]] = [
        [0x89, 0x4B, 0x4C, 0x56, 0x0A], [0x89, 0x4B, 0x4C, 0x56, 0x0D, 0x0D],
        [0x09, 0x4B, 0x4C, 0x56], [0xC2, 0x89, 0x4B, 0x4C, 0x56], [0xEF, 0xBF, 0xBD, 0x4B, 0x4C],
        [0x89, 0x4B, 0x4C, 0x56, 0x0D, 0x0A, 0x1A, 0x0D],
      ]
      throw asText.contains { first.starts(with: $0) }
        ? ModelFileError.changedAsText : ModelFileError.notAModelFile
    }
    guard bytes.byteCount >= smallest else {
      throw ModelFileError.tooShort(expected: smallest, found: bytes.byteCount)
    }
    let bodyEnd = bytes.byteCount - digestLength
    var hasher = SHA256()
    // Both reads stay within the span, which outlives the calls.
    bytes.extracting(0..<bodyEnd).withUnsafeBytes { hasher.update(bufferPointer: $0) }
    let body = Array(hasher.finalize())
    let stored = (bodyEnd..<bytes.byteCount).map { bytes.byte(at: $0) }
    guard body == stored else { throw ModelFileError.damaged }
    hasher.update(data: stored)
    return hexadecimal(hasher.finalize())
  }

  /// Where an entry of the list says that its section is, once that was found possible.
  private static func place(
    _ entry: SectionEntry, at position: Int, start: Int, bodyEnd: Int
  ) throws -> Section {
    guard entry.offset >= 0, entry.length >= 0, entry.count >= 0 else {
      throw ModelFileError.malformed("section “\(entry.name)” has a negative size or place")
    }
    let (from, placeOverflows) = start.addingReportingOverflow(entry.offset)
    guard !placeOverflows, from == position else {
      throw ModelFileError.malformed(
        "section “\(entry.name)” does not start where the one before it ends")
    }
    guard entry.length <= bodyEnd - from else {
      throw ModelFileError.malformed("section “\(entry.name)” ends behind the file")
    }
    if let kind = ElementKind(rawValue: entry.kind) {
      let (length, overflows) = entry.count.multipliedReportingOverflow(by: kind.width)
      guard !overflows, length == entry.length else {
        throw ModelFileError.malformed(
          "section “\(entry.name)” has \(entry.length) bytes for \(entry.count) elements")
      }
    }
    return Section(entry: entry, range: from..<from + entry.length)
  }

  private static func checkZero(_ bytes: RawSpan, _ range: Range<Int>) throws {
    for index in range where bytes.byte(at: index) != 0 {
      throw ModelFileError.malformed("byte \(index) should be padding")
    }
  }

  static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

extension ModelContainer.Frame {
  func doubles(_ name: String, _ bytes: RawSpan) throws -> [Double] {
    let section = try self.section(name, .float64)
    return try (0..<section.entry.count).map {
      Double(bitPattern: try bytes.integer(UInt64.self, at: section.range.lowerBound + 8 * $0))
    }
  }

  func integers(_ name: String, _ bytes: RawSpan) throws -> [UInt64] {
    let section = try self.section(name, .unsigned64)
    return try (0..<section.entry.count).map {
      try bytes.integer(UInt64.self, at: section.range.lowerBound + 8 * $0)
    }
  }

  func words(_ name: String, _ bytes: RawSpan) throws -> [UInt32] {
    let section = try self.section(name, .unsigned32)
    return try (0..<section.entry.count).map {
      try bytes.integer(UInt32.self, at: section.range.lowerBound + 4 * $0)
    }
  }

  func has(_ name: String) -> Bool { sections[name] != nil }

  func bytes(_ name: String, _ bytes: RawSpan) throws -> [UInt8] {
    let section = try self.section(name, .unsigned8)
    // The copy is within the range that was checked, and the borrowed bytes are not kept.
    return bytes.extracting(section.range).withUnsafeBytes { Array($0) }
  }

  private func section(_ name: String, _ kind: ElementKind) throws -> ModelContainer.Section {
    guard let section = sections[name] else { throw ModelFileError.sectionMissing(name: name) }
    guard section.entry.kind == kind.rawValue else {
      throw ModelFileError.malformed(
        "section “\(name)” holds \(section.entry.kind) instead of \(kind.rawValue)")
    }
    return section
  }
}

extension RawSpan {
  /// A little-endian integer.
  func integer<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type, at offset: Int
  ) throws -> Value {
    guard offset >= 0, offset <= byteCount - MemoryLayout<Value>.size else {
      throw ModelFileError.tooShort(
        expected: offset + MemoryLayout<Value>.size, found: byteCount)
    }
    // Within bounds by the guard; integers have no invalid bit patterns.
    return Value(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: type))
  }

  func byte(at offset: Int) -> UInt8 {
    // Checked by the span.
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }
}

extension DecodingError {
  /// Where in the JSON, without quoting what stands there.
  var place: String {
    let context: Context =
      switch self {
      case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .keyNotFound(_, let context), .dataCorrupted(let context):
        context
      @unknown default:
        Context(codingPath: [], debugDescription: "")
      }
    var path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }
    if case .keyNotFound(let key, _) = self { path.append(".\(key.stringValue)") }
    return path.isEmpty ? "" : " (at \(path.joined().drop { $0 == "." }))"
  }
}
