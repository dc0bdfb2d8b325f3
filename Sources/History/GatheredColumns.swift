import Tables

extension ColumnValues {
  /// The cells of some rows, in their order; a negative row is a missing cell.
  func gathered(_ rows: [Int32]) -> ColumnValues {
    switch self {
    case .number(let values): .number(rows.map { $0 < 0 ? .nan : values[Int($0)] })
    case .date(let values): .date(rows.map { $0 < 0 ? .nan : values[Int($0)] })
    case .flag(let values): .flag(rows.map { $0 < 0 ? -1 : values[Int($0)] })
    case .category(let values):
      .category(
        CategoryValues(
          codes: rows.map { $0 < 0 ? -1 : values.codes[Int($0)] }, levels: values.levels))
    case .text(let values): .text(values.gathered(rows))
    }
  }
}

extension TextValues {
  func gathered(_ rows: [Int32]) -> TextValues {
    var offsets = [0]
    offsets.reserveCapacity(rows.count + 1)
    var bytes: [UInt8] = []
    var missing: [Bool] = []
    missing.reserveCapacity(rows.count)
    for row in rows {
      let isMissing = row < 0 || self.missing[Int(row)]
      if !isMissing {
        bytes.append(contentsOf: self.bytes[self.offsets[Int(row)]..<self.offsets[Int(row) + 1]])
      }
      offsets.append(bytes.count)
      missing.append(isMissing)
    }
    return TextValues(offsets: offsets, bytes: bytes, missing: missing)
  }
}
