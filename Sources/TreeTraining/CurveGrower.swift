import Features
import Models

/// Grows trees of one feature, from its histogram alone.
struct CurveGrower: Sendable {
  let index: Int
  let feature: BinnedFeature
  /// Of the training rows, one a bin.
  let weights: [Double]
  let options: AdditiveOptions

  /// A run of bins of an ordered feature.
  private struct Run {
    let bins: Range<Int>
    let node: Int
    /// The bin before the best cut, and what it gains; 0 where there is none.
    var cut = 0
    var gain = 0.0
  }

  /// Sums over the bins before each.
  private struct Prefix {
    var gradients = [0.0]
    var hessians = [0.0]
    var weights = [0.0]

    func score(_ bins: Range<Int>, l2: Double) -> Double {
      let gradient = gradients[bins.upperBound] - gradients[bins.lowerBound]
      return gradient * gradient
        / (hessians[bins.upperBound] - hessians[bins.lowerBound] + l2)
    }

    func value(_ bins: Range<Int>, l2: Double) -> Double {
      -(gradients[bins.upperBound] - gradients[bins.lowerBound])
        / (hessians[bins.upperBound] - hessians[bins.lowerBound] + l2)
    }

    func weight(_ bins: Range<Int>) -> Double {
      weights[bins.upperBound] - weights[bins.lowerBound]
    }
  }

  /// - Parameter values: what the tree adds to the log-odds of each bin is written there.
  func grow(_ sums: CellSums, into values: UnsafeMutablePointer<Double>) -> DecisionTree {
    feature.kind == .ordered ? cut(sums, into: values) : tell(sums, into: values)
  }

  /// A value for each category, drawn to 0 where it has few rows.
  private func tell(_ sums: CellSums, into values: UnsafeMutablePointer<Double>) -> DecisionTree {
    let l2 = options.l2 + options.categoryL2
    var gain = 0.0
    for bin in 0..<feature.binCount {
      values[bin] = 0
      guard weights[bin] > 0 else { continue }
      values[bin] = -options.learningRate * sums.gradients[bin] / (sums.hessians[bin] + l2)
      gain += sums.gradients[bin] * sums.gradients[bin] / (sums.hessians[bin] + l2)
    }
    var nodes = [TreeNode(value: 0, weight: weights.reduce(0, +))]
    func halve(_ bins: Range<Int>, _ node: Int) {
      guard bins.count > 1 else {
        nodes[node] = TreeNode(value: values[bins.lowerBound], weight: weights[bins.lowerBound])
        return
      }
      // Missing first, then halves of what is known.
      let middle =
        bins.upperBound == feature.binCount
        ? feature.missingBin : (bins.lowerBound + bins.upperBound) / 2
      var left = BinSet()
      for bin in bins.lowerBound..<middle { left.insert(bin) }
      nodes[node] = TreeNode(
        value: 0, weight: nodes[node].weight,
        split: TreeSplit(
          feature: index, condition: .among(left), missingGoesLeft: false,
          leftChild: nodes.count, rightChild: nodes.count + 1, gain: node == 0 ? gain : 0))
      let children = [bins.lowerBound..<middle, middle..<bins.upperBound]
      let first = nodes.count
      for child in children {
        nodes.append(TreeNode(value: 0, weight: weights[child].reduce(0, +)))
      }
      halve(children[0], first)
      halve(children[1], first + 1)
    }
    halve(0..<feature.binCount, 0)
    return DecisionTree(nodes: nodes)
  }

  /// A few runs of bins with a value each, and one for missing.
  private func cut(_ sums: CellSums, into values: UnsafeMutablePointer<Double>) -> DecisionTree {
    let missing = feature.missingBin
    let rate = options.learningRate
    var prefix = Prefix()
    for bin in 0..<missing {
      prefix.gradients.append(prefix.gradients[bin] + sums.gradients[bin])
      prefix.hessians.append(prefix.hessians[bin] + sums.hessians[bin])
      prefix.weights.append(prefix.weights[bin] + weights[bin])
    }
    values[missing] =
      weights[missing] >= Double(options.minimumRows)
      ? -rate * sums.gradients[missing] / (sums.hessians[missing] + options.l2) : 0
    // What is known stands left of what is missing, at node 1.
    var nodes = [
      TreeNode(
        value: 0, weight: weights.reduce(0, +),
        split: TreeSplit(
          feature: index, condition: .upTo(missing - 1), missingGoesLeft: false, leftChild: 1,
          rightChild: 2, gain: 0)),
      TreeNode(value: 0, weight: prefix.weight(0..<missing)),
      TreeNode(value: values[missing], weight: weights[missing]),
    ]
    var runs = [bestCut(Run(bins: 0..<missing, node: 1), prefix)]
    while runs.count < options.leaves,
      let best = runs.indices.max(by: { runs[$0].gain < runs[$1].gain }), runs[best].gain > 0
    {
      let run = runs[best]
      nodes[run.node] = TreeNode(
        value: rate * prefix.value(run.bins, l2: options.l2), weight: nodes[run.node].weight,
        split: TreeSplit(
          feature: index, condition: .upTo(run.cut), missingGoesLeft: true,
          leftChild: nodes.count, rightChild: nodes.count + 1, gain: run.gain))
      let halves = [
        run.bins.lowerBound..<run.cut + 1, run.cut + 1..<run.bins.upperBound,
      ].enumerated().map { Run(bins: $1, node: nodes.count + $0) }
      nodes += halves.map { TreeNode(value: 0, weight: prefix.weight($0.bins)) }
      runs.replaceSubrange(best...best, with: halves.map { bestCut($0, prefix) })
    }
    var runValues = runs.map { rate * prefix.value($0.bins, l2: options.l2) }
    keepDirection(
      &runValues,
      runs.map {
        prefix.hessians[$0.bins.upperBound]
          - prefix.hessians[$0.bins.lowerBound] + options.l2
      })
    for (run, value) in zip(runs, runValues) {
      nodes[run.node] = TreeNode(value: value, weight: nodes[run.node].weight)
      for bin in run.bins { values[bin] = value }
    }
    return DecisionTree(nodes: nodes)
  }

  /// The run with its best cut, the first of equals.
  private func bestCut(_ run: Run, _ prefix: Prefix) -> Run {
    var run = run
    let own = prefix.score(run.bins, l2: options.l2)
    let least = Double(options.minimumRows)
    for cut in run.bins.dropLast() where weights[cut] > 0 {
      let left = run.bins.lowerBound..<cut + 1
      let right = cut + 1..<run.bins.upperBound
      guard prefix.weight(left) >= least else { continue }
      guard prefix.weight(right) >= least else { break }
      let gain =
        prefix.score(left, l2: options.l2) + prefix.score(right, l2: options.l2) - own
      if gain > run.gain { (run.cut, run.gain) = (cut, gain) }
    }
    return run
  }

  /// Values nearest by weighted squares that go the feature's way only: neighbours that don't are pooled.
  private func keepDirection(_ values: inout [Double], _ weights: [Double]) {
    let sign: Double
    switch options.direction(index) {
    case .free: return
    case .increasing: sign = 1
    case .decreasing: sign = -1
    }
    var pools: [(value: Double, weight: Double, count: Int)] = []
    for (value, weight) in zip(values, weights) {
      pools.append((sign * value, weight, 1))
      while let last = pools.last, pools.count > 1, pools[pools.count - 2].value > last.value {
        pools.removeLast()
        let before = pools.removeLast()
        let weight = before.weight + last.weight
        pools.append(
          (
            (before.value * before.weight + last.value * last.weight) / weight, weight,
            before.count + last.count
          ))
      }
    }
    values = pools.flatMap { [Double](repeating: sign * $0.value, count: $0.count) }
  }
}
