import Models

/// Grows trees of two features, from the histogram of their cells alone.
struct SurfaceGrower: Sendable {
  let first: PairAxis
  let second: PairAxis
  /// Of the training rows, one a cell; `AdditiveStage.pairStride` from row to row.
  let weights: [Double]
  let options: AdditiveOptions

  /// Some cells of either feature.
  private struct Area {
    let rows: Range<Int>
    let columns: Range<Int>
    let node: Int
    /// The cell before the best cut, and what it gains; 0 where there is none.
    var cut = 0
    var cutsRows = true
    var gain = 0.0

    typealias Half = (rows: Range<Int>, columns: Range<Int>)

    func halves(after cut: Int, ofRows isOfRows: Bool) -> (Half, Half) {
      if isOfRows {
        let (upper, lower) = (rows.lowerBound..<cut + 1, cut + 1..<rows.upperBound)
        return (Half(rows: upper, columns: columns), Half(rows: lower, columns: columns))
      }
      let (left, right) = (columns.lowerBound..<cut + 1, cut + 1..<columns.upperBound)
      return (Half(rows: rows, columns: left), Half(rows: rows, columns: right))
    }
  }

  private static var stride: Int { AdditiveStage.pairStride }

  /// Sums of a table over all cells above and left of each corner.
  private struct Corners {
    private var sums: [Double]
    private let width: Int

    init(_ values: [Double], rows: Int, columns: Int) {
      width = columns + 1
      sums = [Double](repeating: 0, count: (rows + 1) * width)
      for row in 0..<rows {
        var line = 0.0
        for column in 0..<columns {
          line += values[row * SurfaceGrower.stride + column]
          sums[(row + 1) * width + column + 1] = sums[row * width + column + 1] + line
        }
      }
    }

    func sum(_ rows: Range<Int>, _ columns: Range<Int>) -> Double {
      sums[rows.upperBound * width + columns.upperBound]
        - sums[rows.lowerBound * width + columns.upperBound]
        - sums[rows.upperBound * width + columns.lowerBound]
        + sums[rows.lowerBound * width + columns.lowerBound]
    }
  }

  /// The sums of a round.
  private struct Tables {
    let gradients: Corners
    let hessians: Corners
    let weights: Corners
    let l2: Double

    func score(_ rows: Range<Int>, _ columns: Range<Int>) -> Double {
      let gradient = gradients.sum(rows, columns)
      return gradient * gradient / (max(hessians.sum(rows, columns), 0) + l2)
    }

    func value(_ rows: Range<Int>, _ columns: Range<Int>) -> Double {
      -gradients.sum(rows, columns) / (max(hessians.sum(rows, columns), 0) + l2)
    }
  }

  private func tables(_ sums: CellSums) -> Tables {
    let (rows, columns) = (first.cellCount, second.cellCount)
    return Tables(
      gradients: Corners(sums.gradients, rows: rows, columns: columns),
      hessians: Corners(sums.hessians, rows: rows, columns: columns),
      // Never divides by nothing.
      weights: Corners(weights, rows: rows, columns: columns), l2: max(options.l2, 1e-6))
  }

  /// - Parameter values: what the tree adds to the log-odds of each cell is written there.
  func grow(_ sums: CellSums, into values: UnsafeMutablePointer<Double>) -> DecisionTree {
    let tables = tables(sums)
    let whole = Area(rows: 0..<first.cellCount, columns: 0..<second.cellCount, node: 0)
    var nodes = [TreeNode(value: 0, weight: tables.weights.sum(whole.rows, whole.columns))]
    var areas = [bestCut(whole, tables)]
    while areas.count < options.pairLeaves,
      let best = areas.indices.max(by: { areas[$0].gain < areas[$1].gain }), areas[best].gain > 0
    {
      let area = areas[best]
      let axis = area.cutsRows ? first : second
      let question = axis.cuts[area.cut]
      nodes[area.node] = TreeNode(
        value: options.learningRate * tables.value(area.rows, area.columns),
        weight: nodes[area.node].weight,
        split: TreeSplit(
          feature: axis.feature, condition: question.condition,
          missingGoesLeft: question.missingGoesLeft, leftChild: nodes.count,
          rightChild: nodes.count + 1, gain: area.gain))
      let (left, right) = area.halves(after: area.cut, ofRows: area.cutsRows)
      let children = [
        Area(rows: left.rows, columns: left.columns, node: nodes.count),
        Area(rows: right.rows, columns: right.columns, node: nodes.count + 1),
      ]
      nodes += children.map {
        TreeNode(value: 0, weight: tables.weights.sum($0.rows, $0.columns))
      }
      areas.replaceSubrange(best...best, with: children.map { bestCut($0, tables) })
    }
    for area in areas {
      let value = options.learningRate * tables.value(area.rows, area.columns)
      nodes[area.node] = TreeNode(value: value, weight: nodes[area.node].weight)
      for row in area.rows {
        for column in area.columns { values[row * Self.stride + column] = value }
      }
    }
    return DecisionTree(nodes: nodes)
  }

  /// The area with its best cut, the first of equals.
  private func bestCut(_ area: Area, _ tables: Tables) -> Area {
    var area = area
    let own = tables.score(area.rows, area.columns)
    let least = Double(options.minimumRows)
    for cutsRows in [true, false] {
      for cut in (cutsRows ? area.rows : area.columns).dropLast() {
        let (left, right) = area.halves(after: cut, ofRows: cutsRows)
        guard tables.weights.sum(left.rows, left.columns) >= least,
          tables.weights.sum(right.rows, right.columns) >= least
        else { continue }
        let gain =
          tables.score(left.rows, left.columns) + tables.score(right.rows, right.columns) - own
        if gain > area.gain { (area.cut, area.cutsRows, area.gain) = (cut, cutsRows, gain) }
      }
    }
    return area
  }

  /// By how much the best cut of either feature, both made at once, lowers the loss beyond what each would by
  /// itself: a quick measure of what two features do together (as in FAST by Lou and others, 2013).
  func interaction(_ sums: CellSums) -> Double {
    let tables = tables(sums)
    let (rows, columns) = (0..<first.cellCount, 0..<second.cellCount)
    let least = Double(options.minimumRows)
    let whole = tables.score(rows, columns)
    let columnScores = columns.dropLast().map { cut in
      tables.score(rows, 0..<cut + 1) + tables.score(rows, cut + 1..<second.cellCount)
    }
    var best = 0.0
    for cut in rows.dropLast() {
      let (upper, lower) = (0..<cut + 1, cut + 1..<first.cellCount)
      let rowScore = tables.score(upper, columns) + tables.score(lower, columns)
      for other in columns.dropLast() {
        let (left, right) = (0..<other + 1, other + 1..<second.cellCount)
        guard tables.weights.sum(upper, left) >= least, tables.weights.sum(upper, right) >= least,
          tables.weights.sum(lower, left) >= least, tables.weights.sum(lower, right) >= least
        else { continue }
        let together =
          tables.score(upper, left) + tables.score(upper, right) + tables.score(lower, left)
          + tables.score(lower, right)
        best = max(best, together - rowScore - columnScores[other] + whole)
      }
    }
    return best
  }
}
