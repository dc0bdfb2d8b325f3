import ArgumentParser
import Console
import TrainingRun

struct WriteFeatures: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "features",
    abstract: "Writes the examples that a history gives, with all features, for other tools.",
    discussion: """
      One row a lead and decision time: what was known of the lead then, and what came of it. Excluded
      columns are left out, and so are names, e-mail addresses, phone numbers and national ids, unless
      --keep-column names one.

        kelvin-train features --project kelvin.yaml --out examples.csv
      """)

  @OptionGroup(title: "Leads") var leads: LeadOptions
  @OptionGroup var moment: AsOfOption
  @OptionGroup(title: "Run") var options: RunOptions

  @Option(name: .long, help: ArgumentHelp("Where to write.", valueName: "file"))
  var out = "examples.csv"

  func validate() throws {
    if out.isEmpty { throw ValidationError("--out is empty") }
  }

  func run() throws {
    let line = options.progressLine()
    try reportingFailures {
      defer { line.finish() }
      let report = try FeaturesRun(
        project: leads.resolvedProject(), now: secondsSince1970, pool: options.pool,
        progress: line.sink
      ).run(output: out, asOf: moment.seconds())
      line.finish()
      if let notice = report.privacyNotice, !options.quiet { writeToStandardError(notice + "\n") }
      try options.show(report)
    }
  }
}
