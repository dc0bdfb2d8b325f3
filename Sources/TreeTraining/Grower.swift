import Features
import Models
import Parallel

/// Grows one tree after another, best leaf first.
///
/// A node's histogram is built from its rows only where it is the smaller child; the larger one's is
/// its parent's less the smaller one's. All sums are of whole numbers, so neither the order of rows nor
/// the number of threads makes a difference.
final class Grower {
  let rules: GrowthRules
  let columns: BinnedColumns
  let partition: RowPartition
  let finder: SplitFinder
  let pool: WorkerPool
  let builder: HistogramBuilder
  let slots: HistogramSlots
  let memories: [SplitMemory]
  let gradients: Gradients

  /// The tree in progress.
  var nodes: [GrownTree.Node] = []
  var active: ActiveColumns
  var limits: InteractionLimits
  /// Whether the root's run is all rows in order, which the partition does not hold yet.
  var isWhole = false
  /// Best candidates, two (one a child) a unit.
  let found: CandidateTable

  /// Rows from which on a histogram is built by all threads side by side, each with bins of its own.
  private static let manyRows = 2_048
  /// Additions and bins that are worth waking the other threads for: some microseconds.
  private static let worthSharing = 8_192

  init(
    rules: GrowthRules, columns: BinnedColumns, matrix: BinnedMatrix, gradients: Gradients,
    pool: WorkerPool, level: Int32, capacity: Int = Gradients.blockCapacity
  ) {
    self.rules = rules
    self.columns = columns
    self.gradients = gradients
    self.pool = pool
    partition = RowPartition(
      rowCount: columns.rowCount, weights: gradients.weights, pool: pool)
    finder = SplitFinder(rules: rules, bundles: matrix.bundles, level: level)
    builder = HistogramBuilder(
      matrix: matrix, layout: finder.layout, gradients: gradients, pool: pool, capacity: capacity)
    slots = HistogramSlots(
      binCount: finder.layout.binCount, leaves: rules.options.leaves,
      totalLoad: gradients.weights.totalLoad, capacity: capacity)
    memories = (0..<pool.threadCount).map { _ in SplitMemory() }
    active = ActiveColumns([], matrix.bundles)
    found = CandidateTable(2 * (matrix.bundles.bundles.count / FeatureBundles.unit + 1))
    limits = InteractionLimits(nil, featureCount: 0)
  }

  /// Grows a tree on the first `rowCount` rows of the partition's indices.
  ///
  /// - Parameter isWhole: whether these are all rows, in order; the indices are then not read.
  func grow(rowCount: Int, isWhole: Bool, features: [Int]) -> GrownTree {
    active = ActiveColumns(features, builder.matrix.bundles)
    limits = InteractionLimits(rules.options.interactions, featureCount: rules.features.count)
    self.isWhole = isWhole
    nodes.removeAll(keepingCapacity: true)
    startRoot(rowCount)
    var leafCount = 1
    while leafCount < rules.options.leaves, let leaf = bestLeaf() {
      guard let candidate = nodes[leaf].candidate, limits.allows(candidate.feature) else {
        search(leaf)
        continue
      }
      if split(leaf, candidate, isLast: leafCount + 1 == rules.options.leaves) { leafCount += 1 }
    }
    for index in nodes.indices { dropHistogram(index) }
    return GrownTree(nodes: nodes)
  }

  private func startRoot(_ rowCount: Int) {
    let rows = isWhole ? nil : UnsafePointer(partition.indices.start)
    var root = GrownTree.Node(
      start: 0, count: rowCount, total: partition.total(rows, start: 0, count: rowCount),
      sums: NodeSums(gradient: 0, hessian: 0, weight: 0), depth: 0, bounds: .none,
      l2: rules.options.l2, split: nil, candidate: nil, slot: nil)
    root.sums.weight = partition.weight(root.total)
    nodes.append(root)
    guard rowCount > 0, let unit = active.units.first, let feature = unit.features.first else {
      return
    }
    let slot = slots.take(isWide: builder.isWide(load: root.total.load))
    nodes[0].slot = slot
    let job = job(0, slot)
    builder.accumulate(job, active)
    pool.forEach(active.units.count) { unit, _ in builder.collect(active.units[unit], job) }
    // Any feature's bins add up to the node.
    let at = finder.layout.offsets[feature]
    for bin in at..<at + finder.digits[feature] {
      if slot.isWide {
        nodes[0].sums.gradient += job.target[2 * bin]
        nodes[0].sums.hessian += job.target[2 * bin + 1]
      } else {
        nodes[0].sums.gradient += job.target[bin] >> 32
        nodes[0].sums.hessian += job.target[bin] & 0xffff_ffff
      }
    }
    search(0)
  }

  func job(_ node: Int, _ slot: HistogramSlots.Slot) -> HistogramBuilder.Job {
    let start = nodes[node].start
    return HistogramBuilder.Job(
      rows: isWhole && node == 0 ? nil : UnsafePointer(partition.indices.start + start),
      start: start, count: nodes[node].count, load: nodes[node].total.load,
      target: slots.bins(slot))
  }

  /// The leaf with the highest gain, the first of equals.
  private func bestLeaf() -> Int? {
    var best: Int?
    var gain = 0.0
    for index in nodes.indices {
      guard nodes[index].split == nil, let candidate = nodes[index].candidate,
        candidate.gain > gain
      else { continue }
      best = index
      gain = candidate.gain
    }
    return best
  }

  /// Carries a split out, unless a side has too few rows: then looks for another.
  private func split(_ index: Int, _ candidate: SplitCandidate, isLast: Bool) -> Bool {
    let node = nodes[index]
    let feature = rules.features[candidate.feature]
    let condition: TreeSplit.Condition =
      feature.kind == .ordered ? .upTo(candidate.bin) : .among(candidate.categories)
    let column = columns.column(candidate.feature)
    func stage(missingGoesLeft: Bool) -> (count: Int, total: RowPartition.Total) {
      let test = BinTest(
        condition, missingBin: feature.missingBin, missingGoesLeft: missingGoesLeft,
        level: finder.level)
      return partition.stage(node.start, node.count, whole: isWhole && index == 0) {
        test.part(column, $0, start: $1, count: $2, left: $3, right: $4)
      }
    }
    var missingGoesLeft = candidate.missingGoesLeft ?? false
    var left = stage(missingGoesLeft: missingGoesLeft)
    if candidate.missingGoesLeft == nil, 2 * left.total.fixed >= node.total.fixed {
      missingGoesLeft = true
      // No row is missing, or only such as are so sure that they round to nothing.
      if finder.digits[candidate.feature] > feature.missingBin {
        left = stage(missingGoesLeft: true)
      }
    }
    let leftWeight = partition.weight(left.total)
    let rightWeight = partition.weight(node.total - left.total)
    let least = Double(rules.options.minimumRows)
    guard leftWeight >= least, rightWeight >= least else {
      nodes[index].candidate = nil
      if candidate.isExact {
        dropHistogram(index)
      } else {
        nodes[index].exactFeatures.append(candidate.feature)
        search(index)
      }
      return false
    }
    partition.commit(node.start, node.count, leftCount: left.count)
    limits.use(candidate.feature)
    let (leftBounds, rightBounds) = childBounds(node, candidate)
    let l2 =
      rules.l2(under: candidate.feature) > rules.l2
      ? rules.options.l2 + rules.options.categoryL2 : rules.options.l2
    nodes[index].split = TreeSplit(
      feature: candidate.feature, condition: condition,
      missingGoesLeft: missingGoesLeft,
      leftChild: nodes.count, rightChild: nodes.count + 1, gain: candidate.gain * rules.gainUnit)
    nodes.append(
      GrownTree.Node(
        start: node.start, count: left.count, total: left.total,
        sums: NodeSums(
          gradient: candidate.leftGradient, hessian: candidate.leftHessian, weight: leftWeight),
        depth: node.depth + 1, bounds: leftBounds, l2: l2, split: nil, candidate: nil, slot: nil))
    nodes.append(
      GrownTree.Node(
        start: node.start + left.count, count: node.count - left.count,
        total: node.total - left.total,
        sums: NodeSums(
          gradient: node.sums.gradient - candidate.leftGradient,
          hessian: node.sums.hessian - candidate.leftHessian, weight: rightWeight),
        depth: node.depth + 1, bounds: rightBounds, l2: l2, split: nil, candidate: nil, slot: nil))
    if !isLast { searchChildren(of: index) }
    dropHistogram(index)
    return true
  }

  /// Between which values the children must stay: on either side of the middle of their own values
  /// where the split's feature is monotone.
  private func childBounds(
    _ node: GrownTree.Node, _ candidate: SplitCandidate
  ) -> (left: ValueBounds, right: ValueBounds) {
    var left = node.bounds
    var right = node.bounds
    let direction = rules.direction(candidate.feature)
    guard direction != .free else { return (left, right) }
    func value(_ gradient: Int64, _ hessian: Int64) -> Double {
      node.bounds.clip(-rules.thresholded(Double(gradient)) / (Double(hessian) + rules.l2))
    }
    let middle =
      (value(candidate.leftGradient, candidate.leftHessian)
        + value(
          node.sums.gradient - candidate.leftGradient, node.sums.hessian - candidate.leftHessian))
      / 2
    if direction == .increasing {
      left.highest = middle
      right.lowest = middle
    } else {
      left.lowest = middle
      right.highest = middle
    }
    return (left, right)
  }

  func dropHistogram(_ index: Int) {
    guard let slot = nodes[index].slot else { return }
    slots.giveBack(slot)
    nodes[index].slot = nil
  }

  /// Whether `work` (additions and bins) is enough to wake the other threads for.
  func isWorthSharing(_ work: Int) -> Bool {
    pool.threadCount > 1 && work >= Self.worthSharing
  }

  /// Whether a node's rows are added up by all threads side by side.
  func isMany(_ job: HistogramBuilder.Job) -> Bool {
    job.count >= Self.manyRows || pool.threadCount == 1 || builder.isWide(load: job.load)
  }
}

/// Places that threads write candidates to, each its own.
///
/// `@unchecked Sendable`: see above; read after the pool has joined.
final class CandidateTable: @unchecked Sendable {
  /// Valid while the table lives.
  let start: UnsafeMutablePointer<SplitCandidate?>
  private let count: Int

  init(_ count: Int) {
    self.count = count
    start = .allocate(capacity: count)
    start.initialize(repeating: nil, count: count)
  }

  deinit {
    start.deinitialize(count: count)
    start.deallocate()
  }
}
