/// Looks for bytes that no text holds: NUL, and what is not UTF-8.
enum UTF8Check {
  enum Fault: Equatable {
    case nul(at: Int)
    case invalid(at: Int)
  }

  /// The first fault in `bytes[range]`, or `nil`.
  ///
  /// Bounds: only bytes of the range are read. Source of the ranges: Unicode 15, table 3-7.
  static func firstFault(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>) -> Fault? {
    let raw = UnsafeRawPointer(bytes)
    let end = range.upperBound
    var at = range.lowerBound
    while at < end {
      if at &+ 8 <= end {
        let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        // No byte of 0x80 and more, and none that is zero.
        if (word | (word &- 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080 == 0 {
          at &+= 8
          continue
        }
      }
      let byte = bytes[at]
      if byte < 0x80 {
        if byte == 0 { return .nul(at: at) }
        at &+= 1
        continue
      }
      let length: Int
      var low: UInt8 = 0x80
      var high: UInt8 = 0xBF
      switch byte {
      case 0xC2...0xDF: length = 2
      case 0xE0:
        length = 3
        low = 0xA0
      case 0xED:
        length = 3
        high = 0x9F
      case 0xE1...0xEF: length = 3
      case 0xF0:
        length = 4
        low = 0x90
      case 0xF4:
        length = 4
        high = 0x8F
      case 0xF1...0xF3: length = 4
      default: return .invalid(at: at)
      }
      guard at + length <= end, bytes[at + 1] >= low, bytes[at + 1] <= high else {
        return .invalid(at: at)
      }
      for offset in 2..<max(length, 2) where bytes[at + offset] & 0xC0 != 0x80 {
        return .invalid(at: at)
      }
      at += length
    }
    return nil
  }
}
