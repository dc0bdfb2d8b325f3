/// The one statement of a query file.
struct QueryText: Equatable {
  /// Without what follows it: a semicolon, spaces, comments.
  let statement: String

  /// - Throws: `SourceError` where the file cannot be read or holds no statement or several.
  init(path: String, name: String) throws {
    let file = try FileBytes(path: path)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = try chunk.withUnsafeMutableBytes { try file.read(into: $0) }
      guard count > 0 else { break }
      bytes.append(contentsOf: chunk[..<count])
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    let statements = Self.statements(bytes)
    guard statements.count == 1, let statement = statements.first else {
      throw SourceError.database(name: name, .notOneQuery(found: statements.count))
    }
    guard let text = String(validating: statement, as: UTF8.self), !text.contains("\0") else {
      throw SourceError.unreadable(path: path, reason: "it is not valid UTF-8")
    }
    self.statement = text
  }

  /// The statements of a text, cut at semicolons that stand outside quotes and comments.
  ///
  /// Knows '…', "…" and `…` with doubled quotes, E'…' with backslashes and $tag$…$tag$ (PostgreSQL),
  /// -- and /* */, which PostgreSQL nests.
  static func statements(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var scanner = SQLScanner(bytes)
    var statements: [ArraySlice<UInt8>] = []
    var start: Int?
    var end = 0
    while let token = scanner.next() {
      switch token.kind {
      case .blank: break
      case .semicolon:
        if let first = start { statements.append(bytes[first..<end]) }
        start = nil
      case .other:
        if start == nil { start = token.range.lowerBound }
        end = token.range.upperBound
      }
    }
    if let start { statements.append(bytes[start..<end]) }
    return statements
  }
}

/// Walks through SQL so far as to tell what is quoted and what is commented.
struct SQLScanner {
  enum Kind { case blank, semicolon, other }

  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  private func byte(_ offset: Int = 0) -> UInt8 {
    at + offset < bytes.count ? bytes[at + offset] : 0
  }

  /// The next run of bytes that belong together; `nil` at the end.
  mutating func next() -> (kind: Kind, range: Range<Int>)? {
    guard at < bytes.count else { return nil }
    let start = at
    let kind: Kind
    switch byte() {
    case 0x20, 0x09, 0x0A, 0x0C, 0x0D:
      at += 1
      kind = .blank
    case UInt8(ascii: "-") where byte(1) == UInt8(ascii: "-"):
      while at < bytes.count, bytes[at] != 0x0A { at += 1 }
      kind = .blank
    case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"):
      skipComment()
      kind = .blank
    case UInt8(ascii: ";"):
      at += 1
      kind = .semicolon
    case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"):
      skipQuoted(byte(), escapes: false)
      kind = .other
    case UInt8(ascii: "$"):
      skipDollarQuoted()
      kind = .other
    case let first where Self.isWord(first):
      while at < bytes.count, Self.isWord(bytes[at]) || bytes[at] == UInt8(ascii: "$") { at += 1 }
      if at == start + 1, first | 0x20 == UInt8(ascii: "e"), byte() == UInt8(ascii: "'") {
        skipQuoted(UInt8(ascii: "'"), escapes: true)
      }
      kind = .other
    default:
      at += 1
      kind = .other
    }
    return (kind, start..<at)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || byte &- 0x30 <= 9 || (byte | 0x20) &- 0x61 <= 25
  }

  private mutating func skipComment() {
    var depth = 0
    repeat {
      if byte() == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*") {
        depth += 1
        at += 2
      } else if byte() == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
        depth -= 1
        at += 2
      } else {
        at += 1
      }
    } while depth > 0 && at < bytes.count
    at = min(at, bytes.count)
  }

  /// - Parameter escapes: whether a backslash keeps the next byte from closing the quote.
  private mutating func skipQuoted(_ quote: UInt8, escapes: Bool) {
    at += 1
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if escapes, byte == UInt8(ascii: "\\") {
        at = min(at + 1, bytes.count)
      } else if byte == quote {
        // A doubled quote opens again at once.
        return
      }
    }
  }

  private mutating func skipDollarQuoted() {
    let start = at
    at += 1
    while at < bytes.count, Self.isWord(bytes[at]) { at += 1 }
    guard byte() == UInt8(ascii: "$") else { return }
    at += 1
    let tag = Array(bytes[start..<at])
    while at < bytes.count {
      if bytes[at...].starts(with: tag) {
        at += tag.count
        return
      }
      at += 1
    }
  }
}
