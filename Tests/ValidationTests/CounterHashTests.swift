import Testing
import Validation

@Suite struct CounterHashTests {
  @Test func bitsAreEven() {
    let hash = CounterHash(seed: 11)
    var counts = [Int](repeating: 0, count: 64)
    let rows = 10_000
    for row in 0..<rows {
      let bits = hash(UInt64(row))
      for bit in 0..<64 where (bits >> UInt64(bit)) & 1 == 1 { counts[bit] += 1 }
    }
    // Standard deviation 50; five of them.
    #expect(counts.allSatisfy { abs($0 - rows / 2) < 250 })
  }

  @Test func neighbouringSeedsAndRowsShareNothing() {
    let values = (0..<50).flatMap { seed in
      (0..<50).map { CounterHash(seed: UInt64(seed))(UInt64($0)) }
    }
    #expect(Set(values).count == 2_500)
  }
}
