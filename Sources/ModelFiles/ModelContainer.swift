import Crypto
import FoundationEssentials

/// The frame of a model file, without any notion of what a model is.
///
/// Magic, format version, length of the header, JSON header, sections on 64-byte boundaries, SHA-256 of
/// all of that. `Docs/ModelFormat.md` has the exact layout.
public enum ModelContainer {
  /// The first eight bytes. As in PNG: a byte above 127 shows a channel of seven bits, the line ends
  /// show a transfer as text, and the control-Z keeps it off a terminal.
  public static let magic: [UInt8] = [0x89, 0x4B, 0x4C, 0x56, 0x0D, 0x0A, 0x1A, 0x0A]
  public static let majorVersion = 1
  public static let minorVersion = 7

  /// Sections start on multiples of this, so that a mapped one can be read with the widest loads.
  static let alignment = 64
  /// Magic, major and minor version, length of the header.
  static let preambleLength = 16
  static let digestLength = 32
  /// What the header is about; another kind of file in the same frame would say something else.
  static let contents = "lead model"

  /// The JSON at the front of the file.
  struct Header<Metadata> {
    let contents: String
    let model: Metadata
    let sections: [SectionEntry]
  }

  /// One line of the list of sections.
  struct SectionEntry: Codable, Equatable {
    let name: String
    /// An `ElementKind`; kept as text, since sections to come may hold something else.
    let kind: String
    let count: Int
    /// From the start of the first section, in bytes.
    let offset: Int
    /// In bytes.
    let length: Int
    let critical: Bool
  }

  /// - Parameters:
  ///   - metadata: becomes `model` in the header; must encode to the same JSON each time.
  ///   - sections: with distinct names; written in this order.
  ///   - minorVersion: other than the program's own in tests only.
  static func bytes(
    metadata: some Encodable, sections: [ModelSection], majorVersion: Int = majorVersion,
    minorVersion: Int = minorVersion
  ) throws -> [UInt8] {
    var entries: [SectionEntry] = []
    var offset = 0
    for section in sections {
      entries.append(
        SectionEntry(
          name: section.name, kind: section.kind.rawValue, count: section.count, offset: offset,
          length: section.bytes.count, critical: section.isCritical))
      offset = aligned(offset + section.bytes.count)
    }
    let header = try headerEncoder.encode(
      Header(contents: contents, model: metadata, sections: entries))
    guard let headerLength = UInt32(exactly: header.count) else {
      throw ModelFileError.inconsistent("its description takes \(header.count) bytes")
    }
    let start = aligned(preambleLength + header.count)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(start + offset + digestLength)
    bytes += magic
    bytes += UInt16(majorVersion).littleEndianBytes
    bytes += UInt16(minorVersion).littleEndianBytes
    bytes += headerLength.littleEndianBytes
    bytes += header
    for (section, entry) in zip(sections, entries) {
      bytes.append(contentsOf: repeatElement(0, count: start + entry.offset - bytes.count))
      bytes += section.bytes
    }
    bytes.append(contentsOf: repeatElement(0, count: start + offset - bytes.count))
    bytes += digest(of: bytes)
    return bytes
  }

  /// The next multiple of the alignment.
  static func aligned(_ length: Int) -> Int { (length + alignment - 1) / alignment * alignment }

  static func digest(of bytes: [UInt8]) -> [UInt8] {
    Array(SHA256.hash(data: bytes))
  }

  /// Keys in order, so that bytes depend on values alone. JSON has no NaN and no infinity: a figure
  /// that does not exist is a word. Parameters of the model are always finite (`LeadModelChecks`).
  private static var headerEncoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return encoder
  }

  static var headerDecoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return decoder
  }
}

extension ModelContainer.Header: Encodable where Metadata: Encodable {}
extension ModelContainer.Header: Decodable where Metadata: Decodable {}
