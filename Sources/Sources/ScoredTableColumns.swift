/// The columns of a table of scored leads.
public struct ScoredTableColumns: Sendable, Equatable {
  public enum ValueType: String, Sendable, Equatable, CaseIterable {
    case number
    case integer = "whole number"
    case text
  }

  public struct Value: Sendable, Equatable {
    public let name: String
    public let type: ValueType

    public init(name: String, type: ValueType) {
      self.name = name
      self.type = type
    }
  }

  /// Holds the name and version of the model that scored the row as it stands.
  public static let modelColumn = "model"
  /// Holds when the row was last changed.
  public static let timeColumn = "scored_at"

  /// The columns that tell leads apart: the table's primary key, or unique together.
  public let keys: [String]
  public let values: [Value]

  /// - Throws: `SourceError.invalidOption` for no key or no value, and for names that stand twice or are
  ///   those of the model and the time.
  public init(keys: [String], values: [Value]) throws {
    guard !keys.isEmpty, !values.isEmpty else {
      throw SourceError.invalidOption(
        name: "columns", reason: "a table of scored leads has an id and at least one score")
    }
    var seen: Set<String> = [Self.modelColumn, Self.timeColumn]
    for name in keys + values.map(\.name) where !seen.insert(name.lowercased()).inserted {
      throw SourceError.invalidOption(
        name: "column \"\(name)\"",
        reason: "two columns of the table would have this name; rename one")
    }
    self.keys = keys
    self.values = values
  }

  /// Names of all columns that a record has, in its order.
  var recordNames: [String] { keys + values.map(\.name) }
}

/// What became of the rows that were given to a table.
public struct ScoredTableCounts: Sendable, Equatable {
  public let inserted: Int
  public let updated: Int
  /// Rows that stood in the table with equal values: they keep their time.
  public let unchanged: Int

  public init(inserted: Int, updated: Int, unchanged: Int) {
    self.inserted = inserted
    self.updated = updated
    self.unchanged = unchanged
  }
}
