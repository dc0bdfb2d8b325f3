import Comparison
import Metrics
import Reports
import Testing

/// Random-looking numbers in [0, 1), the same on every run.
private func uniform(_ seed: UInt64, _ index: Int) -> Double {
  var bits = (seed &+ 1) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(index) &* 0xD1B5_4A32_D192_ED03
  bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
  bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
  return Double((bits ^ (bits >> 31)) >> 11) / 9_007_199_254_740_992
}

@Suite struct CompareTests {
  /// Leads whose chance of converting the model knows well and the rules roughly, in steps of 5 points.
  private struct Sample {
    var labels: [UInt8] = []
    var probabilities: [Double] = []
    var points: [Double] = []

    init(_ count: Int) {
      for row in 0..<count {
        let chance = 0.6 * uniform(1, row) * uniform(2, row)
        labels.append(uniform(3, row) < chance ? 1 : 0)
        probabilities.append(chance * 0.9 + 0.02 * uniform(4, row))
        points.append(((60 * chance + 50 * uniform(5, row)) / 5).rounded() * 5)
      }
    }
  }

  /// The lists that one random order within each tie gives.
  private func list(_ scores: [Double], taking count: Int, draw: UInt64) -> Set<Int> {
    let rows = scores.indices.sorted {
      scores[$0] != scores[$1] ? scores[$0] > scores[$1] : uniform(draw, $0) < uniform(draw, $1)
    }
    return Set(rows.prefix(count))
  }

  @Test func listsEqualTheMeanOverRandomOrders() throws {
    let sample = Sample(120)
    let report = try compare(
      labels: sample.labels, probabilities: sample.probabilities, ruleScores: sample.points,
      population: .heldOut, shares: [0.2])
    let top = try #require(report.tops.first)
    let draws = 4_000
    var (both, modelOnly, rulesOnly, found, rulesFound) = (0, 0, 0, 0, 0)
    for draw in 0..<draws {
      let model = list(sample.probabilities, taking: 24, draw: UInt64(draw))
      let rules = list(sample.points, taking: 24, draw: UInt64(draw))
      func buyers(_ rows: Set<Int>) -> Int { rows.reduce(0) { $0 + Int(sample.labels[$1]) } }
      both += model.intersection(rules).count
      modelOnly += buyers(model.subtracting(rules))
      rulesOnly += buyers(rules.subtracting(model))
      found += buyers(model)
      rulesFound += buyers(rules)
    }
    func mean(_ sum: Int) -> Double { Double(sum) / Double(draws) }
    // Standard deviations of one draw are below 2, of the means below 0.03: five of those.
    #expect(abs(top.both.leads - mean(both)) < 0.15)
    #expect(abs(top.modelOnly.conversions - mean(modelOnly)) < 0.15)
    #expect(abs(top.rulesOnly.conversions - mean(rulesOnly)) < 0.15)
    #expect(abs(report.byModel.topShares[0].conversions - mean(found)) < 1e-9)
    #expect(abs(report.byRules.topShares[0].conversions - mean(rulesFound)) < 0.15)
  }

  @Test func groupsAddUpToTheLists() throws {
    let sample = Sample(777)
    let report = try compare(
      labels: sample.labels, probabilities: sample.probabilities, ruleScores: sample.points,
      population: .outOfFold)
    #expect(report.tops.map(\.share) == [0.05, 0.1, 0.2, 0.3, 0.5])
    for (index, top) in report.tops.enumerated() {
      let (model, rules) = (report.byModel.topShares[index], report.byRules.topShares[index])
      #expect(abs(top.both.leads + top.modelOnly.leads - model.leads) < 1e-9)
      #expect(abs(top.both.leads + top.rulesOnly.leads - rules.leads) < 1e-9)
      #expect(
        abs(top.both.conversions + top.modelOnly.conversions - model.conversions) < 1e-9)
      #expect(
        abs(top.both.conversions + top.rulesOnly.conversions - rules.conversions) < 1e-9)
      #expect(abs(top.difference - (model.conversions - rules.conversions)) < 1e-9)
      #expect(top.interval.contains(top.difference))
    }
  }

  @Test func bandsEqualAPlainCount() throws {
    let sample = Sample(900)
    let report = try compare(
      labels: sample.labels, probabilities: sample.probabilities, ruleScores: sample.points,
      population: .newData)
    #expect(report.ruleBands.reduce(0) { $0 + $1.leads } == 900)
    #expect(report.ruleBands.count <= 12)
    for band in report.ruleBands {
      let rows = sample.points.indices.filter {
        sample.points[$0] >= band.lowest && sample.points[$0] <= band.highest
      }
      #expect(Double(rows.count) == band.leads)
      let won = rows.reduce(0) { $0 + Int(sample.labels[$1]) }
      #expect(Double(won) == band.conversions)
      let mean = rows.reduce(0) { $0 + sample.probabilities[$1] } / Double(rows.count)
      #expect(abs(mean - band.meanProbability) < 1e-12)
    }
    #expect(
      zip(report.ruleBands, report.ruleBands.dropFirst()).allSatisfy { $0.lowest > $1.highest })
  }

  @Test(arguments: [1e-3, 1, 1e6, 1e300])
  func bandsStayFewOnAnyScale(scale: Double) throws {
    let sample = Sample(300)
    let scores = sample.points.indices.map { (uniform(9, $0) - 0.5) * scale }
    let report = try compare(
      labels: sample.labels, probabilities: sample.probabilities, ruleScores: scores,
      population: .newData)
    #expect(report.ruleBands.count >= 4 && report.ruleBands.count <= 12)
  }

  @Test func weightsEqualRepetition() throws {
    let sample = Sample(150)
    let weights = (0..<150).map { Double(1 + Int(3 * uniform(6, $0))) }
    let rows = (0..<150).flatMap { [Int](repeating: $0, count: Int(weights[$0])) }
    let weighted = try compare(
      labels: sample.labels, probabilities: sample.probabilities, ruleScores: sample.points,
      weights: weights, population: .heldOut)
    let repeated = try compare(
      labels: rows.map { sample.labels[$0] }, probabilities: rows.map { sample.probabilities[$0] },
      ruleScores: rows.map { sample.points[$0] }, population: .heldOut)
    #expect(weighted.text() == repeated.text())
    let (one, other) = (try #require(weighted.aucTest), try #require(repeated.aucTest))
    #expect(abs(one.standardError - other.standardError) < 1e-12)
  }

  // MARK: Verdicts

  /// Leads of which the model alone finds `model` buyers in the top fifth, the rules alone `rules`.
  private func verdict(model: Int, rules: Int) throws -> ComparisonReport {
    // 100 leads, 20 taken by each: rows 0–19 by the model, 20–39 by the rules.
    var labels = [UInt8](repeating: 0, count: 100)
    for row in 0..<model { labels[row] = 1 }
    for row in 20..<20 + rules { labels[row] = 1 }
    for row in 90..<100 { labels[row] = 1 }
    let probabilities = (0..<100).map { 0.9 - 0.005 * Double($0) }
    let points = (0..<100).map { row -> Double in
      if row >= 20, row < 40 { return Double(200 - row) }
      let base: Double = row < 20 ? 50 : 40
      return base - 0.1 * Double(row)
    }
    return try compare(
      labels: labels, probabilities: probabilities, ruleScores: points, population: .heldOut)
  }

  // The exact sign test at 5%: 6 to 0 rejects (p = 0.031), 5 to 0 does not (p = 0.063).
  @Test func fewBuyersMoreAreNotCalledADifference() throws {
    #expect(try verdict(model: 6, rules: 0).verdict == .modelFindsMore)
    #expect(try verdict(model: 5, rules: 0).verdict == .notDistinguishable)
    #expect(try verdict(model: 0, rules: 6).verdict == .rulesFindMore)
    #expect(try verdict(model: 3, rules: 3).verdict == .notDistinguishable)
    #expect(
      try verdict(model: 5, rules: 0).headline.hasSuffix("not distinguishable on these leads."))
  }

  @Test func theSameRankingIsNotDistinguishable() throws {
    let sample = Sample(200)
    let report = try compare(
      labels: sample.labels, probabilities: sample.probabilities,
      ruleScores: sample.probabilities.map { 100 * $0 }, population: .heldOut)
    #expect(report.verdict == .notDistinguishable)
    #expect(report.aucTest?.difference == 0)
    #expect(report.tops.allSatisfy { $0.modelOnly.leads == 0 && $0.interval.low == 0 })
  }

  @Test(arguments: [UInt8(0), 1])
  func oneClassIsReportedAsUndefined(label: UInt8) throws {
    let report = try compare(
      labels: [label, label, label], probabilities: [0.1, 0.2, 0.3], ruleScores: [1, 2, 3],
      population: .newData)
    #expect(report.verdict == .undefined)
    #expect(report.aucTest == nil)
    #expect(report.headline.contains("nothing to rank"))
    #expect(report.text().contains("nothing to rank"))
  }

  @Test func levelRulesAreWarnedAbout() throws {
    let sample = Sample(100)
    let report = try compare(
      labels: sample.labels, probabilities: sample.probabilities,
      ruleScores: [Double](repeating: 10, count: 100), population: .newData,
      cautions: [.other("Mine.")])
    #expect(report.warnings.first == "Mine.")
    #expect(report.warnings.contains { $0.contains("same rule score") })
    #expect(report.byRules.auc?.value == 0.5)
  }

  // MARK: Refusals

  @Test func badInputIsRefused() {
    func attempt(
      _ labels: [UInt8] = [1, 0], _ probabilities: [Double] = [0.1, 0.2],
      _ points: [Double] = [1, 2], weights: [Double]? = nil, shares: [Double] = [0.1]
    ) throws {
      _ = try compare(
        labels: labels, probabilities: probabilities, ruleScores: points, weights: weights,
        population: .newData, shares: shares)
    }
    #expect(throws: ComparisonError.noLeads) { try attempt([], [], []) }
    #expect(throws: ComparisonError.noLeads) { try attempt(weights: [0, 0]) }
    #expect(throws: ComparisonError.countsDiffer(labels: 2, probabilities: 1, ruleScores: 2)) {
      try attempt([1, 0], [0.1])
    }
    #expect(throws: ComparisonError.weightCount(expected: 2, found: 1)) {
      try attempt(weights: [1])
    }
    #expect(throws: ComparisonError.probability(row: 2, found: 1.5)) {
      try attempt([1, 0], [0.1, 1.5])
    }
    #expect(throws: ComparisonError.ruleScore(row: 1)) {
      try attempt([1, 0], [0.1, 0.2], [.nan, 2])
    }
    #expect(throws: ComparisonError.weight(row: 1, found: -1)) { try attempt(weights: [-1, 1]) }
    #expect(throws: ComparisonError.share(found: 20)) { try attempt(shares: [20]) }
  }
}
