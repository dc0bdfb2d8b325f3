import Parallel
import Tables
import Vocabulary
import YAMLDocuments

/// Gives leads the points of a rule file.
///
/// The order of evaluation is fixed: each activity's points with its own fade and the group's decay at
/// its age, the rule's cap and floor, the sum of the group, the group's cap and floor, the sum of the
/// category, the category's cap and floor, the total, the scale, grade and stage; a rule that
/// disqualifies takes grade and stage away.
public struct RuleScorer: Sendable {
  public let file: RuleFile
  private let typed: TypedRules?
  private let projectMissingTokens: [String]
  /// Tokens that a reader has applied by the schema's own account, by column.
  private let schemaTokens: [String: [String]]?
  private let vocabulary: Vocabulary

  /// Binds the rules to the columns of a schema.
  /// - Parameters:
  ///   - schema: of the tables to come; `nil` to take the types of each table as it comes.
  ///   - projectMissingTokens: tokens that mean "not filled in", beside the rule file's own; with a
  ///     schema, each column's own tokens stand in their place.
  ///   - vocabulary: what titles mean.
  /// - Throws: `RuleError` for a column that is not there, with the nearest name, and for tests and
  ///   values that its type does not have.
  public init(
    _ file: RuleFile, schema: TableSchema?, projectMissingTokens: [String],
    vocabulary: Vocabulary = .standard
  ) throws {
    self.file = file
    self.vocabulary = vocabulary
    self.projectMissingTokens = projectMissingTokens
    typed = try schema.map { schema in
      try TypedRules(
        file,
        types: Dictionary(
          schema.columns.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first }),
        titles: vocabulary.titles)
    }
    schemaTokens = schema.map { schema in
      Dictionary(
        schema.columns.map { ($0.name, $0.missingTokens) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// The scores of every row. A block of a larger table, with dictionaries of its own, gets the
  /// same scores as the whole.
  /// - Parameter events: what the leads did by the moments as of which they are scored; a file that
  ///   asks for nothing of the kind needs none.
  /// - Throws: `RuleError` where the table lacks a column or holds it as another type that the
  ///   rules do not fit, and `RuleError.noEvents` for a file that needs them.
  public func score(
    _ table: Table, events: RuleEvents? = nil, pool: WorkerPool = WorkerPool(threadCount: 1)
  ) throws -> RuleScores {
    try bind(table, events: events).scores(pool: pool)
  }

  /// The scores of no lead, to append others to.
  public var noScores: RuleScores { RuleScores(file, Ladders(file)) }

  /// Why one row has its points.
  /// - Parameter row: an index below the table's row count.
  /// - Throws: as `score`.
  public func ledger(_ table: Table, events: RuleEvents? = nil, row: Int) throws -> Ledger {
    try bind(table, events: events, rows: row..<(row + 1)).ledger(row)
  }

  /// `Ledger.reasons` of every row, for an output column.
  /// - Throws: as `score`.
  public func reasons(_ table: Table, events: RuleEvents? = nil) throws -> [String] {
    try bind(table, events: events).reasons()
  }

  /// Binds the rules to a table, to score it and then to ask about many of its rows.
  /// - Throws: as `score`.
  public func bind(_ table: Table, events: RuleEvents? = nil) throws -> BoundRules {
    try bind(table, events: events, rows: 0..<table.rowCount)
  }

  private func bind(_ table: Table, events: RuleEvents?, rows: Range<Int>) throws -> BoundRules {
    precondition(
      events.map { $0.moments.count == table.rowCount } ?? true, "one moment a row of the table")
    let types = Dictionary(
      table.columns.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
    let rules: TypedRules
    if let typed, typed.fields.allSatisfy({ types[$0] == nil || types[$0] == typed.types[$0] }) {
      rules = typed
    } else {
      rules = try TypedRules(file, types: types, titles: vocabulary.titles)
    }
    var tokens: [String: Set<String>] = [:]
    for field in rules.fields {
      let own = schemaTokens?[field] ?? projectMissingTokens
      tokens[field] = Set((own + file.missing).map { $0.trimmed })
    }
    let binder = ConditionBinder(
      table: table, rows: rows, missingTokens: tokens,
      missingNumbers: Set(file.missing.compactMap(plainNumber)), titles: vocabulary.titles)
    var bound: (BoundQuestions, RuleEvents)?
    if let first = file.selections.first {
      guard let events else { throw RuleError.noEvents(first.place) }
      bound = (try BoundQuestions(rules.questions, log: events.log), events)
    }
    return BoundRules(
      file: file, rows: rows,
      conditions: BoundRules.Conditions(
        profiles: try rules.profiles.map(binder.bound),
        rules: try rules.rules.map { group in
          try group.map {
            BoundRule(
              rule: $0.rule, condition: try $0.condition.map(binder.bound), event: $0.event)
          }
        }), events: bound)
  }
}

/// The conditions of a file, typed for a set of columns.
private struct TypedRules: Sendable {
  /// The columns that are asked about.
  let fields: [String]
  let types: [String: ColumnType]
  let profiles: [TypedCondition]
  /// By group.
  let rules: [[(rule: Rule, condition: TypedCondition?, event: TypedEvent?)]]
  /// What they ask of activities.
  let questions: [EventQuestion]

  init(_ file: RuleFile, types: [String: ColumnType], titles: TitleVocabulary) throws {
    let indices = Dictionary(
      file.profiles.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    var typer = ConditionTyper(types: types, profileIndices: indices, titles: titles)
    fields = file.requiredColumns.map(\.name)
    self.types = types
    profiles = try file.profiles.map { try typer.typed($0.condition) }
    rules = try file.groups.map { group in
      try group.rules.map { rule in
        (
          rule, try rule.condition.map { try typer.typed($0) },
          typer.typed(rule, decay: group.decay)
        )
      }
    }
    questions = typer.questions
  }
}
