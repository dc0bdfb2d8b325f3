import Tables

/// A column as small whole numbers: 0 for missing, then its levels, or the bins of its numbers.
struct CodedColumn: Sendable {
  /// One a row that was asked for.
  let codes: [Int32]
  /// Codes, that of missing included.
  let count: Int

  /// How the cells of a column become codes, settled on some of them and used on any.
  enum Coding: Sendable {
    case levels(count: Int)
    case flag
    /// Ascending; a value's bin is the number of cuts below it.
    case cuts([Double])
    /// Filled or not: of text, and of dates, which always move on.
    case presence
  }

  /// - Parameters:
  ///   - rows: rows of the column, in the order of the codes.
  ///   - datesAsNumbers: dates are binned like numbers rather than taken for filled or blank.
  init(_ values: ColumnValues, rows: [Int], datesAsNumbers: Bool = true) {
    self.init(
      values, coding: Self.coding(of: values, rows: rows, datesAsNumbers: datesAsNumbers),
      rows: rows)
  }

  init(_ values: ColumnValues, coding: Coding, rows: [Int]) {
    switch (coding, values) {
    case (.levels(let count), .category(let cells)):
      codes = rows.map { cells.codes[$0] + 1 }
      self.count = count + 1
    case (.flag, .flag(let cells)):
      codes = rows.map { Int32(cells[$0]) + 1 }
      count = 3
    case (.cuts(let cuts), .number(let cells)), (.cuts(let cuts), .date(let cells)):
      codes = rows.map { row in
        cells[row].isNaN ? 0 : Int32(Self.bin(of: cells[row], cuts: cuts)) + 1
      }
      count = cuts.count + 2
    default:
      codes = rows.map { values.isMissing($0) ? 0 : 1 }
      count = 2
    }
  }

  static func coding(of values: ColumnValues, rows: [Int], datesAsNumbers: Bool) -> Coding {
    switch values {
    case .category(let cells): .levels(count: cells.levels.count)
    case .flag: .flag
    case .number(let cells): .cuts(cuts(cells, rows: rows))
    case .date(let cells): datesAsNumbers ? .cuts(cuts(cells, rows: rows)) : .presence
    case .text: .presence
    }
  }

  /// Bounds between bins of about equal size: all distinct values but the last where they are few.
  private static func cuts(_ values: [Double], rows: [Int]) -> [Double] {
    let step = max(1, rows.count / AuditLimits.cutRows)
    var sample: [Double] = []
    for index in stride(from: 0, to: rows.count, by: step) where !values[rows[index]].isNaN {
      sample.append(values[rows[index]])
    }
    sample.sort()
    guard let last = sample.last else { return [] }
    var distinct: [Double] = []
    for value in sample where distinct.last != value {
      distinct.append(value)
      if distinct.count > 2 * AuditLimits.bins { break }
    }
    if distinct.count <= 2 * AuditLimits.bins { return distinct.dropLast() }
    var cuts: [Double] = []
    for bin in 1..<AuditLimits.bins {
      let value = sample[sample.count * bin / AuditLimits.bins]
      if cuts.last != value, value < last { cuts.append(value) }
    }
    return cuts
  }

  private static func bin(of value: Double, cuts: [Double]) -> Int {
    var (low, high) = (0, cuts.count)
    while low < high {
      let middle = (low + high) / 2
      if cuts[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
