import CSimd
import Features
import Models
import Parallel

/// Grows gradient-boosted trees for the binomial log loss.
public struct GradientBooster: Sendable {
  public let options: BoostingOptions
  private let level: Int32
  private let blockCapacity: Int

  /// - Throws: ``BoostingError/badOption(name:found:expected:)``.
  public init(_ options: BoostingOptions) throws {
    try self.init(options, level: csimd_level(), blockCapacity: Gradients.blockCapacity)
  }

  /// - Parameters:
  ///   - level: the instruction set (`csimd_portable`…); all give the same trees.
  ///   - blockCapacity: rows of weight 1 that a packed sum may hold, at most
  ///     `Gradients.blockCapacity`; any gives the same trees.
  init(_ options: BoostingOptions, level: Int32, blockCapacity: Int) throws {
    self.options = try options.validated()
    self.level = level
    self.blockCapacity = blockCapacity
  }

  /// Grows trees on the training rows, one a round.
  ///
  /// - Parameters:
  ///   - validation: rows whose log loss is taken after each round, and ends growth after
  ///     `options.patience` rounds without a lower one.
  ///   - baseRawPrediction: log-odds before any tree; `nil` takes those of the training rows' mean
  ///     outcome.
  ///   - progress: told after each round.
  /// - Throws: ``BoostingError`` where there is nothing to learn from, or the options don't suit the
  ///   features.
  public func fit(
    _ training: consuming BoostingRows, validation: consuming BoostingRows? = nil,
    baseRawPrediction: Double? = nil, pool: WorkerPool, progress: ProgressSink = { _ in }
  ) throws -> BoostingFit {
    let features = training.columns.features
    var (rounds, base) = try rounds(
      training, validation: validation, baseRawPrediction: baseRawPrediction, pool: pool)
    // Labels, weights and identities are in the kernels' own form now.
    _ = consume training
    _ = consume validation
    rounds.run(progress)
    return rounds.fit(of: features, base: base)
  }

  /// All that the rounds need, ready for the first.
  private func rounds(
    _ training: BoostingRows, validation: BoostingRows?, baseRawPrediction: Double?,
    pool: WorkerPool
  ) throws -> (rounds: BoostingRounds, base: Double) {
    let features = training.columns.features
    guard !features.isEmpty else { throw BoostingError.noFeatures }
    let options = try options.validated(for: features)
    let training = try training.validated()
    let validation = try validation?.validated()
    if let validation, validation.columns.features != features {
      throw BoostingError.otherFeatures(
        training: features.count, validation: validation.columns.features.count)
    }
    let base = try baseRawPrediction ?? training.meanRawPrediction()
    guard base.isFinite else { throw BoostingError.badBase(found: base) }
    let weights = RowWeights(training.weights, count: training.count)
    guard weights.totalLoad > 0 else { throw BoostingError.noRows }
    let matrix = BinnedMatrix(training.columns, pool: pool)
    let chosen = options.members.isEmpty ? [BoostingOptions.Member()] : options.members
    let members = chosen.enumerated().map { number, member in
      var own = options
      if let leaves = member.leaves { own.leaves = leaves }
      let seed =
        number == 0 ? options.seed : CounterHash.bits(.members, options.seed, UInt64(number))
      let gradients = Gradients(
        rows: training, weights: weights, base: base, seed: seed, level: level)
      let grower = Grower(
        rules: GrowthRules(options: own, features: features, weightScale: weights.scale),
        columns: training.columns, matrix: matrix, gradients: gradients, pool: pool, level: level,
        capacity: blockCapacity)
      return BoostingMember(
        options: own,
        candidates: (member.features.map { Set($0).sorted() }) ?? Array(features.indices),
        seed: seed, grower: grower)
    }
    let judged = try validation.map { try ValidationScores($0, base: base, level: level) }
    return (BoostingRounds(options: options, members: members, judged: judged, pool: pool), base)
  }
}

extension BoostingRows {
  /// The log-odds of the mean outcome.
  ///
  /// - Throws: ``BoostingError/noRows``, or ``BoostingError/oneOutcome(label:)`` where they would be
  ///   infinite.
  func meanRawPrediction() throws -> Double {
    var won = 0.0
    var lost = 0.0
    for (row, label) in labels.enumerated() {
      let weight = weights?[row] ?? 1
      if label == 1 { won += weight } else { lost += weight }
    }
    guard won + lost > 0 else { throw BoostingError.noRows }
    guard won > 0, lost > 0 else { throw BoostingError.oneOutcome(label: won > 0 ? 1 : 0) }
    return LogOdds.of(won: won, lost: lost)
  }
}
