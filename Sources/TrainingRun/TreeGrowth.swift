import Features
import Models
import Parallel
import Projects
import Tables
import TreeTraining

/// Grows trees on some rows of a table: features first, then the trees, nothing of other rows looked at.
struct TreeGrowth: Sendable {
  let table: Table
  let columns: [String]
  /// One a row of the table: 1 won, 0 lost; rows that are neither take part in nothing.
  let labels: [UInt8]
  let weights: [Double]?
  /// What keeps leads together, one a row of the table (`FoldPlan.clusters`).
  let clusters: [Int32]?
  let limits: TreeLimits
  let options: BoostingOptions
  let features: TreeFeatureOptions
  let pool: WorkerPool

  /// Rows as trees see them, for the shapes of one fit to share.
  struct Leads {
    let pipeline: TreePipeline
    fileprivate let training: Binned
    /// What growth is stopped by.
    fileprivate let validation: Binned?

    fileprivate struct Binned {
      let columns: BinnedColumns
      let rows: [Int]
    }
  }

  /// Fits the features.
  /// - Parameters:
  ///   - rows: training rows of the table, ascending.
  ///   - validation: rows of the table that growth is stopped by.
  func leads(rows: [Int], validation: [Int]? = nil) throws -> Leads {
    let (pipeline, columns) = try TreeFeatureFitter(options: features).fit(
      table, columns: self.columns, rows: rows, labels: labels, weights: weights,
      groups: clusters, pool: pool)
    FreedMemory.returnToSystem()
    return Leads(
      pipeline: pipeline, training: Leads.Binned(columns: columns, rows: rows),
      validation: try validation.map { rows in
        Leads.Binned(
          columns: try TreeTransformer(pipeline).transform(table, rows: rows, pool: pool).columns,
          rows: rows)
      })
  }

  /// Grows the trees of one shape.
  /// - Parameter rounds: trees a member, or the most of them where there are validation rows.
  func grow(
    _ shape: TreeShape, on leads: Leads, rounds: Int, progress: @escaping ProgressSink
  ) throws -> BoostingFit {
    if shape.kind == .random { return try growRandomly(shape, on: leads) }
    var options = options
    options.rounds = rounds
    let features = leads.training.columns.features
    shape.apply(to: &options, features: features)
    options.monotone = limits.monotone(of: leads.pipeline)
    options.interactions = limits.interactions(of: features)
    return try GradientBooster(options).fit(
      boostingRows(leads.training, drawn: true),
      validation: leads.validation.map { boostingRows($0, drawn: false) }, pool: pool,
      progress: progress)
  }

  /// An additive model of the same rows, to be grown.
  func additive(_ options: AdditiveOptions, on leads: Leads) throws -> AdditiveGrowth {
    var options = options
    options.monotone = limits.monotone(of: leads.pipeline)
    options.interactions = limits.interactions(of: leads.training.columns.features)
    return try AdditiveGrowth(
      options, training: boostingRows(leads.training, drawn: true),
      validation: leads.validation.map { boostingRows($0, drawn: false) }, pool: pool)
  }

  /// The same with other features.
  func with(features: TreeFeatureOptions) -> TreeGrowth {
    TreeGrowth(
      table: table, columns: columns, labels: labels, weights: weights, clusters: clusters,
      limits: limits, options: options, features: features, pool: pool)
  }

  /// All trees of the shape as one round.
  private func growRandomly(_ shape: TreeShape, on leads: Leads) throws -> BoostingFit {
    let rows = boostingRows(leads.training, drawn: false)
    // Of rates, a random cut takes what is chance in them for what is known.
    let plain = leads.pipeline.encoders.indices.filter {
      if case .rates = leads.pipeline.encoders[$0] { false } else { true }
    }
    var random = RandomTreeOptions()
    random.trees = shape.members
    random.minimumRows = max(
      RandomTreeShape.minimumRows,
      (rows.weights?.reduce(0, +) ?? Double(rows.count)) / Double(shape.leaves))
    random.featureShare = RandomTreeShape.featureShare
    random.seed = options.seed
    return BoostingFit(
      ensemble: try RandomTreeGrower(random).grow(
        rows, features: plain.isEmpty ? nil : plain, pool: pool),
      treesPerRound: shape.members, validationLosses: [], bestRound: 1, stoppedEarly: false)
  }

  /// - Parameter drawn: whether random numbers are drawn for the rows.
  private func boostingRows(_ leads: Leads.Binned, drawn: Bool) -> BoostingRows {
    let rows = leads.rows
    return BoostingRows(
      columns: leads.columns, labels: rows.map { labels[$0] },
      weights: weights.map { all in rows.map { all[$0] } },
      // Where the rows are the first of the table, their index is their place already.
      identities: !drawn || rows.last == rows.count - 1 ? nil : rows.map { UInt64($0) })
  }
}

extension TreeGrowth {
  /// What has to be given again for the same trees.
  /// - Parameters:
  ///   - shapes: at least one.
  ///   - pipeline: of the final fit.
  func record(
    _ shapes: [JudgedShape], pipeline: TreePipeline
  ) -> BoostingRecord {
    func sight(_ shape: TreeShape) -> BoostingRecord.MemberFeatures {
      shape.features(among: pipeline.features) == nil ? .all : .withoutPairs
    }
    return BoostingRecord(
      mostRounds: options.rounds, foldRounds: shapes[0].foldRounds, rounds: shapes[0].rounds,
      patience: options.patience, learningRate: options.learningRate, leaves: options.leaves,
      maxDepth: options.maxDepth, minimumRows: options.minimumRows, l1: options.l1,
      l2: options.l2, rowShare: options.rowShare, columnShare: options.columnShare,
      members: shapes.reduce(0) { $0 + $1.shape.members },
      memberFeatures: shapes.flatMap { shape in
        [BoostingRecord.MemberFeatures](repeating: sight(shape.shape), count: shape.shape.members)
      },
      shapes: shapes.map { shape in
        BoostingRecord.Shape(
          name: shape.shape.name, leaves: shape.shape.leaves, members: shape.shape.members,
          features: sight(shape.shape), foldRounds: shape.foldRounds, rounds: shape.rounds,
          weight: shape.weight, logLoss: shape.logLoss)
      },
      features: featureRecord, monotone: limits.directions, interactions: limits.interactions)
  }

  /// The same of an additive model; rounds are those of the folds and of the model.
  func record(
    _ options: AdditiveOptions, curveRounds: (folds: Int, model: Int),
    surfaceRounds: (folds: Int, model: Int), pairs: Int
  ) -> AdditiveRecord {
    AdditiveRecord(
      curveRounds: .init(folds: curveRounds.folds, model: curveRounds.model),
      surfaceRounds: .init(folds: surfaceRounds.folds, model: surfaceRounds.model),
      mostRounds: options.rounds, patience: options.patience, learningRate: options.learningRate,
      leaves: options.leaves, pairLeaves: options.pairLeaves, minimumRows: options.minimumRows,
      l2: options.l2, categoryL2: options.categoryL2, mostPairs: options.pairs, pairs: pairs,
      pairCells: options.pairCells, features: featureRecord, monotone: limits.directions,
      interactions: limits.interactions)
  }

  private var featureRecord: BoostingRecord.Features {
    .init(
      maxBins: features.maxBins, categories: features.categories.projectWord,
      smoothing: features.smoothing, pairs: features.pairs,
      minimumLevelRows: features.minimumLevelRows)
  }
}

extension TreeFeatureOptions.Categories {
  /// As a project says it.
  fileprivate var projectWord: String {
    let word: ProjectBoosting.Categories =
      switch self {
      case .automatic: .automatic
      case .codes: .codes
      case .subsets: .subsets
      case .targetRates: .rates
      case .combinations: .combinations
      }
    return word.rawValue
  }
}
