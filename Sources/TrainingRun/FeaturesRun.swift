import Activities
import History
import Parallel
import ProjectReading
import Projects
import Reports
import Sources
import Tables

/// Makes the table of examples that a fit of a project's history learns from, for other tools.
public struct FeaturesRun: Sendable {
  let project: Project
  let now: Double
  let memory: ActivityMemory
  let pool: WorkerPool
  let progress: ProgressSink

  /// - Parameters:
  ///   - now: seconds since 1970; what is later has not happened.
  ///   - memory: how much of the activities is held in memory at a time.
  public init(
    project: Project, now: Double, memory: ActivityMemory = ActivityMemory(), pool: WorkerPool,
    progress: @escaping ProgressSink = { _ in }
  ) {
    self.project = project
    self.now = now
    self.memory = memory
    self.pool = pool
    self.progress = progress
  }

  /// Writes training examples, or with `asOf` the leads that are open then, in the same columns: all but
  /// excluded ones, and personal data that the project does not keep by name.
  ///
  /// - Parameter asOf: as clocks of the project's time zone show it.
  /// - Throws: `TrainingError.noHistory` for a project of one table, and whatever stands in the way;
  ///   nothing is written then.
  public func run(output: String, asOf: Double? = nil) throws -> FeaturesReport {
    guard let source = project.leads else { throw TrainingError.noLeads }
    guard project.hasHistory else { throw TrainingError.noHistory }
    try project.checkOutput(output, flag: "--out")
    try checkFormat(ofFile: output)
    try AtomicFile.checkWritable(output)
    let roles = LeadRoles(project: project, outcome: project.outcome)
    let readOptions = CSVReadOptions(project: project, roles: roles)
    let snapshot = DatabaseSnapshot()
    let (reading, builder) = try TrainingLeads.history(
      project: project, options: readOptions, roles: roles, snapshot: snapshot, now: now,
      memory: memory, pool: pool, progress: progress)
    let withheld = WithheldColumns(project: project, leads: reading.leads.table)
    let personal = withheld.personal.filter { !project.keep.contains($0.column) }
    let made = WithheldColumns.made(project: project, schema: builder.recipe.exampleSchema)
    let excluded = withheld.excluded + made.filter { !withheld.excluded.contains($0) }
    let absent = Set(excluded + personal.map(\.column))
    let columns = builder.recipe.exampleSchema.columns.filter { !absent.contains($0.name) }
    let file = try TableFile(path: output, columns: columns.map { ($0.name, $0.type) })
    let empty = file.emptyRecords
    let stage = "writing \(output)"
    progress(Progress(stage: stage, done: 0, total: nil))
    var rows = 0
    func write(_ records: CSVRecordBuffer, _ count: Int) throws {
      try file.write(records)
      rows += count
      progress(Progress(stage: stage, done: rows, total: nil))
    }
    let leadLines = reading.leads.notes.map(\.description) + reading.leads.lines
    let summary: HistorySummary
    if let asOf {
      let asOf = try NamedTimeZone(builder.recipe.definition.timeZone).moment(ofClock: asOf)
      let scoring = try ScoringExamples(
        builder.recipe, inputs: reading.inputs, asOf: asOf, pool: pool)
      try scoring.forEachTable(pool: pool) { table, _ in
        (table.records(empty, without: absent), table.rowCount)
      } consume: {
        try write($0, $1)
      }
      summary = HistorySummary(
        target: reading.chosen, lines: leadLines + scoring.report.lines,
        warnings: scoring.report.warnings(unlearned: absent))
    } else {
      try builder.forEachTable(pool: pool) {
        ($0.records(empty, without: absent), $0.rowCount)
      } consume: {
        try write($0, $1)
      }
      summary = HistorySummary(
        builder.report, chosen: reading.chosen, leadLines: leadLines)
    }
    let isAudited = asOf == nil && builder.count * columns.count <= Self.mostAuditedCells
    let audit =
      isAudited
      ? try self.audit(
        (reading, builder), personal: withheld.personal.map(\.column), options: readOptions,
        snapshot: snapshot) : nil
    try file.finish()
    return FeaturesReport(
      source: source.name, output: output, examples: rows, columns: columns.count,
      excluded: excluded,
      personal: personal.map { .init(column: $0.column, kind: $0.kind.rawValue) },
      history: summary, audit: audit, isAudited: isAudited || asOf != nil)
  }

  /// Examples are audited in memory, as a fit would: this many cells take half a gigabyte. More are written
  /// without, since nothing else here needs memory that grows with them.
  static let mostAuditedCells = 64_000_000

  /// What a fit of these examples would find; `nil` where there is none to be had of them.
  private func audit(
    _ history: (reading: HistoryReader.Reading, builder: ExampleBuilder), personal: [String],
    options: CSVReadOptions, snapshot: DatabaseSnapshot
  ) throws -> AuditSummary? {
    var project = project
    // What names people may be kept in a table, and is no feature of a model.
    project.keep.removeAll(where: personal.contains)
    // Rules are no part of the file, nor can a mistake in them keep it from being written.
    project.rules = nil
    let read = try TrainingLeads(
      project: project, history: history, options: options, snapshot: snapshot, now: now,
      memory: memory, pool: pool, progress: progress)
    do {
      return AuditSummary(
        try AuditedLeads(project: project, read: read, pool: pool, progress: progress)
          .audit.findings)
    } catch is TrainingError {
      // What can't be fitted can be written all the same.
      return nil
    }
  }
}

extension Table {
  /// All rows as records of a file.
  fileprivate func records(_ empty: CSVRecordBuffer, without absent: Set<String>) -> CSVRecordBuffer
  {
    var records = empty
    let written = Table(
      columns: columns.filter { !absent.contains($0.name) }, rowCount: rowCount)
    records.append(written, rows: 0..<rowCount)
    return records
  }
}
