import Features

/// The coefficients of a linear model laid out for scoring rows: the kernel that training and
/// scoring share.
///
/// A row's numbers are added in eight fixed lanes and its levels in two, so a row's sum does not
/// depend on the rows around it, on the number of threads or on the processor.
public struct LinearPredictor: Sendable {
  public let intercept: Double
  private let numbers: [Double]
  /// The levels' coefficients of each group, and a zero behind them for "none of the indicators".
  private let levels: [Double]
  /// Where each group's levels start in `levels`.
  private let offsets: [Int]
  /// The highest code of each group.
  private let limits: [UInt16]

  /// - Parameter coefficients: one a column of `layout`, in its order.
  public init(layout: FeatureLayout, intercept: Double, coefficients: [Double]) {
    precondition(
      coefficients.count == layout.coefficientCount, "one coefficient a column of the layout")
    self.intercept = intercept
    numbers = Array(coefficients[..<layout.numbers.count])
    var levels: [Double] = []
    var offsets: [Int] = []
    var start = layout.numbers.count
    for group in layout.groups {
      offsets.append(levels.count)
      levels.append(contentsOf: coefficients[start..<start + group.levels.count])
      levels.append(0)
      start += group.levels.count
    }
    self.levels = levels
    self.offsets = offsets
    limits = layout.groups.map { UInt16($0.levels.count) }
  }

  /// Writes the log-odds of rows `rows` of `matrix` to the start of `output`, without allocating.
  ///
  /// - Parameters:
  ///   - matrix: of the layout that the predictor was made with.
  ///   - rows: within `0..<matrix.rowCount`.
  ///   - output: at least `rows.count` values.
  public func predict(
    _ matrix: FeatureMatrix, rows: Range<Int>, into output: inout MutableSpan<Double>
  ) {
    precondition(output.count >= rows.count, "one value a row")
    output.withUnsafeMutableBufferPointer { output in
      predict(matrix, rows: rows, into: output)
    }
  }

  /// As above, to a buffer of at least `rows.count` values, valid during the call.
  public func predict(
    _ matrix: FeatureMatrix, rows: Range<Int>, into output: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(
      matrix.layout.numbers.count == numbers.count && matrix.layout.groups.count == offsets.count,
      "another layout")
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= matrix.rowCount, "rows outside the matrix")
    precondition(output.count >= rows.count, "one value a row")
    let numberCount = numbers.count
    let groupCount = offsets.count
    let laneEnd = numberCount & ~7
    // Bounds: rows lie within the matrix, whose arrays hold rowCount × numberCount and
    // rowCount × groupCount values (its initialiser checks); a code is compared with its group's
    // limit before it indexes `levels`. All buffers live for the closure that reads them.
    matrix.numbers.withUnsafeBufferPointer { allNumbers in
      matrix.codes.withUnsafeBufferPointer { allCodes in
        numbers.withUnsafeBufferPointer { weights in
          levels.withUnsafeBufferPointer { levels in
            offsets.withUnsafeBufferPointer { offsets in
              limits.withUnsafeBufferPointer { limits in
                for (position, row) in rows.enumerated() {
                  var sum = intercept
                  let numberBase = row * numberCount
                  if laneEnd > 0 {
                    var lanes = SIMD8<Double>(repeating: 0)
                    let rowBytes = UnsafeRawPointer(allNumbers.baseAddress.unsafelyUnwrapped)
                    let weightBytes = UnsafeRawPointer(weights.baseAddress.unsafelyUnwrapped)
                    var column = 0
                    while column < laneEnd {
                      let values = rowBytes.loadUnaligned(
                        fromByteOffset: (numberBase + column) * 8, as: SIMD8<Double>.self)
                      let factors = weightBytes.loadUnaligned(
                        fromByteOffset: column * 8, as: SIMD8<Double>.self)
                      lanes += values * factors
                      column += 8
                    }
                    let four = lanes.lowHalf + lanes.highHalf
                    let two = four.lowHalf + four.highHalf
                    sum += two[0] + two[1]
                  }
                  var column = laneEnd
                  while column < numberCount {
                    sum += allNumbers[numberBase + column] * weights[column]
                    column += 1
                  }
                  let codeBase = row * groupCount
                  var even = 0.0
                  var odd = 0.0
                  var group = 0
                  while group + 1 < groupCount {
                    let first = allCodes[codeBase + group]
                    let second = allCodes[codeBase + group + 1]
                    guard first <= limits[group], second <= limits[group + 1] else {
                      preconditionFailure("a code above its group's number of levels")
                    }
                    even += levels[offsets[group] + Int(first)]
                    odd += levels[offsets[group + 1] + Int(second)]
                    group += 2
                  }
                  if group < groupCount {
                    let code = allCodes[codeBase + group]
                    guard code <= limits[group] else {
                      preconditionFailure("a code above its group's number of levels")
                    }
                    even += levels[offsets[group] + Int(code)]
                  }
                  output[position] = sum + (even + odd)
                }
              }
            }
          }
        }
      }
    }
  }
}
