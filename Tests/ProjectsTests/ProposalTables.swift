import Tables

/// Small tables by hand.
enum Cells {
  static func category(_ name: String, _ cells: [String?]) -> Column {
    var levels: [String] = []
    let codes = cells.map { cell -> Int32 in
      guard let cell else { return -1 }
      if let index = levels.firstIndex(of: cell) { return Int32(index) }
      levels.append(cell)
      return Int32(levels.count - 1)
    }
    return Column(name: name, values: .category(CategoryValues(codes: codes, levels: levels)))
  }

  static func number(_ name: String, _ cells: [Double?]) -> Column {
    Column(name: name, values: .number(cells.map { $0 ?? .nan }))
  }

  static func date(_ name: String, _ cells: [Double?]) -> Column {
    Column(name: name, values: .date(cells.map { $0 ?? .nan }))
  }

  static func flag(_ name: String, _ cells: [Bool?]) -> Column {
    Column(name: name, values: .flag(cells.map { $0.map { $0 ? 1 : 0 } ?? -1 }))
  }

  static func text(_ name: String, _ cells: [String?]) -> Column {
    var offsets = [0]
    var bytes: [UInt8] = []
    for cell in cells {
      bytes += Array((cell ?? "").utf8)
      offsets.append(bytes.count)
    }
    return Column(
      name: name,
      values: .text(TextValues(offsets: offsets, bytes: bytes, missing: cells.map { $0 == nil })))
  }

  static func table(_ columns: [Column]) -> Table {
    Table(columns: columns, rowCount: columns.first?.count ?? 0)
  }
}

extension Table {
  /// The schema that a reader would have found for this table.
  var schema: TableSchema {
    TableSchema(columns: columns.map { ColumnSchema(name: $0.name, type: $0.type) })
  }
}
