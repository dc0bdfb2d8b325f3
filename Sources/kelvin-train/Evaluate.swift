import ArgumentParser
import Console
import ScoringRun

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judges a model by leads whose outcome is known and that it was not fitted to.",
    discussion: """
      On a table of leads with outcomes:
        kelvin-train evaluate --model models/bank --data held-out.csv
      On what came after the fit, by a newer export of a project's tables:
        kelvin-train evaluate --model models/crm --project kelvin.yaml
      """)

  @OptionGroup var model: ModelOptions
  @OptionGroup var rules: RuleOptions
  @OptionGroup(title: "Run") var options: RunOptions
  @OptionGroup var language: LanguageOption

  @OptionGroup(title: "Leads with outcomes") var leads: JudgedLeadsOptions

  func run() throws {
    let line = options.progressLine(in: language.language)
    try reportingFailures {
      defer { line.finish() }
      let labelled = try leads.scored(
        by: model.load(), rules: rules.source, options: options, progress: line)
      line.finish()
      try options.show(labelled.evaluation(), in: language.language)
    }
  }
}
