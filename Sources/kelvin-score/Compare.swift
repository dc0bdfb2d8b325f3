import ArgumentParser
import Console
import Pages
import ScoringRun

struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows which finds the buyers: your rules or the model.",
    discussion: """
      On leads with outcomes that the model was not fitted to:
        kelvin-score compare --model models/bank --data held-out.csv --rules rules.yaml
        kelvin-score compare --model models/crm --project kelvin.yaml --rules rules.yaml
      On the leads that it was fitted to, by the out-of-fold predictions that “kelvin-train fit --rules …
      --out-of-fold FILE” wrote: the ranking alone, or with the leads all of it (stages, rules, segments):
        kelvin-score compare --out-of-fold FILE
        kelvin-score compare --out-of-fold FILE --model models/bank --data leads.csv --rules rules.yaml
      """)

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Folder of a model's versions, folder@v0003, or a .kelvin file.", valueName: "model"))
  var model: String?

  @OptionGroup var rules: RuleOptions
  @OptionGroup(title: "Run") var options: RunOptions

  @OptionGroup(title: "Leads with outcomes") var leads: JudgedLeadsOptions

  @Option(
    name: .long, help: ArgumentHelp("Out-of-fold predictions of a fit.", valueName: "file"))
  var outOfFold: String?

  @OptionGroup(title: "Comparison") var comparison: ComparisonOptionGroup

  @OptionGroup var page: PageOptions

  @Flag(name: .long, help: "The answer alone: ranking, and buyers at the top of the list.")
  var brief = false

  func validate() throws {
    guard model == nil else { return }
    guard outOfFold != nil else {
      throw ValidationError("give --model and --data (or a database), or --out-of-fold")
    }
    let needsModel: String? =
      if leads.origin.source != nil || leads.tables.project != nil {
        "--data, a database or --project"
      } else if rules.source != nil {
        "--rules"
      } else if comparison.asksForColumns {
        "--segment, --contacted, or --value with a column"
      } else {
        nil
      }
    if let needsModel {
      throw ValidationError(
        "--out-of-fold alone has scores and nothing else: \(needsModel) goes with --model and the leads "
          + "that it was fitted to, beside --out-of-fold")
    }
  }

  func run() throws {
    let line = options.progressLine(in: page.language.language)
    try reportingFailures {
      defer { line.finish() }
      try page.check()
      let choices = try comparison.options()
      let report =
        if let outOfFold, model == nil {
          try OutOfFoldLeads(path: outOfFold, pool: options.pool).comparison(
            choices, pool: options.pool)
        } else {
          try leads.scored(
            by: ModelOptions.load(model ?? ""), rules: rules.source, outOfFold: outOfFold,
            facets: comparison.facets, options: options, progress: line
          ).comparison(choices, language: page.language.language, pool: options.pool)
        }
      line.finish()
      try page.write { ComparisonPage(report, language: $0).html }
      if brief {
        try options.show(report, in: page.language.language) { $0.briefText(width: $1) }
      } else {
        try options.show(report, in: page.language.language)
      }
    }
  }
}
