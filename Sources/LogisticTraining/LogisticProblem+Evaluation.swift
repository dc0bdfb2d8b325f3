import LinearAlgebra
import Models
import Parallel

/// The objective at one set of coefficients.
struct LogisticEvaluation {
  /// Σ weight · log loss, without the penalty.
  var loss: Double
  /// ½ Σ penalty · (coefficient − prior mean)².
  var penalty: Double
  /// The gradient of loss and penalty, one an unknown.
  var gradient: [Double]
  /// The largest change of a row's log-odds since the evaluation before.
  var largestChange: Double

  var objective: Double { loss + penalty }

  var largestGradient: Double {
    var largest = 0.0
    // Written so that a value that is not a number wins.
    for value in gradient where !(value.magnitude <= largest) { largest = value.magnitude }
    return largest
  }
}

extension LogisticProblem {
  /// Rows that pass through the kernels together: their residuals stay in the nearest cache.
  private static let stripSize = 1_024

  /// Loss and gradient at `coefficients` (intercept last), in double; leaves log-odds and Hessian
  /// weights of every row behind.
  ///
  /// - Parameters:
  ///   - penaltyWeights: one an unknown.
  ///   - excluded: unknowns whose gradient is held at 0, because they are aliased.
  func evaluate(
    _ coefficients: [Double], penaltyWeights: [Double], excluded: [Int]
  ) -> LogisticEvaluation {
    let columnCount = unknownCount - 1
    let predictor = LinearPredictor(
      layout: layout, intercept: coefficients[columnCount],
      coefficients: Array(coefficients[..<columnCount]))
    // A block's partial sums: loss, largest change, residual sum, numbers, slots.
    let partialCount = 3 + numberCount + slotCount
    var partials = [Double](repeating: 0, count: partialCount * blocks.count)
    rawPredictions.withUnsafeMutableBufferPointer { raw in
      hessianWeights.withUnsafeMutableBufferPointer { hessianWeights in
        partials.withUnsafeMutableBufferPointer { partials in
          // Each block writes its own rows and its own partial sums; the pool joins before they are
          // read.
          nonisolated(unsafe) let raw = raw
          nonisolated(unsafe) let hessianWeights = hessianWeights
          nonisolated(unsafe) let partials = partials
          nonisolated(unsafe) let problem = self
          pool.forEach(blocks.count) { block, _ in
            problem.evaluateBlock(
              rows: problem.blocks[block], predictor: predictor, raw: raw,
              hessianWeights: hessianWeights,
              partials: UnsafeMutableBufferPointer(
                rebasing: partials[block * partialCount..<(block + 1) * partialCount]))
          }
        }
      }
    }
    return combine(
      partials, partialCount: partialCount, coefficients: coefficients,
      penaltyWeights: penaltyWeights, excluded: excluded)
  }

  private func combine(
    _ partials: [Double], partialCount: Int, coefficients: [Double], penaltyWeights: [Double],
    excluded: [Int]
  ) -> LogisticEvaluation {
    var sums = [Double](repeating: 0, count: partialCount)
    var largestChange = 0.0
    for block in 0..<blocks.count {
      let base = block * partialCount
      largestChange = max(largestChange, partials[base + 1])
      for index in 0..<partialCount { sums[index] += partials[base + index] }
    }
    var gradient = [Double](repeating: 0, count: unknownCount)
    for column in 0..<numberCount { gradient[column] = sums[3 + column] }
    for (group, offset) in layout.groupOffsets.enumerated() {
      for level in 0..<layout.groups[group].levels.count {
        gradient[offset + level] = sums[3 + numberCount + slotOffsets[group] + level]
      }
    }
    gradient[unknownCount - 1] = sums[2]
    var penalty = 0.0
    for index in 0..<unknownCount {
      let away = coefficients[index] - priorMeans[index]
      penalty += 0.5 * penaltyWeights[index] * away * away
      gradient[index] += penaltyWeights[index] * away
    }
    for index in excluded { gradient[index] = 0 }
    return LogisticEvaluation(
      loss: sums[0], penalty: penalty, gradient: gradient, largestChange: largestChange)
  }

  /// Bounds: `rows` lie within the matrix; `raw` and `hessianWeights` hold a value a row of the
  /// matrix, `partials` the sums listed in `evaluate`; codes were checked when the problem was made.
  private func evaluateBlock(
    rows: Range<Int>, predictor: LinearPredictor, raw: UnsafeMutableBufferPointer<Double>,
    hessianWeights: UnsafeMutableBufferPointer<Double>,
    partials: UnsafeMutableBufferPointer<Double>
  ) {
    let numberCount = self.numberCount
    let groupCount = self.groupCount
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * Self.stripSize) { scratch in
      guard let fresh = scratch.baseAddress, let sums = partials.baseAddress,
        let rawStart = raw.baseAddress, let hessianStart = hessianWeights.baseAddress
      else { return }
      let residuals = fresh + Self.stripSize
      labels.withUnsafeBufferPointer { labels in
        matrix.numbers.withUnsafeBufferPointer { numbers in
          matrix.codes.withUnsafeBufferPointer { codes in
            slotOffsets.withUnsafeBufferPointer { offsets in
              guard let labelStart = labels.baseAddress else { return }
              var start = rows.lowerBound
              while start < rows.upperBound {
                let end = min(start + Self.stripSize, rows.upperBound)
                let count = end - start
                predictor.predict(
                  matrix, rows: start..<end,
                  into: UnsafeMutableBufferPointer(start: fresh, count: count))
                var largest = sums[1]
                for row in 0..<count {
                  let change = (fresh[row] - rawStart[start + row]).magnitude
                  largest = change > largest ? change : largest
                  rawStart[start + row] = fresh[row]
                }
                sums[1] = largest
                sums[0] += withWeights { weights in
                  LogisticBlockLoss.evaluate(
                    raw: fresh, labels: labelStart + start, weights: weights.map { $0 + start },
                    count: count, residuals: residuals, hessianWeights: hessianStart + start)
                }
                if numberCount > 0, let numberStart = numbers.baseAddress {
                  BLAS.addTransposedProduct(
                    of: numberStart + start * numberCount, rowCount: count,
                    columnCount: numberCount, factors: residuals, to: sums + 3)
                }
                var residualSum = 0.0
                for row in 0..<count { residualSum += residuals[row] }
                sums[2] += residualSum
                if groupCount > 0, let codeStart = codes.baseAddress {
                  let slots = sums + 3 + numberCount
                  for row in 0..<count {
                    let rowCodes = codeStart + (start + row) * groupCount
                    let residual = residuals[row]
                    for group in 0..<groupCount {
                      slots[offsets[group] + Int(rowCodes[group])] += residual
                    }
                  }
                }
                start = end
              }
            }
          }
        }
      }
    }
  }

  private func withWeights<Result>(_ body: (UnsafePointer<Double>?) -> Result) -> Result {
    guard let weights else { return body(nil) }
    return weights.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
