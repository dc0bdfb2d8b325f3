import Explanations
import Features
import History
import ModelFiles
import Models
import Parallel
import Projects
import Reports
import Rules
import Sources
import Tables

/// Scores a file of leads with a model, block by block, beside the rules.
public struct PredictRun: Sendable {
  public struct Options: Sendable {
    /// Also score leads that are won or lost.
    public var includesClosed = false
    /// `probability`, or `Prob=probability`; empty for every column that can be filled.
    public var columns: [String] = []
    /// The share of a column's cells that may fail to read, before the run fails.
    public var unparsedLimit = PredictRun.defaultUnparsedLimit
    public var skipsBadRows = false
    /// Reasons for each lead, and as many against it, at most; 0 for none.
    public var reasons = PredictRun.defaultReasons
    /// What reasons are written in.
    public var language = ReasonLanguage.english
    /// The share of leads that are marked to be called at random; 0 marks none.
    public var randomShare = 0.0
    /// Of the hash that marks them.
    public var randomSeed: UInt64 = 1
    /// Where the scores of accounts go; `nil` for none.
    public var accounts: AccountOutput?
    /// Seconds since 1970: when a table of scores is said to be written.
    public var now = 0.0

    public init() {}
  }

  /// A cell in twenty: below that, leads are scored without the cell, and the report says so.
  public static let defaultUnparsedLimit = 0.05

  /// Reasons for each lead, and as many against it, where no number is asked for.
  public static let defaultReasons = StrongestReasons.defaultCount

  let loaded: LoadedModel
  let rules: RuleBinding?
  let options: Options
  let pool: WorkerPool
  let progress: ProgressSink

  /// - Throws: for a rule file that is wrong or does not fit the model's columns.
  public init(
    _ loaded: LoadedModel, rules: RuleScoreSource?, options: Options, pool: WorkerPool,
    progress: @escaping ProgressSink = { _ in }
  ) throws {
    self.loaded = loaded
    self.rules = try rules.map { try RuleBinding($0, model: loaded.model) }
    self.options = options
    self.pool = pool
    self.progress = progress
  }

  private var rulePaths: [(String, String)] {
    guard case .file(_, let path)? = rules else { return [] }
    return [(path, "the rules")]
  }

  /// What a block's scoring gives back.
  private struct ScoredBlock: Sendable {
    let lines: EncodedBlock
    let rows: Int
    let scored: Int
    let probabilitySum: Double
    let accounts: [AccountTally.Row]
    let unparsed: [Int]
    let unseen: [FeatureTransformer.UnseenLevels]
    let skipped: Int
  }

  /// What numbers the leads of a file in the output, from 1, where the model knows no id column.
  static let rowColumn = "row"

  /// Writes the scored leads to `output` when all of them are scored, and nothing otherwise.
  public func run(data: TableOrigin, to output: ScoreDestination) throws -> PredictReport {
    try check(output, inputs: data.files.map { ($0, "the leads") })
    return try run(
      LeadStream(
        origin: data, model: loaded.model, rules: rules, skipsBadRows: options.skipsBadRows,
        needsOutcome: false, alsoReads: accountColumns,
        readsIfThere: options.accounts == nil || loaded.model.recipe?.history == nil
          ? [] : [ExampleTable.decisionTimeColumn]), to: output)
  }

  /// As above, for leads that are put together from a project's tables.
  /// - Parameters:
  ///   - asOf: as of which leads are looked at, as clocks of the project's time zone show it; `nil` takes
  ///     the newest moment of the data.
  ///   - now: what is later has not happened.
  public func run(
    project: Project, asOf: Double?, now: Double, to output: ScoreDestination
  ) throws -> PredictReport {
    try check(output, inputs: project.ownFiles.map { ($0.resolved, $0.written) })
    return try run(
      ProjectLeads(
        project, loaded: loaded, rules: (rules?.columns ?? []) + accountColumns, asOf: asOf,
        now: now, includesClosed: options.includesClosed, unreadLimit: options.unparsedLimit,
        pool: pool, progress: progress), to: output)
  }

  /// - Throws: for an account column that the model's history did not have.
  private var accountColumns: [String] {
    get throws {
      guard let accounts = options.accounts else { return [] }
      let schema = loaded.model.recipe?.history?.schemas.leads ?? loaded.model.schema
      guard schema[accounts.column] != nil else {
        throw ScoringError.accountMissing(column: accounts.column)
      }
      return [accounts.column]
    }
  }

  /// A block's leads with their accounts; those without one are left out.
  private func accountRows(
    _ block: LeadBlock, _ lines: EncodedBlock, probabilities: [Double]
  ) throws -> [AccountTally.Row] {
    guard let accounts = options.accounts else { return [] }
    guard let column = block.table[accounts.column] else {
      throw ScoringError.accountMissing(column: accounts.column)
    }
    var decisions: [Double]?
    if loaded.model.recipe?.history != nil,
      case .date(let times)? = block.table[ExampleTable.decisionTimeColumn]?.values
    {
      decisions = times
    }
    // What else is carried does not name the lead.
    let ids = block.carried.prefix(loaded.model.idColumns.count)
    return zip(lines.rows, lines.rulePoints).compactMap { row, points in
      guard !column.values.isMissing(row) else { return nil }
      return AccountTally.Row(
        account: column.values.fieldText(row),
        id: ids.isEmpty ? nil : ids.map { $0.text(row) }.joined(separator: "\u{0}"),
        lead: .init(
          probability: probabilities[row], points: points, decision: decisions?[row] ?? .nan))
    }
  }

  /// How leads of one account go together: as learned of the same column, or as stated.
  private func dependence(by column: String) -> AccountDependence {
    guard let learned = loaded.model.accounts, learned.column == column else { return .unlearned }
    return learned
  }

  private func check(_ destination: ScoreDestination, inputs: [(path: String, name: String)]) throws
  {
    guard case .file(let output) = destination else {
      guard !loaded.model.idColumns.isEmpty else { throw ScoringError.tableWithoutIds }
      return
    }
    guard output != "-", !output.hasSuffix(".gz") else {
      throw ScoringError.outputNotPlainFile(path: output)
    }
    let others = inputs + [(loaded.path, "the model")] + rulePaths
    try check(output, flag: "--out", others: others)
    if let accounts = options.accounts?.path {
      try check(accounts, flag: "--accounts", others: others + [(output, "the scores")])
      try AtomicFile.checkWritable(accounts)
    }
    try checkFormat(ofFile: output)
  }

  private func check(
    _ path: String, flag: String, others: [(path: String, name: String)]
  ) throws(ScoringError) {
    for (other, name) in others where AtomicFile.isSameFile(other, path) || other == path {
      throw .sameFile(flag: flag, path: path, other: name)
    }
    guard !ModelRegistry.owns(path) else {
      throw .sameFile(flag: flag, path: path, other: "a file of a model's")
    }
  }

  private func run(
    _ stream: some ScorableLeads, to output: ScoreDestination
  ) throws -> PredictReport {
    let model = loaded.model
    let hasIds = !stream.carriedColumns.isEmpty
    var columns = try ScoredColumns(
      choice: options.columns, ids: hasIds ? stream.carriedColumns : [Self.rowColumn],
      model: model, rules: rules, hasReasons: options.reasons > 0,
      marksRandom: options.randomShare > 0)
    if options.randomShare > 0, model.idColumns.isEmpty { throw ScoringError.randomWithoutIds }
    if output.isTable { columns = columns.withoutModel }
    let (explainer, reasonWarnings) = try leadReasons(&columns)
    var dialect = stream.dialect
    dialect.hasHeader = true
    let carried =
      hasIds
      ? stream.carriedColumns.map { LeadColumn(name: $0, kind: .text) }
      : [LeadColumn(name: Self.rowColumn, kind: .number)]
    let writer = try output.writer(
      carried: carried, columns: columns.entries, dialect: dialect, model: loaded.name,
      now: options.now)
    let emptyRecords = writer.emptyRecords
    let encoder = BlockEncoder(
      columns: columns, model: model, modelName: loaded.name, rules: rules,
      language: options.language, emptyRecords: emptyRecords, carriesText: output.isTable,
      randomCalls: options.randomShare > 0
        ? RandomCalls(share: options.randomShare, seed: options.randomSeed) : nil)
    let scorer = LeadScorer(model)
    var rows = 0
    var scored = 0
    var sum = 0.0
    var skipped = 0
    var unparsed = UnparsedCells(columns: stream.columns)
    var unseen: [String: Int] = [:]
    var accounts = AccountTally()
    do {
      try stream.forEachBlock(pool: pool) { (block: LeadBlock) -> ScoredBlock in
        let scores = try scorer.score(block.table)
        let chosen = try stream.rowsToScore(block, includesClosed: options.includesClosed)
        let reasons = try explainer?.reasons(block.table)
        let lines = try encoder.records(block, scores: scores, reasons: reasons, rows: chosen)
        return ScoredBlock(
          lines: lines, rows: block.table.rowCount, scored: chosen.count,
          probabilitySum: chosen.reduce(0) { $0 + scores.probabilities[$1] },
          accounts: try accountRows(block, lines, probabilities: scores.probabilities),
          unparsed: block.unparsedCounts, unseen: scores.unseenLevels,
          skipped: block.skippedRows)
      } consume: { block in
        try writer.write(
          hasIds
            ? block.lines.records
            : block.lines.numbered(after: rows, emptyRecords: emptyRecords))
        rows += block.rows
        skipped += block.skipped
        scored += block.scored
        sum += block.probabilitySum
        for row in block.accounts { accounts.add(row) }
        unparsed.add(block.unparsed, rows: block.rows)
        for level in block.unseen { unseen[level.column, default: 0] += level.cells }
        progress(Progress(stage: "leads scored", done: scored, total: nil))
      }
    } catch let error as SourceError where error.isWithoutRows && skipped == 0 {
      // A night without new leads is no failure: whoever reads the scores finds a header alone.
    }
    try unparsed.check(limit: options.unparsedLimit)
    let accountFile = try options.accounts.map { output in
      try accounts.written(
        to: output.path, column: output.column, dialect: dialect,
        dependence: dependence(by: output.column), hasPoints: rules != nil, pool: pool)
    }
    try writer.finish()
    try accountFile?.finish()
    return PredictReport(
      model: loaded.name, source: stream.name, rows: rows, scored: scored,
      skippedClosed: rows - scored, skippedRows: skipped,
      unseenLevels: model.requiredColumns.compactMap { name in
        unseen[name].map { .init(column: name, count: $0) }
      },
      unparsedCells: unparsed.found,
      extraColumns: stream.extraColumns, meanProbability: scored > 0 ? sum / Double(scored) : nil,
      trainingBaseRate: model.scale.baseRate,
      warnings: loaded.warnings
        + (rules?.warnings(outcome: model.outcome.column, types: stream.activityTypes) ?? [])
        + stream.warnings
        + (rows == 0
          ? ["\(stream.name) holds no leads to score: the scores are a header alone."] : [])
        + reasonWarnings + idWarnings + replacementWarnings(writer.replacedCount),
      notes: (stream as? ProjectLeads)?.notes ?? [],
      accounts: options.accounts.map { output in
        let dependence = dependence(by: output.column)
        return AccountScores(
          file: output.path, accounts: accounts.accountCount, leads: accounts.leadCount,
          rowsLeftOut: accounts.leftOut, correlation: dependence.correlation,
          learnedFrom: dependence.evidence?.accounts)
      }, output: output.name(writer))
  }

  /// What tells reasons, where some column needs it. A model that can't tell any is no cause not to score
  /// the leads of a night: columns that were not asked for by name are then left out, and a warning
  /// says so.
  private func leadReasons(_ columns: inout ScoredColumns) throws -> (LeadReasons?, [String]) {
    guard columns.needReasons else { return (nil, []) }
    do throws(ExplanationError) {
      let reasons = try LeadReasons(
        loaded.model, language: options.language, count: options.reasons, pool: pool)
      return (reasons, [])
    } catch {
      guard options.columns.isEmpty else { throw error }
      columns = columns.withoutReasons
      return (nil, ["The scores come without reasons. \(error)"])
    }
  }

  private func replacementWarnings(_ count: Int) -> [String] {
    guard count > 0 else { return [] }
    return [
      "\(count) characters of the output do not exist in the input's encoding and were written as “?”."
    ]
  }

  /// Row numbers match scores to leads only as long as nobody sorts the file.
  private var idWarnings: [String] {
    guard loaded.model.idColumns.isEmpty else { return [] }
    return [
      "The model was fitted without an id column, so leads are named by their row in the file, from 1; "
        + "fit with --id COLUMN to have the id beside each score."
    ]
  }
}
