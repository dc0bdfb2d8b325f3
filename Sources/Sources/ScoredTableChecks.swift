/// What a column of a table is to a column that is to be written.
enum ColumnFit {
  case fits
  case missing
  /// - Parameter type: the one that the table has.
  case differs(type: String)
}

extension ScoredTable {
  /// - Parameters:
  ///   - present: the table's columns, for the message.
  ///   - fit: told a column's name and the type of its values, which is `nil` for keys and the time.
  /// - Throws: `SourceError` naming all columns that are missing, or the first of another type.
  static func checkColumns(
    _ columns: ScoredTableColumns, table: String, present: [String], name: String,
    fit: (String, ScoredTableColumns.ValueType?) -> ColumnFit
  ) throws {
    let wanted: [(String, ScoredTableColumns.ValueType?)] =
      columns.keys.map { ($0, nil) } + columns.values.map { ($0.name, $0.type) }
      + [(ScoredTableColumns.modelColumn, .text), (ScoredTableColumns.timeColumn, nil)]
    var missing: [String] = []
    var misfit: DatabaseFault?
    for (column, type) in wanted {
      switch fit(column, type) {
      case .fits: break
      case .missing: missing.append(column)
      case .differs(let found):
        misfit =
          misfit
          ?? .wrongColumnType(
            column: column, expected: type?.rawValue ?? "date and time", found: found)
      }
    }
    if !missing.isEmpty {
      throw SourceError.database(name: name, .columnsMissing(missing, present: present))
    }
    if let misfit { throw SourceError.database(name: name, misfit) }
  }

  /// - Parameters:
  ///   - empty: gathered rows without a whole key.
  ///   - repeated: keys that stand in more than one of them.
  /// - Throws: `SourceError` where there is any.
  static func checkKeys(
    _ columns: ScoredTableColumns, name: String, empty: Int, repeated: Int
  ) throws {
    if empty > 0 {
      throw SourceError.database(name: name, .emptyKeys(columns.keys, rows: empty))
    }
    if repeated > 0 {
      throw SourceError.database(name: name, .repeatedKeys(columns.keys, count: repeated))
    }
  }
}
