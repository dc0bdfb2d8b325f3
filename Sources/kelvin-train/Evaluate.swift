import ArgumentParser
import Console
import ScoringRun

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judges a model by leads whose outcome is known and that it was not fitted to.")

  @OptionGroup var model: ModelOptions
  @OptionGroup var rules: RuleOptions
  @OptionGroup(title: "Run") var options: RunOptions

  @OptionGroup(title: "Leads with outcomes") var leads: OriginOptions

  @Flag(name: .long, help: "Judge by the leads that the model has not seen, instead of refusing.")
  var unseen = false

  @Flag(name: .long, help: "Leave out rows that can't be read, and say how many.")
  var skipBadRows = false

  func validate() throws { _ = try leads.origin() }

  func run() throws {
    let line = options.progressLine()
    try reportingFailures {
      defer { line.finish() }
      let labelled = try LabelledLeads(
        origin: leads.origin(), loaded: model.load(), rules: rules.source, onlyUnseen: unseen,
        skipsBadRows: skipBadRows, pool: options.pool, progress: line.sink)
      line.finish()
      try options.show(labelled.evaluation())
    }
  }
}
