import Features
import Metrics
import Models
import Parallel
import Projects
import Tables
import Testing
import TreeTraining

@testable import TrainingRun

@Suite struct CombinedSideTests {
  /// Predictions that nothing was fitted for.
  private struct Oracle: FittedSide {
    let rawPredictions: [Double]
    var algorithm: ProjectTraining.Algorithm? { .logistic }
    var name: String { "oracle" }
    var warnings: [String] { [] }
    var predictor: Predictor {
      .logistic(
        FeaturePipeline(encoders: []),
        LogisticModel(
          layout: FeatureLayout(numbers: [], groups: []), intercept: 0, coefficients: []))
    }
    func rawPredictions(_ table: Table, rows: [Int], pool: WorkerPool) throws -> [Double] { [] }
  }

  private struct Found {
    let combined: CombinedSide?
    let model: CalibratedSide
    let labels: [UInt8]
    let folds: [Int32]
    /// Of the rows that folds validated.
    let scores: [Double]

    func loss(_ probabilities: [Double]) throws -> Double {
      try #require(logLoss(labels: labels, probabilities: probabilities))
    }
  }

  /// A model that knows the visits alone, and points that know the source.
  /// - Parameter sign: of the points.
  private func found(_ sign: Double = 1, count: Int = 1_200) throws -> Found {
    let folder = try TemporaryFolder()
    let path = try folder.write(InventedLeads.header, InventedLeads.rows(count))
    let trial = Trial(path, options: TrainingOptions(algorithms: [.logistic], folds: 3)) {
      $0.id = ["lead_id"]
      $0.ruleScore = "points"
    }
    let (leads, plan) = try trial.plan()
    let history = leads.history
    guard case .number(let visits)? = history.table["visits"]?.values else {
      throw TrainingError.noLeads
    }
    let side = try #require(
      try RuleSide(project: trial.project, history: history, read: leads.read))
    let rules = RuleSide(side, scores: side.scores.map { sign * $0 })
    let model = try CalibratedSide(
      Oracle(rawPredictions: plan.validatedRows.map { -2.5 + 0.25 * visits[$0] }),
      history: history, plan: plan)
    return Found(
      combined: CombinedSide(
        model, rules: rules, history: history, plan: plan, pool: trial.pool),
      model: model, labels: plan.validatedRows.map { history.outcomes[$0] == 1 ? 1 : 0 },
      folds: plan.validatedFolds, scores: plan.validatedRows.map { rules.scores[$0] })
  }

  @Test func whatEachKnowsAloneIsKnownTogether() throws {
    let found = try found()
    let combined = try #require(found.combined)
    let loss = try found.loss(combined.probabilities)
    #expect(loss < (try found.loss(found.model.probabilities)) - 0.02)
    #expect(loss < (try found.loss(combined.ruleProbabilities)) - 0.02)
    let combination = combined.combination
    #expect(combination.pointsColumn == "points" && combination.rulesDigest == nil)
    // Two parts that know different things add up, which a prior that is drawn away from does not.
    #expect(combination.chosen.kind == .feature)
    #expect(abs(combination.chosen.modelWeight - 1) < 0.3)
    #expect(abs(combination.chosen.rulesWeight - 1) < 0.3)
    #expect(Set(combination.forms.map(\.kind)).count == 2)
    let prior = try #require(combination.forms.first { $0.kind == .prior })
    #expect(abs(prior.modelWeight + prior.rulesWeight - 1) < 1e-12)
    // The figures are those of what is kept.
    #expect(abs(combination.chosen.logLoss - loss) < 1e-12)
    #expect(
      abs(combination.modelLogLoss - (try found.loss(found.model.probabilities))) < 1e-12)
  }

  @Test func pointsThatRunAgainstConversionAreNotPutTogether() throws {
    #expect(try found(-1).combined == nil)
    #expect(try found(0).combined == nil)
  }

  /// The weights of a fold are the minimum of the penalised loss of the others' leads: its own have no part
  /// in what they get.
  @Test func aFoldsLeadsGetWhatTheOthersFitted() throws {
    let found = try found()
    let combined = try #require(found.combined)
    let model = found.model.calibration.logOdds
    let rules = combined.ruleProbabilities
    for fold in Set(found.folds) {
      let own = found.folds.indices.filter { found.folds[$0] == fold }
      // Two leads of a fold give its line: equal scores, equal probabilities; more points, more of them.
      for (a, b) in zip(own, own.dropFirst()) {
        #expect((found.scores[a] < found.scores[b]) == (rules[a] < rules[b]))
      }
      let others = found.folds.indices.filter { found.folds[$0] != fold }
      // Solved from the own leads: raw = intercept + w·m + v·r.
      let rows = own.map { row in
        (
          [1, model[row], Self.logOdds(rules[row])], Self.logOdds(combined.probabilities[row])
        )
      }
      let weights = Self.leastSquares(rows)
      for (input, raw) in rows {
        #expect(abs(zip(input, weights).reduce(0) { $0 + $1.0 * $1.1 } - raw) < 1e-7)
      }
      // The line of the fold, from its own leads, gives the others' points their log-odds.
      let line = Self.leastSquares(
        own.map { ([1, found.scores[$0]], Self.logOdds(rules[$0])) })
      var gradient = [Double](repeating: 0, count: 3)
      for row in others {
        let input = [1, model[row], line[0] + line[1] * found.scores[row]]
        let chance = probability(
          fromRawPrediction: zip(input, weights).reduce(0) { $0 + $1.0 * $1.1 })
        for index in 0..<3 {
          gradient[index] +=
            (chance - Double(found.labels[row])) * input[index] / Double(others.count)
        }
      }
      let shrinkage = BlendWeights.shrinkage
      #expect(abs(gradient[0]) < 1e-5)
      #expect(abs(gradient[1] + 2 * shrinkage * (weights[1] - 1)) < 1e-5)
      #expect(abs(gradient[2] + 2 * shrinkage * weights[2]) < 1e-5)
    }
  }

  private static func logOdds(_ probability: Double) -> Double {
    let odds = probability / (1 - probability)
    return LogOdds.of(won: odds, lost: 1)
  }

  /// Gauss on the normal equations.
  private static func leastSquares(_ rows: [([Double], Double)]) -> [Double] {
    let size = rows[0].0.count
    var system = (0..<size).map { row in
      (0..<size).map { column in rows.reduce(0) { $0 + $1.0[row] * $1.0[column] } }
        + [rows.reduce(0) { $0 + $1.0[row] * $1.1 }]
    }
    for pivot in 0..<size {
      for row in 0..<size where row != pivot {
        let factor = system[row][pivot] / system[pivot][pivot]
        for column in 0...size { system[row][column] -= factor * system[pivot][column] }
      }
    }
    return (0..<size).map { system[$0][size] / system[$0][$0] }
  }
}

extension RuleSide {
  /// The same with other scores.
  fileprivate init(_ side: RuleSide, scores: [Double]) {
    self.init(
      name: side.name, scores: scores, cautions: side.cautions, scorer: side.scorer,
      verdicts: side.verdicts)
  }
}
