import Features
import Metrics
import Models
import Parallel
import Projects
import Testing
import TreeTraining
import Validation

@testable import TrainingRun

@Suite struct BoostingSideTests {
  private static let quick = Trial.quickTrees

  private func trial(
    _ folder: TemporaryFolder, _ count: Int = 400, options: TrainingOptions = Self.quick,
    change: (inout Project) -> Void = { _ in }
  ) throws -> Trial {
    let path = try folder.write(InventedLeads.header, InventedLeads.rows(count))
    return Trial(path, options: options) {
      $0.id = ["lead_id"]
      $0.exclude = ["points"]
      change(&$0)
    }
  }

  @Test func treesFindWhatThereIsToFind() throws {
    let folder = try TemporaryFolder()
    let (leads, plan, result) = try trial(folder, 1_200).trees()
    let area = try #require(
      auc(
        labels: plan.validatedRows.map { UInt8(leads.history.outcomes[$0]) },
        scores: result.rawPredictions))
    #expect(area.value > 0.72, "\(area)")
    let shares = result.importance.compactMap(\.gainShare)
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
    #expect(Set(result.importance.map(\.column)) == ["source", "visits", "budget", "called"])
    // Visits and source decide; the budget is noise.
    #expect(Set(result.importance.prefix(2).map(\.column)) == ["source", "visits"])
    for column in result.importance.prefix(2) {
      #expect((column.interval?.low ?? 0) > 0, "\(column)")
    }
    let budget = try #require(result.importance.first { $0.column == "budget" })
    #expect((budget.logLossIncrease ?? 1) < 0.01)
  }

  @Test func theNumberOfTreesIsTheBestOfAllFoldsTogether() {
    #expect(BoostedFolds.bestRound([([3, 2, 1, 2], 1), ([5, 4, 4, 5], 1)]) == 3)
    // A fold that stopped counts at its last loss, and a heavier one more.
    #expect(BoostedFolds.bestRound([([3, 1, 2], 1), ([5, 4, 3.5, 1], 1)]) == 4)
    #expect(BoostedFolds.bestRound([([3, 1, 2, 3], 9), ([5, 4, 4, 3], 1)]) == 2)
    #expect(BoostedFolds.bestRound([([1, 1], 1)]) == 1)
  }

  @Test func theFinalFitGrowsMoreByWhatItLearnsFromMore() throws {
    func rounds(_ growth: Double) -> Int {
      BoostingDefaults.finalRounds(1_000, growth: growth, atMost: 2_000)
    }
    #expect(rounds(1) == 1_000 && rounds(1.25) == 1_125)
    #expect(rounds(1.25 * 1.25) == Int((1_125 * 1.125).rounded()) && rounds(100) == 2_000)

    let folder = try TemporaryFolder()
    let (_, _, result) = try trial(folder).trees()
    let shapes = try #require(result.record.shapes)
    #expect(shapes.map(\.name) == ["wide trees", "shallow trees"])
    for shape in shapes {
      // Of three folds.
      #expect(
        shape.rounds
          == BoostingDefaults.finalRounds(shape.foldRounds, growth: 1.5, atMost: 40))
    }
    #expect(
      result.ensemble.trees.count
        == shapes.reduce(0) { $0 + ($1.weight > 0 ? $1.rounds * $1.members : 0) })
  }

  @Test func membersAreAddedUp() throws {
    let folder = try TemporaryFolder()
    var options = Self.quick
    options.boosting.members = 3
    let (leads, plan, result) = try trial(folder, options: options).trees()
    #expect(result.record.shapes?.map(\.members) == [2, 1])
    #expect(result.record.members == 3)
    let area = try #require(
      auc(
        labels: plan.validatedRows.map { UInt8(leads.history.outcomes[$0]) },
        scores: result.rawPredictions))
    #expect(area.value > 0.7, "\(area)")
    options.boosting.members = 1
    let one = try trial(folder, options: options).trees().result
    #expect(one.record.shapes?.map(\.name) == ["wide trees"])
    #expect(one.ensemble.trees.count == one.record.rounds)
  }

  @Test func defaultsFollowFromTheSizeOfTheHistory() {
    let small = BoostingDefaults.options(rows: 300, rarer: 60)
    #expect(small.leaves == 6 && small.minimumRows == 5 && small.patience == 60)
    #expect(BoostingDefaults.learningRate(rows: 1_000) == 0.0222)
    #expect(BoostingDefaults.learningRate(rows: 10_000) == 0.0392)
    #expect(BoostingDefaults.learningRate(rows: 1_000_000) == 0.1)
    let large = BoostingDefaults.options(rows: 50_000, rarer: 5_300)
    #expect(large.leaves == 36 && large.minimumRows == 10)
    #expect(BoostingDefaults.options(rows: 1e6, rarer: 1e5).leaves == 40)
    #expect(large.rowShare == 0.75 && large.columnShare == 0.5 && large.l2 == 1)
  }

  @Test func largeHistoriesTakeOneMember() {
    #expect([300, 199_999, 200_000, 1e7].map(BoostingDefaults.members) == [2, 2, 1, 1])
  }

  @Test func shallowTreesSeeNoPairs() {
    func feature(_ sources: [String]) -> BinnedFeature {
      BinnedFeature(
        name: sources.joined(), sources: sources, kind: .ordered, binCount: 4)
    }
    let single = [feature(["a"]), feature(["b"])]
    let mixed = single + [feature(["a", "b"])]
    let shapes = BoostingDefaults.shapes(leaves: 20, members: 5)
    #expect(shapes.map(\.members) == [3, 2])
    #expect(shapes.map(\.leaves) == [20, 8])
    #expect(shapes.map { $0.features(among: mixed) } == [nil, [0, 1]])
    #expect(shapes.map { $0.features(among: single) } == [nil, nil])
    #expect(shapes.map { $0.features(among: [feature(["a", "b"])]) } == [nil, nil])
    #expect(BoostingDefaults.shapes(leaves: 6, members: 2).map(\.leaves) == [6, 6])
    #expect(BoostingDefaults.shapes(leaves: 20, members: 1).map(\.kind) == [.wide])
    // Shapes draw apart.
    let seeds = shapes.map { shape -> UInt64 in
      var options = BoostingOptions()
      shape.apply(to: &options, features: mixed)
      return options.seed
    }
    #expect(Set(seeds).count == 2)
  }

  @Test func whatTheProjectSaysGoesBeforeTheDefaults() {
    var options = BoostingDefaults.options(rows: 1_000, rarer: 100)
    options.apply(
      ProjectBoosting(
        rounds: 7, patience: 3, learningRate: 0.3, leaves: 5, maxDepth: 2, minimumRows: 9, l1: 0.1,
        l2: 4, rowShare: 0.4, columnShare: 0.9))
    #expect(options.rounds == 7 && options.patience == 3 && options.learningRate == 0.3)
    #expect(options.leaves == 5 && options.maxDepth == 2 && options.minimumRows == 9)
    #expect(options.l1 == 0.1 && options.l2 == 4)
    #expect(options.rowShare == 0.4 && options.columnShare == 0.9)
  }

  @Test func monotoneColumnsMoveTheOddsOneWayOnly() throws {
    let folder = try TemporaryFolder()
    // Visits speak for a lead, but here they must not.
    let trial = try trial(folder, 1_000) {
      $0.columns = [ProjectColumn(name: "visits", monotone: .decreasing)]
    }
    let (leads, plan, result) = try trial.trees()
    try expectMonotone("visits", sign: -1, leads, plan, result)
    let up = try self.trial(folder, 1_000) {
      $0.columns = [ProjectColumn(name: "visits", monotone: .increasing)]
    }.trees()
    try expectMonotone("visits", sign: 1, up.leads, up.plan, up.result)
    let freely = up.result.rawPredictions
    #expect(freely != result.rawPredictions)
  }

  @Test func aLimitOfAColumnThatIsLeftOutIsSaidToDoNothing() throws {
    let folder = try TemporaryFolder()
    let (report, _) = try trial(folder) {
      $0.columns = [
        ProjectColumn(name: "points", monotone: .increasing),
        ProjectColumn(name: "visits", monotone: .increasing),
      ]
    }.fit(folder.path("model"))
    let warning = try #require(report.warnings.first { $0.contains("`monotone`") })
    #expect(warning.contains("left out: points."))
  }

  /// Takes every value of the column into each of some leads.
  private func expectMonotone(
    _ column: String, sign: Double, _ leads: AuditedLeads, _ plan: FoldPlan,
    _ result: BoostingSide.Result, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let table = leads.history.table
    guard case .number(let values)? = table[column]?.values else {
      Issue.record("a number", sourceLocation: sourceLocation)
      return
    }
    let donors = plan.trainingRows.sorted { values[$0] < values[$1] }
    let pool = WorkerPool(threadCount: 1)
    for lead in plan.trainingRows.prefix(40) {
      let bins = try TreeTransformer(result.pipeline).transform(
        table, rows: [Int](repeating: lead, count: donors.count),
        permuting: (columns: [column], rows: donors), pool: pool
      ).columns
      let raw = TreeScorer(result.ensemble).rawPredictions(bins, pool: pool)
      #expect(
        zip(raw, raw.dropFirst()).allSatisfy { sign * ($1 - $0) >= -1e-12 },
        sourceLocation: sourceLocation)
    }
  }

  @Test func columnsMeetInATreeOnlyWhereTheyMay() throws {
    let folder = try TemporaryFolder()
    let groups = [["visits", "source"], ["budget"]]
    let (_, _, result) = try trial(folder, 1_000) { $0.training.interactions = groups }.trees()
    for tree in result.ensemble.trees {
      let met = Set(
        tree.nodes.compactMap(\.split).flatMap { result.ensemble.features[$0.feature].sources })
      // “called” is in no group and stands alone.
      #expect(met.count <= 1 || met == ["visits", "source"], "\(met)")
    }
    // No feature is made of two columns that may not meet.
    for feature in result.ensemble.features where feature.sources.count > 1 {
      #expect(Set(feature.sources) == ["visits", "source"], "\(feature)")
    }
  }

  @Test func poisonedValidationRowsDoNotChangeAFoldsTrees() throws {
    let folder = try TemporaryFolder()
    let trial = try trial(folder)
    let (leads, plan) = try trial.plan()
    let first = plan.validationRows(fold: 0)
    let training = plan.trainingRows(fold: 0)
    // Other cells where the fold's validation rows are, the outcomes alike.
    let poisoned = try folder.write(
      InventedLeads.header,
      InventedLeads.rows(400).enumerated().map { row, cells in
        guard first.contains(row) else { return cells }
        return [cells[0], "poison\(row % 3)", "\(1_000_000 + row)", "-5", "no", "0", cells[6]]
      }, "poisoned.csv")
    let other = try Trial(poisoned, options: trial.options) {
      $0.id = ["lead_id"]
      $0.exclude = ["points"]
    }.plan()
    #expect(other.plan.folds == plan.folds)
    func grown(_ leads: AuditedLeads, _ plan: FoldPlan) throws -> TreeEnsemble {
      let grower = BoostingSide(
        history: leads.history, columns: ["source", "visits", "budget", "called"],
        limits: leads.treeLimits, options: trial.options, pool: trial.pool
      ).grower(plan: plan)
      let shape = BoostingDefaults.shapes(leaves: 6, members: 1)[0]
      return try grower.grow(
        shape, on: grower.leads(rows: training), rounds: 20, progress: { _ in }
      ).ensemble
    }
    #expect(try grown(leads, plan) == grown(other.leads, other.plan))
  }

  /// Members that predict the wrong way round get no weight at all.
  @Test func treesThatFindNothingAreAModelOfTheBaseRate() throws {
    let folder = try TemporaryFolder()
    let trial = try trial(folder)
    let (leads, plan) = try trial.plan()
    let side = BoostingSide(
      history: leads.history, columns: leads.selection.used, limits: leads.treeLimits,
      options: trial.options, pool: trial.pool)
    let grower = side.grower(plan: plan)
    var folds = BoostedFolds(grower: grower, plan: plan, shapes: side.shapes(plan: plan, leaves: 6))
    try folds.fit { _ in }
    let wrong = try folds.rawPredictions().map { $0.map { -$0 } }
    let blend = TreeBlend(
      members: wrong,
      blending: Blending(history: leads.history, plan: plan, pool: trial.pool))
    #expect(blend.weights.weights.allSatisfy { $0 == 0 })
    let increases = try PermutationImportance(
      grower: grower, plan: plan,
      folds: folds.fits.map { $0.weighed(by: blend.weights, pool: trial.pool) }, seed: 1
    ).increases()
    #expect(!increases.isEmpty)
    #expect(increases.values.allSatisfy { $0.value == 0 })
    let features = try grower.leads(rows: plan.trainingRows).pipeline.features
    let nothing = TreeEnsemble.sum([], features: features, intercept: -1.5)
    #expect(nothing.trees.isEmpty && nothing.baseRawPrediction == -1.5)
    #expect(nothing.features == features)
  }

  @Test(arguments: [40, 60, 120])
  func smallHistoriesAreFitted(count: Int) throws {
    let folder = try TemporaryFolder()
    var options = TrainingOptions(algorithms: [.boosting])
    options.boosting.rounds = 30
    let (_, plan, result) = try trial(folder, count, options: options).trees()
    #expect(result.rawPredictions.count == plan.validatedRows.count)
    #expect(result.rawPredictions.allSatisfy { $0.isFinite })
    #expect(!result.ensemble.trees.isEmpty)
  }
}
