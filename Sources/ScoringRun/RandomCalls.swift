import Validation

/// Marks a share of leads to be called whatever their score, so that what came of them says what the scores
/// are worth without the scores having had a hand in it.
///
/// A lead is marked by a hash of its id under a seed: the same lead always, in whatever file and order it
/// stands, and a lead that is marked at one share also at every larger one.
struct RandomCalls: Sendable, Equatable {
  /// Of the leads, above 0 and at most 1.
  let share: Double
  let seed: UInt64

  /// - Parameter id: one cell a column of the id, as they read.
  func marks(_ id: [String]) -> Bool {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for cell in id {
      // FNV-1a; the byte behind each cell is in no text, so that cells do not run together.
      for byte in Array(cell.utf8) + [0xFF] {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
      }
    }
    let uniform = Double(CounterHash(seed: seed)(hash) >> 11) / 9_007_199_254_740_992
    return uniform < share
  }
}
