/// The texts that a workbook's cells refer to by number, held once each.
struct ExcelStrings {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  init() {}

  var count: Int { ends.count }

  subscript(index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// - Parameter part: `sharedStrings.xml`.
  init(_ part: ZipEntryBytes) throws {
    var scanner = try XMLScanner(part)
    var item: [UInt8] = []
    while true {
      switch try scanner.next() {
      case .start where scanner.isNamed("si"):
        item.removeAll(keepingCapacity: true)
        try Self.readItem(&scanner, into: &item, part: part)
        bytes.append(contentsOf: item)
        ends.append(bytes.count)
      case .done: return
      case .start, .end, .text: break
      }
    }
  }

  /// Reads a text, of one run or of several with formats of their own, up to the end of its element.
  /// How it is pronounced (`rPh`) is no part of it.
  static func readItem(
    _ scanner: inout XMLScanner, into item: inout [UInt8], part: ZipEntryBytes
  ) throws {
    var depth = 1
    var isText = false
    while depth > 0 {
      switch try scanner.next() {
      case .start:
        if scanner.isNamed("rPh") {
          try scanner.skipElement()
          continue
        }
        depth += 1
        isText = scanner.isNamed("t")
      case .end:
        depth -= 1
        isText = false
      case .text:
        if isText { item.append(contentsOf: scanner.text) }
      case .done: return
      }
    }
    try finish(&item, part: part)
  }

  /// More UTF-8 bytes than the text of a cell can have: Excel allows 32,767 UTF-16 units.
  private static let longestText = 3 * 32_767

  /// Resolves the escapes by which Excel writes characters that XML does not allow (`_x000D_`).
  static func finish(_ text: inout [UInt8], part: ZipEntryBytes) throws {
    guard text.count <= longestText else {
      throw part.damaged("a cell with more text than Excel allows")
    }
    guard text.contains(UInt8(ascii: "_")) else { return }
    var resolved: [UInt8] = []
    resolved.reserveCapacity(text.count)
    var at = 0
    while at < text.count {
      if text[at] == UInt8(ascii: "_"), let scalar = escaped(text[at...].prefix(7)) {
        resolved.append(contentsOf: String(scalar).utf8)
        at += 7
      } else {
        resolved.append(text[at])
        at += 1
      }
    }
    text = resolved
  }

  /// Whether text would be read as an escaped character.
  static func isEscape(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.first == UInt8(ascii: "_") && escaped(bytes) != nil
  }

  private static func escaped(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    let start = bytes.startIndex
    guard bytes.count == 7, bytes[start + 1] == UInt8(ascii: "x"),
      bytes[start + 6] == UInt8(ascii: "_"),
      let value = UInt32(
        String(decoding: bytes[(start + 2)..<(start + 6)], as: UTF8.self), radix: 16),
      value > 0
    else { return nil }
    return Unicode.Scalar(value)
  }
}
