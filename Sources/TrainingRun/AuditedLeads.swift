import Audit
import Features
import ModelFiles
import Models
import Parallel
import Projects
import Reports
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
  let readOptions: CSVReadOptions
  private let resolvedPath: String
  private let repeated: RepeatedLeads?

  /// - Throws: `TrainingError` and `SourceError`: whatever makes the leads unusable.
  init(project: Project, pool: WorkerPool, progress: ProgressSink) throws {
    guard let source = project.leads else { throw TrainingError.noLeads }
    guard let outcome = project.outcome else { throw TrainingError.noOutcome }
    let roles = LeadRoles(
      // One column given twice is one id.
      ids: project.id.enumerated().filter { project.id.firstIndex(of: $1) == $0 }.map(\.element),
      outcome: .init(column: outcome.column, won: outcome.won, lost: outcome.lost),
      account: project.account, created: project.created, weight: project.weight,
      excluded: project.exclude, kept: project.keep, ruleScore: project.ruleScore)
    progress(Progress(stage: "reading \(source.path.written)", done: 0, total: nil))
    let readOptions = CSVReadOptions(project: project, roles: roles)
    let table: CSVTable
    do {
      table = try Sources.readCSV(path: source.path.resolved, options: readOptions, pool: pool)
    } catch let error as SourceError {
      // The reader knows columns by what is said of them, the user by what they are for.
      if case .unknownColumns(_, _, _, let present) = error { try roles.check(against: present) }
      throw error
    }
    path = source.path.written
    rules = project.rules?.resolved
    resolvedPath = source.path.resolved
    self.roles = roles
    self.readOptions = readOptions
    let history = try LeadHistory(source: table, roles: roles)
    self.history = history
    treeLimits = try TreeLimits(project: project, table: history.table)
    let selection = ColumnSelection(
      history.table, roles: roles.reasons,
      kept: Set(project.columns.filter { $0.type != nil }.map(\.name) + roles.kept),
      personalData: { personalDataKind(of: $0)?.rawValue }, rows: history.closedRows)
    progress(Progress(stage: "auditing", done: 0, total: nil))
    let repeated = try RepeatedLeads(
      table: history.table, rows: history.closedRows, ids: roles.ids, features: selection.used,
      pool: pool)
    audit = try Self.audit(
      history: history, roles: roles, selection: selection, repeated: repeated, pool: pool)
    // Without a leak, other leads may be alike.
    self.repeated = repeated.basis == .cells && !audit.leaks.isEmpty ? nil : repeated
    self.selection = selection.leavingOut(
      leaks: Dictionary(
        audit.leaks.map { ($0.column, $0.reason) }, uniquingKeysWith: { first, _ in first }),
      of: history.table)
  }

  /// Which closed leads stand more than once.
  func repeatedLeads(pool: WorkerPool) throws -> RepeatedLeads {
    if let repeated { return repeated }
    return try RepeatedLeads(
      table: history.table, rows: history.closedRows, ids: roles.ids, features: selection.used,
      pool: pool)
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

  /// Writes some of the leads to a file of their own, byte for byte.
  func writeLeads(rows: [Int], to output: String) throws {
    let chosen = Set(rows)
    try copyRecords(
      from: resolvedPath, dialect: history.source.schema.dialect,
      skipBadRows: readOptions.skipBadRows, to: output
    ) { chosen.contains($0) }
  }
}

extension CSVReadOptions {
  /// What a project says about how its leads are written.
  init(project: Project, roles: LeadRoles) {
    self.init()
    separator = project.leads?.separator
    encoding = project.leads?.encoding
    hasHeader = project.leads?.hasHeader ?? true
    skipBadRows = project.leads?.skipsBadRows ?? false
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
    columnTypes[roles.outcome.column] = .category
    if let account = roles.account { columnTypes[account] = .category }
  }
}
