import ArgumentParser
import Console
import ModelFiles
import Projects
import ScoringRun
import Sources

struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes the probability of conversion of every open lead, beside its rule score.")

  @OptionGroup var model: ModelOptions
  @OptionGroup var rules: RuleOptions
  @OptionGroup(title: "Run") var options: RunOptions

  @OptionGroup(title: "Leads") var leads: OriginOptions

  @OptionGroup var tables: ProjectTablesOption
  @OptionGroup var moment: AsOfOption

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Where to write, as CSV or Excel (.xlsx); replaced only when all leads are scored. scored.csv by "
        + "default.", valueName: "file"))
  var out: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Table to write to instead, in the database of the project's `scores`, or of the leads.",
      valueName: "name"))
  var toTable: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Columns to write, renamed where you like: \"Prob=probability,band\".", valueName: "columns"))
  var columns: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Reasons for each lead, and as many against it, at most; 0 for none.", valueName: "count"))
  var reasons: Int = PredictRun.defaultReasons

  @OptionGroup var language: LanguageOption

  @Flag(name: .long, help: "Also score leads that are won or lost.")
  var all = false

  @OptionGroup var accounts: AccountsOption
  @OptionGroup var random: RandomShareOption

  @OptionGroup var unparsed: UnparsedOption

  @Flag(name: .long, help: "Leave out rows that can't be read, and say how many.")
  var skipBadRows = false

  func validate() throws {
    if out?.isEmpty == true { throw ValidationError("--out is empty") }
    if toTable?.isEmpty == true { throw ValidationError("--to-table is empty") }
    if out != nil, toTable != nil {
      throw ValidationError("--out and --to-table exclude each other: give one")
    }
    if reasons < 0 { throw ValidationError("--reasons is \(reasons); expected 0 or more") }
    if columns.contains(where: { LeadOptions.items([$0]).isEmpty }) {
      throw ValidationError("--columns is empty")
    }
  }

  func run() throws {
    let line = options.progressLine(in: language.language)
    try reportingFailures {
      defer { line.finish() }
      var choices = PredictRun.Options()
      choices.includesClosed = all
      choices.columns = LeadOptions.items(columns)
      choices.reasons = reasons
      choices.language = language.language
      choices.skipsBadRows = skipBadRows
      choices.now = secondsSince1970
      choices.randomShare = try random.share()
      choices.randomSeed = random.randomSeed
      choices.unparsedLimit = try unparsed.limit()
      let loaded = try model.load()
      let project = try tables.resolved(for: loaded, leads: leads)
      choices.accounts = try accounts.output(project: project?.account)
      let run = try PredictRun(
        loaded, rules: rules.source, options: choices, pool: options.pool, progress: line.sink)
      if project == nil, moment.asOf != nil {
        throw ValidationError("--as-of goes with --project, which names the tables of a history")
      }
      let destination = try destination(project)
      let report =
        if let project {
          try run.run(
            project: project, asOf: moment.seconds(), now: secondsSince1970, to: destination)
        } else {
          try run.run(data: leads.origin(), to: destination)
        }
      line.finish()
      // Scores that go to standard output have it to themselves.
      try options.show(
        report, asProgress: AtomicFile.isSameFile(out ?? "", "/dev/stdout"),
        in: language.language)
    }
  }

  private func destination(_ project: Project?) throws -> ScoreDestination {
    if let out { return .file(out) }
    guard toTable != nil || project?.scores != nil else { return .file("scored.csv") }
    let places = [project?.scores?.source, leads.source, project?.leads].compactMap(\.self)
    guard let target = places.lazy.compactMap({ $0.target(table: toTable) }).first else {
      throw ValidationError(
        "--to-table needs a database: that of the leads, or of scores: {postgresql: …, table: …} in the "
          + "project")
    }
    return .table(target)
  }
}
