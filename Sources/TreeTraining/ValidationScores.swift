import Features
import Glibc
import Models

/// Rows that trees are not grown on, their log-odds so far, and how well these do.
struct ValidationScores {
  private let rows: BoostingRows
  private var scores: [Double]
  private let totalWeight: Double

  /// - Throws: ``BoostingError/noRows`` where none weighs anything.
  init(_ rows: BoostingRows, base: Double) throws {
    self.rows = rows
    scores = [Double](repeating: base, count: rows.count)
    totalWeight = rows.weights?.reduce(0, +) ?? Double(rows.count)
    guard totalWeight > 0 else { throw BoostingError.noRows }
  }

  /// Adds a tree's values and returns the mean log loss.
  mutating func add(_ tree: DecisionTree) -> Double {
    var total = 0.0
    for row in scores.indices {
      var index = 0
      while let split = tree.nodes[index].split {
        let bin = rows.columns.bin(row: row, feature: split.feature)
        let missing = rows.columns.features[split.feature].missingBin
        index = split.goesLeft(bin, missingBin: missing) ? split.leftChild : split.rightChild
      }
      scores[row] += tree.nodes[index].value
      let odds = rows.labels[row] == 1 ? -scores[row] : scores[row]
      total += (max(odds, 0) + log1p(exp(-abs(odds)))) * (rows.weights?[row] ?? 1)
    }
    return total / totalWeight
  }
}
