import Parallel

/// Histograms of new leaves, and the search for their best splits.
extension Grower {
  /// How the larger child's histogram comes about.
  private enum Larger {
    /// Nobody asks for it.
    case unwanted
    /// The parent's, from which the smaller child's is taken off in place.
    case inPlace(HistogramSlots.Slot)
    /// The same, then packed.
    case narrowed(from: HistogramSlots.Slot, into: HistogramSlots.Slot)
  }

  /// A node that is searched: where in `found` its candidates go, and what is asked.
  private struct Search {
    let node: Int
    let side: Int
    let slot: HistogramSlots.Slot
    let request: SplitFinder.Request
  }

  /// Builds the histograms of a node's children, as far as they may be split, and searches them.
  func searchChildren(of index: Int) {
    guard let split = nodes[index].split else { return }
    let children = [split.leftChild, split.rightChild]
    let wanted = children.filter { rules.maySplit(nodes[$0].sums, depth: nodes[$0].depth) }
    guard !wanted.isEmpty else { return }
    guard let parent = nodes[index].slot else {
      for child in wanted { search(child) }
      return
    }
    let leftIsSmaller = nodes[children[0]].count <= nodes[children[1]].count
    let smaller = children[leftIsSmaller ? 0 : 1]
    let larger = children[leftIsSmaller ? 1 : 0]
    let slot = slots.take(isWide: builder.isWide(load: nodes[smaller].total.load))
    nodes[smaller].slot = slot
    let plan = wanted.contains(larger) ? planLarger(larger, parent: parent, index) : .unwanted
    let job = job(smaller, slot)
    let searches = searches(wanted)
    let isMany = isMany(job)
    if isMany { builder.accumulate(job, active) }
    let additions = isMany ? 0 : job.count * active.laneCount
    forUnits(work: additions + 2 * wanted.count * active.binCount) { unit, worker in
      let columns = active.units[unit]
      if isMany {
        builder.collect(columns, job)
      } else {
        builder.build(columns, job, worker: worker)
      }
      subtract(columns, job.target, isWide: slot.isWide, plan)
      for search in searches { look(search, unit, worker) }
    }
    if case .narrowed(let from, _) = plan { slots.giveBack(from) }
    take(searches)
    if !wanted.contains(smaller) { dropHistogram(smaller) }
  }

  /// Hands the parent's histogram on to the larger child.
  private func planLarger(_ larger: Int, parent: HistogramSlots.Slot, _ index: Int) -> Larger {
    nodes[index].slot = nil
    guard parent.isWide, !builder.isWide(load: nodes[larger].total.load) else {
      nodes[larger].slot = parent
      return .inPlace(parent)
    }
    let packed = slots.take(isWide: false)
    nodes[larger].slot = packed
    return .narrowed(from: parent, into: packed)
  }

  /// Searches a node whose histogram is at hand, or builds it first.
  func search(_ index: Int) {
    nodes[index].candidate = nil
    guard rules.maySplit(nodes[index].sums, depth: nodes[index].depth) else {
      dropHistogram(index)
      return
    }
    buildIfNeeded(index)
    let searches = searches([index])
    forUnits(work: 2 * active.binCount) { unit, worker in
      for search in searches { look(search, unit, worker) }
    }
    take(searches)
  }

  /// The weights of a node's rows by bin of a feature.
  private func weighBins(
    of feature: Int, _ index: Int, _ weights: UnsafeMutablePointer<Double>
  ) {
    let node = nodes[index]
    let rows =
      isWhole && index == 0 ? nil : UnsafePointer(partition.indices.start + node.start)
    let column = columns.column(feature)
    for bin in 0..<finder.digits[feature] { weights[bin] = 0 }
    let table = gradients.weights
    for place in 0..<node.count {
      let row = rows.map { Int($0[place]) } ?? place
      // Whole numbers, or multiples of 2⁻²⁰: sums don't depend on the order of rows.
      weights[Int(column[row])] += table.exactWeight(row)
    }
    for bin in 0..<finder.digits[feature] { weights[bin] /= table.scale }
  }

  private func buildIfNeeded(_ index: Int) {
    guard nodes[index].slot == nil else { return }
    let slot = slots.take(isWide: builder.isWide(load: nodes[index].total.load))
    nodes[index].slot = slot
    let job = job(index, slot)
    builder.accumulate(job, active)
    pool.forEach(active.units.count) { unit, _ in builder.collect(active.units[unit], job) }
  }

  private func searches(_ wanted: [Int]) -> [Search] {
    wanted.enumerated().compactMap { side, child in
      nodes[child].slot.map { slot in
        Search(
          node: child, side: side, slot: slot,
          request: finder.request(
            nodes[child].sums, nodes[child].bounds, exactFeatures: nodes[child].exactFeatures))
      }
    }
  }

  /// Runs `body` for each unit, on all threads where that pays.
  private func forUnits(work: Int, _ body: (_ unit: Int, _ worker: Int) -> Void) {
    if isWorthSharing(work) {
      pool.forEach(active.units.count, body)
    } else {
      for unit in active.units.indices { body(unit, 0) }
    }
  }

  /// Searches the features of one unit.
  private func look(_ search: Search, _ unit: Int, _ worker: Int) {
    var best: SplitCandidate?
    let bins = UnsafePointer(slots.bins(search.slot))
    for feature in active.units[unit].features where limits.allows(feature) {
      finder.search(
        feature, bins, isWide: search.slot.isWide, search.request, memories[worker], &best
      ) { weighBins(of: $0, search.node, $1) }
    }
    // Units write their own two places; the buffer lives as long as the grower.
    found.start[2 * unit + search.side] = best
  }

  /// Takes the best of what the units found.
  private func take(_ searches: [Search]) {
    for search in searches {
      var best: SplitCandidate?
      for unit in active.units.indices {
        guard let candidate = found.start[2 * unit + search.side] else { continue }
        if let other = best,
          candidate.gain < other.gain
            || candidate.gain == other.gain && candidate.feature > other.feature
        {
          continue
        }
        best = candidate
      }
      best?.gain -= search.request.ownGain
      if let found = best, found.gain > 0, found.gain * rules.gainUnit > rules.options.minimumGain {
        nodes[search.node].candidate = found
      } else {
        nodes[search.node].candidate = nil
      }
      if nodes[search.node].candidate == nil || !slots.canKeep { dropHistogram(search.node) }
    }
  }

  private func subtract(
    _ unit: ActiveColumns.Unit, _ smaller: UnsafeMutablePointer<Int64>, isWide: Bool,
    _ plan: Larger
  ) {
    let whole: HistogramSlots.Slot
    switch plan {
    case .unwanted: return
    case .inPlace(let slot): whole = slot
    case .narrowed(let slot, _): whole = slot
    }
    let bins = slots.bins(whole)
    for feature in unit.features {
      let at = finder.layout.offsets[feature]
      let count = finder.digits[feature]
      switch (whole.isWide, isWide) {
      case (false, _):
        HistogramArithmetic.subtract(smaller + at, count: count, from: bins + at)
      case (true, false):
        HistogramArithmetic.subtract(packed: smaller + at, count: count, fromWide: bins + 2 * at)
      case (true, true):
        HistogramArithmetic.subtract(smaller + 2 * at, count: 2 * count, from: bins + 2 * at)
      }
      if case .narrowed(_, let packed) = plan {
        HistogramArithmetic.narrow(bins + 2 * at, count: count, into: slots.bins(packed) + at)
      }
    }
  }
}
