import Audit
import Features
import ModelFiles
import Models
import Parallel
import ProjectReading
import Projects
import Reports
import Rules
import Sources
import Tables

/// A project's leads, read, with their roles settled and their columns judged.
struct AuditedLeads: Sendable {
  /// As the user named it.
  let path: String
  let roles: LeadRoles
  let history: LeadHistory
  let selection: ColumnSelection
  let audit: LeadAudit
  let treeLimits: TreeLimits
  /// The rule file, as the user named it.
  let rules: String?
  /// How the leads were read, and what of.
  let read: TrainingLeads
  private let repeated: RepeatedLeads?

  /// - Throws: `TrainingError` and `SourceError`: whatever makes the leads unusable.
  ///
  /// - Parameters:
  ///   - scored: the leads that will be scored; `nil` for the open ones.
  ///   - now: seconds since 1970; what is later has not happened.
  ///   - suggesting: as of `TrainingLeads`.
  init(
    project: Project, scored: TableSource? = nil, now: Double = .infinity,
    suggesting words: SuggestionWords? = nil, pool: WorkerPool, progress: @escaping ProgressSink
  ) throws {
    try self.init(
      project: project,
      read: TrainingLeads(
        project: project, scored: scored, now: now, suggesting: words, pool: pool,
        progress: progress),
      pool: pool, progress: progress)
  }

  /// Leads that have been read.
  init(
    project: Project, read: TrainingLeads, pool: WorkerPool, progress: @escaping ProgressSink
  ) throws {
    self.read = read
    path = read.leads.name
    rules = project.rules?.resolved
    roles = read.roles
    let history = try LeadHistory(source: read.leads, roles: roles)
    self.history = history
    treeLimits = try TreeLimits(project: project, table: history.table)
    let selection = ColumnSelection(
      history.table, roles: roles.reasons,
      kept: Set(project.columns.filter { $0.type != nil }.map(\.name) + roles.kept),
      personalData: { personalDataKind(of: $0)?.rawValue }, rows: history.closedRows,
      leadRows: Self.rowsOfLeads(history, roles: roles))
    progress(Progress(stage: "auditing", done: 0, total: nil))
    let repeated = try RepeatedLeads(
      table: history.table, rows: history.closedRows, ids: roles.ids, features: selection.used,
      areExamples: roles.areExamples, pool: pool)
    audit = try Self.audit(
      history: history, roles: roles, selection: selection, repeated: repeated, read: read,
      pool: pool)
    // Without what is left out, other leads may be alike.
    let leavesOut = !audit.leaks.isEmpty || !audit.silent.isEmpty
    self.repeated = repeated.basis == .cells && leavesOut ? nil : repeated
    self.selection = selection.leavingOut(
      leaks: Dictionary(
        audit.leaks.map { ($0.column, $0.reason) }, uniquingKeysWith: { first, _ in first }),
      silent: Set(audit.silent), of: history.table)
  }

  /// Which closed leads stand more than once.
  func repeatedLeads(pool: WorkerPool) throws -> RepeatedLeads {
    if let repeated { return repeated }
    return try RepeatedLeads(
      table: history.table, rows: history.closedRows, ids: roles.ids, features: selection.used,
      areExamples: roles.areExamples, pool: pool)
  }

  /// The keyed sketch of the leads that a model is fitted to: of their ids, or of the cells that the
  /// model reads where there are none.
  func sketch(
    rows: [Int], columns: [String], seed: UInt64, pool: WorkerPool
  ) throws -> TrainingSketch {
    let basis: TrainingSketch.Basis = roles.ids.isEmpty ? .rows : .ids
    let leads: LeadIdentities =
      switch basis {
      case .ids: try LeadIdentities(of: history.table, columns: roles.ids, rows: rows)
      case .rows:
        try .digests(
          of: history.table, columns: columns, rows: rows, pool: pool)
      }
    return TrainingSketch.make(basis: basis, leads: leads, seed: seed, pool: pool)
  }

  /// Of examples whose outcomes have dates: until when outcomes of some of them were known.
  func lastOutcome(rows: [Int]) -> Double? {
    guard let horizon = roles.horizon, let name = roles.created,
      case .date(let times)? = history.table[name]?.values
    else { return nil }
    return rows.map { times[$0] }.max().map { $0 + horizon }
  }

  /// Writes some of the leads to a file of their own: byte for byte where they are one table as it
  /// stands, otherwise with all columns that were joined or made.
  func writeLeads(rows: [Int], to output: String) throws {
    guard read.recipe == nil, let origin = read.source.origin else {
      try writeTable(
        history.table, rows: rows, dialect: history.source.schema.dialect, to: output)
      return
    }
    let chosen = Set(rows)
    try copyRecords(
      from: origin, dialect: history.source.schema.dialect,
      skipBadRows: read.readOptions.skipBadRows, to: output, snapshot: read.snapshot
    ) { chosen.contains($0) }
  }
}

extension CSVReadOptions {
  /// What a project says about how its leads are written.
  init(project: Project, roles: LeadRoles) {
    self = project.leads?.readOptions ?? CSVReadOptions()
    if let missing = project.missing { missingTokens = missing }
    for column in project.columns {
      columnTypes[column.name] = column.type
      columnMissingTokens[column.name] = column.missing
      dateOrders[column.name] = column.dateOrder
      // A point between thousands leaves the comma for decimals, and anything else the point.
      let point = UInt8(ascii: ".")
      let implied = column.groupingMark.map { $0 == point ? UInt8(ascii: ",") : point }
      if let mark = column.decimalMark ?? implied {
        numberFormats[column.name] = NumberFormat(
          decimalMark: mark, groupingMark: column.groupingMark)
      }
    }
    keepAsText = Set(roles.ids)
    // Won and lost are compared as written, and accounts are told apart as written.
    if !roles.outcome.column.isEmpty { columnTypes[roles.outcome.column] = .category }
    if let account = roles.account { columnTypes[account] = .category }
  }
}
