/// Rows that belong together by any of several relations: groups that grow as rows are joined.
///
/// The root of a group is its lowest row, so that groups do not depend on the order of joining.
public struct RowUnion: Sendable {
  private var parents: [Int]

  /// Rows 0 to `rowCount − 1`, each alone.
  public init(rowCount: Int) {
    parents = Array(0..<rowCount)
  }

  /// The lowest row of a row's group.
  public mutating func root(_ row: Int) -> Int {
    var row = row
    while parents[row] != row {
      // Each row on the way is set closer to the root.
      parents[row] = parents[parents[row]]
      row = parents[row]
    }
    return row
  }

  public mutating func join(_ first: Int, _ second: Int) {
    let (a, b) = (root(first), root(second))
    parents[max(a, b)] = min(a, b)
  }

  /// Joins rows of one code.
  /// - Parameter codes: one a row; below 0 joins nothing.
  public mutating func join(codes: [Int32]) {
    var first: [Int32: Int] = [:]
    for (row, code) in codes.enumerated() where code >= 0 {
      if let start = first[code] { join(start, row) } else { first[code] = row }
    }
  }

  /// One number a row: the lowest row of its group, or -1 for a row that is alone.
  public mutating func groups() -> [Int32] {
    let roots = parents.indices.map { root($0) }
    var sizes = [Int32](repeating: 0, count: roots.count)
    for root in roots { sizes[root] += 1 }
    return roots.map { sizes[$0] > 1 ? Int32($0) : -1 }
  }
}
