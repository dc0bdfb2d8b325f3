import Tables

/// The cells of a block of activities, in the types that they must have.
struct ActivityCells {
  let rowCount: Int
  /// Rows of the table of leads; -1 for unknown, -2 for missing.
  let leads: [Int32]
  private let leadCells: ColumnValues
  let times: [Double]
  let recordedAt: [Double]?
  private let values: [Double]?
  private let types: CategoryValues?
  private let attributes: [CategoryValues]

  /// Values of a size beyond which sums could not be exact count as missing.
  static let largestValue = 1e18

  /// Times beyond this many seconds from 1970 (three hundred thousand years) count as missing.
  static let latestTime = 1e13

  init(_ block: Table, columns: ActivityColumns, leads index: LeadIndex) throws {
    func column(_ name: String) throws -> Column {
      guard let column = block[name] else {
        throw ActivityError.missingColumn(name: name, present: block.columns.map(\.name))
      }
      return column
    }
    func dates(_ name: String) throws -> [Double] {
      let column = try column(name)
      guard case .date(let values) = column.values else {
        throw ActivityError.columnType(
          name: name, expected: "a date", found: column.type.rawValue)
      }
      return values
    }
    func category(_ name: String) throws -> CategoryValues {
      let column = try column(name)
      guard case .category(let values) = column.values else {
        throw ActivityError.columnType(
          name: name, expected: "a category", found: column.type.rawValue)
      }
      return values
    }
    rowCount = block.rowCount
    let lead = try column(columns.lead)
    switch lead.values {
    case .text(let ids): leads = index.rows(of: ids)
    case .category(let ids):
      let rows = ids.levels.map { Int32(index.row(of: $0) ?? -1) }
      leads = ids.codes.map { $0 < 0 ? -2 : rows[Int($0)] }
    default:
      throw ActivityError.columnType(
        name: lead.name, expected: "text", found: lead.type.rawValue)
    }
    leadCells = lead.values
    times = try dates(columns.at)
    recordedAt = try columns.recordedAt.map(dates)
    values = try columns.value.map { name in
      let column = try column(name)
      guard case .number(let values) = column.values else {
        throw ActivityError.columnType(
          name: name, expected: "a number", found: column.type.rawValue)
      }
      return values
    }
    types = try columns.type.map(category)
    attributes = try columns.attributes.map(category)
  }

  /// Of the ids that no lead has, the first in the order of their bytes.
  var firstUnknownLead: [UInt8]? {
    switch leadCells {
    case .text(let ids):
      var first: ArraySlice<UInt8>?
      for row in 0..<rowCount where leads[row] == -1 {
        let id = ids.bytes[ids.offsets[row]..<ids.offsets[row + 1]]
        if first.map(id.lexicographicallyPrecedes) ?? true { first = id }
      }
      return first.map(Array.init)
    case .category(let ids):
      var isUnknown = [Bool](repeating: false, count: ids.levels.count)
      for row in 0..<rowCount where leads[row] == -1 { isUnknown[Int(ids.codes[row])] = true }
      return ids.levels.indices.filter { isUnknown[$0] }.map { Array(ids.levels[$0].utf8) }
        .min { $0.lexicographicallyPrecedes($1) }
    default: return nil
    }
  }

  func isOurs(_ row: Int, columns: ActivityColumns) -> Bool {
    guard let types, types.codes[row] >= 0 else { return false }
    return columns.byUs.contains(types.levels[Int(types.codes[row])])
  }

  /// NaN where it is missing.
  @inline(__always)
  func value(_ row: Int) -> Double {
    guard let values else { return .nan }
    let value = values[row]
    return abs(value) <= Self.largestValue ? value : .nan
  }

  /// The block's types and levels in the codes of all blocks.
  struct Codes {
    let types: [UInt16]?
    let attributes: [[UInt32]]
    let typeCount: Int
    let levelCounts: [Int]

    @inline(__always)
    func type(_ row: Int) -> UInt16 {
      types.map { $0[row] } ?? EventLayout.noType
    }
  }

  /// - Throws: `ActivityError.tooManyTypes`.
  func codes(
    _ state: inout ActivityLogBuilder.State, columns: ActivityColumns
  ) throws -> Codes {
    var typeCodes: [UInt16]?
    if let types {
      let map = types.levels.map { state.types.code(of: Array($0.utf8)) }
      guard state.types.levels.count < Int(EventLayout.noType) else {
        throw ActivityError.tooManyTypes(
          column: columns.type ?? "", limit: Int(EventLayout.noType) - 1)
      }
      typeCodes = types.codes.map {
        $0 < 0 ? EventLayout.noType : UInt16(truncatingIfNeeded: map[Int($0)])
      }
    }
    var attributeCodes: [[UInt32]] = []
    for (index, values) in attributes.enumerated() {
      let map = values.levels.map { state.attributes[index].code(of: Array($0.utf8)) }
      attributeCodes.append(values.codes.map { $0 < 0 ? EventLayout.noLevel : map[Int($0)] })
    }
    return Codes(
      types: typeCodes, attributes: attributeCodes, typeCount: state.types.levels.count,
      levelCounts: state.attributes.map(\.levels.count))
  }
}
