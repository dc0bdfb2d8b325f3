import Metrics
import Testing

@testable import TrainingRun

/// Columns that say nothing must not seem to say something.
@Suite struct UninformativeColumnTests {
  /// The area under the curve out of fold of leads whose outcome has nothing to do with their columns,
  /// with and without a category of noise.
  private func areas(
    rows: Int, levels: Int, seed: UInt64
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
      let side = try Trial(path, change: { $0.exclude = excluded }).side()
      let validation = side.result.validation
      return try #require(
        auc(
          labels: validation.rows.map { UInt8(side.leads.history.outcomes[$0]) },
          scores: validation.rawPredictions))
    }
    return (try area(excluding: []), try area(excluding: ["noise"]))
  }

  /// One column with as many levels as half the rows, one of 500, one of levels that are frequent
  /// enough for indicators of their own.
  @Test(arguments: [(600, 300), (1_500, 500), (1_500, 50)])
  func aColumnOfNoiseDoesNotMoveTheArea(rows: Int, levels: Int) throws {
    var deviations: [Double] = []
    for seed in 1...4 {
      let (with, without) = try areas(rows: rows, levels: levels, seed: UInt64(seed))
      #expect(without.interval?.contains(with.value) == true, "\(with), without \(without)")
      deviations.append((with.value - 0.5) / (try #require(with.standardError)))
    }
    // What is in a sample by chance is in all its folds, so one sample may stray. Levels learned from
    // the leads that they are judged by would lie ten standard errors off, always on the same side.
    #expect(abs(deviations.reduce(0, +) / 4) < 2, "\(deviations)")
  }
}
