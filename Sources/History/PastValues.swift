import Tables

/// The values that a table of changes holds for a column, in the column's own type.
struct PastValues {
  /// Where an example's cell comes from.
  enum Source {
    case export(row: Int32)
    /// A value of the table of changes; -1 for an empty one.
    case logged(Int32)
  }

  private let column: Column
  private let texts: [String]
  private let schema: ColumnSchema?
  private let missing: Set<String>

  init(column: Column, log: ChangeLog, schema: ColumnSchema?) {
    self.column = column
    texts = log.values
    self.schema = schema
    missing = Set(schema?.missingTokens ?? [""])
  }

  /// The text of a value; `nil` where it means "not filled in".
  private func text(_ value: Int32) -> String? {
    guard value >= 0 else { return nil }
    let text = texts[Int(value)]
    return missing.contains(text) ? nil : text
  }

  private func number(_ value: Int32) -> Double {
    text(value).map {
      NumberCell($0, decimalMark: schema?.numberFormat?.decimalMark ?? UInt8(ascii: ".")).value
    } ?? .nan
  }

  private func date(_ value: Int32) -> Double {
    text(value).map { DateCell($0, order: schema?.dateOrder ?? .iso).seconds } ?? .nan
  }

  private func flag(_ value: Int32) -> Int8 {
    text(value).map { FlagCell.value($0) } ?? -1
  }

  /// Whether there is a value that can't be read in the column's type.
  func isUnreadable(_ value: Int32) -> Bool {
    guard text(value) != nil else { return false }
    return switch column.values {
    case .number: number(value).isNaN
    case .date: date(value).isNaN
    case .flag: flag(value) < 0
    case .category, .text: false
    }
  }

  func column(_ sources: [Source]) -> Column {
    Column(name: column.name, values: values(sources))
  }

  private func values(_ sources: [Source]) -> ColumnValues {
    switch column.values {
    case .number(let export):
      return .number(cells(sources, export: { export[$0] }, logged: number))
    case .date(let export):
      return .date(cells(sources, export: { export[$0] }, logged: date))
    case .flag(let export):
      return .flag(cells(sources, export: { export[$0] }, logged: flag))
    case .category(let export):
      var levels = LevelList()
      var ofExport = [Int32](repeating: -1, count: export.levels.count)
      var ofLog: [Int32: Int32] = [:]
      let codes = sources.map { source -> Int32 in
        switch source {
        case .export(let row):
          let code = Int(export.codes[Int(row)])
          guard code >= 0 else { return -1 }
          if ofExport[code] < 0 { ofExport[code] = levels.code(of: export.levels[code]) }
          return ofExport[code]
        case .logged(let value):
          if let code = ofLog[value] { return code }
          let code = text(value).map { levels.code(of: $0) } ?? -1
          ofLog[value] = code
          return code
        }
      }
      return .category(CategoryValues(codes: codes, levels: levels.levels))
    case .text(let export):
      var offsets = [0]
      var bytes: [UInt8] = []
      var missing: [Bool] = []
      for source in sources {
        let cell: String? =
          switch source {
          case .export(let row): export[Int(row)]
          case .logged(let value): text(value)
          }
        bytes.append(contentsOf: (cell ?? "").utf8)
        offsets.append(bytes.count)
        missing.append(cell == nil)
      }
      return .text(TextValues(offsets: offsets, bytes: bytes, missing: missing))
    }
  }

  /// Each distinct value is parsed once.
  private func cells<Cell>(
    _ sources: [Source], export: (Int) -> Cell, logged: (Int32) -> Cell
  ) -> [Cell] {
    var parsed: [Int32: Cell] = [:]
    return sources.map { source in
      switch source {
      case .export(let row): return export(Int(row))
      case .logged(let value):
        if let cell = parsed[value] { return cell }
        let cell = logged(value)
        parsed[value] = cell
        return cell
      }
    }
  }

  /// Whether the export has the same value.
  func exportEquals(_ value: Int32, row: Int) -> Bool {
    switch column.values {
    case .number(let export): Self.equal(export[row], number(value))
    case .date(let export): Self.equal(export[row], date(value))
    case .flag(let export): export[row] == flag(value)
    case .category(let export):
      (export.codes[row] < 0 ? nil : export.levels[Int(export.codes[row])]) == text(value)
    case .text(let export): export[row] == text(value)
    }
  }

  private static func equal(_ left: Double, _ right: Double) -> Bool {
    left == right || (left.isNaN && right.isNaN)
  }
}

/// Levels in the order of their first cells.
private struct LevelList {
  private(set) var levels: [String] = []
  private var codes: [String: Int32] = [:]

  mutating func code(of level: String) -> Int32 {
    if let code = codes[level] { return code }
    let code = Int32(levels.count)
    codes[level] = code
    levels.append(level)
    return code
  }
}

extension ColumnValues {
  /// Cells of parts of the same type, in each row that of the part that has one.
  ///
  /// - Parameter parts: a column of `rowCount` cells each; no two hold a cell in one row.
  func merged(_ parts: [ColumnValues?], rowCount: Int) -> ColumnValues {
    switch self {
    case .number:
      var cells = [Double](repeating: .nan, count: rowCount)
      for case .number(let part)? in parts {
        for row in 0..<rowCount where !part[row].isNaN { cells[row] = part[row] }
      }
      return .number(cells)
    case .date:
      var cells = [Double](repeating: .nan, count: rowCount)
      for case .date(let part)? in parts {
        for row in 0..<rowCount where !part[row].isNaN { cells[row] = part[row] }
      }
      return .date(cells)
    case .flag:
      var cells = [Int8](repeating: -1, count: rowCount)
      for case .flag(let part)? in parts {
        for row in 0..<rowCount where part[row] >= 0 { cells[row] = part[row] }
      }
      return .flag(cells)
    case .category:
      var levels = LevelList()
      var cells = [Int32](repeating: -1, count: rowCount)
      for case .category(let part)? in parts {
        let map = part.levels.map { levels.code(of: $0) }
        for row in 0..<rowCount where part.codes[row] >= 0 {
          cells[row] = map[Int(part.codes[row])]
        }
      }
      return .category(CategoryValues(codes: cells, levels: levels.levels))
    case .text:
      var offsets = [0]
      var bytes: [UInt8] = []
      var missing: [Bool] = []
      for row in 0..<rowCount {
        var isMissing = true
        for case .text(let part)? in parts where !part.missing[row] {
          bytes.append(contentsOf: part.bytes[part.offsets[row]..<part.offsets[row + 1]])
          isMissing = false
        }
        offsets.append(bytes.count)
        missing.append(isMissing)
      }
      return .text(TextValues(offsets: offsets, bytes: bytes, missing: missing))
    }
  }
}
