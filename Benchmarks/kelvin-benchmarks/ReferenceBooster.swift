import Features
import Glibc
import Models
import Parallel
import TreeTraining

/// Boosted trees with gradients and histograms of doubles, for ordered features: what the integers of
/// `GradientBooster` are held against where a test can't, at ten million rows.
///
/// Leaf-wise growth by second-order gain, rows of a leaf counted, missing tried on both sides, the
/// larger child by subtraction. Of the options it follows rounds, learning rate, leaves, depth, minimum
/// rows and hessian, and `l2`.
///
/// Kernel: raw pointers into arrays of the fit, each valid while the fit lasts; rows and bins are within
/// the columns by construction.
struct ReferenceBooster {
  /// Gradient, hessian, rows, and nothing.
  typealias Sums = SIMD4<Double>

  private static let rowsABlock = 1 << 16

  let options: BoostingOptions

  init(_ options: BoostingOptions) {
    self.options = options
  }

  func fit(_ columns: BinnedColumns, labels: [UInt8], pool: WorkerPool) -> TreeEnsemble {
    let mean = Double(labels.count { $0 == 1 }) / Double(labels.count)
    let base = log(mean / (1 - mean))
    var raw = [Double](repeating: base, count: labels.count)
    var grower = ReferenceGrower(options, columns, pool)
    let blocks = RowBlocks(rowCount: labels.count, blockSize: Self.rowsABlock)
    var trees: [DecisionTree] = []
    for _ in 0..<options.rounds {
      raw.withUnsafeBufferPointer { raw in
        labels.withUnsafeBufferPointer { labels in
          grower.sums.withUnsafeMutableBufferPointer { sums in
            // Each block writes its own rows, and the pool joins before they are read.
            nonisolated(unsafe) let (raw, labels, sums) = (raw, labels, sums)
            pool.forEach(blocks.count) { block, _ in
              for row in blocks[block] {
                let p = 1 / (1 + exp(-raw[row]))
                sums[row] = Sums(p - Double(labels[row]), p * (1 - p), 1, 0)
              }
            }
          }
        }
      }
      trees.append(grower.grow { rows, value in for row in rows { raw[Int(row)] += value } })
    }
    return TreeEnsemble(features: columns.features, baseRawPrediction: base, trees: trees)
  }
}

/// One tree at a time; memory is kept from tree to tree.
private struct ReferenceGrower {
  typealias Sums = ReferenceBooster.Sums

  private struct Split {
    var gain: Double
    var feature: Int
    var bin: Int
    var missingGoesLeft: Bool
  }

  private struct Leaf {
    var node: Int
    var rows: Range<Int>
    var depth: Int
    var sums: Sums
    var histogram: [Sums]
    var best: Split?
  }

  /// One a row of the columns.
  var sums: [Sums]
  private let options: BoostingOptions
  private let columns: BinnedColumns
  private let pool: WorkerPool
  /// Rows in the order of the leaves.
  private var order: [UInt32]
  private var spare: [UInt32]

  /// The bins row after row.
  private let bytes: [UInt8]

  private static let stride = BinnedFeature.mostBins
  private static let parts = 4
  /// Rows from which it pays to sum in parts.
  private static let rowsToPart = 8_192

  init(_ options: BoostingOptions, _ columns: BinnedColumns, _ pool: WorkerPool) {
    self.options = options
    self.columns = columns
    self.pool = pool
    sums = [Sums](repeating: .zero, count: columns.rowCount)
    order = [UInt32](repeating: 0, count: columns.rowCount)
    spare = order
    let count = columns.features.count
    bytes = [UInt8](unsafeUninitializedCapacity: columns.rowCount * count) { bytes, size in
      for feature in 0..<count {
        let column = columns.column(feature)
        for row in 0..<columns.rowCount { bytes[row * count + feature] = column[row] }
      }
      size = columns.rowCount * count
    }
  }

  /// - Parameter settle: told the rows and the value of each leaf.
  mutating func grow(_ settle: (ArraySlice<UInt32>, Double) -> Void) -> DecisionTree {
    for row in order.indices { order[row] = UInt32(row) }
    let all = 0..<order.count
    let total = sums.reduce(.zero, +)
    var leaves = [
      Leaf(node: 0, rows: all, depth: 0, sums: total, histogram: histogram(all), best: nil)
    ]
    leaves[0].best = best(leaves[0])
    var nodes: [(sums: Sums, split: TreeSplit?)] = [(total, nil)]
    while leaves.count < options.leaves {
      let candidates = leaves.indices.filter { leaves[$0].best != nil }
      guard
        let chosen = candidates.max(by: {
          (leaves[$0].best?.gain ?? 0, -$0) < (leaves[$1].best?.gain ?? 0, -$1)
        }), let split = leaves[chosen].best
      else { break }
      var leaf = leaves[chosen]
      leaves[chosen].histogram = []
      let middle = part(leaf.rows, split)
      let ranges = [leaf.rows.lowerBound..<middle, middle..<leaf.rows.upperBound]
      let smaller = ranges[0].count <= ranges[1].count ? 0 : 1
      let built = histogram(ranges[smaller])
      for index in built.indices { leaf.histogram[index] -= built[index] }
      nodes[leaf.node].split = TreeSplit(
        feature: split.feature, condition: .upTo(split.bin),
        missingGoesLeft: split.missingGoesLeft, leftChild: nodes.count,
        rightChild: nodes.count + 1, gain: split.gain)
      for side in 0...1 {
        let sums = order[ranges[side]].reduce(into: Sums.zero) { $0 += self.sums[Int($1)] }
        var child = Leaf(
          node: nodes.count, rows: ranges[side], depth: leaf.depth + 1, sums: sums,
          histogram: side == smaller ? built : leaf.histogram, best: nil)
        child.best = best(child)
        nodes.append((sums, nil))
        if side == 0 { leaves[chosen] = child } else { leaves.append(child) }
      }
    }
    for leaf in leaves { settle(order[leaf.rows], value(leaf.sums)) }
    return DecisionTree(
      nodes: nodes.map { TreeNode(value: value($0.sums), weight: $0.sums[2], split: $0.split) })
  }

  private func value(_ sums: Sums) -> Double {
    -options.learningRate * sums[0] / (sums[1] + options.l2)
  }

  /// Sums a bin, feature after feature: of each part of the rows apart, then added part by part.
  private func histogram(_ rows: Range<Int>) -> [Sums] {
    let count = columns.features.count
    let parts = rows.count < Self.rowsToPart ? 1 : Self.parts
    let size = count * Self.stride
    var bins = [Sums](repeating: .zero, count: parts * size)
    bins.withUnsafeMutableBufferPointer { bins in
      order.withUnsafeBufferPointer { order in
        sums.withUnsafeBufferPointer { sums in
          bytes.withUnsafeBufferPointer { bytes in
            // Each part has its own bins, and the pool joins before they are read.
            nonisolated(unsafe) let (bins, order, sums, bytes) = (bins, order, sums, bytes)
            pool.forEach(parts) { part, _ in
              let first = rows.lowerBound + rows.count * part / parts
              let end = rows.lowerBound + rows.count * (part + 1) / parts
              for position in first..<end {
                let row = Int(order[position])
                let added = sums[row]
                var start = part * size
                for index in row * count..<(row + 1) * count {
                  bins[start + Int(bytes[index])] += added
                  start += Self.stride
                }
              }
            }
          }
        }
      }
    }
    for part in 1..<max(parts, 2) where parts > 1 {
      for index in 0..<size { bins[index] += bins[part * size + index] }
    }
    return Array(bins[..<size])
  }

  /// The split of greatest gain, ties to the lowest feature and bin.
  private func best(_ leaf: Leaf) -> Split? {
    guard leaf.depth < options.maxDepth ?? .max else { return nil }
    var best: Split?
    for feature in columns.features.indices {
      let missing = columns.features[feature].missingBin
      let start = feature * Self.stride
      let ofMissing = leaf.histogram[start + missing]
      for missingGoesLeft in ofMissing[2] > 0 ? [false, true] : [false] {
        var left = missingGoesLeft ? ofMissing : .zero
        for bin in 0..<missing {
          left += leaf.histogram[start + bin]
          let gain = gain(left, leaf.sums - left) - score(leaf.sums)
          guard gain > best?.gain ?? 0 else { continue }
          best = Split(gain: gain, feature: feature, bin: bin, missingGoesLeft: missingGoesLeft)
        }
      }
    }
    return best
  }

  private func gain(_ left: Sums, _ right: Sums) -> Double {
    let rows = Double(options.minimumRows)
    // Counts are whole numbers far below 2^53, so their sums and differences are exact.
    guard left[2] >= rows, right[2] >= rows,
      left[1] >= options.minimumHessian, right[1] >= options.minimumHessian
    else { return -.infinity }
    return score(left) + score(right)
  }

  private func score(_ sums: Sums) -> Double {
    sums[0] * sums[0] / (sums[1] + options.l2)
  }

  /// Puts the rows that go left first, both sides in their order; returns where the right ones start.
  private mutating func part(_ rows: Range<Int>, _ split: Split) -> Int {
    let column = columns.column(split.feature)
    let missing = columns.features[split.feature].missingBin
    var left = rows.lowerBound
    var right = 0
    for position in rows {
      let row = order[position]
      let bin = Int(column[Int(row)])
      if bin == missing ? split.missingGoesLeft : bin <= split.bin {
        order[left] = row
        left += 1
      } else {
        spare[right] = row
        right += 1
      }
    }
    for index in 0..<right { order[left + index] = spare[index] }
    return left
  }
}
