import Testing

@testable import PointLearning

@Suite struct PointPatternsTests {
  @Test func leadsOfTheSameRulesShareAPatternInTheOrderOfTheLeads() {
    let patterns = PointPatterns(
      rowCount: 6, amounts: [[1, 0, 1, 0, 1, 1], [0, 2.5, 0, 0, 3, 0]])
    #expect(patterns.count == 4)
    #expect(patterns.patternOfRow == [0, 1, 0, 2, 3, 0])
    #expect(patterns.amounts == [[1, 0, 0, 1], [0, 2.5, 0, 3]])
  }

  @Test func everyLeadFindsItsOwnAmountsAgain() {
    var source = SplitMix(seed: 3)
    let amounts = (0..<9).map { rule in
      (0..<500).map { _ in rule == 8 ? Double(source.next(5)) : Double(source.next(2)) }
    }
    let patterns = PointPatterns(rowCount: 500, amounts: amounts)
    for (rule, amounts) in amounts.enumerated() {
      #expect(patterns.patternOfRow.map { patterns.amounts[rule][Int($0)] } == amounts)
    }
    let keys = Set((0..<500).map { row in amounts.map { $0[row] } })
    #expect(patterns.count == keys.count)
  }

  @Test func outcomesCountWeightsAndLeaveOutLeadsThatTakeNoPart() {
    let patterns = PointPatterns(rowCount: 4, amounts: [[1, 0, 1, 1]])
    let leads = PointLeads(labels: [1, 0, 0, 1], rows: [0, 1, 2], weights: [2, 3, 0.5, 9])
    #expect(patterns.outcomes(leads) == PointOutcomes(won: [2, 0], lost: [0.5, 3]))
  }

  @Test func aRuleMoreIsTheSameAsTheRuleFromTheStart() {
    let first = [1.0, 0, 1, 0, 0]
    let second = [0.0, 0, 1, 1, 0]
    let grown = PointPatterns(rowCount: 5, amounts: [first]).adding(PointCandidate(rows: [2, 3]))
    let whole = PointPatterns(rowCount: 5, amounts: [first, second])
    #expect(grown.patternOfRow == whole.patternOfRow)
    #expect(grown.amounts == whole.amounts)
  }
}

/// A seeded source of numbers for made-up leads.
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func next(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// Between 0 and 1.
  mutating func share() -> Double { Double(next() >> 11) / Double(1 << 53) }
}
