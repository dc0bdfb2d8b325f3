import Testing

@testable import ScoringRun

@Suite struct RandomCallsTests {
  @Test func aboutTheShareIsMarkedAndAlwaysTheSame() {
    let calls = RandomCalls(share: 0.05, seed: 1)
    let marked = (0..<20_000).filter { calls.marks(["L\($0)"]) }
    // Five standard deviations of a binomial number: √(20,000 × 0.05 × 0.95) is 31.
    #expect(abs(marked.count - 1_000) < 155)
    #expect(marked == (0..<20_000).filter { calls.marks(["L\($0)"]) })
    let other = RandomCalls(share: 0.05, seed: 2)
    #expect(marked != (0..<20_000).filter { other.marks(["L\($0)"]) })
  }

  @Test func aLargerShareMarksTheSameLeadsAndMore() {
    let few = RandomCalls(share: 0.05, seed: 7)
    let many = RandomCalls(share: 0.2, seed: 7)
    #expect((0..<2_000).allSatisfy { !few.marks(["\($0)"]) || many.marks(["\($0)"]) })
    let all = RandomCalls(share: 1, seed: 7)
    #expect((0..<2_000).allSatisfy { all.marks(["\($0)"]) })
  }

  @Test func cellsOfAnIdDoNotRunTogether() {
    let calls = RandomCalls(share: 0.5, seed: 3)
    let pairs = (0..<64).map { ("a\($0)", "b") }
    #expect(pairs.contains { calls.marks([$0.0, $0.1]) != calls.marks([$0.0 + $0.1, ""]) })
  }

  @Test func predictMarksByIdWhateverTheOrder() throws {
    let fitted = try FittedModel()
    func marks(_ rows: [[String]]) throws -> [String: String] {
      let lines = try fitted.predict(InventedLeads.header, rows) { $0.randomShare = 0.3 }.lines
      return Dictionary(
        zip(
          FittedModel.cells(lines, "lead_id"), FittedModel.cells(lines, "call_at_random")),
        uniquingKeysWith: { first, _ in first })
    }
    let found = try marks(fitted.rows)
    #expect(try marks(fitted.rows.reversed()) == found)
    #expect(Set(found.values) == ["yes", "no"])
    let plain = try fitted.predict(InventedLeads.header, fitted.rows).lines
    #expect(!plain[0].contains("call_at_random"))
  }
}
