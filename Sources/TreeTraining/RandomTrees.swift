import Features
import Models
import Parallel

/// How extremely randomised trees are grown.
public struct RandomTreeOptions: Sendable, Equatable {
  /// Trees that are averaged. Default 200.
  public var trees = 200
  /// Leads a leaf. Default 5.
  public var minimumRows = 5.0
  /// Share of the features that are tried at each node, at least one. Default 0.4.
  public var featureShare = 0.4
  public var seed: UInt64 = 1

  public init() {}
}

/// Grows extremely randomised trees (Geurts, Ernst and Wehenkel 2006, Machine Learning 63): at each node
/// some features are drawn, each with one cut drawn at random, and the best of these cuts is taken. What a
/// single tree says is mostly chance; their mean is smooth, and steadier on few leads than trees that look
/// for the best cut.
///
/// A leaf adds one Newton step from the base rate p₀ of all leads, (p − p₀)/(p₀(1 − p₀)), divided by the
/// number of trees: linear in the mean of the trees' rates p, which is what such trees are made to
/// estimate. How much of that step to believe is for a calibration or a blend to say.
public struct RandomTreeGrower: Sendable {
  public let options: RandomTreeOptions

  /// - Throws: `BoostingError.badOption`.
  public init(_ options: RandomTreeOptions = RandomTreeOptions()) throws {
    func check(_ holds: Bool, _ name: String, _ value: Double, _ expected: String) throws {
      guard holds else {
        throw BoostingError.badOption(name: name, found: "\(value)", expected: expected)
      }
    }
    try check(options.trees > 0, "trees", Double(options.trees), "at least 1")
    try check(options.minimumRows >= 1, "minimumRows", options.minimumRows, "at least 1")
    try check(
      options.featureShare > 0 && options.featureShare <= 1, "featureShare", options.featureShare,
      "above 0, at most 1")
    self.options = options
  }

  /// - Parameters:
  ///   - features: those that trees may ask about; `nil` for all.
  ///   - pool: trees are grown side by side; the result does not depend on the threads.
  /// - Throws: `BoostingError` where there are not both outcomes.
  public func grow(
    _ rows: BoostingRows, features: [Int]? = nil, pool: WorkerPool
  ) throws -> TreeEnsemble {
    let rows = try rows.validated()
    let growth = try Growth(
      rows: rows, features: features ?? Array(rows.columns.features.indices), options: options)
    let trees = pool.map(options.trees) { growth.tree($0) }
    return TreeEnsemble(
      features: rows.columns.features,
      baseRawPrediction: LogOdds.of(won: growth.baseRate, lost: 1 - growth.baseRate), trees: trees)
  }
}

/// What all trees of a fit share.
private struct Growth: Sendable {
  let columns: BinnedColumns
  /// Those that may be asked about.
  let features: [Int]
  let bins: [[UInt8]]
  /// 1 where there are none.
  let weights: [Double]
  let isWon: [Bool]
  let options: RandomTreeOptions
  let baseRate: Double
  /// Features that are tried at each node.
  let tried: Int

  init(rows: BoostingRows, features: [Int], options: RandomTreeOptions) throws {
    guard !features.isEmpty else { throw BoostingError.noFeatures }
    let columns = rows.columns
    self.columns = columns
    self.features = features
    self.options = options
    let count = rows.count
    bins = columns.features.indices.map { feature in
      (0..<count).map { UInt8(columns.bin(row: $0, feature: feature)) }
    }
    weights = rows.weights ?? [Double](repeating: 1, count: count)
    isWon = rows.labels.map { $0 == 1 }
    var (total, won) = (0.0, 0.0)
    for row in 0..<count {
      total += weights[row]
      if isWon[row] { won += weights[row] }
    }
    guard total > 0 else { throw BoostingError.noRows }
    guard won > 0, won < total else { throw BoostingError.oneOutcome(label: won > 0 ? 1 : 0) }
    baseRate = won / total
    tried = max(1, Int((options.featureShare * Double(features.count)).rounded(.up)))
  }

  /// A cut of a node's rows and what it is worth.
  private struct Cut {
    let feature: Int
    let condition: TreeSplit.Condition
    let missingGoesLeft: Bool
    /// G²/H of the sides less that of the node.
    let gain: Double

    func goesLeft(_ bin: Int, missingBin: Int) -> Bool {
      TreeSplit(
        feature: feature, condition: condition, missingGoesLeft: missingGoesLeft, leftChild: 0,
        rightChild: 0, gain: gain
      ).goesLeft(bin, missingBin: missingBin)
    }
  }

  private struct Sums {
    var weight = 0.0
    var won = 0.0
  }

  func tree(_ number: Int) -> DecisionTree {
    var random = Draws(seed: options.seed, tree: number)
    var nodes: [TreeNode] = []
    _ = grow(
      weights.indices.filter { weights[$0] > 0 }, random: &random, into: &nodes)
    return DecisionTree(nodes: nodes)
  }

  /// Adds the node of some rows and all below it, and gives its place.
  private func grow(_ rows: [Int], random: inout Draws, into nodes: inout [TreeNode]) -> Int {
    var sums = Sums()
    for row in rows {
      sums.weight += weights[row]
      if isWon[row] { sums.won += weights[row] }
    }
    let spread = baseRate * (1 - baseRate)
    let value = (sums.won / sums.weight - baseRate) / spread / Double(options.trees)
    let place = nodes.count
    nodes.append(TreeNode(value: value, weight: sums.weight))
    guard sums.won > 0, sums.won < sums.weight, sums.weight >= 2 * options.minimumRows,
      let cut = bestCut(rows, sums: sums, random: &random)
    else { return place }
    let missing = columns.features[cut.feature].missingBin
    let column = bins[cut.feature]
    var sides: (left: [Int], right: [Int]) = ([], [])
    for row in rows {
      if cut.goesLeft(Int(column[row]), missingBin: missing) {
        sides.left.append(row)
      } else {
        sides.right.append(row)
      }
    }
    let left = grow(sides.left, random: &random, into: &nodes)
    let right = grow(sides.right, random: &random, into: &nodes)
    nodes[place] = TreeNode(
      value: value, weight: sums.weight,
      split: TreeSplit(
        feature: cut.feature, condition: cut.condition, missingGoesLeft: cut.missingGoesLeft,
        leftChild: left, rightChild: right,
        gain: cut.gain / spread / Double(options.trees)))
    return place
  }

  /// The best of one cut each of some features, drawn until enough of them vary among the rows.
  private func bestCut(_ rows: [Int], sums: Sums, random: inout Draws) -> Cut? {
    var features = features
    var left = tried
    var best: Cut?
    while left > 0, !features.isEmpty {
      let feature = features.remove(at: random.below(features.count))
      guard let drawn = cut(rows, feature: feature, random: &random) else { continue }
      left -= 1
      if let cut = worth(drawn, rows: rows, sums: sums), cut.gain > best?.gain ?? -1 { best = cut }
    }
    return best
  }

  /// A cut drawn at random; `nil` where the rows have one bin.
  private func cut(
    _ rows: [Int], feature: Int, random: inout Draws
  ) -> (feature: Int, condition: TreeSplit.Condition, missingGoesLeft: Bool)? {
    let missing = columns.features[feature].missingBin
    let column = bins[feature]
    var (lowest, highest, hasMissing) = (Int.max, -1, false)
    for row in rows {
      let bin = Int(column[row])
      if bin == missing {
        hasMissing = true
      } else {
        lowest = min(lowest, bin)
        highest = max(highest, bin)
      }
    }
    guard highest >= 0, lowest < highest || hasMissing else { return nil }
    // Of one bin and missing cells, these are what there is to part.
    let missingGoesLeft = lowest < highest && random.below(2) == 0
    guard columns.features[feature].kind == .categories else {
      let cut = lowest < highest ? lowest + random.below(highest - lowest) : lowest
      return (feature, .upTo(cut), missingGoesLeft)
    }
    var set = BinSet()
    guard lowest < highest else {
      set.insert(lowest)
      return (feature, .among(set), false)
    }
    for bin in lowest...highest where random.below(2) == 0 { set.insert(bin) }
    return (feature, .among(set), missingGoesLeft)
  }

  /// `nil` where a side is too small.
  private func worth(
    _ drawn: (feature: Int, condition: TreeSplit.Condition, missingGoesLeft: Bool), rows: [Int],
    sums: Sums
  ) -> Cut? {
    let cut = Cut(
      feature: drawn.feature, condition: drawn.condition, missingGoesLeft: drawn.missingGoesLeft,
      gain: 0)
    let missing = columns.features[cut.feature].missingBin
    let column = bins[cut.feature]
    var left = Sums()
    for row in rows where cut.goesLeft(Int(column[row]), missingBin: missing) {
      left.weight += weights[row]
      if isWon[row] { left.won += weights[row] }
    }
    let right = Sums(weight: sums.weight - left.weight, won: sums.won - left.won)
    guard left.weight >= options.minimumRows, right.weight >= options.minimumRows else {
      return nil
    }
    func score(_ side: Sums) -> Double {
      let residual = side.won - baseRate * side.weight
      return residual * residual / side.weight
    }
    return Cut(
      feature: cut.feature, condition: cut.condition, missingGoesLeft: cut.missingGoesLeft,
      gain: score(left) + score(right) - score(sums))
  }
}

/// Random numbers of one tree.
private struct Draws {
  private let seed: UInt64
  private var place: UInt64 = 0

  init(seed: UInt64, tree: Int) {
    self.seed = CounterHash.bits(.randomTrees, seed, UInt64(tree))
  }

  /// From 0 to below `count`; the bias of the remainder is below 2⁻⁵⁰.
  mutating func below(_ count: Int) -> Int {
    place += 1
    return Int(CounterHash.bits(.randomTrees, seed, place) % UInt64(count))
  }
}
