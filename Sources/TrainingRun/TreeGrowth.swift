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

  /// - Parameters:
  ///   - rows: training rows of the table, ascending.
  ///   - rounds: trees, or the most of them where there are validation rows.
  ///   - validation: rows of the table that growth is stopped by.
  func grow(
    rows: consuming [Int], rounds: Int, validation: consuming [Int]? = nil,
    progress: @escaping ProgressSink
  ) throws -> (pipeline: TreePipeline, fit: BoostingFit) {
    let (pipeline, binned) = try TreeFeatureFitter(options: features).fit(
      table, columns: columns, rows: rows, labels: labels, weights: weights, groups: clusters,
      pool: pool)
    FreedMemory.returnToSystem()
    var options = options
    options.rounds = rounds
    options.members = BoostingDefaults.unlikeMembers(
      options.members.count, features: pipeline.features)
    options.monotone = limits.monotone(of: pipeline)
    options.interactions = limits.interactions(of: binned.features)
    // Rows are few bytes beside bins, yet not worth holding while trees grow.
    let training = boostingRows(binned, rows: rows, drawn: true)
    _ = consume rows
    var judges: BoostingRows?
    if let validation = consume validation {
      let columns = try TreeTransformer(pipeline).transform(table, rows: validation, pool: pool)
        .columns
      judges = boostingRows(columns, rows: validation, drawn: false)
    }
    let fit = try GradientBooster(options).fit(
      consume training, validation: consume judges, pool: pool, progress: progress)
    return (pipeline, fit)
  }

  /// - Parameter drawn: whether random numbers are drawn for the rows.
  private func boostingRows(
    _ columns: BinnedColumns, rows: [Int], drawn: Bool
  ) -> BoostingRows {
    BoostingRows(
      columns: columns, labels: rows.map { labels[$0] },
      weights: weights.map { all in rows.map { all[$0] } },
      // Where the rows are the first of the table, their index is their place already.
      identities: !drawn || rows.last == rows.count - 1 ? nil : rows.map { UInt64($0) })
  }
}

extension TreeGrowth {
  /// What has to be given again for the same trees.
  /// - Parameter pipeline: of the final fit.
  func record(foldRounds: Int, rounds: Int, pipeline: TreePipeline) -> BoostingRecord {
    let unlike = BoostingDefaults.unlikeMembers(
      options.members.count, features: pipeline.features)
    return BoostingRecord(
      mostRounds: options.rounds, foldRounds: foldRounds, rounds: rounds,
      patience: options.patience, learningRate: options.learningRate, leaves: options.leaves,
      maxDepth: options.maxDepth, minimumRows: options.minimumRows, l1: options.l1,
      l2: options.l2, rowShare: options.rowShare, columnShare: options.columnShare,
      members: max(1, options.members.count),
      memberFeatures: unlike.isEmpty
        ? [.all] : unlike.map { $0.features == nil ? .all : .withoutPairs },
      features: .init(
        maxBins: features.maxBins, categories: features.categories.projectWord,
        smoothing: features.smoothing, pairs: features.pairs,
        minimumLevelRows: features.minimumLevelRows),
      monotone: limits.monotone.sorted { $0.key < $1.key }.compactMap { column, direction in
        switch direction {
        case .free: nil
        case .increasing: .init(column: column, isIncreasing: true)
        case .decreasing: .init(column: column, isIncreasing: false)
        }
      },
      interactions: limits.interactions)
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
