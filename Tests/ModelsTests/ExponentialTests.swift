import Glibc
import Models
import Testing

@Suite struct ExponentialTests {
  /// Glibc's exp is correct to less than one unit in the last place; ours promises two.
  @Test func staysWithinTwoUnitsInTheLastPlace() {
    var largest = 0.0
    var value = -707.9
    while value < 707.9 {
      let expected = exp(value)
      largest = max(largest, abs(exponential(value) - expected) / expected.ulp)
      value += 0.013_7
    }
    value = -0.8
    while value < 0.8 {
      let expected = exp(value)
      largest = max(largest, abs(exponential(value) - expected) / expected.ulp)
      value += 0.000_041
    }
    #expect(largest <= 2)
  }

  @Test func knownValuesAndEnds() {
    #expect(exponential(0) == 1)
    #expect(exponential(-0.0) == 1)
    #expect(abs(exponential(1) - 2.718_281_828_459_045) <= 4.5e-16)
    #expect(exponential(1e9) == exponential(708))
    #expect(exponential(-.infinity) == exponential(-708))
    #expect(exponential(708).isFinite)
    #expect(exponential(-708) > 0)
    #expect(exponential(.nan).isNaN)
  }

  @Test func probabilitiesKeepTheirAccuracyAtBothEnds() {
    #expect(probability(fromRawPrediction: 0) == 0.5)
    for raw in [-700.0, -40, -3, -0.1, 0.1, 3, 30, 700] {
      let expected = raw < 0 ? exp(raw) / (1 + exp(raw)) : 1 / (1 + exp(-raw))
      #expect(abs(probability(fromRawPrediction: raw) - expected) <= 4 * expected.ulp)
    }
    #expect(probability(fromRawPrediction: .infinity) == 1)
    #expect(probability(fromRawPrediction: -.infinity) < 1e-300)
    #expect(probability(fromRawPrediction: .nan).isNaN)
    let raw = (0..<37).map { Double($0) - 18 }
    #expect(
      probabilities(fromRawPredictions: raw) == raw.map { probability(fromRawPrediction: $0) })
  }
}
