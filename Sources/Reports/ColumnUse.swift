import Tables

/// What became of a column of the user's table.
public struct ColumnUse: Codable, Sendable, Equatable {
  public let column: String
  /// `number`, `category`, `flag`, `date` or `text`.
  public let kind: String
  /// Whether the model sees it.
  public let isUsed: Bool
  /// Why it was left out, or how it is used: `one value only`, `12 levels, 3 of them pooled`.
  public let why: String

  public init(column: String, kind: String, isUsed: Bool, why: String) {
    self.column = column
    self.kind = kind
    self.isUsed = isUsed
    self.why = why
  }
}

extension [ColumnUse] {
  /// By the column's name.
  var types: [String: ColumnType] {
    Dictionary(
      compactMap { use in ColumnType(rawValue: use.kind).map { (use.column, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  func add(to page: inout TextPage) {
    let used = filter(\.isUsed)
    let left = filter { !$0.isUsed }
    page.heading("Columns: \(used.count) used, \(left.count) left out")
    addTable(of: used, title: "Used", to: &page)
    if !used.isEmpty, !left.isEmpty { page.blank() }
    addTable(of: left, title: "Left out", to: &page)
  }

  private func addTable(of columns: [ColumnUse], title: String, to page: inout TextPage) {
    guard !columns.isEmpty else { return }
    var table = TextTable([.names(title), .text("Kind"), .text("")])
    for column in columns { table.add([column.column, column.kind, column.why]) }
    page.table(table)
  }
}
