import LinearAlgebra
import Models
import Parallel

extension LogisticProblem {
  /// The gradient of Firth's −½ log det A at the last evaluation: −Σ hᵢ(½ − pᵢ)·xᵢ, where
  /// hᵢ = wᵢ·xᵢ′A⁻¹xᵢ is the row's share of the hat matrix.
  ///
  /// A row has few entries that are not 0 (its numbers, at most one level a group, the intercept), so a
  /// row costs the square of their number. Rows are summed by the fixed blocks, in block order.
  ///
  /// - Parameter inverse: A⁻¹, with zeros for unknowns that are left out.
  func priorGradient(inverse: SymmetricMatrix) -> [Double] {
    let order = unknownCount
    var square = inverse.values
    for row in 0..<order {
      for column in 0..<row { square[row * order + column] = square[column * order + row] }
    }
    var partials = [Double](repeating: 0, count: order * blocks.count)
    partials.withUnsafeMutableBufferPointer { partials in
      // Each block writes its own partial sums; the pool joins before they are read.
      nonisolated(unsafe) let partials = partials
      nonisolated(unsafe) let problem = self
      let square = square
      pool.forEach(blocks.count) { block, _ in
        problem.addPrior(
          rows: problem.blocks[block], inverse: square,
          to: UnsafeMutableBufferPointer(
            rebasing: partials[block * order..<(block + 1) * order]))
      }
    }
    var gradient = [Double](repeating: 0, count: order)
    for block in 0..<blocks.count {
      for index in 0..<order { gradient[index] += partials[block * order + index] }
    }
    return gradient
  }

  /// Bounds: `rows` lie within the matrix, whose codes were checked; unknowns are below `unknownCount`,
  /// the order of `inverse` and the count of `gradient`; scratch holds an entry a number, a group and
  /// the intercept. Buffers live for the call.
  private func addPrior(
    rows: Range<Int>, inverse: [Double], to gradient: UnsafeMutableBufferPointer<Double>
  ) {
    let order = unknownCount
    let numberCount = self.numberCount
    let groupCount = self.groupCount
    let entryLimit = numberCount + groupCount + 1
    let offsets = layout.groupOffsets
    let levelCounts = layout.groups.map(\.levels.count)
    var unknowns = [Int](repeating: 0, count: entryLimit)
    var values = [Double](repeating: 1, count: entryLimit)
    for column in 0..<numberCount { unknowns[column] = column }
    unknowns.withUnsafeMutableBufferPointer { unknowns in
      values.withUnsafeMutableBufferPointer { values in
        inverse.withUnsafeBufferPointer { inverse in
          for row in rows where hessianWeights[row] > 0 {
            for column in 0..<numberCount {
              values[column] = matrix.numbers[row * numberCount + column]
            }
            var count = numberCount
            for group in 0..<groupCount {
              let code = Int(matrix.codes[row * groupCount + group])
              guard code < levelCounts[group] else { continue }
              unknowns[count] = offsets[group] + code
              count += 1
            }
            unknowns[count] = order - 1
            count += 1
            var quadratic = 0.0
            for first in 0..<count {
              let inverseRow = unknowns[first] * order
              var sum = 0.5 * values[first] * inverse[inverseRow + unknowns[first]]
              for second in 0..<first {
                sum += values[second] * inverse[inverseRow + unknowns[second]]
              }
              quadratic += 2 * values[first] * sum
            }
            let probability = probability(fromRawPrediction: rawPredictions[row])
            let share = hessianWeights[row] * quadratic * (0.5 - probability)
            for index in 0..<count { gradient[unknowns[index]] -= share * values[index] }
          }
        }
      }
    }
  }
}
