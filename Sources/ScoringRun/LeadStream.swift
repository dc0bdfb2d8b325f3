import ModelFiles
import Models
import Parallel
import ProjectReading
import Sources
import Tables

/// A file of leads, streamed with the types that a model's history had.
struct LeadStream: ScorableLeads {
  /// Typed columns that are read, in the order of `CSVBlock.unparsedCounts`.
  let columns: [String]
  let extraColumns: [String]
  let name: String
  let warnings: [String] = []
  let activityTypes: [String]? = nil
  private let stream: CSVStream
  private let outcome: OutcomeDefinition?
  private let model: LeadModel
  private let words: DerivedWords?

  /// - Parameters:
  ///   - needsOutcome: whether a file without the outcome column is an error.
  ///   - alsoReads: columns of the model's schema that are read beside those that it needs.
  ///   - readsIfThere: likewise, where the file has them.
  /// - Throws: `SourceError` naming all columns that the model needs and the file lacks;
  ///   `ScoringError.needsProject` where it was fitted to several tables.
  init(
    origin: TableOrigin, model: LeadModel, rules: RuleBinding?, skipsBadRows: Bool,
    needsOutcome: Bool, alsoReads: [String] = [],
    readsIfThere: [String] = [], snapshot: DatabaseSnapshot = DatabaseSnapshot()
  ) throws {
    self.model = model
    name = origin.name
    // What is derived from cells is in no file.
    words = try model.recipe.flatMap { $0.history == nil ? $0.vocabulary : nil }
      .map(DerivedWords.init)
    var wanted = model.requiredColumns
    if let words {
      wanted.removeAll { LeadRecipe.Words.names.contains($0) }
      for name in words.recipe.sources where !wanted.contains(name) { wanted.append(name) }
    }
    let own = wanted
    for name in (rules?.columns ?? []) + alsoReads where !wanted.contains(name) {
      wanted.append(name)
    }
    // Opened without columns first, to see which the file has.
    let present = try CSVStream(
      origin: origin, schema: model.schema, columns: [], snapshot: snapshot
    ).columnNames
    for name in readsIfThere where present.contains(name) && !wanted.contains(name) {
      wanted.append(name)
    }
    if let recipe = model.recipe, recipe.history != nil || !recipe.joins.isEmpty {
      let missing = own.filter { !present.contains($0) }
      guard missing.isEmpty else {
        throw ScoringError.needsProject(
          path: origin.name, missing: missing, isHistory: recipe.history != nil)
      }
    }
    let outcomeColumn = model.outcome.column
    if present.contains(outcomeColumn) {
      outcome = model.outcome
      if !wanted.contains(outcomeColumn) { wanted.append(outcomeColumn) }
    } else if needsOutcome {
      throw ScoringError.outcomeMissing(path: origin.name, column: outcomeColumn)
    } else {
      outcome = nil
    }
    if needsOutcome {
      for id in model.idColumns where !wanted.contains(id) { wanted.append(id) }
    }
    columns = wanted
    stream = try CSVStream(
      origin: origin, schema: model.schema, columns: wanted, rawColumns: model.idColumns,
      skipBadRows: skipsBadRows, snapshot: snapshot)
    extraColumns = stream.unknownColumns
  }

  var dialect: TextDialect { stream.dialect }

  var carriedColumns: [String] { model.idColumns }

  /// What the model's sketch knows some of a block's leads by.
  func identities(_ block: LeadBlock, rows: [Int], pool: WorkerPool) throws -> LeadIdentities {
    switch model.sketch.basis {
    case .ids: try LeadIdentities(of: block.table, columns: model.idColumns, rows: rows)
    case .rows:
      try .digests(
        of: block.table, columns: model.requiredColumns, rows: rows, pool: pool)
    }
  }

  func forEachBlock<Output: Sendable>(
    pool: WorkerPool, _ process: @Sendable (LeadBlock) throws -> Output,
    consume: (Output) throws -> Void
  ) throws {
    try stream.forEachBlock(pool: pool) { block in
      try process(
        LeadBlock(
          table: words?.adding(to: block.table).table ?? block.table,
          carried: block.rawFields.map { .raw($0) },
          unparsedCounts: block.unparsedCounts, skippedRows: block.skippedRows.count))
    } consume: {
      try consume($0)
    }
  }

  /// 1 won, 0 lost, -1 open; all open where the file has no outcome column.
  func outcomes(_ block: LeadBlock) throws -> [Int8] {
    guard let outcome, case .category(let values) = block.table[outcome.column]?.values else {
      return [Int8](repeating: OutcomeDefinition.open, count: block.table.rowCount)
    }
    return outcome.labels(values)
  }

  /// The rows of a block that get a score: the open ones, or all.
  func rowsToScore(_ block: LeadBlock, includesClosed: Bool) throws -> [Int] {
    guard !includesClosed, outcome != nil else { return Array(0..<block.table.rowCount) }
    let outcomes = try outcomes(block)
    return outcomes.indices.filter { outcomes[$0] < 0 }
  }
}
