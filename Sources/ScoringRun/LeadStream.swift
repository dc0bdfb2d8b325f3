import ModelFiles
import Models
import Parallel
import Sources
import Tables

/// A file of leads, streamed with the types that a model's history had.
struct LeadStream {
  /// Typed columns that are read, in the order of `CSVBlock.unparsedCounts`.
  let columns: [String]
  let extraColumns: [String]
  private let stream: CSVStream
  private let outcome: OutcomeDefinition?
  private let model: LeadModel

  /// - Parameter needsOutcome: whether a file without the outcome column is an error.
  /// - Throws: `SourceError` naming all columns that the model needs and the file lacks.
  init(
    path: String, model: LeadModel, rules: RuleBinding?, skipsBadRows: Bool, needsOutcome: Bool
  ) throws {
    self.model = model
    var wanted = model.requiredColumns
    for name in rules?.columns ?? [] where !wanted.contains(name) { wanted.append(name) }
    // Opened without columns first, to see which the file has.
    let present = try CSVStream(path: path, schema: model.schema, columns: []).columnNames
    let outcomeColumn = model.outcome.column
    if present.contains(outcomeColumn) {
      outcome = model.outcome
      if !wanted.contains(outcomeColumn) { wanted.append(outcomeColumn) }
    } else if needsOutcome {
      throw ScoringError.outcomeMissing(path: path, column: outcomeColumn)
    } else {
      outcome = nil
    }
    if needsOutcome {
      for id in model.idColumns where !wanted.contains(id) { wanted.append(id) }
    }
    columns = wanted
    stream = try CSVStream(
      path: path, schema: model.schema, columns: wanted, rawColumns: model.idColumns,
      skipBadRows: skipsBadRows)
    extraColumns = stream.unknownColumns
  }

  var dialect: TextDialect { stream.dialect }

  /// What the model's sketch knows some of a block's leads by.
  func identities(_ block: CSVBlock, rows: [Int], pool: WorkerPool) throws -> LeadIdentities {
    switch model.sketch.basis {
    case .ids: try LeadIdentities(of: block.table, columns: model.idColumns, rows: rows)
    case .rows:
      try .digests(
        of: block.table, columns: model.requiredColumns, rows: rows, pool: pool)
    }
  }

  func forEachBlock<Output: Sendable>(
    pool: WorkerPool, _ process: @Sendable (CSVBlock) throws -> Output,
    consume: (Output) throws -> Void
  ) throws {
    try stream.forEachBlock(pool: pool, process: process, consume: consume)
  }

  /// 1 won, 0 lost, -1 open; all open where the file has no outcome column.
  func outcomes(_ block: CSVBlock) throws -> [Int8] {
    guard let outcome, case .category(let values) = block.table[outcome.column]?.values else {
      return [Int8](repeating: OutcomeDefinition.open, count: block.table.rowCount)
    }
    return outcome.labels(values)
  }

  /// The rows of a block that get a score: the open ones, or all.
  func rowsToScore(_ block: CSVBlock, includesClosed: Bool) throws -> [Int] {
    guard !includesClosed, outcome != nil else { return Array(0..<block.table.rowCount) }
    let outcomes = try outcomes(block)
    return outcomes.indices.filter { outcomes[$0] < 0 }
  }
}
