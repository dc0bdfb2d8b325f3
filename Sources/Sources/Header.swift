import Tables

/// The first record of a text: the names of its columns, or the first row where there are none.
struct Header {
  let names: [String]
  let notes: [TableNote]
  /// The text behind the header, or from the first row on.
  let rest: any ByteSource
  /// The line on which `rest` starts.
  let restLine: Int
  /// The line of the header.
  let line: Int
  /// The header as it stands in the file (as UTF-8), line end included; empty without a header.
  let recordBytes: [UInt8]

  /// - Throws: `SourceError` where there is no record, a quote never closes, or bytes are no text.
  init(_ input: TextInput, hasHeader: Bool) throws {
    var bytes = input.head
    var source = input.text
    // The source starts with the head again; take what was looked at off it.
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var taken = 0
    while taken < bytes.count {
      let read = try chunk.withUnsafeMutableBytes { buffer in
        try source.read(
          into: UnsafeMutableRawBufferPointer(
            rebasing: buffer[..<min(buffer.count, max(bytes.count - taken, 4))]))
      }
      guard read > 0 else { break }
      taken += read
    }
    var start = 0
    var line = input.firstLine
    var record: FirstRecord
    while true {
      record = FirstRecord(bytes, from: start, separator: input.dialect.separator)
      if let end = record.end {
        guard record.isBlank else { break }
        line += 1
        start = end
      } else {
        guard bytes.count - start < RecordReader.recordLimit else {
          throw SourceError.recordTooLong(
            path: input.path, line: line, limit: RecordReader.recordLimit)
        }
        let read = try chunk.withUnsafeMutableBytes { try source.read(into: $0) }
        if read == 0 { break }
        bytes.append(contentsOf: chunk[..<read])
      }
    }
    if record.isBlank { throw SourceError.empty(path: input.path) }
    if record.isOpen { throw SourceError.unterminatedQuote(path: input.path, line: line) }
    let end = record.end ?? bytes.count
    let fault = bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap { UTF8Check.firstFault($0, start..<end) }
    }
    switch fault {
    case .nul(let at):
      throw SourceError.nulByte(path: input.path, line: line, column: at - start + 1)
    case .invalid(let at):
      throw SourceError.invalidUTF8(path: input.path, line: line, column: at - start + 1)
    case nil: break
    }
    var notes: [TableNote] = []
    if hasHeader {
      names = Self.distinct(record.fields, notes: &notes)
      source = PushedBackBytes(head: Array(bytes[end...]), rest: source)
      recordBytes = Array(bytes[start..<end])
      restLine = line + bytes[start..<end].count { $0 == 0x0A }
    } else {
      names = record.fields.indices.map { "column_\($0 + 1)" }
      source = PushedBackBytes(head: Array(bytes[start...]), rest: source)
      recordBytes = []
      restLine = line
    }
    self.line = line
    self.notes = notes
    rest = source
  }

  /// Names for nameless columns, and a number behind names that stood before.
  static func distinct(_ fields: [String], notes: inout [TableNote]) -> [String] {
    let stated = Set(fields)
    var used: Set<String> = []
    return fields.enumerated().map { index, field in
      var name = field.isEmpty ? "column_\(index + 1)" : field
      if used.contains(name) || field.isEmpty && stated.contains(name) {
        var number = 2
        while used.contains("\(name).\(number)") || stated.contains("\(name).\(number)") {
          number += 1
        }
        name = "\(name).\(number)"
      }
      used.insert(name)
      if name != field {
        notes.append(.renamedColumn(position: index + 1, from: field, to: name))
      }
      return name
    }
  }
}

/// A record read byte by byte, for headers.
struct FirstRecord {
  /// Trimmed of spaces.
  private(set) var fields: [String] = []
  /// The position behind the record's line end; `nil` if the bytes end first.
  private(set) var end: Int?
  /// Whether a quote is still open where the bytes end.
  private(set) var isOpen = false
  /// Whether there is nothing but a line end.
  private(set) var isBlank = true

  init(_ bytes: [UInt8], from start: Int, separator: UInt8) {
    var field: [UInt8] = []
    var wasQuoted = false
    var at = start
    func finished(_ field: [UInt8]) -> String {
      var field = field
      while let last = field.last, last == 0x20 || last == 0x09 || last == 0x0D {
        field.removeLast()
      }
      return String(decoding: field.drop { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self)
    }
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if isOpen {
        if byte != 0x22 {
          field.append(byte)
        } else if at < bytes.count, bytes[at] == 0x22 {
          field.append(byte)
          at += 1
        } else {
          isOpen = false
        }
      } else if byte == 0x22, !wasQuoted, field.allSatisfy({ $0 == 0x20 }) {
        isOpen = true
        wasQuoted = true
        isBlank = false
      } else if byte == separator || byte == 0x0A {
        fields.append(finished(field))
        field = []
        wasQuoted = false
        if byte == 0x0A {
          end = at
          return
        }
        isBlank = false
      } else {
        if byte != 0x0D { isBlank = false }
        field.append(byte)
      }
    }
    if !isBlank { fields.append(finished(field)) }
  }
}
