import Comparison
import Models
import Parallel
import Reports
import Tables

/// A comparison in which every section of a page has something to show. Names are no words of any
/// language, so that whatever words are found are the page's own.
enum SampleComparison {
  private static func uniform(_ seed: UInt64, _ index: Int) -> Double {
    var bits = (seed &+ 1) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(index) &* 0xD1B5_4A32_D192_ED03
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((bits ^ (bits >> 31)) >> 11) / 9_007_199_254_740_992
  }

  static func report(_ count: Int = 900) throws -> ComparisonReport {
    let chances = (0..<count).map { 0.5 * uniform(1, $0) * uniform(2, $0) }
    var leads = ComparedLeads(
      labels: (0..<count).map { uniform(3, $0) < chances[$0] ? 1 : 0 },
      probabilities: (0..<count).map { chances[$0] * 0.9 + 0.03 * uniform(4, $0) },
      ruleScores: (0..<count).map { ((70 * chances[$0] + 50 * uniform(5, $0)) / 5).rounded() * 5 })
    let scores = leads.ruleScores
    leads.stages = CategoryValues(
      codes: scores.map { $0 >= 40 ? 1 : $0 >= 25 ? 0 : -1 }, levels: ["qql", "qxl"])
    leads.grades = ComparedLeads.Grades(
      rowCategory: "qfit", columnCategory: "qact", rows: ["A", "B", "C", "D", "E"],
      columns: ["1", "2", "3", "4", "5"],
      codes: (0..<count).map { row in
        let row1 = Int32(4 - min(4, chances[row] * 12))
        let column = Int32(5 * uniform(6, row))
        return row1 == 0 && column == 4 ? -1 : row1 * 5 + column
      })
    let half = (0..<count).filter { uniform(7, $0) < 0.2 + 0.6 * chances[$0] }.map { Int32($0) }
    leads.rules = [
      ComparedLeads.RuleHits(rule: "xqz <b>&\"1\"", group: "g", points: 12.5, rows: half),
      ComparedLeads.RuleHits(
        rule: "zzqx qqqqqqqqqqqqqqq wwwwwwwwwwwwww qqqqqqqqqqqqqqq xxxxxxxxxxxx kkkkkkkkkk",
        group: "g",
        points: -8, rows: half),
      ComparedLeads.RuleHits(
        rule: "qzq", group: "g", points: 4,
        rows: (0..<count).filter { $0 % 2 == 0 }.map { Int32($0) }),
      ComparedLeads.RuleHits(rule: "kkq", group: "g", points: 4, rows: [3, 5]),
      ComparedLeads.RuleHits(rule: "vvq", group: "g", points: 0, rows: Array(half.prefix(90))),
    ]
    leads.lateColumns = [
      LateColumn(column: "qclose", isOutcome: false), LateColumn(column: "qout", isOutcome: true),
    ]
    leads.contacted = ("qcall", scores.map { $0 >= 20 })
    leads.segments = [
      ComparedLeads.SegmentColumn(
        name: "qsrc",
        values: CategoryValues(
          codes: (0..<count).map { Int32(uniform(8, $0) * 5) - 1 },
          levels: ["xweb", "xfair", "<xpart & co>", "wqwqwqwqwqwqwqwqwqwqwqwqwqwqwqwqwqwqwqwq"])),
      ComparedLeads.SegmentColumn(
        name: "qmon",
        values: CategoryValues(
          codes: (0..<count).map { Int32(uniform(9, $0) * 14) },
          levels: (1...14).map { "20\(10 + $0)-01" }), isOrdered: true),
    ]
    leads.combined = CombinedScores(
      RuleCombination(
        rulesDigest: nil, pointsColumn: "qpts",
        rules: .init(lowest: 0, highest: 85, intercept: -3, slope: 0.03), rulesLogLoss: 0.4,
        modelLogLoss: 0.35,
        forms: [
          .init(
            kind: .prior, intercept: 0, modelWeight: 0.7, rulesWeight: 0.3, logLoss: 0.3, auc: nil)
        ]), model: leads.probabilities, ruleScores: scores)
    let ages = (0..<count).map { row -> Double in [0, 7, 30][row % 3] }
    leads.decisions = ComparedLeads.Decisions(
      leads: (0..<count).map { Int32($0 / 3) },
      times: ages.enumerated().map { row, age in 1.7e9 + (Double(row / 3) + age) * 86_400 },
      ages: ages)
    var options = ComparisonOptions()
    options.draws = 40
    options.capacity = CapacityPlan.Capacity(leads: 50, outOf: 400)
    options.valuePerConversion = 1_250.5
    options.costPerContact = 95
    return try compare(
      leads, population: .newData, model: "qbank@v0001", rules: "qrules.yaml",
      cautions: [
        .rulesKnowOutcome(rules: "qrules.yaml", column: "qout"), .pointsOfExport(column: "qpts"),
        .mayBeSeen,
      ], options: options, pool: WorkerPool(threadCount: 1)
    ) { rows in
      rows.map {
        LeadDescription(
          id: "Q-\(10_000 + $0)", reasons: "qjob = xq: +0,8; qbal = 12: -0,3",
          ruleReasons: "xqz +12,5; qzq +4")
      }
    }
  }
}
