import Features
import Parallel

/// A fitted logistic regression: scores a feature matrix and nothing else.
public struct LogisticModel: Codable, Sendable, Equatable {
  /// What the intervals around coefficients are.
  public enum IntervalKind: String, Codable, Sendable {
    /// An unpenalised fit: sampling intervals, as in statistics packages.
    case confidence
    /// A penalised fit: posterior intervals, given the penalty.
    case posterior
  }

  public let layout: FeatureLayout
  /// Log-odds where every feature is 0.
  public let intercept: Double
  /// One a column of `layout`, in its order, in log-odds.
  public let coefficients: [Double]
  /// One a coefficient, in log-odds; `nil` where they were not asked for.
  public let standardErrors: [Double]?
  public let intervalKind: IntervalKind

  public init(
    layout: FeatureLayout, intercept: Double, coefficients: [Double],
    standardErrors: [Double]? = nil, intervalKind: IntervalKind = .posterior
  ) {
    precondition(
      coefficients.count == layout.coefficientCount, "one coefficient a column of the layout")
    self.layout = layout
    self.intercept = intercept
    self.coefficients = coefficients
    self.standardErrors = standardErrors
    self.intervalKind = intervalKind
  }

  /// Rows a block: small enough that a block's numbers stay in the cache.
  private static let blockSize = 8_192

  /// The log-odds of conversion, one a row.
  ///
  /// Numbers are added in column order, then the groups' levels in group order, in double; the result
  /// does not depend on the pool's threads.
  public func rawPredictions(_ matrix: FeatureMatrix, pool: WorkerPool) -> [Double] {
    precondition(matrix.layout.coefficientCount == coefficients.count, "another layout")
    let numberCount = layout.numbers.count
    let groupCount = layout.groups.count
    // Level values of each group with a zero behind them for "none of the indicators".
    var levelValues: [Double] = []
    var levelOffsets: [Int] = []
    for (group, offset) in zip(layout.groups, layout.groupOffsets) {
      levelOffsets.append(levelValues.count)
      levelValues.append(contentsOf: coefficients[offset..<offset + group.levels.count])
      levelValues.append(0)
    }
    let blocks = RowBlocks(rowCount: matrix.rowCount, blockSize: Self.blockSize)
    return [Double](unsafeUninitializedCapacity: matrix.rowCount) { output, count in
      // Each block writes its own rows only, and the pool joins before the array is read.
      nonisolated(unsafe) let output = output
      pool.forEach(blocks.count) { block, _ in
        for row in blocks[block] {
          var sum = intercept
          let numberBase = row * numberCount
          for column in 0..<numberCount {
            sum += matrix.numbers[numberBase + column] * coefficients[column]
          }
          let codeBase = row * groupCount
          for group in 0..<groupCount {
            sum += levelValues[levelOffsets[group] + Int(matrix.codes[codeBase + group])]
          }
          output.initializeElement(at: row, to: sum)
        }
      }
      count = matrix.rowCount
    }
  }
}

/// Log-odds to probability, without overflow at either end.
@inlinable
public func probability(fromRawPrediction raw: Double) -> Double {
  if raw >= 0 { return 1 / (1 + exponential(-raw)) }
  let odds = exponential(raw)
  return odds / (1 + odds)
}
