import Features
import Parallel

/// A fitted logistic regression: scores a feature matrix and nothing else.
public struct LogisticModel: Codable, Sendable, Equatable {
  /// What the intervals around coefficients are.
  public enum IntervalKind: String, Codable, Sendable {
    /// An unpenalised fit: sampling intervals, as in statistics packages.
    case confidence
    /// A penalised fit, Firth's included: posterior intervals, given the penalty or prior.
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
  /// One a column of `layout`, in its order: its mean among the training leads, of a level their share
  /// that has it; `nil` in files of formats before 1.3.
  public let featureMeans: [Double]?

  public init(
    layout: FeatureLayout, intercept: Double, coefficients: [Double],
    standardErrors: [Double]? = nil, intervalKind: IntervalKind = .posterior,
    featureMeans: [Double]? = nil
  ) {
    precondition(
      coefficients.count == layout.coefficientCount, "one coefficient a column of the layout")
    precondition(
      featureMeans.map { $0.count == layout.coefficientCount } ?? true,
      "one mean a column of the layout")
    self.layout = layout
    self.intercept = intercept
    self.coefficients = coefficients
    self.standardErrors = standardErrors
    self.intervalKind = intervalKind
    self.featureMeans = featureMeans
  }

  /// Rows a block: some hundred kilobytes of features, which stay in the cache.
  private static let blockSize = 8_192

  /// The kernel that scores rows with this model; make it once where many blocks are scored.
  public var predictor: LinearPredictor {
    LinearPredictor(layout: layout, intercept: intercept, coefficients: coefficients)
  }

  /// The log-odds of conversion, one a row.
  ///
  /// The result does not depend on the pool's threads, and equals that of `rawPredictions(_:)`.
  public func rawPredictions(_ matrix: FeatureMatrix, pool: WorkerPool) -> [Double] {
    let predictor = self.predictor
    let blocks = RowBlocks(rowCount: matrix.rowCount, blockSize: Self.blockSize)
    return [Double](unsafeUninitializedCapacity: matrix.rowCount) { output, count in
      // Each block writes its own rows only, and the pool joins before the array is read.
      nonisolated(unsafe) let output = output
      pool.forEach(blocks.count) { block, _ in
        let rows = blocks[block]
        predictor.predict(
          matrix, rows: rows, into: UnsafeMutableBufferPointer(rebasing: output[rows]))
      }
      count = matrix.rowCount
    }
  }

  /// The log-odds of conversion, one a row, on the calling thread: for a block of a stream.
  public func rawPredictions(_ matrix: FeatureMatrix) -> [Double] {
    let predictor = self.predictor
    return [Double](unsafeUninitializedCapacity: matrix.rowCount) { output, count in
      predictor.predict(matrix, rows: 0..<matrix.rowCount, into: output)
      count = matrix.rowCount
    }
  }
}

/// Log-odds to probability, without overflow at either end.
///
/// 1/(1 + e^−|raw|), or its complement as e^−|raw|/(1 + e^−|raw|): small probabilities keep their
/// relative accuracy. Log-odds beyond ±708 are taken as ±708.
@inlinable
public func probability(fromRawPrediction raw: Double) -> Double {
  let odds = exponential(-raw.magnitude)
  let larger = 1 / (1 + odds)
  return raw >= 0 ? larger : odds * larger
}

/// `probability(fromRawPrediction:)` of each value.
public func probabilities(fromRawPredictions raw: [Double]) -> [Double] {
  [Double](unsafeUninitializedCapacity: raw.count) { output, count in
    // `output` and `raw` both hold `raw.count` values; the loop is branch-free and vectorises.
    raw.withUnsafeBufferPointer { raw in
      for index in 0..<raw.count {
        output[index] = probability(fromRawPrediction: raw[index])
      }
    }
    count = raw.count
  }
}
