import Metrics
import Reports

/// Filled cells that do not read in the type that their column had when the model was fitted.
struct UnparsedCells: Sendable {
  let columns: [String]
  private var counts: [Int]
  private var rows = 0

  init(columns: [String]) {
    self.columns = columns
    counts = [Int](repeating: 0, count: columns.count)
  }

  /// - Parameter found: one count a column.
  mutating func add(_ found: [Int], rows: Int) {
    for (index, count) in found.enumerated() { counts[index] += count }
    self.rows += rows
  }

  /// The columns that have any.
  var found: [PredictReport.ColumnCount] {
    zip(columns, counts).compactMap { $1 > 0 ? .init(column: $0, count: $1) : nil }
  }

  /// What is missing of them, a line a column.
  var lines: [String] {
    found.map {
      "\(NumberText.count($0.count)) of \(NumberText.count(rows)) cells of “\($0.column)” can't be read, "
        + "and count as missing"
    }
  }

  /// - Parameter limit: the share of a column's cells that may be among them.
  /// - Throws: `ScoringError.tooManyUnparsed`.
  func check(limit: Double) throws(ScoringError) {
    for (column, count) in zip(columns, counts) where Double(count) > limit * Double(rows) {
      throw .tooManyUnparsed(column: column, cells: count, rows: rows, limit: limit)
    }
  }
}
