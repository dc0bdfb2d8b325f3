/// One cell read as a yes or no, in English or Spanish, whatever its case.
public enum FlagCell {
  /// - Parameter cell: bytes without surrounding spaces.
  /// - Returns: which spelling it is and 1 or 0; `.notFlag` and -1 if it is none.
  public static func parse(
    _ cell: UnsafeBufferPointer<UInt8>
  ) -> (evidence: CellEvidence, value: Int8) {
    guard cell.count >= 1, cell.count <= 9 else { return (.notFlag, -1) }
    // Bounds: at most nine bytes are read; the cell outlives this call.
    switch cell.count {
    case 1:
      switch cell[0] | 0x20 {
      case UInt8(ascii: "y"), UInt8(ascii: "s"): return (.letterYes, 1)
      case UInt8(ascii: "n"): return (.letterNo, 0)
      case UInt8(ascii: "t"): return (.letterTrue, 1)
      case UInt8(ascii: "f"): return (.letterFalse, 0)
      default: break
      }
      switch cell[0] {
      case UInt8(ascii: "0"): return (.digitNo, 0)
      case UInt8(ascii: "1"): return (.digitYes, 1)
      default: return (.notFlag, -1)
      }
    case 2:
      if equal(cell, "no") { return (.wordNo, 0) }
      if equal(cell, "si") { return (.wordYes, 1) }
    case 3:
      if equal(cell, "yes") { return (.wordYes, 1) }
      // "sí" and "SÍ": the accented letter is C3 AD or C3 8D, which differ in the same bit as case.
      if cell[0] | 0x20 == UInt8(ascii: "s"), cell[1] == 0xC3, cell[2] | 0x20 == 0xAD {
        return (.wordYes, 1)
      }
    case 4:
      if equal(cell, "true") { return (.truthWord, 1) }
    case 5:
      if equal(cell, "false") || equal(cell, "falso") { return (.truthWord, 0) }
    case 9:
      if equal(cell, "verdadero") { return (.truthWord, 1) }
    default: break
    }
    return (.notFlag, -1)
  }

  /// The value of a cell given as text: 1, 0, or -1 for neither.
  public static func value(_ text: String) -> Int8 {
    var text = text
    return text.withUTF8 { parse($0).value }
  }

  private static func equal(_ cell: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
    // Bounds: both have as many bytes as the word, which the caller matched.
    for index in 0..<word.utf8CodeUnitCount
    where cell[index] | 0x20 != word.utf8Start[index] {
      return false
    }
    return true
  }
}
