import Foundation

/// SplitMix64 (Steele, Lea, Flood 2014): the same leads on every machine.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func unit() -> Double { Double.random(in: 0..<1, using: &self) }
}

/// Leads whose conversion depends on their source and their visits.
enum InventedLeads {
  static let header = ["lead_id", "source", "visits", "budget", "called", "points", "y"]

  /// Rows under `header`; of about 100 leads, 35 convert.
  static func rows(_ count: Int, seed: UInt64 = 1) -> [[String]] {
    var random = SeededNumbers(seed: seed)
    let sources = ["web", "fair", "partner", "cold"]
    return (0..<count).map { row in
      let source = Int.random(in: 0..<4, using: &random)
      let visits = Int.random(in: 0...12, using: &random)
      let budget = (random.unit() * 10_000).rounded() / 10
      let called = random.unit() < 0.5
      let raw = -1.9 + 0.25 * Double(visits) - 0.6 * Double(source) + (called ? 0.4 : 0)
      let won = random.unit() < 1 / (1 + exp(-raw))
      // A rule of thumb: right about the source, unaware of the visits.
      let points = 30 - 10 * source + (called ? 5 : 0)
      return [
        "L\(row)", sources[source], "\(visits)", row % 17 == 0 ? "" : "\(budget)",
        called ? "yes" : "no", "\(points)", won ? "yes" : "no",
      ]
    }
  }
}
