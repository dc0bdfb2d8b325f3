extension Table {
  /// Chosen rows, in the order in which they are chosen; see `ColumnValues.gathered`.
  public func gathered(_ rows: [Int]) -> Table {
    Table(
      columns: columns.map { Column(name: $0.name, values: $0.values.gathered(rows)) },
      rowCount: rows.count)
  }
}

extension ColumnValues {
  /// The cells of chosen rows, in the order in which they are chosen.
  ///
  /// The levels of a category are those that are left, in the order of their first cell.
  /// - Parameter rows: indices of rows, any number of times each; below 0 gives a missing cell.
  public func gathered(_ rows: [Int]) -> ColumnValues {
    switch self {
    case .number(let values): .number(rows.map { $0 < 0 ? .nan : values[$0] })
    case .date(let values): .date(rows.map { $0 < 0 ? .nan : values[$0] })
    case .flag(let values): .flag(rows.map { $0 < 0 ? -1 : values[$0] })
    case .category(let values): .category(values.gathered(rows))
    case .text(let values): .text(values.gathered(rows))
    }
  }
}

extension CategoryValues {
  fileprivate func gathered(_ rows: [Int]) -> CategoryValues {
    var newCodes = [Int32](repeating: -1, count: levels.count)
    var kept: [String] = []
    let gathered = rows.map { row -> Int32 in
      guard row >= 0, codes[row] >= 0 else { return -1 }
      let code = Int(codes[row])
      if newCodes[code] < 0 {
        newCodes[code] = Int32(kept.count)
        kept.append(levels[code])
      }
      return newCodes[code]
    }
    return CategoryValues(codes: gathered, levels: kept)
  }
}

extension TextValues {
  fileprivate func gathered(_ rows: [Int]) -> TextValues {
    var chosen: [UInt8] = []
    var ends = [0]
    ends.reserveCapacity(rows.count + 1)
    for row in rows {
      if row >= 0 { chosen.append(contentsOf: bytes[offsets[row]..<offsets[row + 1]]) }
      ends.append(chosen.count)
    }
    return TextValues(
      offsets: ends, bytes: chosen, missing: rows.map { $0 < 0 || missing[$0] })
  }
}
