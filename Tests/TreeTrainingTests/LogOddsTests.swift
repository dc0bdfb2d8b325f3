import Glibc
import Testing

@testable import TreeTraining

@Suite struct LogOddsTests {
  @Test func theyAreLogarithmsToTwoPlaces() {
    var numbers = TestNumbers(state: 12)
    for round in 0..<4_000 {
      // Every second ratio is close to 1, where the logarithm is close to 0.
      let won =
        round % 2 == 0 ? 1e6 * numbers.uniform() + 1 : 1_000 + numbers.uniform()
      let lost = round % 2 == 0 ? 1e6 * numbers.uniform() * numbers.uniform() + 1e-3 : 1_000
      let expected = log(won / lost)
      #expect(abs(LogOdds.of(won: won, lost: lost) - expected) <= 2 * expected.ulp)
    }
    #expect(LogOdds.of(won: 5, lost: 5) == 0)
    #expect(LogOdds.of(won: 8, lost: 1) == log(8))
    // Weights whose ratio no number holds.
    #expect(abs(LogOdds.of(won: 1e300, lost: 1e-300) - 600 * log(10)) < 1e-12)
    #expect(abs(LogOdds.of(won: 1e-300, lost: 1e300) + 600 * log(10)) < 1e-12)
  }

  @Test func theirBitsAreFrozen() {
    var digest = Digest()
    for won in 1...60 {
      for lost in 1...60 { digest.add(LogOdds.of(won: Double(won), lost: Double(lost))) }
    }
    #expect(digest.text == "cb289bd5ccb82c7c")
  }
}
