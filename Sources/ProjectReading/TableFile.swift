import Sources
import Tables

/// Writes a table as CSV, or as a workbook where the path ends in `.xlsx`: numbers as the shortest digits
/// that read back the same, dates as `2025-03-01 12:30:00` in the time in which they were read, flags as
/// yes and no, nothing where a cell is missing.
///
/// - Parameters:
///   - rows: those that are written, in order; `nil` writes all.
///   - dialect: separator, decimal mark and encoding.
/// - Throws: `SourceError`; nothing is there for others to see before all is written.
public func writeTable(
  _ table: Table, rows: [Int]? = nil, dialect: TextDialect = TextDialect(), to path: String
) throws {
  var dialect = dialect
  dialect.hasHeader = true
  let writer = try leadFileWriter(
    path: path, dialect: dialect,
    columns: table.columns.map {
      LeadColumn(name: $0.name, kind: $0.type == .number ? .number : .text)
    })
  // Some rows at a time: the buffer stays small whatever the table's size.
  let blockRows = 4_096
  let count = rows?.count ?? table.rowCount
  for start in stride(from: 0, to: count, by: blockRows) {
    var records = writer.emptyRecords
    for index in start..<min(start + blockRows, count) {
      let row = rows?[index] ?? index
      for column in table.columns { records.append(cell: column.values, row: row) }
      records.endRecord()
    }
    try writer.write(records)
  }
  try writer.finish()
}

extension CSVRecordBuffer {
  fileprivate mutating func append(cell values: ColumnValues, row: Int) {
    guard !values.isMissing(row) else {
      appendMissing()
      return
    }
    if case .number(let numbers) = values {
      append(number: numbers[row])
    } else {
      append(text: values.fieldText(row))
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
