/// Makes columns whose cells are written all together, by `body`.
///
/// - Parameter body: gets room for `rowCount` cells a column, and fills all of it.
func filledColumns<Value>(
  _ count: Int, rowCount: Int, of _: Value.Type,
  _ body: ([UnsafeMutablePointer<Value>]) -> Void
) -> [[Value]] {
  var columns: [[Value]] = []
  // Each column's storage is open while those behind it are made, so that all are open at the end.
  // Lifetime: pointers are used inside `body` only, which runs while all are open.
  func open(_ pointers: [UnsafeMutablePointer<Value>]) {
    guard pointers.count < count else {
      body(pointers)
      return
    }
    let column = [Value](unsafeUninitializedCapacity: rowCount) { buffer, initialized in
      if let base = buffer.baseAddress { open(pointers + [base]) }
      initialized = rowCount
    }
    columns.append(column)
  }
  guard rowCount > 0 else { return [[Value]](repeating: [], count: count) }
  open([])
  return columns.reversed()
}
