import CSimd
import Features
import Models
import Parallel

/// Grows an additive model for the binomial log loss: in a first stage trees of one feature each, in a second
/// one trees of the pairs of features that explain most of what the first has left.
///
/// In a round every feature, or pair, gets a small tree (compare the explainable boosting machines of Lou and
/// others, 2012 and 2013, which also take turns). A tree of one feature, or of a pair's few cells, is grown from
/// one histogram alone, so a round costs about as much as the root of one ordinary tree.
public final class AdditiveGrowth {
  public let options: AdditiveOptions
  public let features: [BinnedFeature]
  private let training: BoostingRows
  private let validation: BoostingRows?
  private let judged: ValidationScores?
  private let gradients: Gradients
  private let base: Double
  private let pool: WorkerPool
  /// Of the training rows, by feature and bin; empty before the first stage.
  private var binWeights: [[Double]] = []
  private var curves = Stage()
  private var surfaces = Stage()

  /// What a stage has grown.
  private struct Stage {
    /// The trees of each round.
    var trees: [[DecisionTree]] = []
    /// Mean log loss of the validation rows before the first round and after each; empty without them.
    var losses: [Double] = []
  }

  /// - Parameter validation: rows whose log loss ends a stage after `options.patience` rounds without a lower
  ///   one.
  /// - Throws: ``BoostingError`` where there is nothing to learn from, or the options don't suit the features.
  public convenience init(
    _ options: AdditiveOptions, training: BoostingRows, validation: BoostingRows? = nil,
    pool: WorkerPool
  ) throws {
    try self.init(
      options, training: training, validation: validation, pool: pool, level: csimd_level())
  }

  /// - Parameter level: the instruction set (`csimd_portable`…); all give the same model.
  init(
    _ options: AdditiveOptions, training: BoostingRows, validation: BoostingRows?,
    pool: WorkerPool, level: Int32
  ) throws {
    features = training.columns.features
    guard !features.isEmpty else { throw BoostingError.noFeatures }
    self.options = try options.validated(for: features)
    self.training = try training.validated()
    self.validation = try validation?.validated()
    if let validation, validation.columns.features != features {
      throw BoostingError.otherFeatures(
        training: features.count, validation: validation.columns.features.count)
    }
    let base = try training.meanRawPrediction()
    let weights = RowWeights(training.weights, count: training.count)
    guard weights.totalLoad > 0 else { throw BoostingError.noRows }
    gradients = Gradients(
      rows: training, weights: weights, base: base, seed: options.seed, level: level)
    judged = try validation.map { try ValidationScores($0, base: base, level: level) }
    self.base = base
    self.pool = pool
  }

  /// Grows trees of single features.
  /// - Parameter rounds: of `options.rounds` at most, where there are no validation rows.
  /// - Returns: the mean log loss of the validation rows before the first round and after each; empty without
  ///   them.
  public func growCurves(
    rounds: Int? = nil, progress: ProgressSink = { _ in }
  ) -> [Double] {
    let stage = AdditiveStage(
      columns: training.columns,
      terms: features.indices.map { AdditiveTerm(first: $0, second: nil) },
      rowWeights: training.weights, gradients: gradients, pool: pool)
    binWeights = stage.weights
    let growers = features.indices.map { feature in
      CurveGrower(
        index: feature, feature: features[feature], weights: stage.weights[feature],
        options: options)
    }
    curves = grow(
      stage, validation: validation?.columns, rounds: rounds ?? options.rounds, purpose: 0,
      progress: progress
    ) { growers[$0].grow($1, into: $2) }
    return curves.losses
  }

  /// Keeps the first rounds of single features, ranks the pairs by what these leave, and grows trees of the
  /// best. After `growCurves`.
  /// - Parameters:
  ///   - curveRounds: of those that were grown; all where there were fewer.
  ///   - rounds: of `options.rounds` at most, where there are no validation rows.
  /// - Returns: as `growCurves`.
  public func growSurfaces(
    after curveRounds: Int, rounds: Int? = nil, progress: ProgressSink = { _ in }
  ) -> [Double] {
    let main = centredCurves(keep(curveRounds))
    let axes = main.map { curve in
      PairAxis(
        feature: curve.feature, features[curve.feature], weights: curve.weights,
        values: curve.values, mostCells: options.pairCells)
    }
    let coarse = cells(training.columns, axes)
    let pairs = best(among: candidates(main), on: coarse, axes: axes)
    let stage = AdditiveStage(
      columns: coarse, terms: pairs, rowWeights: training.weights, gradients: gradients,
      pool: pool)
    let growers = growers(stage, axes: axes)
    surfaces = grow(
      stage, validation: validation.map { cells($0.columns, axes) },
      rounds: pairs.isEmpty ? 0 : rounds ?? options.rounds, purpose: 1, progress: progress
    ) { growers[$0].grow($1, into: $2) }
    return surfaces.losses
  }

  /// All trees of some rounds of either stage; `growSurfaces` has kept those of single features.
  public func ensemble(surfaceRounds: Int) -> TreeEnsemble {
    TreeEnsemble(
      features: features, baseRawPrediction: base,
      trees: (curves.trees + surfaces.trees.prefix(surfaceRounds)).flatMap(\.self))
  }

  /// The trees of some rounds as tables, purified over the training rows.
  public func model(surfaceRounds: Int) -> AdditiveModel {
    AdditiveModel(collapsing: ensemble(surfaceRounds: surfaceRounds), pool: pool)
      .purified(over: training.columns, weights: training.weights, pool: pool)
  }

  /// Rounds of a stage until there are enough or the validation loss no longer falls.
  /// - Parameter tree: grows the tree of a term, and writes what it adds to each cell.
  private func grow(
    _ stage: AdditiveStage, validation: BinnedColumns?, rounds: Int, purpose: UInt64,
    progress: ProgressSink,
    _ tree: @Sendable (Int, CellSums, UnsafeMutablePointer<Double>) -> DecisionTree
  ) -> Stage {
    var grown = Stage()
    if let judged { grown.losses.append(judged.add(pool: pool) { _, _, _ in }) }
    var best = 0
    var added = 0..<0
    for round in 0..<rounds {
      var trees: [DecisionTree] = []
      for (number, group) in stage.groups.enumerated() {
        let draw = UInt64(round * stage.groups.count + number) << 1 | purpose
        let sums = stage.pass(
          adding: added, summing: group,
          roundingKey: UInt32(
            truncatingIfNeeded: CounterHash.bits(.rounding, options.seed, draw)))
        // Each term writes its own values, and the pool joins before they are read.
        trees += pool.map(group.count) { place in
          let term = group.lowerBound + place
          return tree(term, sums[place], stage.newestValues(term))
        }
        added = group
      }
      grown.trees.append(trees)
      progress(Progress(stage: "growing curves", done: round + 1, total: nil))
      guard let judged, let validation else { continue }
      grown.losses.append(
        judged.add(pool: pool) { rows, _, scores in
          stage.add(stage.terms.indices, validation, rows, to: scores + rows.lowerBound)
        })
      if grown.losses[round + 1] < grown.losses[best] { best = round + 1 }
      if round + 1 - best >= options.patience { break }
    }
    return grown
  }

  /// Cuts the trees of single features back to some rounds, sets all scores to what these give, and returns
  /// them as tables.
  private func keep(_ rounds: Int) -> AdditiveModel {
    curves.trees.removeLast(max(0, curves.trees.count - rounds))
    surfaces = Stage()
    let model = AdditiveModel(collapsing: ensemble(surfaceRounds: 0), pool: pool)
    let scorer = AdditiveScorer(model)
    for (row, raw) in scorer.rawPredictions(training.columns, pool: pool).enumerated() {
      gradients.scores.start[row] = raw
    }
    if let judged, let validation {
      judged.set(scorer.rawPredictions(validation.columns, pool: pool))
    }
    return model
  }
}

// Pairs.
extension AdditiveGrowth {
  /// Features among which pairs are looked for: those that say most by themselves. 32 make 496 pairs.
  private static let mostPairFeatures = 32

  /// What each feature adds by itself, less its mean.
  private func centredCurves(_ model: AdditiveModel) -> [AdditiveModel.Curve] {
    let known = Dictionary(uniqueKeysWithValues: model.curves.map { ($0.feature, $0.values) })
    return features.indices.map { feature in
      let count = features[feature].binCount
      var curve = AdditiveModel.Curve(
        feature: feature, values: known[feature] ?? [Double](repeating: 0, count: count),
        weights: Array(binWeights[feature].prefix(count)))
      let mean = curve.mean
      curve.values = curve.values.map { $0 - mean }
      return curve
    }
  }

  private func candidates(_ curves: [AdditiveModel.Curve]) -> [AdditiveTerm] {
    guard options.pairs > 0 else { return [] }
    let strongest = curves.map { (strength: $0.strength, feature: $0.feature) }
      .sorted { ($0.strength, $1.feature) > ($1.strength, $0.feature) }
      .prefix(Self.mostPairFeatures).map(\.feature).sorted()
    return strongest.indices.flatMap { place in
      strongest[(place + 1)...].filter { options.mayMeet(strongest[place], $0) }
        .map { AdditiveTerm(first: strongest[place], second: $0) }
    }
  }

  /// The cells of features in place of their bins.
  private func cells(_ columns: BinnedColumns, _ axes: [PairAxis]) -> BinnedColumns {
    BinnedColumns(features: features, rowCount: columns.rowCount) { bytes, stride in
      // Each task writes its own feature, and the pool joins before the bytes are read.
      nonisolated(unsafe) let bytes = bytes
      pool.forEach(features.count) { feature, _ in
        let (bins, cells) = (columns.column(feature), axes[feature].cells)
        let target = bytes + feature * stride
        for row in 0..<columns.rowCount { target[row] = cells[Int(bins[row])] }
      }
    }
  }

  private func growers(_ stage: AdditiveStage, axes: [PairAxis]) -> [SurfaceGrower] {
    stage.terms.enumerated().map { number, term in
      SurfaceGrower(
        first: axes[term.first], second: axes[term.second ?? term.first],
        weights: stage.weights[number], options: options)
    }
  }

  /// Those of the pairs that explain most of what is left, by their features.
  private func best(
    among pairs: [AdditiveTerm], on coarse: BinnedColumns, axes: [PairAxis]
  ) -> [AdditiveTerm] {
    guard !pairs.isEmpty else { return [] }
    let stage = AdditiveStage(
      columns: coarse, terms: pairs, rowWeights: training.weights, gradients: gradients,
      pool: pool)
    let growers = growers(stage, axes: axes)
    let key = UInt32(truncatingIfNeeded: CounterHash.bits(.rounding, options.seed, .max))
    var scores: [Double] = []
    for group in stage.groups {
      let sums = stage.pass(adding: 0..<0, summing: group, roundingKey: key)
      scores += pool.map(group.count) { growers[group.lowerBound + $0].interaction(sums[$0]) }
    }
    return pairs.indices.filter { scores[$0] > 0 }
      .sorted { (scores[$0], $1) > (scores[$1], $0) }
      .prefix(options.pairs).sorted().map { pairs[$0] }
  }
}
