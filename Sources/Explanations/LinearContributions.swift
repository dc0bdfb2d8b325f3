import Features
import Models
import Parallel

/// Shapley values of rows of features under a logistic regression, in log-odds.
///
/// A feature gives its coefficient times what it is above the mean of the training leads; a row's level
/// its coefficient less what the group's levels give on average. That is exact for features that are
/// set to the training leads' own values when they are not known (interventional Shapley values), since
/// log-odds are a sum.
struct LinearContributions: Sendable {
  let layout: FeatureLayout
  let slots: FeatureSlots
  /// Log-odds of the average training lead, without the slots' weight.
  let baseline: Double
  /// One a share of a number: what a row's number is multiplied by once its mean is subtracted.
  private let numbers: [Number]
  private let groups: [Group]

  private struct Number: Sendable {
    let column: Int
    let slot: Int
    let coefficient: Double
    let mean: Double
  }

  private struct Group: Sendable {
    let column: Int
    let slot: Int
    /// One a code, that of none of the levels last.
    let contributions: [Double]
  }

  /// Rows a block.
  private static let blockSize = 4_096

  /// - Parameter slots: those of the numbers of the model's layout, then those of its groups.
  /// - Throws: ``ExplanationError/noFeatureMeans``.
  init(_ model: LogisticModel, slots: FeatureSlots) throws(ExplanationError) {
    guard let means = model.featureMeans else { throw .noFeatureMeans }
    let layout = model.layout
    precondition(
      slots.shares.count == layout.numbers.count + layout.groups.count, "shares of each feature")
    self.layout = layout
    self.slots = slots
    baseline = zip(model.coefficients, means).reduce(model.intercept) { $0 + $1.0 * $1.1 }
    numbers = layout.numbers.indices.flatMap { column in
      slots.shares[column].map {
        Number(
          column: column, slot: $0.slot, coefficient: $0.share * model.coefficients[column],
          mean: means[column])
      }
    }
    let offsets = layout.groupOffsets
    groups = layout.groups.indices.flatMap { column in
      let levels = offsets[column]..<offsets[column] + layout.groups[column].levels.count
      let mean = levels.reduce(0) { $0 + model.coefficients[$1] * means[$1] }
      return slots.shares[layout.numbers.count + column].map { share in
        Group(
          column: column, slot: share.slot,
          contributions: (model.coefficients[levels] + [0]).map { share.share * ($0 - mean) })
      }
    }
  }

  /// Adds the contributions of all rows to sums.
  /// - Parameters:
  ///   - matrix: of the model's layout.
  ///   - output: rows × `slots.count`, row-major.
  func add(
    _ matrix: FeatureMatrix, to output: UnsafeMutableBufferPointer<Double>, pool: WorkerPool
  ) {
    precondition(
      matrix.layout.numbers.count == layout.numbers.count
        && matrix.layout.groups.count == layout.groups.count, "another layout")
    precondition(output.count == matrix.rowCount * slots.count, "as many sums a row as slots")
    guard let start = output.baseAddress else { return }
    let blocks = RowBlocks(rowCount: matrix.rowCount, blockSize: Self.blockSize)
    // Each block writes its own rows only, and the pool joins before the sums are read.
    nonisolated(unsafe) let sums = start
    if blocks.count == 1 {
      add(matrix, blocks[0], to: sums)
    } else {
      pool.forEach(blocks.count) { block, _ in add(matrix, blocks[block], to: sums) }
    }
  }

  private func add(
    _ matrix: FeatureMatrix, _ rows: Range<Int>, to output: UnsafeMutablePointer<Double>
  ) {
    let numberCount = layout.numbers.count
    let groupCount = layout.groups.count
    // Bounds: rows lie within the matrix, whose arrays hold rows × numbers and rows × groups values,
    // and within the output; a code is checked before it is an index. The pointers live for the
    // closures that use them.
    matrix.numbers.withUnsafeBufferPointer { values in
      matrix.codes.withUnsafeBufferPointer { codes in
        numbers.withUnsafeBufferPointer { numbers in
          for row in rows {
            let sums = output + row * slots.count
            for number in numbers {
              sums[number.slot] +=
                number.coefficient * (values[row * numberCount + number.column] - number.mean)
            }
          }
        }
        for group in groups {
          group.contributions.withUnsafeBufferPointer { contributions in
            for row in rows {
              let code = Int(codes[row * groupCount + group.column])
              guard code < contributions.count else {
                preconditionFailure("a code above its group's number of levels")
              }
              output[row * slots.count + group.slot] += contributions[code]
            }
          }
        }
      }
    }
  }
}

extension FeaturePipeline {
  /// The columns that each number of the layout, then each of its groups, is made of.
  var featureColumns: [[String]] {
    var numbers: [[String]] = []
    var groups: [[String]] = []
    for (term, encoder) in zip(terms, encoders) {
      numbers += term.numbers.map { _ in encoder.columns }
      if term.group != nil { groups.append(encoder.columns) }
    }
    return numbers + groups
  }
}
