/// A symmetric matrix of doubles, held as a full square, row-major.
///
/// Only the upper triangle (column at or behind the row) counts; the rest is whatever it was.
public struct SymmetricMatrix: Sendable, Equatable {
  /// Rows, and columns.
  public let order: Int
  /// `order × order`, row-major.
  public private(set) var values: [Double]

  /// A matrix of zeros.
  public init(order: Int) {
    precondition(order >= 0, "order must not be negative")
    self.order = order
    values = [Double](repeating: 0, count: order * order)
  }

  /// The entry at (`row`, `column`), in either order; written to the upper triangle.
  public subscript(row: Int, column: Int) -> Double {
    get { values[index(row, column)] }
    set { values[index(row, column)] = newValue }
  }

  /// Sets row and column `index` to those of the identity, which takes that unknown out of a system.
  public mutating func isolate(_ index: Int) {
    for other in 0..<order { self[index, other] = 0 }
    self[index, index] = 1
  }

  /// Calls `body` with the storage: `order × order` doubles, row-major, valid during the call.
  public mutating func withUnsafeMutableValues<Result>(
    _ body: (UnsafeMutableBufferPointer<Double>) throws -> Result
  ) rethrows -> Result {
    try values.withUnsafeMutableBufferPointer { try body($0) }
  }

  /// `self · vector` by plain loops over the upper triangle, so that it checks BLAS and does not
  /// depend on it.
  public func multiplied(by vector: [Double]) -> [Double] {
    precondition(vector.count == order, "one value a column")
    var product = [Double](repeating: 0, count: order)
    // Both buffers hold what the loops index: order² and order values; they live for the call.
    values.withUnsafeBufferPointer { values in
      vector.withUnsafeBufferPointer { vector in
        product.withUnsafeMutableBufferPointer { product in
          for row in 0..<order {
            let base = row * order
            let factor = vector[row]
            var sum = values[base + row] * factor
            for column in row + 1..<max(order, row + 1) {
              let value = values[base + column]
              sum += value * vector[column]
              product[column] += value * factor
            }
            product[row] += sum
          }
        }
      }
    }
    return product
  }

  private func index(_ row: Int, _ column: Int) -> Int {
    precondition(row >= 0 && column >= 0 && row < order && column < order, "index out of range")
    return row <= column ? row * order + column : column * order + row
  }
}
