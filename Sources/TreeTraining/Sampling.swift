import CSimd

/// Which rows a tree is grown on: those whose hash of (seed, tree, identity) falls below the share.
struct RowSampling: Sendable {
  let share: Double
  let seed: UInt64

  var takesAll: Bool { share >= 1 }

  /// A tree's draw.
  struct Draw: Sendable {
    fileprivate let key: UInt32
    fileprivate let limit: UInt64

    /// Parts rows start, start + 1, … into those that the tree is grown on (left) and the others.
    ///
    /// - Parameters:
    ///   - keys: one a row; `nil` for the rows' indices.
    ///   - left: and `right` have room for `count` indices each.
    /// - Returns: how many go left.
    func part(
      _ keys: UnsafePointer<UInt32>?, start: Int, count: Int, left: UnsafeMutablePointer<UInt32>,
      right: UnsafeMutablePointer<UInt32>
    ) -> Int {
      var taken = 0
      for index in 0..<count {
        let row = UInt32(truncatingIfNeeded: start + index)
        let isTaken = takes(keys?[start + index] ?? row) ? 1 : 0
        left[taken] = row
        right[index - taken] = row
        taken += isTaken
      }
      return taken
    }

    /// Whether the tree is grown on a row.
    /// - Parameter rowKey: the row's key (`Gradients.rowKeys`), or its index.
    func takes(_ rowKey: UInt32) -> Bool {
      UInt64(csimd_row_hash(rowKey, key)) < limit
    }
  }

  func draw(tree: Int) -> Draw {
    Draw(
      key: UInt32(truncatingIfNeeded: CounterHash.bits(.rows, seed, UInt64(tree))),
      limit: UInt64((share * 0x1p32).rounded()))
  }
}

/// Which features a tree may use: the share of them, rounded up, whose hashes come first.
struct ColumnSampling: Sendable {
  let share: Double
  let seed: UInt64

  /// The features of a tree, ascending.
  /// - Parameter candidates: the features there are to choose from, ascending.
  func features(tree: Int, among candidates: [Int]) -> [Int] {
    guard share < 1 else { return candidates }
    let key = CounterHash.bits(.columns, seed, UInt64(tree))
    let order = candidates.map { (hash: CounterHash.bits(.columns, key, UInt64($0)), feature: $0) }
      .sorted { ($0.hash, $0.feature) < ($1.hash, $1.feature) }
    return order.prefix(Int((share * Double(candidates.count)).rounded(.up)))
      .map(\.feature).sorted()
  }
}
