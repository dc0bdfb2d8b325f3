import Sources
import Tables

/// Writes tables of equal columns to one file: CSV, or a workbook where the path ends in `.xlsx`. Numbers
/// are the shortest digits that read back the same, dates as `2025-03-01 12:30:00` in the time in which
/// they were read, flags yes and no, nothing where a cell is missing.
public struct TableFile {
  private let writer: any LeadWriter

  /// - Parameters:
  ///   - columns: names and types, in order.
  ///   - dialect: separator, decimal mark and encoding.
  /// - Throws: `SourceError`; nothing is there for others to see before `finish`.
  public init(
    path: String, columns: [(name: String, type: ColumnType)],
    dialect: TextDialect = TextDialect()
  ) throws {
    var dialect = dialect
    dialect.hasHeader = true
    writer = try leadFileWriter(
      path: path, dialect: dialect,
      columns: columns.map { name, type in
        LeadColumn(name: name, kind: type == .number ? .number : .text)
      })
  }

  /// What rows are put in, on any thread, before they are written in order.
  public var emptyRecords: CSVRecordBuffer { writer.emptyRecords }

  public func write(_ records: CSVRecordBuffer) throws { try writer.write(records) }

  /// Puts the file in its place.
  public func finish() throws { try writer.finish() }
}

/// Writes a whole table to a file; see `TableFile`.
///
/// - Parameter rows: those that are written, in order; `nil` writes all.
/// - Throws: `SourceError`; nothing is there for others to see before all is written.
public func writeTable(
  _ table: Table, rows: [Int]? = nil, dialect: TextDialect = TextDialect(), to path: String
) throws {
  let file = try TableFile(
    path: path, columns: table.columns.map { ($0.name, $0.type) }, dialect: dialect)
  // Some rows at a time: the buffer stays small whatever the table's size.
  let blockRows = 4_096
  let count = rows?.count ?? table.rowCount
  for start in stride(from: 0, to: count, by: blockRows) {
    var records = file.emptyRecords
    let block = start..<min(start + blockRows, count)
    if let rows {
      records.append(table, rows: rows[block])
    } else {
      records.append(table, rows: block)
    }
    try file.write(records)
  }
  try file.finish()
}

extension CSVRecordBuffer {
  /// Adds rows of a table, a record each.
  public mutating func append(_ table: Table, rows: some Sequence<Int>) {
    for row in rows {
      for column in table.columns { append(cell: column.values, row: row) }
      endRecord()
    }
  }

  fileprivate mutating func append(cell values: ColumnValues, row: Int) {
    guard !values.isMissing(row) else {
      appendMissing()
      return
    }
    if case .number(let numbers) = values {
      append(number: numbers[row])
    } else {
      append(cell: values.fieldText(row))
    }
  }
}

extension ColumnValues {
  /// A cell as it is written to a file, but for the decimal mark of numbers; empty where it is missing.
  public func fieldText(_ row: Int) -> String {
    guard !isMissing(row) else { return "" }
    return switch self {
    case .number(let numbers): "\(numbers[row])"
    case .date(let dates): timeText(dates[row])
    case .flag(let flags): flags[row] == 1 ? "yes" : "no"
    case .category(let cells): cells.levels[Int(cells.codes[row])]
    case .text(let cells): cells[row] ?? ""
    }
  }

  /// A cell that names a lead; a whole number without its decimal point.
  public func idText(_ row: Int) -> String {
    if case .number(let numbers) = self, let whole = Int(exactly: numbers[row]) {
      return String(whole)
    }
    return fieldText(row)
  }
}

/// A time as ISO 8601 writes it, with a space between day and time; parts of a second where it has some.
public func timeText(_ seconds: Double) -> String {
  let whole = seconds.rounded(.down)
  let day = (whole / 86_400).rounded(.down)
  let rest = Int(whole - day * 86_400)
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  var text =
    CalendarDay(daysSince1970: Int(day)).isoText
    + " \(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
  let fraction = Int(((seconds - whole) * 1e6).rounded(.down))
  if fraction > 0 {
    let digits = String(fraction)
    text += "." + String(repeating: "0", count: 6 - digits.count) + digits
  }
  return text
}
