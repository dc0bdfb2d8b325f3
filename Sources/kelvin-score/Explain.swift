import ArgumentParser
import Console
import ScoringRun

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says why a lead has its probability, beside the ledger of your rules.",
    discussion: """
        kelvin-score explain 4711 --model models/bank --data new.csv --rules rules.yaml

      A model that was fitted without an id knows leads by their row in the file, from 1.
      """)

  @Argument(
    help: ArgumentHelp(
      "The lead's id; one value a column where the id has several.", valueName: "id"))
  var id: [String]

  @OptionGroup var model: ModelOptions
  @OptionGroup var rules: RuleOptions
  @OptionGroup var language: LanguageOption
  @OptionGroup(title: "Run") var options: RunOptions
  @OptionGroup(title: "Leads") var leads: OriginOptions

  @OptionGroup var tables: ProjectTablesOption
  @OptionGroup var moment: AsOfOption

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Columns to show one by one; the others are added up.", valueName: "count"))
  var reasons: Int = ExplainRun.defaultShown

  @OptionGroup var unparsed: UnparsedOption

  @Flag(name: .long, help: "Leave out rows that can't be read.")
  var skipBadRows = false

  func validate() throws {
    if reasons < 1 { throw ValidationError("--reasons is \(reasons); expected 1 or more") }
  }

  func run() throws {
    let line = options.progressLine(in: language.language)
    try reportingFailures {
      defer { line.finish() }
      let loaded = try model.load()
      var choices = ExplainRun.Options()
      choices.shown = reasons
      choices.language = language.language
      choices.skipsBadRows = skipBadRows
      choices.unparsedLimit = try unparsed.limit()
      let run = try ExplainRun(
        loaded, rules: rules.source, options: choices, pool: options.pool, progress: line.sink)
      let project = try tables.resolved(for: loaded, leads: leads)
      if project == nil, moment.asOf != nil {
        throw ValidationError("--as-of goes with --project, which names the tables of a history")
      }
      let report =
        if let project {
          try run.run(id, project: project, asOf: moment.seconds(), now: secondsSince1970)
        } else {
          try run.run(id, data: leads.origin())
        }
      line.finish()
      try options.show(report, in: language.language)
    }
  }
}
