import Features
import Glibc

@testable import LogisticTraining

/// The naive twin of the structured fit: every indicator a column of its own, sums by plain loops in
/// row order, Newton steps by Gaussian elimination. The intercept is the last column.
struct DenseLogistic {
  var rows: [[Double]]
  var labels: [UInt8]
  var weights: [Double]

  init(_ matrix: FeatureMatrix, labels: [UInt8], weights: [Double]? = nil) {
    let layout = matrix.layout
    let numberCount = layout.numbers.count
    rows = (0..<matrix.rowCount).map { row in
      var values = [Double](repeating: 0, count: layout.coefficientCount + 1)
      for column in 0..<numberCount { values[column] = matrix.numbers[row * numberCount + column] }
      for (group, offset) in layout.groupOffsets.enumerated() {
        let code = Int(matrix.codes[row * layout.groups.count + group])
        if code < layout.groups[group].levels.count { values[offset + code] = 1 }
      }
      values[layout.coefficientCount] = 1
      return values
    }
    self.labels = labels
    self.weights = weights ?? [Double](repeating: 1, count: labels.count)
  }

  func logOdds(_ coefficients: [Double]) -> [Double] {
    rows.map { row in zip(row, coefficients).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  func loss(_ coefficients: [Double]) -> Double {
    var sum = 0.0
    for (row, eta) in logOdds(coefficients).enumerated() {
      let wrong = labels[row] == 1 ? -eta : eta
      sum += weights[row] * (max(wrong, 0) + log1p(exp(-abs(wrong))))
    }
    return sum
  }

  func gradient(_ coefficients: [Double]) -> [Double] {
    var gradient = [Double](repeating: 0, count: coefficients.count)
    for (row, eta) in logOdds(coefficients).enumerated() {
      let residual = weights[row] * (1 / (1 + exp(-eta)) - Double(labels[row]))
      for column in gradient.indices { gradient[column] += residual * rows[row][column] }
    }
    return gradient
  }

  func hessian(_ coefficients: [Double]) -> [[Double]] {
    let count = coefficients.count
    var hessian = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for (row, eta) in logOdds(coefficients).enumerated() {
      let p = 1 / (1 + exp(-eta))
      let weight = weights[row] * p * (1 - p)
      for first in 0..<count where rows[row][first] != 0 {
        for second in 0..<count {
          hessian[first][second] += weight * rows[row][first] * rows[row][second]
        }
      }
    }
    return hessian
  }

  /// Newton's method with full steps until the step is rounding.
  func fit(penaltyWeights: [Double]) -> [Double] {
    var coefficients = [Double](repeating: 0, count: penaltyWeights.count)
    for _ in 0..<50 {
      var gradient = gradient(coefficients)
      var hessian = hessian(coefficients)
      for index in coefficients.indices {
        gradient[index] += penaltyWeights[index] * coefficients[index]
        hessian[index][index] += penaltyWeights[index]
      }
      let step = Self.solve(hessian, gradient)
      for index in coefficients.indices { coefficients[index] -= step[index] }
      if step.allSatisfy({ abs($0) < 1e-13 }) { break }
    }
    return coefficients
  }

  private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var matrix = matrix
    var right = right
    let count = right.count
    for pivot in 0..<count {
      let best = (pivot..<count).max { abs(matrix[$0][pivot]) < abs(matrix[$1][pivot]) }!
      matrix.swapAt(pivot, best)
      right.swapAt(pivot, best)
      for row in pivot + 1..<max(count, pivot + 1) {
        let factor = matrix[row][pivot] / matrix[pivot][pivot]
        for column in pivot..<count { matrix[row][column] -= factor * matrix[pivot][column] }
        right[row] -= factor * right[pivot]
      }
    }
    for row in (0..<count).reversed() {
      for column in row + 1..<max(count, row + 1) {
        right[row] -= matrix[row][column] * right[column]
      }
      right[row] /= matrix[row][row]
    }
    return right
  }
}
