import Tables
import YAMLDocuments

/// Gives leads the points of a rule file.
///
/// The order of evaluation is fixed: each rule's points, its cap and floor, the sum of its group,
/// the group's cap and floor, the sum of its category, the category's cap and floor, the total, the
/// scale, grade and stage; a rule that disqualifies takes grade and stage away.
public struct RuleScorer: Sendable {
  public let file: RuleFile
  private let typed: TypedRules?
  private let projectMissingTokens: [String]
  /// Tokens that a reader has applied by the schema's own account, by column.
  private let schemaTokens: [String: [String]]?

  /// Binds the rules to the columns of a schema.
  /// - Parameters:
  ///   - schema: of the tables to come; `nil` to take the types of each table as it comes.
  ///   - projectMissingTokens: tokens that mean "not filled in", beside the rule file's own; with a
  ///     schema, each column's own tokens stand in their place.
  /// - Throws: `RuleError` for a column that is not there, with the nearest name, and for tests and
  ///   values that its type does not have.
  public init(_ file: RuleFile, schema: TableSchema?, projectMissingTokens: [String]) throws {
    self.file = file
    self.projectMissingTokens = projectMissingTokens
    typed = try schema.map { schema in
      try TypedRules(
        file,
        types: Dictionary(
          schema.columns.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first }))
    }
    schemaTokens = schema.map { schema in
      Dictionary(
        schema.columns.map { ($0.name, $0.missingTokens) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// The scores of every row. A block of a larger table, with dictionaries of its own, gets the
  /// same scores as the whole.
  /// - Throws: `RuleError` where the table lacks a column or holds it as another type that the
  ///   rules do not fit.
  public func score(_ table: Table) throws -> RuleScores {
    try bind(table, rows: 0..<table.rowCount).scores()
  }

  /// Why one row has its points.
  /// - Parameter row: an index below the table's row count.
  /// - Throws: as `score`.
  public func ledger(_ table: Table, row: Int) throws -> Ledger {
    try bind(table, rows: row..<(row + 1)).ledger(row)
  }

  /// `Ledger.reasons` of every row, for an output column.
  /// - Throws: as `score`.
  public func reasons(_ table: Table) throws -> [String] {
    try bind(table, rows: 0..<table.rowCount).reasons()
  }

  /// Binds the rules to a table, to score it and then to ask about many of its rows.
  /// - Throws: as `score`.
  public func bind(_ table: Table) throws -> BoundRules {
    try bind(table, rows: 0..<table.rowCount)
  }

  private func bind(_ table: Table, rows: Range<Int>) throws -> BoundRules {
    let types = Dictionary(
      table.columns.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
    let rules: TypedRules
    if let typed, typed.fields.allSatisfy({ types[$0] == nil || types[$0] == typed.types[$0] }) {
      rules = typed
    } else {
      rules = try TypedRules(file, types: types)
    }
    var tokens: [String: Set<String>] = [:]
    for field in rules.fields {
      let own = schemaTokens?[field] ?? projectMissingTokens
      tokens[field] = Set((own + file.missing).map { $0.trimmed })
    }
    let binder = ConditionBinder(
      table: table, rows: rows, missingTokens: tokens,
      missingNumbers: Set(file.missing.compactMap(plainNumber)))
    return BoundRules(
      file: file, rows: rows,
      profiles: try rules.profiles.map(binder.bound),
      conditions: try rules.conditions.map { try $0.map(binder.bound) })
  }
}

/// The conditions of a file, typed for a set of columns.
private struct TypedRules: Sendable {
  /// The columns that are asked about.
  let fields: [String]
  let types: [String: ColumnType]
  let profiles: [TypedCondition]
  /// By group and rule.
  let conditions: [[TypedCondition]]

  init(_ file: RuleFile, types: [String: ColumnType]) throws {
    let indices = Dictionary(
      file.profiles.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let typer = ConditionTyper(types: types, profileIndices: indices)
    fields = file.requiredColumns.map(\.name)
    self.types = types
    profiles = try file.profiles.map { try typer.typed($0.condition) }
    conditions = try file.groups.map { try $0.rules.map { try typer.typed($0.condition) } }
  }
}
