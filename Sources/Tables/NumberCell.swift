/// Powers of ten that a double holds exactly.
@usableFromInline let exactPowersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]

/// `mantissa` over a power of ten, correctly rounded.
///
/// Both are scaled to 64 bits with the top bit set, so that one division of 128 by 64 bits gives a
/// quotient of at least 63 bits; what remains goes into its last bit, far below the 53 that a double
/// keeps, and the conversion rounds once.
/// - Parameters:
///   - mantissa: not 0.
///   - exponent: 0 to 27: five to that power fits 63 bits.
func correctlyRounded(_ mantissa: UInt64, overTenTo exponent: Int) -> Double {
  var five: UInt64 = 1
  for _ in 0..<exponent { five &*= 5 }
  let mantissaShift = mantissa.leadingZeroBitCount
  let fiveShift = five.leadingZeroBitCount
  let dividend = mantissa << UInt64(mantissaShift)
  let divisor = five << UInt64(fiveShift)
  // Half of a 64-bit value is below a divisor whose top bit is set, so the quotient fits.
  let (quotient, remainder) = divisor.dividingFullWidth((dividend >> 1, dividend << 63))
  let scale = fiveShift - mantissaShift - exponent - 63
  return Double(quotient | (remainder == 0 ? 0 : 1))
    * Double(sign: .plus, exponent: scale, significand: 1)
}

/// One cell read as a number in full: signs, currency, percent, thousands, exponents.
///
/// `12 %` is 12: a percent sign is dropped, not divided by, so that a column keeps its own scale.
/// `(1.234)` is negative, as accountants write it. Currency signs (`€`, `$`, `£`, `EUR`, `USD`, `GBP`)
/// may stand on either side.
public struct NumberCell: Equatable, Sendable {
  /// What the cell shows about how the column writes its numbers; `.notNumber` if it is none.
  public var evidence: CellEvidence
  /// Under the decimal mark that was given; NaN where the cell is no number under it.
  public var value: Double

  /// - Parameters:
  ///   - cell: bytes without surrounding spaces.
  ///   - decimalMark: `.` or `,`: the column's, or the one supposed so far.
  public init(_ cell: UnsafeBufferPointer<UInt8>, decimalMark: UInt8) {
    evidence = .notNumber
    value = .nan
    var scanner = NumberScanner(cell)
    guard scanner.scan() else { return }
    evidence = scanner.evidence
    value = scanner.value(decimalMark: decimalMark)
  }

  public init(_ text: String, decimalMark: UInt8 = UInt8(ascii: ".")) {
    var text = text
    self = text.withUTF8 { NumberCell($0, decimalMark: decimalMark) }
  }
}

/// Takes a cell apart into sign, digits, marks and exponent.
private struct NumberScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var low: Int
  private var high: Int
  private var isNegative = false
  private var hasPlus = false
  private var decorations: CellEvidence = []
  private(set) var evidence: CellEvidence = []

  // The body: digits with marks, before any exponent.
  private var bodyEnd = 0
  private var exponent = 0
  private var hasExponent = false
  private var points = 0
  private var commas = 0
  private var spaces = 0
  private var apostrophes = 0
  private var lastMark: UInt8 = 0
  /// Digits after the last mark, and before the first.
  private var lastDigits = 0
  private var firstDigits = 0
  private var digits = 0
  /// Whether all runs of digits between the first and the last mark have three digits.
  private var innerGroupsAreThree = true

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    low = 0
    high = bytes.count
  }

  private static let dot = UInt8(ascii: ".")
  private static let comma = UInt8(ascii: ",")

  private func matches(_ text: StaticString, at index: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index >= low, index + length <= high else { return false }
    // Bounds: `index + length <= high <= bytes.count`; a static string lives for ever.
    for offset in 0..<length where bytes[index + offset] != text.utf8Start[offset] { return false }
    return true
  }

  /// The length of a currency sign or code that starts at `index`, or 0.
  private func currencyLength(at index: Int) -> Int {
    guard index < high else { return 0 }
    switch bytes[index] {
    case UInt8(ascii: "$"): return 1
    case 0xE2: return matches("€", at: index) ? 3 : 0
    case 0xC2: return matches("£", at: index) ? 2 : 0
    case UInt8(ascii: "E"): return matches("EUR", at: index) ? 3 : 0
    case UInt8(ascii: "U"): return matches("USD", at: index) ? 3 : 0
    case UInt8(ascii: "G"): return matches("GBP", at: index) ? 3 : 0
    default: return 0
    }
  }

  /// The length of a space at `index`: plain, no-break or narrow no-break; or 0.
  private func spaceLength(at index: Int) -> Int {
    guard index < high else { return 0 }
    switch bytes[index] {
    case 0x20: return 1
    case 0xC2: return matches("\u{A0}", at: index) ? 2 : 0
    case 0xE2: return matches("\u{202F}", at: index) || matches("\u{2009}", at: index) ? 3 : 0
    default: return 0
    }
  }

  private mutating func takePrefix() -> Bool {
    if low < high, bytes[low] == UInt8(ascii: "("), bytes[high - 1] == UInt8(ascii: ")") {
      isNegative = true
      low += 1
      high -= 1
    }
    var signed = isNegative
    while low < high {
      let byte = bytes[low]
      if byte >= 0x30 && byte <= 0x39 || byte == Self.dot || byte == Self.comma { return true }
      if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || matches("\u{2212}", at: low) {
        guard !signed else { return false }
        signed = true
        isNegative = byte != UInt8(ascii: "+")
        hasPlus = byte == UInt8(ascii: "+")
        low += byte == 0xE2 ? 3 : 1
        continue
      }
      let space = spaceLength(at: low)
      if space > 0 {
        low += space
        continue
      }
      let currency = currencyLength(at: low)
      guard currency > 0, !decorations.contains(.currency) else { return false }
      decorations.insert(.currency)
      low += currency
    }
    return false
  }

  private mutating func takeSuffix() -> Bool {
    while low < high {
      let byte = bytes[high - 1]
      if byte >= 0x30 && byte <= 0x39 || byte == Self.dot || byte == Self.comma { return true }
      if byte == 0x20 {
        high -= 1
      } else if byte == UInt8(ascii: "%"), decorations.isEmpty {
        decorations.insert(.percent)
        high -= 1
      } else if high - low > 2, spaceLength(at: high - 2) == 2 {
        high -= 2
      } else if high - low > 3, spaceLength(at: high - 3) == 3 {
        high -= 3
      } else {
        guard decorations.isEmpty else { return false }
        var length = 0
        for candidate in 1...3 where high - candidate > low {
          if currencyLength(at: high - candidate) == candidate { length = candidate }
        }
        guard length > 0 else { return false }
        decorations.insert(.currency)
        high -= length
      }
    }
    return false
  }

  private mutating func takeExponent(from index: Int) -> Bool {
    var index = index + 1
    var negative = false
    if index < high, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      negative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    guard index < high, high - index <= 4 else { return false }
    while index < high {
      let digit = bytes[index] &- 0x30
      guard digit <= 9 else { return false }
      exponent = exponent * 10 + Int(digit)
      index += 1
    }
    if negative { exponent = -exponent }
    hasExponent = true
    return true
  }

  /// - Returns: whether the cell is a number under some reading; `evidence` says which.
  mutating func scan() -> Bool {
    guard takePrefix(), takeSuffix() else { return false }
    var run = 0
    var marks = 0
    var index = low
    bodyEnd = high
    body: while index < high {
      let byte = bytes[index]
      if byte &- 0x30 <= 9 {
        run += 1
        digits += 1
        index += 1
        continue
      }
      var mark = byte
      var length = 1
      switch byte {
      case Self.dot: points += 1
      case Self.comma: commas += 1
      case UInt8(ascii: "'"): apostrophes += 1
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        guard digits > 0, takeExponent(from: index) else { return false }
        bodyEnd = index
        break body
      default:
        if matches("’", at: index) {
          mark = UInt8(ascii: "'")
          apostrophes += 1
          length = 3
        } else {
          length = spaceLength(at: index)
          guard length > 0 else { return false }
          mark = 0x20
          spaces += 1
        }
      }
      if marks == 0 { firstDigits = run } else if run != 3 { innerGroupsAreThree = false }
      marks += 1
      lastMark = mark
      run = 0
      index += length
    }
    guard digits > 0 else { return false }
    lastDigits = run
    if marks == 0 { firstDigits = run }
    return classify(marks: marks)
  }

  private var startsWithZero: Bool { bytes[low] == 0x30 }

  private mutating func classify(marks: Int) -> Bool {
    let groupStart = firstDigits >= 1 && firstDigits <= 3 && !startsWithZero
    var found: CellEvidence
    switch (points, commas, spaces + apostrophes) {
    case (0, 0, 0):
      found = .plainInteger
    case (1, 0, 0):
      found =
        groupStart && lastDigits == 3 && !hasExponent ? .unclearPoint : .decimalPoint
    case (0, 1, 0):
      found =
        groupStart && lastDigits == 3 && !hasExponent ? .unclearComma : .decimalComma
    case (_, 0, 0), (0, _, 0):
      guard groupStart, innerGroupsAreThree, lastDigits == 3, !hasExponent else { return false }
      found = points > 0 ? .pointGroups : .commaGroups
    case (_, _, 0):
      let decimalIsPoint = lastMark == Self.dot
      guard (decimalIsPoint ? points : commas) == 1, groupStart, innerGroupsAreThree,
        !hasExponent
      else { return false }
      found = decimalIsPoint ? [.commaGroups, .decimalPoint] : [.pointGroups, .decimalComma]
    default:
      guard spaces == 0 || apostrophes == 0, points + commas <= 1, groupStart,
        innerGroupsAreThree, !hasExponent
      else { return false }
      found = spaces > 0 ? .spaceGroups : .apostropheGroups
      if points + commas == 1 {
        guard lastMark == Self.dot || lastMark == Self.comma else { return false }
        found.insert(points == 1 ? .decimalPoint : .decimalComma)
      } else {
        guard lastDigits == 3 else { return false }
      }
    }
    if startsWithZero && firstDigits >= 2 { found.insert(.code) }
    if marks == 0 && !hasExponent && (exceedsExactIntegers || hasPlus && digits >= 10) {
      found.insert(.code)
    }
    if marks == 0 && !hasExponent && digits == 1 && bytes[low] <= 0x31 && low == 0
      && high == bytes.count
    {
      found.insert(bytes[low] == 0x30 ? .digitNo : .digitYes)
    } else {
      found.insert(.notFlag)
    }
    if !decorations.contains(.percent) { found.insert(.withoutPercent) }
    evidence = found.union(decorations).union(.notDate)
    return true
  }

  /// Whether an integer has more digits than a double keeps (2^53 = 9,007,199,254,740,992).
  private var exceedsExactIntegers: Bool {
    guard digits >= 16 else { return false }
    guard digits <= 19 else { return true }
    var whole: UInt64 = 0
    for index in low..<bodyEnd { whole = whole &* 10 &+ UInt64(bytes[index] &- 0x30) }
    return whole > 1 << 53
  }

  func value(decimalMark: UInt8) -> Double {
    // A lone mark that is not the decimal mark must group thousands.
    let other = decimalMark == Self.dot ? Self.comma : Self.dot
    let decimals = decimalMark == Self.dot ? points : commas
    let others = decimalMark == Self.dot ? commas : points
    if decimals > 1 { return .nan }
    if decimals == 1 && lastMark != decimalMark { return .nan }
    if others > 0 {
      guard firstDigits >= 1, firstDigits <= 3, innerGroupsAreThree else { return .nan }
      if lastMark == other && lastDigits != 3 { return .nan }
    }
    var mantissa: UInt64 = 0
    var significant = 0
    var scale = 0
    var afterMark = false
    for index in low..<bodyEnd {
      let byte = bytes[index]
      if byte == decimalMark { afterMark = true }
      let digit = byte &- 0x30
      guard digit <= 9 else { continue }
      if significant > 0 || digit > 0 { significant += 1 }
      if significant <= 19 { mantissa = mantissa &* 10 &+ UInt64(digit) }
      if afterMark { scale -= 1 }
    }
    scale += exponent
    let magnitude: Double
    if significant <= 19 && mantissa <= 1 << 53 && scale >= -22 && scale <= 22 {
      magnitude = scaled(mantissa, by: scale)
    } else if significant <= 19 && mantissa > 0 && scale >= -27 && scale < 0 {
      magnitude = correctlyRounded(mantissa, overTenTo: -scale)
    } else {
      magnitude = exactValue(decimalMark: decimalMark)
    }
    return isNegative ? -magnitude : magnitude
  }

  /// Both operands are exact, so one operation rounds once (Clinger 1990).
  private func scaled(_ mantissa: UInt64, by scale: Int) -> Double {
    scale < 0
      ? Double(mantissa) / exactPowersOfTen[-scale] : Double(mantissa) * exactPowersOfTen[scale]
  }

  /// The correctly rounded value of the digits, whatever their number, by the standard library.
  private func exactValue(decimalMark: UInt8) -> Double {
    let plain = String(unsafeUninitializedCapacity: bodyEnd - low + 8) { text in
      // Bounds: no more characters than the body has bytes, then `e`, a sign and four digits.
      var count = 0
      func append(_ byte: UInt8) {
        text[count] = byte
        count += 1
      }
      for index in low..<bodyEnd {
        let byte = bytes[index]
        if byte == decimalMark {
          append(Self.dot)
        } else if byte &- 0x30 <= 9 {
          append(byte)
        }
      }
      if exponent != 0 {
        append(UInt8(ascii: "e"))
        append(exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        for divisor in [1_000, 100, 10, 1] {
          append(UInt8(0x30 + abs(exponent) / divisor % 10))
        }
      }
      return count
    }
    let value = Double(plain) ?? .nan
    return value.isFinite ? value : .nan
  }
}
