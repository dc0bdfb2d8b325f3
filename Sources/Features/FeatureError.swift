import Tables

public enum FeatureError: Error, Equatable, CustomStringConvertible {
  case columnMissing(name: String)
  case columnHasAnotherType(name: String, expected: ColumnType, found: ColumnType)
  case nothingToLearnFrom(columns: Int)
  case badOption(name: String, found: String, expected: String)

  public var description: String {
    switch self {
    case .columnMissing(let name):
      "the data has no column “\(name)”, which the model needs"
    case .columnHasAnotherType(let name, let expected, let found):
      "column “\(name)” holds a \(found.rawValue); the model was fitted on a \(expected.rawValue)"
    case .nothingToLearnFrom:
      "no column can be used as a feature: all are identifiers, constant, empty, excluded or free "
        + "text. “kelvin-train audit” says why of each; leave fewer out with --exclude, or give types "
        + "under columns:"
    case .badOption(let name, let found, let expected):
      "\(name) is \(found); expected \(expected)"
    }
  }
}

extension Table {
  func numbers(_ name: String) throws -> [Double] {
    let column = try required(name)
    guard case .number(let values) = column.values else {
      throw FeatureError.columnHasAnotherType(name: name, expected: .number, found: column.type)
    }
    return values
  }

  func dates(_ name: String) throws -> [Double] {
    let column = try required(name)
    guard case .date(let values) = column.values else {
      throw FeatureError.columnHasAnotherType(name: name, expected: .date, found: column.type)
    }
    return values
  }

  func flags(_ name: String) throws -> [Int8] {
    let column = try required(name)
    guard case .flag(let values) = column.values else {
      throw FeatureError.columnHasAnotherType(name: name, expected: .flag, found: column.type)
    }
    return values
  }

  func categories(_ name: String) throws -> CategoryValues {
    let column = try required(name)
    guard case .category(let values) = column.values else {
      throw FeatureError.columnHasAnotherType(name: name, expected: .category, found: column.type)
    }
    return values
  }

  private func required(_ name: String) throws -> Column {
    guard let column = self[name] else { throw FeatureError.columnMissing(name: name) }
    return column
  }
}
