import Metrics
import Testing

@Suite struct ReliabilityTableTests {
  @Test func binsHoldEqualNumbersInOrder() {
    let labels: [UInt8] = [0, 0, 1, 0, 1, 1]
    let table = reliabilityTable(
      labels: labels, probabilities: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], bins: 3)
    #expect(table.map(\.leads) == [2, 2, 2])
    #expect(table.map(\.conversions) == [0, 1, 2])
    #expect(table.map(\.lowestProbability) == [0.1, 0.3, 0.5])
    #expect(agrees(table[1].meanProbability, 0.35, to: 1e-15))
  }

  @Test func equalProbabilitiesShareABin() {
    let table = reliabilityTable(
      labels: [1, 0, 0, 0, 0, 1], probabilities: [0.2, 0.2, 0.2, 0.2, 0.2, 0.9], bins: 6)
    #expect(table.map(\.leads) == [5, 1])
  }

  @Test func aTieGoesToTheBinOfItsMiddleLead() {
    // Of ten leads, the tie is the second to the ninth; its middle lies in the upper half.
    let probabilities = [0.1] + [Double](repeating: 0.2, count: 8) + [0.9]
    let table = reliabilityTable(
      labels: [UInt8](repeating: 0, count: 10), probabilities: probabilities, bins: 2)
    #expect(table.map(\.leads) == [1, 9])
  }

  @Test func wilsonsIntervalEqualsItsPublishedExample() throws {
    // Newcombe (Statistics in Medicine 1998), table I: 81 of 263 and 0 of 20.
    let some = try #require(ConfidenceInterval.wilson(conversions: 81, leads: 263))
    #expect(abs(some.low - 0.2553) < 5e-5)
    #expect(abs(some.high - 0.3662) < 5e-5)
    let none = try #require(ConfidenceInterval.wilson(conversions: 0, leads: 20))
    #expect(none.low == 0)
    #expect(abs(none.high - 0.1611) < 5e-5)
    #expect(ConfidenceInterval.wilson(conversions: 0, leads: 0) == nil)
  }
}
