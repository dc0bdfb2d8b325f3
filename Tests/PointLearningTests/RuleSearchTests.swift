import Parallel
import Testing

@testable import PointLearning

@Suite struct RuleSearchTests {
  /// Forty rules that could be written, of which two say something beside the file's own.
  private func history(_ count: Int) -> (leads: PlantedLeads, candidates: [PointCandidate]) {
    var truth = [Double](repeating: 0, count: 42)
    truth[0] = 1
    truth[1] = 0.5
    truth[7] = 1.2
    truth[23] = -1
    var planted = PlantedLeads(
      count: count, seed: 31, intercept: -1.5, logOdds: truth,
      shares: truth.indices.map { 0.1 + 0.02 * Double($0 % 20) })
    let candidates = planted.amounts[2...].map { amounts in
      PointCandidate(rows: amounts.indices.filter { amounts[$0] > 0 }.map { Int32($0) })
    }
    planted.amounts = Array(planted.amounts[..<2])
    return (planted, candidates)
  }

  @Test func theRulesThatSaySomethingAreFoundAndNoOthers() throws {
    let (leads, candidates) = history(6_000)
    let found = try RuleSearch().suggestions(
      candidates, beside: leads.patterns, leads: leads.leads, scheme: leads.scheme(own: [10, 5]))
    #expect(found.sorted() == [5, 21])
  }

  @Test func amongChanceAloneNothingIsSuggested() throws {
    var (leads, candidates) = history(6_000)
    candidates.remove(at: 21)
    candidates.remove(at: 5)
    let found = try RuleSearch().suggestions(
      candidates, beside: leads.patterns, leads: leads.leads, scheme: leads.scheme(own: [10, 5]))
    #expect(found.isEmpty)
    leads.labels = leads.labels.reversed()
    #expect(
      try RuleSearch().suggestions(
        candidates, beside: leads.patterns, leads: leads.leads, scheme: leads.scheme(own: [10, 5])
      ).isEmpty)
  }

  @Test func aRuleThatTheFileHasAlreadyIsNotSuggestedAgain() throws {
    let (leads, _) = history(6_000)
    let same = leads.amounts[0].indices.filter { leads.amounts[0][$0] > 0 }.map { Int32($0) }
    let opposite = leads.amounts[0].indices.filter { leads.amounts[0][$0] == 0 }.map { Int32($0) }
    #expect(
      try RuleSearch().suggestions(
        [same, opposite].map { PointCandidate(rows: $0) }, beside: leads.patterns,
        leads: leads.leads,
        scheme: leads.scheme(own: [10, 5])
      ).isEmpty)
  }

  @Test func noMoreThanAskedForAndTheSameWhateverTheThreads() throws {
    let (leads, candidates) = history(6_000)
    let found = try [1, 3].map { threads in
      try RuleSearch(PointOptions(mostSuggested: 1)).suggestions(
        candidates, beside: leads.patterns, leads: leads.leads,
        scheme: leads.scheme(own: [10, 5]), pool: WorkerPool(threadCount: threads))
    }
    #expect(found[0].count == 1 && found[0] == found[1])
    #expect(
      try RuleSearch(PointOptions(mostSuggested: 0)).suggestions(
        candidates, beside: leads.patterns, leads: leads.leads, scheme: leads.scheme(own: [10, 5])
      ).isEmpty)
  }

  @Test func leadsWithoutWeightTakeNoPart() throws {
    let (leads, candidates) = history(6_000)
    let rows = Array(0..<3_000)
    var other = leads
    for row in 3_000..<6_000 { other.labels[row] = 1 - other.labels[row] }
    let found = try [leads, other].map { leads in
      try RuleSearch().suggestions(
        candidates, beside: leads.patterns,
        leads: PointLeads(labels: leads.labels, rows: rows, weights: nil),
        scheme: leads.scheme(own: [10, 5]))
    }
    #expect(found[0] == found[1])
  }
}
