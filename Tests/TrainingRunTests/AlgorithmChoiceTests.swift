import Features
import Metrics
import ModelFiles
import Models
import Parallel
import Projects
import Synchronization
import Tables
import Testing

@testable import TrainingRun

@Suite struct AlgorithmChoiceTests {
  /// Predictions that nothing was fitted for.
  private struct Oracle: FittedSide {
    let algorithm: ProjectTraining.Algorithm?
    let rawPredictions: [Double]
    var name: String { algorithm?.rawValue ?? "blend" }
    var warnings: [String] { [] }
    var predictor: Predictor {
      .logistic(
        FeaturePipeline(encoders: []),
        LogisticModel(
          layout: FeatureLayout(numbers: [], groups: []), intercept: 0, coefficients: []))
    }
    func rawPredictions(_ table: Table, rows: [Int], pool: WorkerPool) throws -> [Double] { [] }
  }

  /// The choice between predictions that are `strength` times the outcome.
  private func choice(
    _ logistic: Double, _ boosting: Double, blend: Double? = nil, account: Bool = false
  ) throws -> Judgement {
    let folder = try TemporaryFolder()
    let path = try folder.write(InventedLeads.header, InventedLeads.rows(300))
    // Four sources, which serve as accounts.
    let options = TrainingOptions(algorithms: [.logistic], folds: 3)
    let (leads, plan) = try Trial(path, options: options) {
      $0.id = ["lead_id"]
      if account { $0.account = "source" }
    }.plan()
    func raw(_ strength: Double) -> [Double] {
      plan.validatedRows.map { row in
        // Two leads in three are predicted rightly.
        let sign = (leads.history.outcomes[row] == 1) == (row % 3 > 0) ? 1.0 : -1.0
        return strength * sign
      }
    }
    let sides =
      [
        Oracle(algorithm: .logistic, rawPredictions: raw(logistic)),
        Oracle(algorithm: .boosting, rawPredictions: raw(boosting)),
      ] + (blend.map { [Oracle(algorithm: nil, rawPredictions: raw($0))] } ?? [])
    let calibrated = try sides.map {
      try CalibratedSide($0, history: leads.history, plan: plan)
    }
    let choice = try AlgorithmChoice(sides: calibrated, history: leads.history, plan: plan)
    return Judgement(
      chosen: choice.chosen, others: choice.others, logLoss: choice.logLoss,
      labels: plan.validatedRows.map { leads.history.outcomes[$0] == 1 ? 1 : 0 },
      probabilities: calibrated.map(\.probabilities),
      clusters: plan.clusters.map { all in plan.validatedRows.map { all[$0] } })
  }

  /// A choice, and what it was made by.
  private struct Judgement {
    let chosen: CalibratedSide
    let others: [AlgorithmChoice.Other]
    let logLoss: LogLossDifference?
    let labels: [UInt8]
    /// Of the sides, in their order.
    let probabilities: [[Double]]
    let clusters: [Int32]?
  }

  @Test func theLowerLogLossIsChosen() throws {
    // The best strength is ln 2, where the odds are as they are.
    let trees = try choice(0, 0.69)
    #expect(
      trees.chosen.side.algorithm == .boosting && trees.others.first?.side.algorithm == .logistic)
    let difference = try #require(trees.others.first?.difference)
    #expect(difference.value > 0 && (difference.interval?.low ?? -1) > 0)
    let logistic = try choice(0.69, 3)
    #expect(logistic.chosen.side.algorithm == .logistic)
    #expect((logistic.others.first?.difference.value ?? 0) > 0)
  }

  @Test func levelGoesToTheSimpler() throws {
    let level = try choice(0.5, 0.5)
    #expect(level.chosen.side.algorithm == .logistic)
    #expect(level.others.first?.difference.value == 0)
  }

  @Test func aBlendYieldsOnlyToWhatIsBetterBeyondDoubt() throws {
    // Level with the best, and a little worse by chance.
    #expect(try choice(0, 0.69, blend: 0.69).chosen.side.algorithm == nil)
    #expect(try choice(0, 0.69, blend: 0.68).chosen.side.algorithm == nil)
    let worse = try choice(0, 0.69, blend: 3)
    #expect(worse.chosen.side.algorithm == .boosting)
    #expect(worse.others.map(\.side.algorithm) == [.logistic, nil])
    #expect(worse.logLoss?.interval != nil)
  }

  @Test func leadsOfAnAccountAreNotCountedAsIndependent() throws {
    let found = try choice(0, 0.69, account: true)
    let other = try #require(found.others.first)
    func difference(clusters: [Int32]?) throws -> LogLossDifference {
      try #require(
        logLossDifference(
          labels: found.labels, first: found.probabilities[0], second: found.probabilities[1],
          clusters: clusters))
    }
    #expect(other.difference == (try difference(clusters: found.clusters)))
    #expect(other.difference != (try difference(clusters: nil)))
  }

  @Test func bothSidesStandInTheReportAndTheLosersFiguresInTheModelFile() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(InventedLeads.header, InventedLeads.rows(500))
    let options = TrainingOptions(
      folds: 3, penalty: .fixed(3),
      boosting: ProjectBoosting(rounds: 20, learningRate: 0.2, pairs: 1))
    let stages = Mutex<[String]>([])
    var project = Project()
    project.leads = TableSource(file: ProjectPath(path))
    project.outcome = ProjectOutcome(column: "y")
    project.id = ["lead_id"]
    let report = try TrainingRun(
      project: project, options: options, pool: WorkerPool(threadCount: 2),
      progress: { progress in stages.withLock { $0.append(progress.stage) } }
    ).fit(TrainingRun.Destinations(registry: folder.path("model"), now: 1_700_000_000))
    let contest = try #require(report.contest)
    #expect(contest.others.count == 2)
    #expect(contest.chosen.algorithm == report.algorithm)
    #expect(contest.chosen.figures == report.outOfFold?.figures)
    let model = try ModelRegistry.load(folder.path("model")).model
    #expect(model.training.algorithm == contest.chosen.algorithm)
    #expect(model.alternatives.count == 2)
    for (alternative, other) in zip(model.alternatives, contest.others) {
      #expect(alternative.algorithm == other.contender.algorithm)
      #expect(alternative.outOfFold.figures == other.contender.figures)
      #expect(alternative.logLossDifference == other.logLossDifference)
    }
    let seen = stages.withLock { Set($0) }
    #expect(seen.contains("validating logistic regression"))
    #expect(seen.contains("growing trees, fold 2 of 3"))
    #expect(seen.contains("growing trees"))
  }
}
