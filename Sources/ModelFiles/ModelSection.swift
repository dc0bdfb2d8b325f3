/// What the bytes of a section are: little-endian elements of one kind.
public enum ElementKind: String, Codable, Sendable, CaseIterable {
  /// IEEE 754 double precision.
  case float64 = "f64"
  case unsigned64 = "u64"
  case unsigned32 = "u32"
  case unsigned8 = "u8"

  /// Bytes an element.
  public var width: Int {
    switch self {
    case .float64, .unsigned64: 8
    case .unsigned32: 4
    case .unsigned8: 1
    }
  }
}

/// A named array of a model file, ready to be written.
public struct ModelSection: Sendable, Equatable {
  public let name: String
  public let kind: ElementKind
  /// Whether a reader that does not know the section has to refuse the file.
  public let isCritical: Bool
  /// The elements, little-endian.
  public let bytes: [UInt8]

  public var count: Int { bytes.count / kind.width }

  public init(name: String, bytes: [UInt8], isCritical: Bool = true) {
    self.name = name
    kind = .unsigned8
    self.isCritical = isCritical
    self.bytes = bytes
  }

  public init(name: String, numbers: [Double], isCritical: Bool = true) {
    self.name = name
    kind = .float64
    self.isCritical = isCritical
    bytes = numbers.flatMap { $0.bitPattern.littleEndianBytes }
  }

  public init(name: String, integers: [UInt64], isCritical: Bool = true) {
    self.name = name
    kind = .unsigned64
    self.isCritical = isCritical
    bytes = integers.flatMap(\.littleEndianBytes)
  }

  public init(name: String, words: [UInt32], isCritical: Bool = true) {
    self.name = name
    kind = .unsigned32
    self.isCritical = isCritical
    bytes = words.flatMap(\.littleEndianBytes)
  }
}

extension FixedWidthInteger {
  /// The bytes of the integer, least significant first.
  var littleEndianBytes: [UInt8] {
    withUnsafeBytes(of: littleEndian) { Array($0) }
  }
}
