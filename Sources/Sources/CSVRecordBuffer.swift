import Tables

/// Records as bytes, to be made by several threads and written by one.
///
/// Fields are quoted where RFC 4180 asks for it. Numbers are the shortest that read back the same, with
/// the dialect's decimal mark. Text of ours that a spreadsheet would run as a formula gets an apostrophe
/// before it, unless the records are for no spreadsheet; cells of the user's own, numbers and raw fields
/// never do: what is read again has to be what it was.
public struct CSVRecordBuffer: Sendable {
  /// UTF-8, whatever the dialect's encoding: the writer encodes.
  public private(set) var bytes: [UInt8] = []
  let separator: UInt8
  private let decimalMark: UInt8
  private let endsLinesWithCRLF: Bool
  private let escapesFormulas: Bool
  private var isAtRecordStart = true

  /// - Parameter escapesFormulas: false for records that no spreadsheet reads as text.
  public init(dialect: TextDialect, escapesFormulas: Bool = true) {
    self.escapesFormulas = escapesFormulas
    separator = dialect.separator
    decimalMark = dialect.decimalMark
    endsLinesWithCRLF = dialect.endsLinesWithCRLF
  }

  public mutating func reserveCapacity(_ count: Int) { bytes.reserveCapacity(count) }

  /// Forgets the records; their memory is kept for others.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    isAtRecordStart = true
  }

  private mutating func startField() {
    if isAtRecordStart { isAtRecordStart = false } else { bytes.append(separator) }
  }

  public mutating func endRecord() {
    if endsLinesWithCRLF { bytes.append(0x0D) }
    bytes.append(0x0A)
    isAtRecordStart = true
  }

  public mutating func appendMissing() { startField() }

  /// A field as it stood in the file that was read.
  public mutating func append(raw field: some Collection<UInt8>) {
    startField()
    bytes.append(contentsOf: field)
  }

  /// The bytes that end each record.
  public var lineEnd: [UInt8] { endsLinesWithCRLF ? [0x0D, 0x0A] : [0x0A] }

  public mutating func append(text: String) {
    startField()
    var text = text
    text.withUTF8 { appendQuoted($0, escapesFormulas: escapesFormulas) }
  }

  /// A cell of the user's own: quoted where needed, never changed otherwise.
  public mutating func append(cell text: String) {
    var text = text
    text.withUTF8 { append(cell: $0) }
  }

  /// A cell of UTF-8 from elsewhere than a text file: quoted where needed, never changed otherwise.
  mutating func append(cell text: UnsafeBufferPointer<UInt8>) {
    startField()
    appendQuoted(text, escapesFormulas: false)
  }

  /// A name in the header: quoted where needed, never changed otherwise.
  public mutating func append(name: String) {
    startField()
    var name = name
    name.withUTF8 { appendQuoted($0, escapesFormulas: false) }
  }

  private mutating func appendQuoted(
    _ text: UnsafeBufferPointer<UInt8>, escapesFormulas: Bool
  ) {
    guard let first = text.first, let last = text.last else { return }
    let isFormula = escapesFormulas && Self.startsFormula(first)
    let needsQuotes =
      first == 0x20 || last == 0x20
      || text.contains { $0 == separator || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else {
      if isFormula { bytes.append(UInt8(ascii: "'")) }
      bytes.append(contentsOf: text)
      return
    }
    bytes.append(0x22)
    if isFormula { bytes.append(UInt8(ascii: "'")) }
    for byte in text {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  /// The first characters that make a spreadsheet run a cell (OWASP, "CSV injection").
  private static func startsFormula(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D:
      true
    default: false
    }
  }

  public mutating func append(integer: Int) {
    startField()
    appendDigits(integer.magnitude, isNegative: integer < 0)
  }

  /// A number; NaN and infinities are an empty field.
  public mutating func append(number: Double) {
    append(number: number, decimalMark: decimalMark)
  }

  mutating func append(number: Double, decimalMark: UInt8) {
    startField()
    guard number.isFinite else { return }
    let needsQuotes = decimalMark == separator
    let magnitude = number.magnitude
    if magnitude < 1e16, magnitude.rounded(.towardZero) == magnitude {
      appendDigits(UInt(magnitude), isNegative: number < 0)
      return
    }
    if needsQuotes { bytes.append(0x22) }
    // Up to six decimals and fifteen digits in all: the decimal that divides back to the same double is
    // the shortest, since no two decimals of so few digits share one.
    let scaled = (magnitude * 1e6).rounded()
    if scaled < 1e15, scaled / 1e6 == magnitude {
      appendDecimal(UInt(scaled), isNegative: number < 0, decimalMark: decimalMark)
    } else {
      for byte in number.description.utf8 {
        bytes.append(byte == UInt8(ascii: ".") ? decimalMark : byte)
      }
    }
    if needsQuotes { bytes.append(0x22) }
  }

  private mutating func appendDigits(_ magnitude: UInt, isNegative: Bool) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 21) { digits in
      // Bounds: a 64-bit number has at most 20 digits, and a sign.
      var at = 21
      var rest = magnitude
      repeat {
        at -= 1
        digits[at] = UInt8(truncatingIfNeeded: rest % 10) | 0x30
        rest /= 10
      } while rest > 0
      if isNegative {
        at -= 1
        digits[at] = UInt8(ascii: "-")
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[at..<21]))
    }
  }

  /// - Parameter millionths: not a multiple of a million.
  private mutating func appendDecimal(
    _ millionths: UInt, isNegative: Bool, decimalMark: UInt8
  ) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { digits in
      // Bounds: at most fifteen digits, a mark, a leading zero and a sign.
      var at = 24
      var rest = millionths
      var decimals = 6
      while rest % 10 == 0 && decimals > 1 {
        rest /= 10
        decimals -= 1
      }
      while decimals > 0 || rest > 0 || at == 24 {
        at -= 1
        digits[at] = UInt8(truncatingIfNeeded: rest % 10) | 0x30
        rest /= 10
        decimals -= 1
        if decimals == 0 {
          at -= 1
          digits[at] = decimalMark
          if rest == 0 {
            at -= 1
            digits[at] = 0x30
          }
        }
      }
      if isNegative {
        at -= 1
        digits[at] = UInt8(ascii: "-")
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[at..<24]))
    }
  }
}
