import Comparison
import Parallel
import Reports
import Tables
import Testing

@Suite struct MovementFinderTests {
  private static let day = 86_400.0
  private static let start = 1_704_067_200.0  // 2024-01-01

  /// Thirty leads, decided on at 0 and 7 days and every second at 30 too, in reverse order of rows.
  private func movement(
    weights: [Double]? = nil, ages: (Int) -> [Double] = { $0 % 2 == 0 ? [0, 7, 30] : [0, 7] },
    score: (_ lead: Int, _ age: Double) -> Double
  ) throws -> ScoreMovement {
    var rows: [(lead: Int32, time: Double, age: Double, score: Double)] = []
    for lead in 0..<30 {
      for age in ages(lead) {
        let created = Self.start + Double(lead * 6) * Self.day
        rows.append((Int32(lead), created + age * Self.day, age, score(lead, age)))
      }
    }
    rows.reverse()
    var leads = ComparedLeads(
      labels: rows.map { $0.lead % 3 == 0 ? 1 : 0 },
      probabilities: rows.map { 0.1 + $0.age / 100 }, ruleScores: rows.map(\.score),
      weights: weights)
    leads.decisions = ComparedLeads.Decisions(
      leads: rows.map(\.lead), times: rows.map(\.time), ages: rows.map(\.age))
    let report = try compare(leads, population: .newData, pool: WorkerPool(threadCount: 1))
    return try #require(report.details?.movement)
  }

  @Test func leadsAreSetAgainstThemselvesFromAgeToAge() throws {
    let found = try movement { lead, age in
      // Ten rise by 5, ten fall by 2, ten stay.
      10 + (age > 0 ? [5, -2, 0][lead % 3] : 0)
    }
    #expect(found.steps.map(\.fromAge) == [0, 7] && found.steps.map(\.toAge) == [7, 30])
    let step = found.steps[0]
    #expect(step.leads == 30 && step.rose == 10 && step.fell == 10 && step.level == 10)
    #expect(abs(step.before - 10) < 1e-12 && abs(step.after - 11) < 1e-12)
    #expect(abs(step.probabilityBefore - 0.1) < 1e-12)
    #expect(abs(step.probabilityAfter - 0.17) < 1e-12)
    // Changes of 5, −2 and 0, ten times each: mean 1, sum of squares 260, s = √(260 / 29).
    let error = (260.0 / 29 / 30).squareRoot()
    let interval = try #require(step.interval)
    #expect(abs(interval.low - (1 - 1.959_963_984_540_054 * error)) < 1e-9)
    #expect(found.steps[1].leads == 15 && found.steps[1].level == 15)
    #expect(found.verdict == .upAndDown && !found.inflates)
  }

  @Test func aScoreThatNeverFallsIsSaidToGoUpOnly() throws {
    let found = try movement { lead, age in Double(lead % 5) + age }
    #expect(found.verdict == .onlyUp && found.fell == 0 && found.rose == 45)
    #expect(try movement { lead, _ in Double(lead) }.verdict == .still)
    let once = try movement(ages: { _ in [0] }, score: { lead, _ in Double(lead) })
    #expect(once.verdict == .unknown && once.steps.isEmpty && once.months.count == 6)
  }

  @Test func decisionsOfManyAgesAreSetAgainstTheNext() throws {
    let found = try movement(
      ages: { [Double($0), Double($0) + 30.5] }, score: { _, age in age })
    #expect(found.steps.count == 1 && found.steps[0].fromAge == nil)
    #expect(found.steps[0].rose == 30)
  }

  @Test func pointsInflateWhereScoresRiseAndConversionsDoNot() throws {
    // Later leads have more points; every third converts throughout. Fewer than twenty on a side: not told.
    let few = try movement { lead, _ in Double(lead) }
    #expect(few.trend == nil && !few.inflates)
    let weights = [Double](repeating: 3, count: 75)
    let found = try movement(weights: weights) { lead, _ in Double(lead) }
    #expect(found.months.map(\.month).first == "2024-01" && found.months.count == 6)
    #expect(found.months.reduce(0) { $0 + $1.leads } == 90)
    // Leads 0 to 15 came in the first three months.
    let trend = try #require(found.trend)
    #expect(abs(trend - 15) < 1)
    #expect(found.inflates)
    #expect(!(try movement(weights: weights) { lead, _ in Double(lead % 2) }).inflates)
  }

  @Test func decisionsAreReadFromATableOfExamples() throws {
    let table = Table(
      columns: [
        Column(name: "decision_time", values: .date([10, 20, 30])),
        Column(name: "age_days", values: .number([0, 0, 7])),
      ], rowCount: 3)
    let found = try #require(
      ComparedLeads.Decisions(
        table: table, names: ["a", "b", "a"], moment: "decision_time", age: "age_days"))
    #expect(
      found == ComparedLeads.Decisions(leads: [0, 1, 0], times: [10, 20, 30], ages: [0, 0, 7]))
    #expect(
      ComparedLeads.Decisions(table: table, names: ["a", "b", "a"], moment: "when", age: "x") == nil
    )
  }
}
