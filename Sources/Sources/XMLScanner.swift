import Tables

/// Elements and text of an XML document, one after the other, as the parts of a workbook need them.
///
/// The document is read as it comes: memory holds one tag or one stretch of text. Namespaces are not
/// resolved: an element goes by its name without the prefix, and an attribute by its name as written.
/// Character references and the five predefined entities are resolved. A document type declaration is
/// refused, and with it every entity that could grow; workbooks have none.
struct XMLScanner {
  enum Event {
    /// `name` and `attribute(_:)` tell of it.
    case start
    /// `name` tells of it; an empty element has an end too.
    case end
    /// `text` holds it; a long text may come in several.
    case text
    case done
  }

  /// Bytes read at a time.
  private static let chunkSize = 1 << 16
  /// A tag longer than this is no tag of a workbook.
  private static let longestTag = 1 << 20
  /// Bytes of a character reference at most: `&#x10FFFF;`, with two zeros to spare.
  private static let longestReference = 12

  /// The text of the last `.text`.
  private(set) var text: [UInt8] = []
  private let source: any ByteSource
  private let part: ZipEntryBytes
  private var buffer = [UInt8](repeating: 0, count: XMLScanner.chunkSize)
  /// What is left to scan: `buffer[at..<filled]`.
  private var at = 0
  private var filled = 0
  private var sourceIsDone = false
  /// In `buffer`, until the next event.
  private var nameRange = 0..<0
  private var attributeRange = 0..<0
  private var endsAtOnce = false
  private var depth = 0

  init(_ part: ZipEntryBytes) throws {
    self.part = part
    var head = [UInt8](repeating: 0, count: 2)
    let count = try head.withUnsafeMutableBytes { try part.read(into: $0) }
    head.removeLast(2 - count)
    let rest = PushedBackBytes(head: head, rest: part)
    switch head {
    case [0xFF, 0xFE], [0xFE, 0xFF]:
      source = TranscodedBytes(
        path: part.path, encoded: rest,
        encoding: head == [0xFF, 0xFE] ? .utf16LittleEndian : .utf16BigEndian)
    default: source = rest
    }
  }

  /// Reads more behind what is left; false at the end of the document.
  private mutating func refill() throws -> Bool {
    guard !sourceIsDone else { return false }
    let kept = filled - at
    buffer.withUnsafeMutableBytes { bytes in
      // Bounds: `at..<filled` lies in the buffer; the ranges may overlap, which this call allows.
      bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[at..<filled]))
    }
    at = 0
    filled = kept
    if buffer.count - kept < Self.chunkSize / 2 {
      buffer += [UInt8](repeating: 0, count: buffer.count)
    }
    let count = try buffer.withUnsafeMutableBytes {
      try source.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[kept...]))
    }
    filled += count
    sourceIsDone = count == 0
    return count > 0
  }

  /// - Throws: `SourceError.damaged` where the document is not well-formed as far as it was read.
  mutating func next() throws -> Event {
    if endsAtOnce {
      endsAtOnce = false
      depth -= 1
      return .end
    }
    while true {
      if at == filled {
        guard try refill() else {
          guard depth == 0 else { throw part.damaged("it ends too early") }
          return .done
        }
      }
      if buffer[at] == UInt8(ascii: "<") {
        if let event = try markup() { return event }
      } else if try readText() {
        return .text
      }
    }
  }

  /// Reads text up to the next tag or as far as there is; false where there was none.
  private mutating func readText() throws -> Bool {
    var end = at
    while end < filled, buffer[end] != UInt8(ascii: "<") { end += 1 }
    if end == filled, !sourceIsDone,
      let reference = buffer[at..<filled].suffix(Self.longestReference).lastIndex(
        of: UInt8(ascii: "&")),
      !buffer[reference..<filled].contains(UInt8(ascii: ";"))
    {
      // A reference that is cut in two waits for its rest.
      if reference == at {
        _ = try refill()
        return false
      }
      end = reference
    }
    text.removeAll(keepingCapacity: true)
    try Self.decode(buffer[at..<end], into: &text, part: part)
    at = end
    return !text.isEmpty
  }

  /// Reads what starts with `<`; `nil` for a comment or an instruction.
  private mutating func markup() throws -> Event? {
    try need(2)
    switch buffer[at + 1] {
    case UInt8(ascii: "?"):
      _ = try take(until: "?>")
      return nil
    case UInt8(ascii: "!"):
      try need(9)
      if buffer[at..<filled].starts(with: "<!--".utf8) {
        at += 4
        _ = try take(until: "-->")
        return nil
      }
      guard buffer[at..<filled].starts(with: "<![CDATA[".utf8) else {
        throw part.damaged("it declares a document type")
      }
      at += 9
      let content = try take(until: "]]>")
      text.removeAll(keepingCapacity: true)
      text.append(contentsOf: buffer[content])
      return text.isEmpty ? nil : .text
    default:
      return try tag()
    }
  }

  private mutating func tag() throws -> Event {
    let close = try tagEnd()
    let isEnd = buffer[at + 1] == UInt8(ascii: "/")
    var start = at + (isEnd ? 2 : 1)
    let isEmpty = !isEnd && buffer[close - 1] == UInt8(ascii: "/")
    var end = start
    let limit = isEmpty ? close - 1 : close
    while end < limit, buffer[end] > 0x20 {
      if buffer[end] == UInt8(ascii: ":") { start = end + 1 }
      end += 1
    }
    guard start < end else { throw part.damaged("a tag without a name") }
    nameRange = start..<end
    attributeRange = end..<limit
    at = close + 1
    if isEnd {
      depth -= 1
      guard depth >= 0 else { throw part.damaged("an end tag without its start") }
      return .end
    }
    depth += 1
    endsAtOnce = isEmpty
    return .start
  }

  /// The position of the `>` that ends the tag at `at`, once all of the tag is there.
  private mutating func tagEnd() throws -> Int {
    var offset = 1
    var quote: UInt8 = 0
    while true {
      let base = at
      var index = base + offset
      while index < filled {
        let byte = buffer[index]
        if quote != 0 {
          if byte == quote { quote = 0 }
        } else if byte == UInt8(ascii: ">") {
          return index
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          quote = byte
        }
        index += 1
      }
      offset = index - base
      guard offset < Self.longestTag else { throw part.damaged("a tag that never ends") }
      guard try refill() else { throw part.damaged("it ends within a tag") }
    }
  }

  private mutating func need(_ count: Int) throws {
    while filled - at < count {
      guard try refill() else { throw part.damaged("it ends within a tag") }
    }
  }

  /// Moves behind the next `mark`.
  /// - Returns: where that stands in the buffer which was passed over.
  private mutating func take(until mark: StaticString) throws -> Range<Int> {
    let length = mark.utf8CodeUnitCount
    let bytes = mark.withUTF8Buffer { Array($0) }
    var offset = 0
    while true {
      while at + offset + length <= filled {
        let from = at + offset
        if buffer[from..<from + length].elementsEqual(bytes) {
          let range = at..<from
          at = from + length
          return range
        }
        offset += 1
      }
      guard offset < Self.longestTag else { throw part.damaged("a comment that never ends") }
      guard try refill() else { throw part.damaged("it ends within a comment") }
    }
  }

  /// Whether the element of the last event has this name.
  func isNamed(_ name: StaticString) -> Bool {
    guard nameRange.count == name.utf8CodeUnitCount else { return false }
    return name.withUTF8Buffer { buffer[nameRange].elementsEqual($0) }
  }

  /// The value of an attribute of the element that just started.
  func attribute(_ name: StaticString) throws -> [UInt8]? {
    var index = attributeRange.lowerBound
    let limit = attributeRange.upperBound
    while true {
      while index < limit, buffer[index] <= 0x20 { index += 1 }
      let start = index
      while index < limit, buffer[index] > 0x20, buffer[index] != UInt8(ascii: "=") { index += 1 }
      guard start < index else { return nil }
      let end = index
      while index < limit, buffer[index] != UInt8(ascii: "\""), buffer[index] != UInt8(ascii: "'") {
        index += 1
      }
      guard index < limit else { throw part.damaged("an attribute without a value") }
      let quote = buffer[index]
      index += 1
      let first = index
      while index < limit, buffer[index] != quote { index += 1 }
      let isWanted =
        end - start == name.utf8CodeUnitCount
        && name.withUTF8Buffer { buffer[start..<end].elementsEqual($0) }
      if isWanted {
        var value: [UInt8] = []
        try Self.decode(buffer[first..<index], into: &value, part: part)
        return value
      }
      index += 1
    }
  }

  func attributeText(_ name: StaticString) throws -> String? {
    try attribute(name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Passes over the rest of the element that just started.
  mutating func skipElement() throws {
    let outside = depth - 1
    while depth > outside {
      if try next() == .done { return }
    }
  }

  /// Appends text with its references resolved.
  private static func decode(
    _ raw: ArraySlice<UInt8>, into text: inout [UInt8], part: ZipEntryBytes
  ) throws {
    var rest = raw
    while let reference = rest.firstIndex(of: UInt8(ascii: "&")) {
      text.append(contentsOf: rest[..<reference])
      guard let end = rest[reference...].prefix(longestReference).firstIndex(of: UInt8(ascii: ";"))
      else {
        throw part.damaged("an \"&\" that starts no character reference")
      }
      let name = String(decoding: rest[(reference + 1)..<end], as: UTF8.self)
      guard let scalar = scalar(named: name) else {
        throw part.damaged("the unknown entity \"&\(name);\"")
      }
      text.append(contentsOf: String(scalar).utf8)
      rest = rest[(end + 1)...]
    }
    text.append(contentsOf: rest)
  }

  private static func scalar(named name: String) -> Unicode.Scalar? {
    switch name {
    case "amp": "&"
    case "lt": "<"
    case "gt": ">"
    case "quot": "\""
    case "apos": "'"
    default:
      if name.hasPrefix("#x") {
        UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
      } else if name.hasPrefix("#") {
        UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init)
      } else {
        nil
      }
    }
  }
}
