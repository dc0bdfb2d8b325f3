import Parallel
import Tables

/// Learns a `TreePipeline` from the rows that trees are grown on, and from no others.
public struct TreeFeatureFitter: Sendable {
  public let options: TreeFeatureOptions

  public init(options: TreeFeatureOptions = TreeFeatureOptions()) {
    self.options = options
  }

  /// - Parameters:
  ///   - table: holds the named columns.
  ///   - columns: the source columns, in the order that features take.
  ///   - rows: the training rows, each once; `nil` takes all.
  ///   - labels: 1 for a conversion, 0 for none; one a row of `table`, as are weights and groups.
  ///   - weights: frequency weights; `nil` weighs all alike.
  ///   - groups: the account, or the copies of one lead, that a row belongs to, negative for none: rows
  ///     of a group share an inner fold.
  /// - Returns: the pipeline, and the bins of the training rows in the order of `rows`. Where a bin
  ///   stands for a target rate, a training row's rate is that of the inner folds that it is not in.
  /// - Throws: `FeatureError` for an option out of its range, and when a column is missing or nothing
  ///   can be learned from any.
  public func fit(
    _ table: Table, columns: [String], rows: [Int]? = nil, labels: [UInt8],
    weights: [Double]? = nil, groups: [Int32]? = nil, pool: WorkerPool
  ) throws -> (pipeline: TreePipeline, columns: BinnedColumns) {
    let options = try options.validated()
    precondition(labels.count == table.rowCount, "a label a row of the table")
    precondition(weights.map { $0.count == table.rowCount } ?? true, "a weight a row of the table")
    precondition(groups.map { $0.count == table.rowCount } ?? true, "a group a row of the table")
    TreeTransformer.check(rows, table)
    let training = TreeTrainingRows(
      rowCount: table.rowCount, rows: rows, labels: labels, weights: weights, groups: groups,
      options: options)
    let bins = ColumnBins(table: table, training: training, weights: weights, options: options)
    let plans = try plan(table, columns: columns)
    let fitted = try pool.map(plans.count) { try bins.fit(plans[$0]) }.compactMap { $0 }
    guard !fitted.isEmpty else { throw FeatureError.nothingToLearnFrom(columns: columns.count) }
    var assembly = Assembly(
      table: table, training: training, options: options, bins: fitted)
    try assembly.addColumns(pool: pool)
    try assembly.addPairs(pool: pool)
    return try assembly.finished(pool: pool)
  }

  /// An encoder to be fitted.
  enum Plan: Sendable {
    case number(NumberInput)
    case category(String)
    case flag(String)
    case calendar(String, CalendarPart)
  }

  /// Each column in turn; a date brings its calendar parts and its distance to each date before it.
  private func plan(_ table: Table, columns: [String]) throws -> [Plan] {
    var plans: [Plan] = []
    var earlierDates: [String] = []
    for name in columns {
      guard let column = table[name] else { throw FeatureError.columnMissing(name: name) }
      switch column.values {
      case .number: plans.append(.number(.column(name)))
      case .category: plans.append(.category(name))
      case .flag: plans.append(.flag(name))
      case .date:
        plans += CalendarPart.allCases.map { .calendar(name, $0) }
        plans += earlierDates.filter { options.mayMeet(name, $0) }.map {
          .number(.daysBetween(later: name, earlier: $0))
        }
        earlierDates.append(name)
      case .text: continue
      }
    }
    return plans
  }

  /// The pipeline as it grows: features column by column, then pairs.
  private struct Assembly {
    private let table: Table
    private let training: TreeTrainingRows
    private let options: TreeFeatureOptions
    private let bins: [ColumnBins.Fitted]
    private var sources: [LevelSource] = []
    private var readers: [LevelReader] = []
    private var encoders: [TreeEncoder] = []
    private var writers: [BinWriter] = []
    /// Sources that may be part of a pair: those in use, and numbers with few values.
    private var pairSources: [(source: LevelSource, index: Int?)] = []

    init(
      table: Table, training: TreeTrainingRows, options: TreeFeatureOptions,
      bins: [ColumnBins.Fitted]
    ) {
      self.table = table
      self.training = training
      self.options = options
      self.bins = bins
    }

    private func reader(_ source: LevelSource, rows: [Int]?) throws -> LevelReader {
      try LevelReader(
        source, dictionary: TreeTransformer.dictionary(source), table: table, rows: rows)
    }

    private mutating func add(_ source: LevelSource) throws -> Int {
      sources.append(source)
      readers.append(try reader(source, rows: training.rows))
      return sources.count - 1
    }

    mutating func addColumns(pool: WorkerPool) throws {
      // Sources in the order of columns, then all target rates side by side.
      var indices: [Int?] = []
      for fitted in bins {
        switch fitted {
        case .number: indices.append(nil)
        case .levels(let source, _): indices.append(try add(source))
        }
      }
      let rated = zip(bins, indices).map { fitted, index -> Int? in
        guard case .levels(.category(let category), _) = fitted,
          options.categories.hasRates(levels: category.levels.count)
        else { return nil }
        return index
      }
      let rates = pool.map(rated.count) { position -> TargetRates? in
        guard let index = rated[position] else { return nil }
        return TargetRates(
          sources: [sources[index]], indices: [index], readers: [readers[index]],
          training: training, options: options)
      }
      for (position, fitted) in bins.enumerated() {
        switch fitted {
        case .number(let number, let isFewValued):
          encoders.append(.number(number))
          writers.append(try number.writer(table) { _ in training.rows })
          if isFewValued, case .column(let name) = number.input,
            !options.plainColumns.contains(name)
          {
            pairSources.append((.number(column: name, thresholds: number.thresholds), nil))
          }
        case .levels(let source, let levelBins):
          guard let index = indices[position] else { continue }
          if rates[position] == nil || options.categories.hasCodes {
            let levels = LevelBins(
              source: index, kind: levelBins.kind, binCount: levelBins.binCount,
              bins: levelBins.bins)
            encoders.append(.levels(levels))
            writers.append(levels.writer(readers[index], source: source))
          }
          if let rates = rates[position] {
            encoders.append(.rates(rates.rates))
            writers.append(
              .cells(rates.grid, readers: [readers[index]], rates.trainingTable))
          }
          if source.levelCount > 1 { pairSources.append((source, index)) }
        }
      }
    }

    mutating func addPairs(pool: WorkerPool) throws {
      guard options.categories.hasPairs, options.pairs > 0 else { return }
      let rankingRows = training.rankingPositions.map { positions in
        positions.map { training.rows?[$0] ?? $0 }
      }
      let ranking = PairRanking(
        sources: pairSources.map(\.source),
        readers: try pairSources.map { try reader($0.source, rows: rankingRows ?? training.rows) },
        positions: training.rankingPositions, training: training, options: options)
      let pairs = ranking.best(options.pairs, pool: pool)
      var indexOf: [Int: Int] = [:]
      for position in pairs.flatMap({ [$0.0, $0.1] }) where indexOf[position] == nil {
        indexOf[position] =
          if let index = pairSources[position].index { index } else {
            try add(pairSources[position].source)
          }
      }
      let indices = pairs.map { [indexOf[$0.0], indexOf[$0.1]].compactMap { $0 } }
      let rates = pool.map(pairs.count) { pair in
        TargetRates(
          sources: indices[pair].map { sources[$0] }, indices: indices[pair],
          readers: indices[pair].map { readers[$0] }, training: training, options: options)
      }
      for (pair, rates) in rates.enumerated() {
        guard let rates else { continue }
        encoders.append(.rates(rates.rates))
        writers.append(
          .cells(rates.grid, readers: indices[pair].map { readers[$0] }, rates.trainingTable))
      }
    }

    func finished(
      pool: WorkerPool
    ) throws -> (pipeline: TreePipeline, columns: BinnedColumns) {
      let pipeline = pipelineWithoutIdleSources()
      let columns = TreeTransformer.write(
        writers, features: pipeline.features, rowCount: training.count, pool: pool)
      return (pipeline, columns)
    }

    /// A source that was added for a pair has no use where the pair came to nothing.
    private func pipelineWithoutIdleSources() -> TreePipeline {
      var isUsed = [Bool](repeating: false, count: sources.count)
      for encoder in encoders {
        for source in encoder.sources { isUsed[source] = true }
      }
      var newIndices: [Int] = []
      var kept: [LevelSource] = []
      for (source, used) in zip(sources, isUsed) {
        newIndices.append(kept.count)
        if used { kept.append(source) }
      }
      return TreePipeline(
        levelSources: kept, encoders: encoders.map { $0.renumbered { newIndices[$0] } })
    }
  }
}

extension TreeEncoder {
  /// Indices of the level sources that it reads.
  fileprivate var sources: [Int] {
    switch self {
    case .number: []
    case .levels(let levels): [levels.source]
    case .rates(let rates): rates.sources
    }
  }

  fileprivate func renumbered(_ newIndex: (Int) -> Int) -> TreeEncoder {
    switch self {
    case .number: self
    case .levels(let levels):
      .levels(
        LevelBins(
          source: newIndex(levels.source), kind: levels.kind, binCount: levels.binCount,
          bins: levels.bins))
    case .rates(let rates):
      .rates(
        LevelRates(
          sources: rates.sources.map(newIndex), firstLevels: rates.firstLevels,
          secondLevels: rates.secondLevels, rates: rates.rates, thresholds: rates.thresholds))
    }
  }
}

extension TreeFeatureOptions.Categories {
  func hasRates(levels: Int) -> Bool {
    switch self {
    case .codes, .subsets: false
    case .automatic, .targetRates, .combinations: levels >= TreeFeatureOptions.rateLevels
    }
  }

  /// Whether codes stand beside target rates.
  var hasCodes: Bool { self != .targetRates }

  var hasPairs: Bool { self == .automatic || self == .combinations }

  func kind(levels: Int) -> BinnedFeature.Kind {
    switch self {
    case .subsets: .categories
    case .automatic: levels <= TreeFeatureOptions.unorderedLevels ? .categories : .ordered
    case .codes, .targetRates, .combinations: .ordered
    }
  }
}
