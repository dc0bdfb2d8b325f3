import Metrics
import Models
import Parallel

/// Out-of-fold predictions of several models put together, on the leads that a plan validates.
struct Blending: Sendable {
  let labels: [UInt8]
  let weights: [Double]?
  let folds: [Int32]
  private let shrinkage: Double
  /// How strongly a combination of model and rules is held to the model alone.
  let combinationShrinkage: Double
  private let pool: WorkerPool

  init(history: LeadHistory, plan: FoldPlan, pool: WorkerPool) {
    let rows = plan.validatedRows
    labels = rows.map { history.outcomes[$0] == 1 ? 1 : 0 }
    weights = history.weights.map { all in rows.map { all[$0] } }
    folds = plan.validatedFolds
    let leads = weights.map { $0.reduce(0, +) } ?? Double(rows.count)
    shrinkage = plan.small?.blendShrinkage(leads: leads) ?? BlendWeights.shrinkage
    combinationShrinkage =
      plan.small?.combinationShrinkage(leads: leads) ?? BlendWeights.shrinkage
    self.pool = pool
  }

  /// The weights of members.
  /// - Parameters:
  ///   - members: out-of-fold log-odds, one a row of `FoldPlan.validatedRows`.
  ///   - start: weights that are right where nothing tells members apart, one a member.
  ///   - fold: whose leads do not count; `nil` counts all.
  ///   - shrinkage: how strongly weights are held to `start`; `nil` as the plan has it.
  ///   - offsets: log-odds that are added to the members'.
  func blendWeights(
    _ members: [[Double]], start: [Double], without fold: Int32? = nil, shrinkage: Double? = nil,
    offsets: [Double]? = nil
  ) -> BlendWeights {
    BlendWeights(
      members: members, start: start, labels: labels, weights: weights,
      rows: fold.map { fold in folds.indices.filter { folds[$0] != fold } },
      shrinkage: shrinkage ?? self.shrinkage, offsets: offsets, pool: pool)
  }

  /// Log-odds of each lead by what was fitted without the leads of its fold: for figures that the choice
  /// of weights does not flatter.
  /// - Parameter predictions: log-odds of all leads by weights that the leads of a fold had no part in.
  func crossFitted(_ predictions: (_ without: Int32) -> [Double]) -> [Double] {
    var raw = [Double](repeating: .nan, count: folds.count)
    for fold in Set(folds).sorted() {
      let all = predictions(fold)
      for row in folds.indices where folds[row] == fold { raw[row] = all[row] }
    }
    return raw
  }

  /// Mean log loss of a member by itself; not a number where no lead weighs anything.
  func logLoss(_ rawPredictions: [Double]) -> Double {
    Metrics.logLoss(
      labels: labels, probabilities: probabilities(fromRawPredictions: rawPredictions),
      weights: weights) ?? .nan
  }
}
