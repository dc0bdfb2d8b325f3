import Tables

/// A text table opened: decompressed, decoded to UTF-8, with its first lines looked at; or a table from
/// elsewhere, written as such a text.
final class TextInput {
  /// For messages: the path, or the name of an origin that is no file.
  let path: String
  /// As found: encoding, byte-order mark, line ends, `sep=` line, separator.
  private(set) var dialect: TextDialect
  let isCompressed: Bool
  /// The file's size as it stands on disk, or `nil` for a pipe and for what is no text file.
  let size: Int?
  /// What writes the text, where it is no text file's.
  let records: (any RecordSource)?
  /// The text from the first byte behind the byte-order mark and the `sep=` line.
  let text: any ByteSource
  /// The line on which `text` starts.
  let firstLine: Int
  /// The first bytes of `text`, for a look ahead.
  let head: [UInt8]

  /// Bytes looked at to find the separator and the line ends.
  private static let headSize = 1 << 16

  /// Opens a table of any origin.
  ///
  /// - Parameters:
  ///   - separator, encoding, isRereadable: of text files; see `init`.
  ///   - decimalMarks: of what is no text file, by column, the mark with which its numbers are written;
  ///     else a point.
  /// - Throws: `SourceError`.
  static func open(
    _ origin: TableOrigin, separator: UInt8?, encoding: TextDialect.Encoding?,
    isRereadable: Bool = false, decimalMarks: [String: UInt8] = [:], snapshot: DatabaseSnapshot
  ) throws -> TextInput {
    if case .csv(let path) = origin {
      return try TextInput(
        path: path, separator: separator, encoding: encoding, isRereadable: isRereadable)
    }
    return try TextInput(
      name: origin.name,
      records: origin.openRecords(decimalMarks: decimalMarks, snapshot: snapshot))
  }

  private init(name: String, records: any RecordSource) throws {
    path = name
    dialect = TextDialect()
    isCompressed = false
    size = nil
    self.records = records
    firstLine = 1
    // The header record: the rows are not asked for yet.
    (head, text) = try Self.lookAhead(records, count: 1)
  }

  /// - Parameters:
  ///   - separator: if it is known; else found from the first lines.
  ///   - encoding: if it is known; else from the byte-order mark, or UTF-8.
  ///   - isRereadable: whether the file must be one that can be opened again from its start.
  /// - Throws: `SourceError` for a file that cannot be read or is empty.
  init(
    path: String, separator: UInt8?, encoding: TextDialect.Encoding?, isRereadable: Bool = false
  ) throws {
    self.path = path
    records = nil
    let file = try FileBytes(path: path)
    size = file.size
    if isRereadable, size == nil { throw SourceError.notAFile(path: path) }
    var (start, raw) = try Self.lookAhead(file, count: 3)
    guard !start.isEmpty else { throw SourceError.empty(path: path) }
    isCompressed = start.count >= 2 && start[0] == 0x1F && start[1] == 0x8B
    if isCompressed {
      let inflated = try GzipBytes(path: path, compressed: raw)
      (start, raw) = try Self.lookAhead(inflated, count: 3)
      guard !start.isEmpty else { throw SourceError.empty(path: path) }
    }
    var dialect = TextDialect()
    let mark = Self.byteOrderMark(start)
    // A byte-order mark is the file's own word and goes before what was said.
    dialect.encoding = mark?.encoding ?? encoding ?? .utf8
    if let mark {
      dialect.hasByteOrderMark = true
      raw = try Self.dropping(mark.length, of: raw)
    }
    if dialect.encoding != .utf8 {
      raw = TranscodedBytes(path: path, encoded: raw, encoding: dialect.encoding)
    }
    var (head, text) = try Self.lookAhead(raw, count: Self.headSize)
    guard !head.isEmpty else { throw SourceError.empty(path: path) }
    var firstLine = 1
    if let line = SeparatorLine(head) {
      dialect.hasSeparatorLine = true
      dialect.separator = line.separator
      firstLine = 2
      text = try Self.dropping(line.length, of: text)
      head.removeFirst(line.length)
      if let separator, separator != line.separator {
        throw SourceError.separatorMismatch(
          path: path, expected: separator, found: line.separator)
      }
    } else {
      dialect.separator = separator ?? SeparatorSearch.find(in: head)
    }
    if let newline = head.firstIndex(of: 0x0A) {
      dialect.endsLinesWithCRLF = newline > 0 && head[newline - 1] == 0x0D
    } else if head.dropLast().contains(0x0D) {
      throw SourceError.carriageReturnLines(path: path)
    }
    self.dialect = dialect
    self.head = head
    self.text = text
    self.firstLine = firstLine
  }

  private static func byteOrderMark(
    _ start: [UInt8]
  ) -> (encoding: TextDialect.Encoding, length: Int)? {
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if start.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
    if start.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
    return nil
  }

  private static func take(_ source: any ByteSource, count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: max(count, 16))
    while bytes.count < count {
      let read = try chunk.withUnsafeMutableBytes { try source.read(into: $0) }
      guard read > 0 else { break }
      bytes.append(contentsOf: chunk[..<read])
    }
    return bytes
  }

  private static func lookAhead(
    _ source: any ByteSource, count: Int
  ) throws -> ([UInt8], any ByteSource) {
    let head = try take(source, count: count)
    return (head, PushedBackBytes(head: head, rest: source))
  }

  private static func dropping(_ count: Int, of source: any ByteSource) throws -> any ByteSource {
    let head = try take(source, count: count)
    return PushedBackBytes(head: Array(head.dropFirst(count)), rest: source)
  }
}

/// The line `sep=;` with which Excel is told the separator.
struct SeparatorLine {
  let separator: UInt8
  /// Bytes up to and including the line's end.
  let length: Int

  init?(_ head: [UInt8]) {
    var at = 0
    let isQuoted = head.first == UInt8(ascii: "\"")
    if isQuoted { at = 1 }
    for letter in "sep=".utf8 {
      guard at < head.count, head[at] | 0x20 == letter | 0x20 else { return nil }
      at += 1
    }
    guard at < head.count, head[at] != 0x0A, head[at] != 0x0D else { return nil }
    separator = head[at]
    at += 1
    if isQuoted {
      guard at < head.count, head[at] == UInt8(ascii: "\"") else { return nil }
      at += 1
    }
    if at < head.count, head[at] == 0x0D { at += 1 }
    guard at < head.count, head[at] == 0x0A else { return nil }
    length = at + 1
  }
}

/// Finds the separator of a table from its first lines.
enum SeparatorSearch {
  static let candidates = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
  /// Records looked at.
  private static let recordLimit = 100

  /// The candidate that splits the most records into as many fields as the first one; of those, the one
  /// with the most fields. A comma where nothing splits the first record.
  static func find(in head: [UInt8]) -> UInt8 {
    var best = candidates[0]
    var bestAgreement = 0.0
    var bestFields = 1
    for candidate in candidates {
      let counts = fieldCounts(in: head, separator: candidate)
      guard let first = counts.first, first > 1 else { continue }
      let agreement = Double(counts.count { $0 == first }) / Double(counts.count)
      if (agreement, first) > (bestAgreement, bestFields) {
        (best, bestAgreement, bestFields) = (candidate, agreement, first)
      }
    }
    return best
  }

  private static func fieldCounts(in head: [UInt8], separator: UInt8) -> [Int] {
    var counts: [Int] = []
    var fields = 1
    var isQuoted = false
    var isBlank = true
    for byte in head {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == separator && !isQuoted { fields += 1 }
      if byte == 0x0A && !isQuoted {
        if !isBlank { counts.append(fields) }
        fields = 1
        isBlank = true
        if counts.count == recordLimit { return counts }
      } else if byte != 0x0D {
        isBlank = false
      }
    }
    // A record that the look ahead cuts off counts only where it is the sole one.
    if counts.isEmpty && !isBlank { counts.append(fields) }
    return counts
  }
}
