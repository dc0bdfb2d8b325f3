/// Named columns of equal length.
public struct Table: Sendable, Equatable {
  public let columns: [Column]
  public let rowCount: Int
  private let indexByName: [String: Int]

  /// - Parameters:
  ///   - columns: columns of `rowCount` cells each, with distinct names.
  ///   - rowCount: given apart, so that a table without columns still knows its length.
  public init(columns: [Column], rowCount: Int) {
    var indexByName: [String: Int] = [:]
    for (index, column) in columns.enumerated() {
      precondition(column.count == rowCount, "column \(column.name) has another length")
      precondition(
        indexByName.updateValue(index, forKey: column.name) == nil,
        "column \(column.name) stands twice")
    }
    self.columns = columns
    self.rowCount = rowCount
    self.indexByName = indexByName
  }

  public subscript(name: String) -> Column? {
    indexByName[name].map { columns[$0] }
  }
}
