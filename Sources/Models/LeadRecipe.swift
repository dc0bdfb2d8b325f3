import Features
import History
import Tables
import Vocabulary

/// How the table that a model scores is made of a CRM's tables: absent where it is a table of leads as it
/// stands.
public struct LeadRecipe: Codable, Sendable, Equatable {
  /// A table whose columns come to the leads, and how it was written.
  public struct Join: Codable, Sendable, Equatable {
    public var join: TableJoin
    public var schema: TableSchema

    public init(join: TableJoin, schema: TableSchema) {
      self.join = join
      self.schema = schema
    }

    /// The names that its columns have among the leads'.
    public var columnNames: [String] {
      let names =
        join.columns.isEmpty
        ? schema.columns.map(\.name).filter { name in !join.on.contains { $0.right == name } }
        : join.columns
      return names.map { join.prefix + $0 }
    }

    /// The columns that the table must have.
    public var neededColumns: [String] {
      var names = join.on.map(\.right)
      let others =
        [join.several.column, join.wonFirst?.column].compactMap(\.self)
        + (join.columns.isEmpty ? schema.columns.map(\.name) : join.columns)
      for name in others where !names.contains(name) { names.append(name) }
      return names
    }
  }

  /// What titles, e-mail addresses and countries mean, as columns of their own.
  public struct Words: Codable, Sendable, Equatable {
    public var columns: VocabularyColumns
    public var additions: VocabularyAdditions

    public init(columns: VocabularyColumns, additions: VocabularyAdditions) {
      self.columns = columns
      self.additions = additions
    }

    /// The columns that are read.
    public var sources: [String] {
      [columns.title, columns.email, columns.country].compactMap(\.self)
    }

    /// The names of columns that may be derived.
    public static let names = [
      VocabularyColumns.seniorityName, VocabularyColumns.departmentName,
      VocabularyColumns.freeEmailName, VocabularyColumns.countryCodeName,
    ]
  }

  /// `nil` where nothing is derived.
  public var vocabulary: Words?
  /// In the order in which they are made.
  public var joins: [Join]
  /// How leads become examples as of a moment; `nil` where they are taken as they stand.
  public var history: HistoryRecipe?

  public init(
    joins: [Join] = [], vocabulary: Words? = nil, history: HistoryRecipe? = nil
  ) {
    self.vocabulary = vocabulary
    self.joins = joins
    self.history = history
  }

  /// For a recipe that was read from a file, which may hold anything.
  /// - Throws: `HistoryError`, `ActivityError`, and `LeadRecipeError` for a join that is none.
  public func validated() throws -> LeadRecipe {
    for join in joins {
      guard !join.join.on.isEmpty else {
        throw LeadRecipeError.joinWithoutKey(table: join.join.name)
      }
      for name in join.neededColumns where join.schema[name] == nil {
        throw LeadRecipeError.unknownColumn(table: join.join.name, column: name)
      }
      let names = join.schema.columns.map(\.name)
      guard Set(names).count == names.count, Set(join.columnNames).count == join.columnNames.count
      else { throw LeadRecipeError.repeatedColumn(table: join.join.name) }
    }
    _ = try history?.validated()
    return self
  }
}

/// What a stored recipe can't be.
public enum LeadRecipeError: Error, Equatable, CustomStringConvertible {
  case joinWithoutKey(table: String)
  case unknownColumn(table: String, column: String)
  case repeatedColumn(table: String)

  public var description: String {
    switch self {
    case .joinWithoutKey(let table): "\(table) is joined by no column"
    case .unknownColumn(let table, let column):
      "nothing is known of the column \"\(column)\" of \(table)"
    case .repeatedColumn(let table): "a column of \(table) stands twice"
    }
  }
}
