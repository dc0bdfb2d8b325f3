import ArgumentParser
import Parallel
import Sources
import Tables

/// The generated leads, read once: the first rows to train on, the last fifth to judge by.
struct LeadTables {
  let train: Table
  let trainLabels: [UInt8]
  let test: Table
  let testLabels: [UInt8]

  /// - Parameters:
  ///   - rows: to train on, at most four fifths of the file; `nil` takes these.
  ///   - codes: whether categories become numbers, their levels counted in the order of their text:
  ///     what the peers get.
  init(
    file: String, target: String, rows: Int?, codes: Bool, pool: WorkerPool
  ) throws {
    let table = try readCSV(path: file, pool: pool).table
    guard case .flag(let flags) = table[target]?.values else {
      throw ValidationError("\(target) is no column of 0 and 1")
    }
    let labels = flags.map { UInt8($0 == 1 ? 1 : 0) }
    let kept = table.rowCount * 4 / 5
    let count = min(rows ?? kept, kept)
    let columns = table.columns.filter { $0.name != target }
      .map { codes ? Self.coded($0) : $0 }
    train = Self.slice(columns, 0..<count)
    trainLabels = Array(labels[..<count])
    test = Self.slice(columns, kept..<table.rowCount)
    testLabels = Array(labels[kept...])
  }

  var columnNames: [String] { train.columns.map(\.name) }

  private static func coded(_ column: Column) -> Column {
    guard case .category(let category) = column.values else { return column }
    let order = category.levels.indices.sorted { category.levels[$0] < category.levels[$1] }
    var code = [Double](repeating: 0, count: order.count)
    for (rank, level) in order.enumerated() { code[level] = Double(rank) }
    return Column(
      name: column.name, values: .number(category.codes.map { $0 < 0 ? .nan : code[Int($0)] }))
  }

  private static func slice(_ columns: [Column], _ rows: Range<Int>) -> Table {
    Table(
      columns: columns.map { column in
        let values: ColumnValues =
          switch column.values {
          case .number(let values): .number(Array(values[rows]))
          case .category(let values):
            .category(CategoryValues(codes: Array(values.codes[rows]), levels: values.levels))
          case .flag(let values): .flag(Array(values[rows]))
          case .date(let values): .date(Array(values[rows]))
          case .text: .flag([Int8](repeating: -1, count: rows.count))
          }
        return Column(name: column.name, values: values)
      }, rowCount: rows.count)
  }
}
