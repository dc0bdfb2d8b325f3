/// Whether the names of a table's columns look like cells: a file whose first row is a lead, read as if
/// it had a header.
///
/// A name looks like a cell where it is a number in a column of numbers, or one of the column's own
/// levels; at least half of two or more columns must have such a name, as one may by accident.
public func headerLooksLikeCells(_ table: Table) -> Bool {
  guard table.columns.count >= 2 else { return false }
  let suspicious = table.columns.count { column in
    let name = column.name.trimmingSpaces
    switch column.values {
    case .number, .date, .text: return Double(name) != nil
    // `y` is the name of many an outcome; the words are no names.
    case .flag: return Double(name) != nil || (name.count > 1 && FlagCell.value(name) >= 0)
    case .category(let values): return values.levels.contains(name)
    }
  }
  return suspicious * 2 >= table.columns.count
}

extension String {
  fileprivate var trimmingSpaces: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
