import CSimd
import Testing

@Suite struct CSimdTests {
  private static let levels: [Int32] = (0...csimd_best_level()).map { $0 }

  /// The naive twin: one byte after the other.
  private func positions(_ bytes: [UInt8], _ range: Range<Int>, _ wanted: Set<UInt8>) -> [UInt32] {
    range.filter { wanted.contains(bytes[$0]) }.map { UInt32($0) }
  }

  @Test(arguments: levels)
  func delimitersAreThoseOfTheNaiveSearch(_ level: Int32) {
    var generator = SeededGenerator(seed: 1)
    let alphabets: [[UInt8]] = [
      Array("ab,\n".utf8), Array("abcdefgh,\n\"".utf8), Array("xyz".utf8), Array(",".utf8),
      Array("a,;\t|\n\r\"".utf8) + [0, 0x80, 0xFF, 0x2D, 0x0B, 0x21],
    ]
    for round in 0..<600 {
      let alphabet = alphabets[round % alphabets.count]
      let count = Int.random(in: 0...300, using: &generator)
      let bytes = (0..<count).map { _ in alphabet.randomElement(using: &generator)! }
      let start = Int.random(in: 0...count, using: &generator)
      let end = Int.random(in: start...count, using: &generator)
      let separator = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }.randomElement(
        using: &generator)!
      for withQuotes in [false, true] {
        var found = [UInt32](repeating: 0, count: end - start + 16)
        let index = bytes.withUnsafeBufferPointer { bytes in
          found.withUnsafeMutableBufferPointer { found in
            let empty: [UInt8] = [0]
            return empty.withUnsafeBufferPointer { empty in
              csimd_index_delimiters(
                bytes.baseAddress ?? empty.baseAddress, start, end, separator, withQuotes ? 1 : 0,
                level, found.baseAddress)
            }
          }
        }
        var wanted: Set<UInt8> = [separator, 0x0A]
        if withQuotes { wanted.insert(0x22) }
        #expect(Array(found[..<index.count]) == positions(bytes, start..<end, wanted))
        let part = bytes[start..<end]
        #expect((index.flags & UInt32(csimd_saw_quote) != 0) == part.contains(0x22))
        #expect(
          (index.flags & UInt32(csimd_saw_nul_or_non_ascii) != 0)
            == part.contains { $0 == 0 || $0 >= 0x80 })
        for byte in [0x0A, 0x22, separator] as [UInt8] where count > 0 {
          #expect(
            csimd_count_byte(bytes, start, end, byte, level) == part.count { $0 == byte })
        }
      }
    }
  }
}

/// SplitMix64: the same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
