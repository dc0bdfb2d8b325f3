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
    let algorithm: ProjectTraining.Algorithm
    let rawPredictions: [Double]
    var name: String { algorithm.rawValue }
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
    _ logistic: Double, _ boosting: Double, account: Bool = false
  ) throws -> AlgorithmChoice {
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
    return try AlgorithmChoice(
      sides: [
        Oracle(algorithm: .logistic, rawPredictions: raw(logistic)),
        Oracle(algorithm: .boosting, rawPredictions: raw(boosting)),
      ], history: leads.history, plan: plan)
  }

  @Test func theLowerLogLossIsChosen() throws {
    // The best strength is ln 2, where the odds are as they are.
    let trees = try choice(0, 0.69)
    #expect(trees.chosen.algorithm == .boosting && trees.other?.side.algorithm == .logistic)
    let difference = try #require(trees.other?.difference)
    #expect(difference.value > 0 && (difference.interval?.low ?? -1) > 0)
    let logistic = try choice(0.69, 3)
    #expect(logistic.chosen.algorithm == .logistic)
    #expect((logistic.other?.difference.value ?? 0) > 0)
  }

  @Test func levelGoesToTheSimpler() throws {
    let level = try choice(0.5, 0.5)
    #expect(level.chosen.algorithm == .logistic)
    #expect(level.other?.difference.value == 0)
  }

  @Test func leadsOfAnAccountAreNotCountedAsIndependent() throws {
    let alone = try #require(try choice(0, 0.69).other?.difference)
    let clustered = try #require(try choice(0, 0.69, account: true).other?.difference)
    #expect(abs(alone.value - clustered.value) < 1e-12)
    #expect(alone.interval != clustered.interval)
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
    #expect(contest.logLossDifference >= 0)
    #expect(contest.chosen.algorithm == report.algorithm)
    #expect(contest.chosen.figures == report.outOfFold?.figures)
    let model = try ModelRegistry.load(folder.path("model")).model
    #expect(model.training.algorithm == contest.chosen.algorithm)
    let alternative = try #require(model.alternatives.first)
    #expect(model.alternatives.count == 1)
    #expect(alternative.algorithm == contest.other.algorithm)
    #expect(alternative.outOfFold.figures == contest.other.figures)
    #expect(alternative.logLossDifference == contest.logLossDifference)
    let seen = stages.withLock { Set($0) }
    #expect(seen.contains("validating logistic regression"))
    #expect(seen.contains("growing trees, fold 2 of 3"))
    #expect(seen.contains("growing trees"))
  }
}
