/// Shapes of trees put together by their out-of-fold predictions.
struct TreeBlend: Sendable {
  /// Out-of-fold log-odds of each shape, one a row of `FoldPlan.validatedRows`.
  let members: [[Double]]
  let blending: Blending
  /// Fitted to all validated leads: for leads to come.
  let weights: BlendWeights

  init(members: [[Double]], blending: Blending) {
    self.members = members
    self.blending = blending
    weights = blending.blendWeights(members, start: Self.start(members.count))
  }

  /// Log-odds of all validated leads by weights that the leads of a fold had no part in.
  func rawPredictions(without fold: Int32) -> [Double] {
    blending.blendWeights(members, start: Self.start(members.count), without: fold)
      .rawPredictions(members)
  }

  /// Log-odds of each validated lead by weights that its fold had no part in.
  func crossFitted() -> [Double] { blending.crossFitted(rawPredictions(without:)) }

  private static func start(_ count: Int) -> [Double] {
    [Double](repeating: 1 / Double(count), count: count)
  }
}
