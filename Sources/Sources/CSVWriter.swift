import Tables

/// Writes a CSV file in a given dialect, all of it or nothing.
public final class CSVWriter: LeadWriter {
  public let emptyRecords: CSVRecordBuffer
  private let file: AtomicFile
  private let encoding: TextDialect.Encoding
  /// Characters that the encoding does not have, written as `?`.
  public private(set) var replacedCount = 0

  /// Opens the file and writes what precedes the rows: byte-order mark, `sep=` line, header.
  ///
  /// - Parameters:
  ///   - dialect: usually that of the file that was read.
  ///   - columns: header names; written only if the dialect has a header.
  /// - Throws: `SourceError.writeFailed`.
  public init(path: String, dialect: TextDialect, columns: [String]) throws {
    file = try AtomicFile(path: path)
    encoding = dialect.encoding
    emptyRecords = CSVRecordBuffer(dialect: dialect)
    try write(Self.prologue(dialect))
    if dialect.hasHeader {
      var header = emptyRecords
      for column in columns { header.append(name: column) }
      header.endRecord()
      try write(header.bytes)
    }
  }

  init(path: String, dialect: TextDialect, header: [UInt8]) throws {
    file = try AtomicFile(path: path)
    encoding = dialect.encoding
    emptyRecords = CSVRecordBuffer(dialect: dialect)
    try write(Self.prologue(dialect) + header)
  }

  private static func prologue(_ dialect: TextDialect) -> [UInt8] {
    var bytes: [UInt8] = dialect.hasByteOrderMark ? [0xEF, 0xBB, 0xBF] : []
    if dialect.hasSeparatorLine {
      bytes += Array("sep=".utf8) + [dialect.separator]
      bytes += dialect.endsLinesWithCRLF ? [0x0D, 0x0A] : [0x0A]
    }
    return bytes
  }

  public func write(_ records: CSVRecordBuffer) throws {
    try write(records.bytes)
  }

  func write(_ utf8: [UInt8]) throws {
    guard encoding != .utf8 else { return try file.write(utf8) }
    var encoded: [UInt8] = []
    encoded.reserveCapacity(utf8.count * 2)
    for scalar in String(decoding: utf8, as: UTF8.self).unicodeScalars {
      switch encoding {
      case .utf8: break
      case .windows1252:
        if scalar.value < 0x80 {
          encoded.append(UInt8(scalar.value))
        } else if let byte = Windows1252.bytes[scalar.value] {
          encoded.append(byte)
        } else {
          encoded.append(UInt8(ascii: "?"))
          replacedCount += 1
        }
      case .utf16LittleEndian:
        for unit in UTF16.encode(scalar)?.map({ $0 }) ?? [] {
          encoded.append(UInt8(truncatingIfNeeded: unit))
          encoded.append(UInt8(truncatingIfNeeded: unit >> 8))
        }
      case .utf16BigEndian:
        for unit in UTF16.encode(scalar)?.map({ $0 }) ?? [] {
          encoded.append(UInt8(truncatingIfNeeded: unit >> 8))
          encoded.append(UInt8(truncatingIfNeeded: unit))
        }
      }
    }
    try file.write(encoded)
  }

  /// Puts the file in its place; without this call nothing is left behind.
  public func finish() throws {
    try file.commit()
  }
}
