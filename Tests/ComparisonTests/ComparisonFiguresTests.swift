import Comparison
import Metrics
import Parallel
import Reports
import Testing

@Suite struct ComparisonFiguresTests {
  /// As the fixture was made.
  private static var options: ComparisonOptions {
    var options = ComparisonOptions()
    options.seed = 3
    options.draws = 60
    options.costPerContact = 40
    return options
  }

  private func report(
    _ leads: ComparedLeads, _ options: ComparisonOptions = Self.options, threads: Int = 2
  ) throws -> ComparisonReport {
    try compare(
      leads, population: .newData, options: options, pool: WorkerPool(threadCount: threads))
  }

  /// Sums of hundreds of terms in another order agree to fewer digits than one would.
  private func expect(
    _ found: Double?, _ wanted: Double, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      abs((found ?? .infinity) - wanted) <= 1e-9 * max(1, abs(wanted)),
      "\(found ?? .nan) against \(wanted)", sourceLocation: sourceLocation)
  }

  private func expect(
    _ found: ConfidenceInterval?, _ wanted: Any?, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expect(found?.low, figure(wanted, 0), sourceLocation: sourceLocation)
    expect(found?.high, figure(wanted, 1), sourceLocation: sourceLocation)
  }

  @Test func rankingsEqualThoseOfScikitLearn() throws {
    let fixture = try ComparisonFixture()
    let report = try report(fixture.leads)
    let wanted = fixture.figures
    expect(report.byModel.auc?.value, figure(wanted, "aucOfModel"))
    expect(report.byRules.auc?.value, figure(wanted, "aucOfRules"))
    expect(report.byModel.auc?.interval, wanted["intervalOfModel"])
    expect(report.byRules.auc?.interval, wanted["intervalOfRules"])
    expect(report.aucTest?.difference, figure(wanted, "test", "difference"))
    expect(report.aucTest?.standardError, figure(wanted, "test", "standardError"))
    expect(report.aucTest?.pValue, figure(wanted, "test", "pValue"))
    expect(report.byModel.averagePrecision, figure(wanted, "averagePrecisionOfModel"))
    expect(report.byRules.averagePrecision, figure(wanted, "averagePrecisionOfRules"))
    expect(report.logLoss, figure(wanted, "logLoss"))
    expect(report.brier, figure(wanted, "brier"))
  }

  @Test func listsEqualThoseOfPython() throws {
    let fixture = try ComparisonFixture()
    let report = try report(fixture.leads)
    let wanted = try #require(fixture.figures["tops"] as? [[String: Any]])
    #expect(report.tops.count == wanted.count)
    for (index, (top, wanted)) in zip(report.tops, wanted).enumerated() {
      expect(top.leads, figure(wanted, "leads"))
      expect(top.difference, figure(wanted, "difference"))
      expect(top.interval, wanted["interval"])
      for (name, group) in [
        ("both", top.both), ("modelOnly", top.modelOnly), ("rulesOnly", top.rulesOnly),
      ] {
        expect(group.leads, figure(wanted, name, "leads"))
        expect(group.conversions, figure(wanted, name, "conversions"))
      }
      expect(report.byModel.topShares[index].cutScore, figure(wanted, "modelCut"))
      expect(report.byRules.topShares[index].cutScore, figure(wanted, "rulesCut"))
    }
  }

  @Test func curvesAndTheirBootstrapEqualThoseOfPython() throws {
    let fixture = try ComparisonFixture()
    let curves = try #require(try report(fixture.leads).details?.curves)
    let wanted = fixture.figures["curves"]
    #expect(curves.points.count == 51)
    for (index, point) in curves.points.enumerated() {
      expect(point.share, figure(wanted, "share", index))
      expect(point.model, figure(wanted, "model", index))
      expect(point.rules, figure(wanted, "rules", index))
      for (name, interval) in [
        ("modelInterval", point.modelInterval), ("rulesInterval", point.rulesInterval),
        ("differenceInterval", point.differenceInterval),
      ] {
        expect(interval.low, figure(wanted, name, index, 0))
        expect(interval.high, figure(wanted, name, index, 1))
      }
    }
  }

  @Test func capacityEqualsThatOfPython() throws {
    let fixture = try ComparisonFixture()
    let plan = try #require(try report(fixture.leads).details?.capacity)
    let wanted = try #require(
      (fixture.figures["capacity"] as? [String: Any])?["steps"] as? [[String: Any]])
    #expect(plan.steps.count == wanted.count)
    for (step, wanted) in zip(plan.steps, wanted) {
      expect(step.leads, figure(wanted, "leads"))
      expect(step.either.leads, figure(wanted, "either"))
      for (name, side) in [
        ("model", step.model), ("rules", step.rules), ("together", step.together),
      ] {
        expect(side.conversions, figure(wanted, name, "conversions"))
        expect(side.missed, figure(wanted, name, "missed"))
        expect(side.precision, figure(wanted, name, "precision"))
        expect(side.recall, figure(wanted, name, "recall"))
        expect(side.interval, (wanted[name] as? [String: Any])?["interval"])
        expect(side.value, figure(wanted, name, "value"))
        expect(side.net, figure(wanted, name, "net"))
      }
    }
    for (name, best) in [("model", plan.bestOfModel), ("rules", plan.bestOfRules)] {
      expect(best?.net, figure(fixture.figures, "capacity", "best", name, "net"))
      expect(best?.threshold, figure(fixture.figures, "capacity", "best", name, "threshold"))
      expect(best?.leads, figure(fixture.figures, "capacity", "best", name, "leads"))
    }
  }

  @Test func partsEqualThoseOfPython() throws {
    let fixture = try ComparisonFixture()
    let details = try #require(try report(fixture.leads).details)
    let contacted = try #require(details.contact.contacted)
    let bySource = fixture.figures["bySource"] as? [String: Any]
    let parts = try #require(details.segments.first?.parts)
    #expect(parts.count == 3)
    for (part, wanted) in [(contacted, fixture.figures["contacted"])]
      + parts.map({ ($0, bySource?[$0.name]) })
    {
      expect(part.leads, figure(wanted, "leads"))
      expect(part.conversions, figure(wanted, "conversions"))
      expect(part.modelAUC?.value, figure(wanted, "modelAUC"))
      expect(part.rulesAUC?.value, figure(wanted, "rulesAUC"))
      expect(part.aucTest?.difference, figure(wanted, "difference"))
      expect(part.aucTest?.standardError, figure(wanted, "standardError"))
    }
  }

  @Test func ruleFiguresEqualThoseOfStatsmodels() throws {
    let fixture = try ComparisonFixture()
    let rule = try #require(try report(fixture.leads).details?.rules.first)
    let wanted = fixture.figures["rule"] as? [String: Any]
    expect(rule.leads, figure(wanted, "leads"))
    expect(rule.conversions, figure(wanted, "conversions"))
    expect(rule.difference, figure(wanted, "difference"))
    expect(rule.differenceInterval, wanted?["interval"])
    #expect(rule.verdict == .agrees)
  }

  // MARK: What must hold whatever the leads

  @Test func intervalsDependOnTheSeedAloneAndNotOnThreads() throws {
    let leads = try ComparisonFixture().leads
    #expect(try report(leads, threads: 1) == report(leads, threads: 3))
    var other = Self.options
    other.seed = 4
    #expect(
      try report(leads).details?.curves.points[10].modelInterval
        != report(leads, other).details?.curves.points[10].modelInterval)
  }

  @Test func aRuleOfTheWrongSignAndTwoThatAreOneAreFound() throws {
    var leads = try ComparisonFixture().leads
    let rows = leads.rules[0].rows
    leads.rules = [
      ComparedLeads.RuleHits(rule: "right", group: "g", points: 5, rows: rows),
      ComparedLeads.RuleHits(rule: "wrong", group: "g", points: -5, rows: rows),
      ComparedLeads.RuleHits(
        rule: "nothing", group: "g", points: 5,
        rows: (0..<700).filter { $0 % 2 == 0 }.map { Int32($0) }),
      ComparedLeads.RuleHits(rule: "nobody", group: "g", points: 5, rows: []),
    ]
    let details = try #require(try report(leads).details)
    #expect(
      details.rules.map(\.verdict) == [.agrees, .wrongSign, .predictsNothing, .tooFew])
    #expect(details.overlaps.map(\.first) == ["right"])
    #expect(details.overlaps.map(\.second) == ["wrong"])
    #expect(details.overlaps.first?.share == 1)
  }

  @Test func aCapacityOfSoManyOutOfSoManyIsAShareOfTheLeads() throws {
    let leads = try ComparisonFixture().leads
    var options = Self.options
    options.capacity = CapacityPlan.Capacity(leads: 50, outOf: 500)
    let asked = try #require(try report(leads, options).details?.capacity.asked)
    #expect(asked.leads == 70)
    options.capacity = CapacityPlan.Capacity(leads: 70, outOf: nil)
    #expect(try report(leads, options).details?.capacity.asked == asked)
    options.capacity = CapacityPlan.Capacity(leads: 70, outOf: 50)
    #expect(throws: ComparisonError.capacity(leads: 70, outOf: 50)) {
      try report(leads, options)
    }
  }

  @Test func swappedLeadsAreSurelyOnOneListAlone() throws {
    let leads = try ComparisonFixture().leads
    let report = try compare(
      leads, population: .newData, options: Self.options, pool: WorkerPool(threadCount: 1)
    ) { rows in
      rows.map { LeadDescription(id: String($0), reasons: "", ruleReasons: "") }
    }
    let index = try #require(report.tops.firstIndex { $0.share == 0.2 })
    let swaps = try #require(report.details?.swaps)
    #expect(swaps.modelOnly.count == 10)
    for lead in swaps.modelOnly {
      #expect(lead.probability >= report.byModel.topShares[index].cutScore)
      #expect(lead.ruleScore < report.byRules.topShares[index].cutScore)
    }
    for lead in swaps.rulesOnly {
      #expect(lead.ruleScore >= report.byRules.topShares[index].cutScore)
      #expect(lead.probability < report.byModel.topShares[index].cutScore)
    }
    #expect(
      zip(swaps.modelOnly, swaps.modelOnly.dropFirst()).allSatisfy {
        $0.placeOfModel <= $1.placeOfModel
      })
  }

  @Test func weightsCountAsRepetition() throws {
    var weighted = try ComparisonFixture().leads
    weighted.weights = (0..<700).map { Double(1 + $0 % 3) }
    let rows = (0..<700).flatMap { [Int](repeating: $0, count: 1 + $0 % 3) }
    var repeated = ComparedLeads(
      labels: rows.map { weighted.labels[$0] },
      probabilities: rows.map { weighted.probabilities[$0] },
      ruleScores: rows.map { weighted.ruleScores[$0] })
    repeated.values = ("value", rows.map { weighted.values?.amounts[$0] ?? .nan })
    let (one, other) = (
      try report(weighted).details?.capacity.steps, try report(repeated).details?.capacity.steps
    )
    for (one, other) in zip(one ?? [], other ?? []) {
      expect(one.model.conversions, other.model.conversions)
      expect(one.rules.net, other.rules.net ?? .nan)
      expect(one.together.conversions, other.together.conversions)
    }
    #expect(one?.count == other?.count && one?.isEmpty == false)
  }
}
