/// Reads the cells of a column as numbers.
///
/// Kernel: works on raw bytes. The usual shapes (a sign, up to sixteen digits, one decimal mark) take a
/// few operations on eight bytes at a time; everything else goes through `NumberCell`.
public enum NumberKernel {
  /// - Parameters:
  ///   - block: cells with `CellBlock.padding` readable bytes on either side.
  ///   - decimalMark: `.` or `,`.
  ///   - missing: the column's missing tokens.
  ///   - infersTypes: whether cells that are no numbers should be looked at as flags and dates too.
  ///   - output: room for `block.rowCount` values; missing and unparsed are NaN.
  ///   - tally: what was met is added to it.
  public static func convert(
    _ block: CellBlock, column: Int, decimalMark: UInt8, missing: MissingTokens,
    infersTypes: Bool, into output: UnsafeMutablePointer<Double>, tally: inout ColumnTally
  ) {
    let stripsReturn = block.stripsReturn(column: column)
    let looksForTokens = missing.includesNumbers
    let unclear: CellEvidence =
      decimalMark == UInt8(ascii: ".") ? .unclearPoint : .unclearComma
    let decimal: CellEvidence =
      decimalMark == UInt8(ascii: ".") ? .decimalPoint : .decimalComma
    var evidence: UInt32 = 0
    var plainCount = 0
    exactPowersOfTen.withUnsafeBufferPointer { powers in
      // Bounds: rows below `block.rowCount`; `parse` reads at most 16 bytes before a cell's end, which
      // the padding allows; at most 22 digits stand behind the mark of an exact value, and `powers` has 23
      // values.
      for row in 0..<block.rowCount {
        let (start, end) = block.bounds(row: row, column: column, stripsReturn: stripsReturn)
        if start == end {
          output[row] = .nan
          continue
        }
        var plain = PlainNumber()
        if !looksForTokens && plain.parse(block.bytes, start, end, decimalMark: decimalMark) {
          plainCount &+= 1
          let value =
            plain.isExact
            ? Double(plain.mantissa) / powers[plain.fractionDigits]
            : correctlyRounded(plain.mantissa, overTenTo: plain.fractionDigits)
          output[row] = plain.isNegative ? -value : value
          let integerDigits = plain.integerDigits
          var found: UInt32
          if plain.fractionDigits > 0 {
            found =
              plain.fractionDigits == 3 && integerDigits <= 3 && integerDigits > 0
                && plain.firstDigit != 0
              ? unclear.rawValue : decimal.rawValue
            found |= CellEvidence.notFlag.rawValue
          } else {
            found = CellEvidence.plainInteger.rawValue
            found |=
              end &- start > 1 || plain.mantissa > 1
              ? CellEvidence.notFlag.rawValue
              : plain.mantissa == 0
                ? CellEvidence.digitNo.rawValue : CellEvidence.digitYes.rawValue
          }
          if plain.firstDigit == 0 && integerDigits > 1 { found |= CellEvidence.code.rawValue }
          evidence |= found
          continue
        }
        output[row] = convertSlowly(
          block.trimmed(start, end), decimalMark: decimalMark, missing: missing,
          infersTypes: infersTypes, evidence: &evidence, tally: &tally)
      }
    }
    tally.evidence.formUnion(CellEvidence(rawValue: evidence))
    if plainCount > 0 { tally.evidence.formUnion([.notDate, .withoutPercent]) }
  }

  @inline(never)
  private static func convertSlowly(
    _ cell: UnsafeBufferPointer<UInt8>, decimalMark: UInt8, missing: MissingTokens,
    infersTypes: Bool, evidence: inout UInt32, tally: inout ColumnTally
  ) -> Double {
    if missing.contains(cell) { return .nan }
    let number = NumberCell(cell, decimalMark: decimalMark)
    if !number.evidence.contains(.notNumber) {
      evidence |= number.evidence.rawValue
      if number.value.isNaN { tally.unparsedCount += 1 }
      return number.value
    }
    if tally.countUsualMissing(cell) { return .nan }
    tally.unparsedCount += 1
    evidence |=
      infersTypes
      ? ColumnInference.evidence(of: cell).rawValue : CellEvidence.notNumber.rawValue
    return .nan
  }
}

/// A number of the usual shape: `-`, digits, one decimal mark, digits.
struct PlainNumber {
  var mantissa: UInt64 = 0
  var fractionDigits = 0
  var integerDigits = 0
  var firstDigit: UInt8 = 0
  var isNegative = false
  /// Whether a double holds the mantissa (2^53) and the power of ten exactly.
  var isExact = true

  private static let zeros: UInt64 = 0x3030_3030_3030_3030

  /// - Parameters:
  ///   - start, end: the cell, not empty; 16 bytes before `end` are readable.
  /// - Returns: whether the cell has the usual shape.
  @inline(__always)
  mutating func parse(
    _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, decimalMark: UInt8
  ) -> Bool {
    var start = start
    if bytes[start] == UInt8(ascii: "-") {
      isNegative = true
      start &+= 1
    }
    let length = end &- start
    guard length > 0 && length <= 16 else { return parseLong(bytes, start, end, decimalMark) }
    firstDigit = bytes[start] &- 0x30
    let raw = UnsafeRawPointer(bytes)
    // The last byte of the cell is the top byte of the word; what lies before the cell becomes zeros.
    var low = raw.loadUnaligned(fromByteOffset: end &- 8, as: UInt64.self)
    if length <= 8 {
      low = Self.padded(low, length)
      let mark = Self.matches(low, decimalMark)
      if mark != 0 {
        let position = mark.trailingZeroBitCount &>> 3
        fractionDigits = 7 &- position
        low = Self.removing(position, from: low, filling: 0x30)
        integerDigits = length &- 1 &- fractionDigits
      } else {
        integerDigits = length
      }
      guard Self.isDigits(low) else { return false }
      mantissa = Self.value(low)
    } else {
      var high = Self.padded(
        raw.loadUnaligned(fromByteOffset: end &- 16, as: UInt64.self), length &- 8)
      let lowMark = Self.matches(low, decimalMark)
      let highMark = Self.matches(high, decimalMark)
      integerDigits = length
      if lowMark != 0 {
        let position = lowMark.trailingZeroBitCount &>> 3
        fractionDigits = 7 &- position
        low = Self.removing(position, from: low, filling: UInt8(truncatingIfNeeded: high &>> 56))
        high = high &<< 8 | 0x30
        integerDigits = length &- 1 &- fractionDigits
      } else if highMark != 0 {
        let position = highMark.trailingZeroBitCount &>> 3
        fractionDigits = 15 &- position
        high = Self.removing(position, from: high, filling: 0x30)
        integerDigits = length &- 1 &- fractionDigits
      }
      guard Self.isDigits(low) && Self.isDigits(high) else { return false }
      mantissa = Self.value(high) &* 100_000_000 &+ Self.value(low)
      if mantissa > 1 &<< 53 {
        guard fractionDigits > 0 else { return false }
        isExact = false
      }
    }
    // "12." and ".5" are left to the general reader.
    return integerDigits > 0 && (fractionDigits > 0 || integerDigits == length)
  }

  /// Decimals of more than sixteen characters, as programs write doubles: `0.12345678901234567`.
  @inline(never)
  private mutating func parseLong(
    _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ decimalMark: UInt8
  ) -> Bool {
    // Bounds: reads the cell only. Nineteen digits fit 64 bits; zeros before them do not count.
    guard end - start > 16 && end - start <= 24 else { return false }
    firstDigit = bytes[start] &- 0x30
    var at = start
    var significant = 0
    while at < end {
      let digit = bytes[at] &- 0x30
      if digit <= 9 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
        if mantissa > 0 { significant += 1 }
      } else {
        guard bytes[at] == decimalMark, integerDigits == 0, at > start else { return false }
        integerDigits = at - start
      }
      at += 1
    }
    guard integerDigits > 0, significant <= 19, mantissa > 0 else { return false }
    fractionDigits = end - start - integerDigits - 1
    isExact = mantissa <= 1 << 53 && fractionDigits <= 22
    return fractionDigits > 0
  }

  /// Keeps the top `length` bytes (1–8) and puts the digit 0 in the others.
  @inline(__always)
  private static func padded(_ word: UInt64, _ length: Int) -> UInt64 {
    let keep = ~UInt64(0) &<< UInt64(64 &- length &* 8)
    return (word & keep) | (zeros & ~keep)
  }

  /// The top bit of each byte that equals `byte`; exact up to and including the first.
  @inline(__always)
  private static func matches(_ word: UInt64, _ byte: UInt8) -> UInt64 {
    let difference = word ^ (0x0101_0101_0101_0101 &* UInt64(byte))
    return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
  }

  /// Takes out the byte at `position` (0 is the lowest), moving those below it up.
  @inline(__always)
  private static func removing(_ position: Int, from word: UInt64, filling: UInt8) -> UInt64 {
    let shift = UInt64(position &* 8)
    let below = word & ((1 &<< shift) &- 1)
    let above = word & (~UInt64(0xFF) &<< shift)
    return above | (below &<< 8) | UInt64(filling)
  }

  @inline(__always)
  private static func isDigits(_ word: UInt64) -> Bool {
    let digits = word ^ zeros
    return ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080 == 0
  }

  /// Eight ASCII digits, the first in the lowest byte, to their value, by three multiplications.
  ///
  /// Source: Daniel Lemire, "Quickly parsing eight digits" (2018).
  @inline(__always)
  private static func value(_ word: UInt64) -> UInt64 {
    var digits = word & 0x0F0F_0F0F_0F0F_0F0F
    digits = (digits &* 2561) &>> 8
    digits = ((digits & 0x00FF_00FF_00FF_00FF) &* 6_553_601) &>> 16
    return ((digits & 0x0000_FFFF_0000_FFFF) &* 42_949_672_960_001) &>> 32
  }
}
