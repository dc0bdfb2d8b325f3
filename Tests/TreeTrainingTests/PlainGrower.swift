import Features
import Models

@testable import TreeTraining

/// Grows a tree the plain way: rows in arrays, every histogram from its own rows, every threshold
/// tried in turn.
struct PlainGrower {
  struct Node {
    var rows: [Int]
    var sums: NodeSums
    var depth = 0
    var bounds = ValueBounds.none
    var l2: Double
    var candidate: SplitCandidate?
    var split: TreeSplit?
    /// Features whose rows are counted rather than estimated.
    var exact: Set<Int> = []
  }

  let rules: GrowthRules
  let columns: BinnedColumns
  /// Gradient · 2³² + hessian of each row.
  let packed: [Int64]
  let weights: [Double]
  /// Features that this tree may use.
  let features: [Int]

  private struct Bins {
    var gradient: [Int64]
    var hessian: [Int64]
    var weight: [Double]
  }

  func grow(_ rows: [Int]) -> [Node] {
    var limits = InteractionLimits(
      rules.options.interactions, featureCount: columns.features.count)
    var nodes = [Node(rows: rows, sums: sums(rows), l2: rules.l2)]
    nodes[0].candidate = best(nodes[0], limits)
    var leaves = 1
    while leaves < rules.options.leaves {
      var chosen: Int?
      for (index, node) in nodes.enumerated() where node.split == nil {
        guard let candidate = node.candidate else { continue }
        if let other = chosen, let best = nodes[other].candidate, candidate.gain <= best.gain {
          continue
        }
        chosen = index
      }
      guard let index = chosen, let candidate = nodes[index].candidate else { break }
      guard limits.allows(candidate.feature) else {
        nodes[index].candidate = best(nodes[index], limits)
        continue
      }
      let node = nodes[index]
      let feature = columns.features[candidate.feature]
      var (left, right) = parted(node.rows, candidate, missingGoesLeft: false)
      let heavier = sums(left).weight >= sums(right).weight
      let missingGoesLeft = candidate.missingGoesLeft ?? heavier
      (left, right) = parted(node.rows, candidate, missingGoesLeft: missingGoesLeft)
      let least = Double(rules.options.minimumRows)
      if sums(left).weight < least || sums(right).weight < least {
        nodes[index].exact.insert(candidate.feature)
        nodes[index].candidate = candidate.isExact ? nil : best(nodes[index], limits)
        continue
      }
      let l2 = rules.l2(under: candidate.feature)
      var leftBounds = node.bounds
      var rightBounds = node.bounds
      let direction = rules.direction(candidate.feature)
      if direction != .free {
        let middle = (value(sums(left), node.bounds, l2) + value(sums(right), node.bounds, l2)) / 2
        if direction == .increasing {
          leftBounds.highest = middle
          rightBounds.lowest = middle
        } else {
          leftBounds.lowest = middle
          rightBounds.highest = middle
        }
      }
      limits.use(candidate.feature)
      nodes[index].split = TreeSplit(
        feature: candidate.feature,
        condition: feature.kind == .ordered ? .upTo(candidate.bin) : .among(candidate.categories),
        missingGoesLeft: missingGoesLeft, leftChild: nodes.count, rightChild: nodes.count + 1,
        gain: candidate.gain * rules.gainUnit)
      for (rows, bounds) in [(left, leftBounds), (right, rightBounds)] {
        var child = Node(
          rows: rows, sums: sums(rows), depth: node.depth + 1, bounds: bounds, l2: l2)
        child.candidate = best(child, limits)
        nodes.append(child)
      }
      leaves += 1
    }
    return nodes
  }

  private func sums(_ rows: [Int]) -> NodeSums {
    var sums = NodeSums(gradient: 0, hessian: 0, weight: 0)
    for row in rows {
      sums.gradient += packed[row] >> 32
      sums.hessian += packed[row] & 0xffff_ffff
      sums.weight += weights[row]
    }
    return sums
  }

  private func parted(
    _ rows: [Int], _ candidate: SplitCandidate, missingGoesLeft: Bool
  ) -> ([Int], [Int]) {
    let feature = columns.features[candidate.feature]
    let left = rows.filter { row in
      let bin = columns.bin(row: row, feature: candidate.feature)
      if bin == feature.missingBin { return missingGoesLeft }
      return feature.kind == .ordered ? bin <= candidate.bin : candidate.categories.contains(bin)
    }
    let kept = Set(left)
    return (left, rows.filter { !kept.contains($0) })
  }

  private func value(_ sums: NodeSums, _ bounds: ValueBounds, _ l2: Double) -> Double {
    bounds.clip(-rules.thresholded(Double(sums.gradient)) / (Double(sums.hessian) + l2))
  }

  /// What a split must satisfy, and what it gains.
  private struct Judge {
    let rules: GrowthRules
    let node: Node
    let exact: Bool

    /// What the node gains as it is.
    var own: Double {
      let t = rules.thresholded(Double(node.sums.gradient))
      let h = Double(node.sums.hessian) + rules.l2
      let v = node.bounds.clip(-t / h)
      return rules.isMonotone ? -(2 * t * v + h * v * v) : t * t / h
    }

    func gain(
      _ g: Int64, _ h: Int64, _ weight: Double, l2: Double, _ direction: BoostingOptions.Monotone
    ) -> Double? {
      let rightG = Double(node.sums.gradient - g)
      let rightH = Double(node.sums.hessian - h)
      let leftG = Double(g)
      let leftH = Double(h)
      if (g == 0 && h == 0) || (rightG == 0 && rightH == 0) { return nil }
      if exact {
        let least = Double(rules.options.minimumRows)
        guard weight >= least, node.sums.weight - weight >= least else { return nil }
        guard min(leftH, rightH) >= max(rules.minimumHessian, rules.l2 > 0 ? 0 : 1) else {
          return nil
        }
      } else {
        let least = rules.leastHessian(node.sums)
        guard leftH >= least, rightH >= least else { return nil }
      }
      let tl = rules.thresholded(leftG)
      let tr = rules.thresholded(rightG)
      if !rules.isMonotone {
        let hl = leftH + l2
        let hr = rightH + l2
        return (tl * tl * hr + tr * tr * hl) / (hl * hr)
      }
      let left = node.bounds.clip(-tl / (leftH + l2))
      let right = node.bounds.clip(-tr / (rightH + l2))
      if direction == .increasing, left > right { return nil }
      if direction == .decreasing, left < right { return nil }
      return -(2 * tl * left + (leftH + l2) * left * left)
        - (2 * tr * right + (rightH + l2) * right * right)
    }
  }

  private func best(
    _ node: Node, _ limits: InteractionLimits
  ) -> SplitCandidate? {
    guard rules.maySplit(node.sums, depth: node.depth) else { return nil }
    var judge = Judge(rules: rules, node: node, exact: false)
    var best: SplitCandidate?
    for feature in features where limits.allows(feature) {
      judge = Judge(rules: rules, node: node, exact: node.exact.contains(feature))
      let bins = histogram(node.rows, feature)
      if columns.features[feature].kind == .ordered {
        tryThresholds(feature, bins, judge, &best)
      } else {
        tryCategories(feature, bins, judge, &best)
      }
    }
    best?.gain -= judge.own
    guard let found = best, found.gain > 0,
      found.gain * rules.gainUnit > rules.options.minimumGain
    else { return nil }
    return found
  }

  private func histogram(_ rows: [Int], _ feature: Int) -> Bins {
    let count = columns.features[feature].binCount
    var bins = Bins(
      gradient: [Int64](repeating: 0, count: count), hessian: [Int64](repeating: 0, count: count),
      weight: [Double](repeating: 0, count: count))
    for row in rows {
      let bin = columns.bin(row: row, feature: feature)
      bins.gradient[bin] += packed[row] >> 32
      bins.hessian[bin] += packed[row] & 0xffff_ffff
      bins.weight[bin] += weights[row]
    }
    return bins
  }

  private func tryThresholds(
    _ feature: Int, _ bins: Bins, _ judge: Judge, _ best: inout SplitCandidate?
  ) {
    let missing = columns.features[feature].missingBin
    func isOccupied(_ bin: Int) -> Bool {
      bins.gradient[bin] != 0 || bins.hessian[bin] != 0 || judge.exact && bins.weight[bin] != 0
    }
    let hasMissing = isOccupied(missing)
    for missingLeft in hasMissing ? [false, true] : [false] {
      var g = missingLeft ? bins.gradient[missing] : 0
      var h = missingLeft ? bins.hessian[missing] : 0
      var w = missingLeft ? bins.weight[missing] : 0
      for bin in 0..<missing where isOccupied(bin) {
        g += bins.gradient[bin]
        h += bins.hessian[bin]
        w += bins.weight[bin]
        guard
          let gain = judge.gain(g, h, w, l2: rules.l2, rules.direction(feature)),
          gain > best?.gain ?? judge.own
        else { continue }
        best = SplitCandidate(
          gain: gain, feature: feature, bin: bin, categories: BinSet(),
          missingGoesLeft: hasMissing ? missingLeft : nil, leftGradient: g, leftHessian: h,
          isExact: judge.exact)
      }
    }
  }

  private func tryCategories(
    _ feature: Int, _ bins: Bins, _ judge: Judge, _ best: inout SplitCandidate?
  ) {
    let missing = columns.features[feature].missingBin
    let hasMissing = bins.gradient[missing] != 0 || bins.hessian[missing] != 0
    let least =
      Double(rules.options.minimumCategoryRows) * Double(judge.node.sums.hessian)
      / judge.node.sums.weight
    var levels = bins.gradient.indices.filter { bin in
      (bins.gradient[bin] != 0 || bins.hessian[bin] != 0)
        && (judge.exact
          ? bins.weight[bin] >= Double(rules.options.minimumCategoryRows)
          : Double(bins.hessian[bin]) >= least)
    }
    let single = rules.isOneVersusRest(feature)
    if !single {
      func key(_ bin: Int) -> Double {
        Double(bins.gradient[bin]) / (Double(bins.hessian[bin]) + rules.categorySmoothing)
      }
      levels.sort { (key($0), $0) < (key($1), $1) }
    }
    var sets = levels.map { [$0] }
    if !single {
      let most = min(rules.options.mostCategories, (levels.count + 1) / 2)
      sets = (0..<most).map { Array(levels[...$0]) }
      sets += (0..<most).map { Array(levels.reversed()[...$0]) }
    }
    for set in sets {
      let g = set.reduce(0) { $0 + bins.gradient[$1] }
      let h = set.reduce(0) { $0 + bins.hessian[$1] }
      let w = set.reduce(0) { $0 + bins.weight[$1] }
      guard let gain = judge.gain(g, h, w, l2: rules.l2(under: feature), .free),
        gain > best?.gain ?? judge.own
      else { continue }
      var categories = BinSet()
      for bin in set where bin != missing { categories.insert(bin) }
      best = SplitCandidate(
        gain: gain, feature: feature, bin: 0, categories: categories,
        missingGoesLeft: hasMissing ? set.contains(missing) : nil, leftGradient: g,
        leftHessian: h, isExact: judge.exact)
    }
  }
}
