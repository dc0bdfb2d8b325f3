import Activities
import History
import Metrics
import ModelFiles
import Models
import Parallel
import ProjectReading
import Projects
import Rules
import Sources
import Tables

/// Open leads of a project whose model was fitted to several tables, read and put together as at the fit.
public struct ProjectLeads: Sendable {
  let name: String
  let dialect: TextDialect
  let columns: [String]
  let extraColumns: [String] = []
  let carriedColumns: [String]
  let warnings: [String]
  let activityTypes: [String]?
  /// What became of the leads on the way, in lines to be shown.
  public let notes: [String]
  /// The moment as of which leads are looked at; `nil` without a history.
  public let asOf: Double?

  /// What says as of when a lead was looked at.
  static let momentColumn = ExampleTable.decisionTimeColumn

  private enum Contents: Sendable {
    case table(Table)
    case examples(ScoringExamples)
  }

  private let contents: Contents
  /// Where leads stand in the table whatever became of them.
  private let outcome: OutcomeDefinition?

  /// - Parameters:
  ///   - asOf: as clocks of the project's time zone show it; `nil` takes the newest moment of the data.
  ///   - now: what is later has not happened.
  ///   - includesClosed: also leads that are won or lost by then.
  ///   - unreadLimit: the share of the cells of a column that may be unreadable; `nil` where they are only
  ///     counted.
  ///   - memory: how much of the activities is held in memory at a time.
  /// - Throws: `ScoringError.noRecipe` for a model of leads as they stand, and whatever stands in the way
  ///   of reading the tables.
  public init(
    _ project: Project, loaded: LoadedModel, rules: [String] = [], asOf: Double?, now: Double,
    includesClosed: Bool, unreadLimit: Double? = nil, memory: ActivityMemory = ActivityMemory(),
    pool: WorkerPool,
    progress: @escaping ProgressSink
  ) throws {
    let model = loaded.model
    guard let recipe = model.recipe else { throw ScoringError.noRecipe(model: loaded.name) }
    guard let source = project.leads else { throw ProjectReadingError.noLeads }
    name = source.name
    let limit = unreadLimit.map { UnreadLimit(share: $0, columns: Set(model.requiredColumns)) }
    guard let history = recipe.history else {
      progress(Progress(stage: "reading \(source.name)", done: 0, total: nil))
      var needed = model.requiredColumns + rules
      for id in model.idColumns where !needed.contains(id) { needed.append(id) }
      let leads = try LeadReader(
        project: project, snapshot: DatabaseSnapshot(), pool: pool
      ).read(source, schema: model.schema, recipe: recipe, needed: needed, limit: limit)
      contents = .table(leads.table)
      dialect = leads.schema.dialect
      columns = needed
      carriedColumns = model.idColumns
      self.asOf = nil
      notes = leads.lines
      warnings = []
      activityTypes = nil
      outcome = leads.table[model.outcome.column] == nil ? nil : model.outcome
      return
    }
    let zone = try NamedTimeZone(history.definition.timeZone)
    let asOf = asOf.map { zone.moment(ofClock: $0) }
    let read = try HistoryReader(
      project: project, now: now, memory: memory, limit: limit, pool: pool,
      progress: progress
    ).read(
      recipe, history: history, asOf: asOf, required: Set(model.requiredColumns + rules))
    progress(Progress(stage: "looking at leads as of the moment", done: 0, total: nil))
    let examples = try ScoringExamples(
      history, inputs: read.inputs, asOf: asOf, includesClosed: includesClosed, pool: pool)
    contents = .examples(examples)
    dialect = read.leads.schema.dialect
    columns = history.columnNames
    carriedColumns = model.idColumns + [ExampleTable.decisionTimeColumn]
    outcome = nil
    activityTypes = examples.logs?.types
    self.asOf = examples.asOf
    notes = read.leads.lines + examples.report.lines
    warnings =
      [history.definition.difference(from: project)].compactMap(\.self)
      + examples.report.warnings(
        unlearned: Set(history.columnNames).subtracting(model.requiredColumns))
  }
}

extension ProjectLeads: ScorableLeads {
  /// Rows a block: enough to share out, and small beside the table.
  private static let blockRows = 8_192

  func forEachBlock<Output: Sendable>(
    pool: WorkerPool, _ process: @Sendable (LeadBlock) throws -> Output,
    consume: (Output) throws -> Void
  ) throws {
    switch contents {
    case .examples(let examples):
      let hasActivities = activityTypes != nil
      try examples.forEachTable(pool: pool) { table, activities in
        var block = block(table)
        block.events = hasActivities ? RuleEvents(activities) : nil
        return try process(block)
      } consume: {
        try consume($0)
      }
    case .table(let table):
      let blocks = RowBlocks(rowCount: table.rowCount, blockSize: Self.blockRows)
      // As many blocks as threads at once, so that what is made of them is never held whole.
      for group in RowBlocks(rowCount: blocks.count, blockSize: pool.threadCount) {
        let made = try pool.map(group.count) { index in
          let rows = Array(blocks[group.lowerBound + index])
          return try process(
            block(table.gathered(rows)))
        }
        for output in made { try consume(output) }
      }
    }
  }

  private func block(_ table: Table) -> LeadBlock {
    LeadBlock(
      table: table,
      carried: carriedColumns.map { name in
        .texts(
          table[name].map { column in
            (0..<table.rowCount).map { column.values.fieldText($0) }
          } ?? [])
      }, unparsedCounts: [Int](repeating: 0, count: columns.count), skippedRows: 0)
  }

  func rowsToScore(_ block: LeadBlock, includesClosed: Bool) throws -> [Int] {
    guard !includesClosed, let outcome,
      case .category(let cells)? = block.table[outcome.column]?.values
    else { return Array(0..<block.table.rowCount) }
    let labels = outcome.labels(cells)
    return labels.indices.filter { labels[$0] < 0 }
  }
}
