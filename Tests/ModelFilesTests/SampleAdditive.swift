import Features
import Models
import Tables

/// Tables over the encoders of the sample trees: curves of some features, surfaces of some pairs.
enum SampleAdditive {
  static func make(schema: TableSchema = SampleModel.schema) -> LeadModel {
    make(SampleTrees.make(schema: schema), pairs: [(0, 3), (0, 11), (2, 8), (3, 12)])
  }

  /// For tests that read a model very often.
  static func small() -> LeadModel { make(SampleTrees.small(), pairs: [(0, 1)]) }

  private static func make(_ trees: LeadModel, pairs: [(Int, Int)]) -> LeadModel {
    guard case .trees(let pipeline, _) = trees.predictor else {
      preconditionFailure("a sample of trees")
    }
    let features = pipeline.features
    var generator = SeededGenerator(state: 31)
    func numbers(_ count: Int, _ range: ClosedRange<Double>) -> [Double] {
      (0..<count).map { _ in Double.random(in: range, using: &generator) / 3 }
    }
    // Of every third feature there is no curve.
    let curves = features.indices.filter { $0 % 3 != 1 }.map { feature in
      AdditiveModel.Curve(
        feature: feature, values: numbers(features[feature].binCount, -1...1),
        weights: numbers(features[feature].binCount, 0...900))
    }
    let surfaces = pairs.map { first, second in
      // Two bins a cell, the last one by itself.
      let cells = [first, second].map { feature in
        (0..<features[feature].binCount).map { UInt8($0 / 2) }
      }
      let count = cells.reduce(1) { $0 * (Int($1.last ?? 0) + 1) }
      return AdditiveModel.Surface(
        first: first, second: second, firstCells: cells[0], secondCells: cells[1],
        values: numbers(count, -1...1), weights: numbers(count, 0...90))
    }
    return LeadModel(
      schema: trees.schema, idColumns: trees.idColumns, outcome: trees.outcome,
      predictor: .additive(
        pipeline,
        AdditiveModel(
          features: features, intercept: -4.0 / 3, curves: curves, surfaces: surfaces)),
      scale: trees.scale,
      training: TrainingRecord(
        algorithm: "Additive model", seed: 3, folds: 5, foldKind: "stratified", penalty: 0,
        holdOutShare: 0, rows: 20, conversions: 7, leftOut: [],
        additive: AdditiveRecord(
          curveRounds: .init(folds: 40, model: 45), surfaceRounds: .init(folds: 8, model: 9),
          mostRounds: 1_000, patience: 30, learningRate: 0.1, leaves: 3, pairLeaves: 4,
          minimumRows: 10, l2: 1, categoryL2: 10, mostPairs: 12, pairs: surfaces.count,
          pairCells: 32,
          features: .init(maxBins: 255, categories: "subsets", smoothing: 20, pairs: 0),
          monotone: [.init(column: "balance", isIncreasing: true)], interactions: nil)),
      outOfFold: trees.outOfFold, heldOut: nil, strengths: [], sketch: trees.sketch,
      alternatives: trees.alternatives, importance: trees.importance)
  }
}
