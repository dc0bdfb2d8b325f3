import Metrics
import Projects
import Testing

@testable import TrainingRun

/// Columns that say nothing must not seem to say something.
@Suite struct UninformativeColumnTests {
  /// The area under the curve out of fold of leads whose outcome has nothing to do with their columns,
  /// with and without a category of noise.
  private func areas(
    _ algorithm: ProjectTraining.Algorithm, _ rows: Int, _ levels: Int, seed: UInt64
  ) throws -> (with: AUCEstimate, without: AUCEstimate) {
    var random = SeededNumbers(seed: seed)
    let folder = try TemporaryFolder()
    var codes = (0..<rows).map { $0 % levels }
    codes.shuffle(using: &random)
    let path = try folder.write(
      ["noise", "visits", "y"],
      codes.map { code in
        [
          "n\(code)", "\(Int.random(in: 0...9, using: &random))",
          random.unit() < 0.3 ? "yes" : "no",
        ]
      })
    func area(excluding excluded: [String]) throws -> AUCEstimate {
      let trial = Trial(path) { $0.exclude = excluded }
      let (leads, plan, side) = try trial.side(algorithm)
      return try #require(
        auc(
          labels: plan.validatedRows.map { UInt8(leads.history.outcomes[$0]) },
          scores: side.rawPredictions))
    }
    return (try area(excluding: []), try area(excluding: ["noise"]))
  }

  /// One column with as many levels as half the rows, one of 500, one of levels that are frequent
  /// enough for indicators of their own.
  @Test(
    arguments: ProjectTraining.Algorithm.allCases, [(600, 300), (1_500, 500), (1_500, 50)])
  func aColumnOfNoiseDoesNotMoveTheArea(
    algorithm: ProjectTraining.Algorithm, size: (rows: Int, levels: Int)
  ) throws {
    var deviations: [Double] = []
    for seed in 1...4 {
      let (with, without) = try areas(algorithm, size.rows, size.levels, seed: UInt64(seed))
      // Trees look at the column at random in each tree, so that theirs move more.
      if algorithm == .logistic {
        #expect(without.interval?.contains(with.value) == true, "\(with), without \(without)")
      }
      // A model that found nothing gives all leads the same, without any error.
      deviations.append(
        with.value == 0.5 ? 0 : (with.value - 0.5) / (try #require(with.standardError)))
    }
    // What is in a sample by chance is in all its folds, so one sample may stray. Levels learned from
    // the leads that they are judged by would lie ten standard errors off, always on the same side.
    #expect(abs(deviations.reduce(0, +) / 4) < 2, "\(deviations)")
    #expect(deviations.allSatisfy { abs($0) < 3 }, "\(deviations)")
  }

  /// A real column beside noise of many levels keeps nearly all that it says.
  @Test func noiseDoesNotDrownAColumnThatSaysSomething() throws {
    let folder = try TemporaryFolder()
    var random = SeededNumbers(seed: 5)
    let path = try folder.write(
      InventedLeads.header + ["noise"],
      InventedLeads.rows(1_500).map { $0 + ["n\(Int.random(in: 0..<750, using: &random))"] })
    func area(excluding excluded: [String]) throws -> AUCEstimate {
      let (leads, plan, side) = try Trial(path, change: { $0.exclude = excluded }).side(.boosting)
      return try #require(
        auc(
          labels: plan.validatedRows.map { UInt8(leads.history.outcomes[$0]) },
          scores: side.rawPredictions))
    }
    let without = try area(excluding: ["lead_id", "points", "noise"])
    let with = try area(excluding: ["lead_id", "points"])
    #expect(without.value > 0.7)
    #expect(with.value > without.value - 0.01, "\(with), without \(without)")
  }
}
