import Features
import Metrics
import ModelFiles
import Models
import Parallel
import Projects
import Testing

@testable import TrainingRun

@Suite struct AdditiveSideTests {
  private func trial(
    _ folder: TemporaryFolder, _ algorithms: [ProjectTraining.Algorithm] = [.additive],
    threads: Int = 2, change: (inout Project) -> Void = { _ in }
  ) throws -> Trial {
    let path = try folder.write(InventedLeads.header, InventedLeads.rows(500))
    var options = Trial.quickTrees
    options.algorithms = algorithms
    return Trial(path, options: options, threads: threads) {
      $0.id = ["lead_id"]
      $0.exclude = ["points"]
      change(&$0)
    }
  }

  @Test func whatFitWritesScoresAsItWasJudged() throws {
    let folder = try TemporaryFolder()
    let (report, model) = try trial(folder).fit(folder.path("model"))
    let additive = try #require(model.predictor.additive)
    #expect(model.training.algorithm == "Additive model")
    #expect((report.outOfFold?.figures.auc?.value ?? 0) > 0.7)
    #expect(report.tables?.curves == additive.curves.count)
    let record = try #require(model.training.additive)
    #expect(record.curveRounds.folds > 0 && record.pairs == additive.surfaces.count)
    // Visits and source decide, and each has its curve.
    #expect(Set(model.importance.prefix(2).map(\.column)) == ["source", "visits"])
    for curve in additive.curves { #expect(abs(curve.mean) < 1e-12) }
  }

  @Test func theSameModelForAnyNumberOfThreads() throws {
    let folder = try TemporaryFolder()
    let models = try [1, 3].map {
      try trial(folder, threads: $0).fit(folder.path("model\($0)")).model
    }
    #expect(models[0] == models[1])
  }

  @Test func monotoneColumnsHaveMonotoneCurves() throws {
    let folder = try TemporaryFolder()
    let trial = try trial(folder) {
      $0.columns = [ProjectColumn(name: "visits", type: .number, monotone: .decreasing)]
    }
    let model = try trial.fit(folder.path("model")).model
    let additive = try #require(model.predictor.additive)
    for curve in additive.curves where additive.features[curve.feature].name == "visits" {
      // Against the truth, so that it matters.
      let known = curve.values.dropLast()
      #expect(zip(known, known.dropFirst()).allSatisfy { $0 >= $1 - 1e-12 })
    }
    #expect(model.training.additive?.monotone == [.init(column: "visits", isIncreasing: false)])
  }

  @Test func besideOthersTheSimplerIsOffered() throws {
    let folder = try TemporaryFolder()
    let (report, model) = try trial(folder, [.logistic, .boosting, .additive])
      .fit(folder.path("model"))
    let contest = try #require(report.contest)
    #expect(
      (contest.others.map(\.contender.algorithm) + [model.training.algorithm]).contains(
        "Additive model"))
    let other = contest.others.first { $0.contender.algorithm == "Additive model" }
    let isLevel = other?.interval.map { $0.low <= 0 } ?? false
    #expect((contest.glassBox?.word == "additive") == isLevel)
    #expect(report.text(width: 100).contains("--algorithms additive") == isLevel)
  }
}
