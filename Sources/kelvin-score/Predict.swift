import ArgumentParser
import Console
import Projects
import ScoringRun
import Sources

struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes the probability of conversion of every open lead, beside its rule score.")

  @OptionGroup var model: ModelOptions
  @OptionGroup var rules: RuleOptions
  @OptionGroup(title: "Run") var options: RunOptions

  @Option(name: .long, help: ArgumentHelp("Leads as CSV, plain or gzipped.", valueName: "file"))
  var data: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Where to write; replaced only when all leads are scored.", valueName: "file"))
  var out = "scored.csv"

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Columns to write, renamed where you like: \"Prob=probability,band\".", valueName: "columns"))
  var columns: [String] = []

  @Flag(name: .long, help: "Also score leads that are won or lost.")
  var all = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Share of a column's cells that may fail to read before the run fails; 5% by default.",
      valueName: "share"))
  var maxUnparsed: String?

  @Flag(name: .long, help: "Leave out rows that can't be read, and say how many.")
  var skipBadRows = false

  func validate() throws {
    for (flag, value) in [("--data", data), ("--out", out)] where value.isEmpty {
      throw ValidationError("\(flag) is empty")
    }
    if columns.contains(where: { LeadOptions.items([$0]).isEmpty }) {
      throw ValidationError("--columns is empty")
    }
  }

  func run() throws {
    let line = options.progressLine()
    try reportingFailures {
      defer { line.finish() }
      var choices = PredictRun.Options()
      choices.includesClosed = all
      choices.columns = LeadOptions.items(columns)
      choices.skipsBadRows = skipBadRows
      if let maxUnparsed { choices.unparsedLimit = try share(flag: "--max-unparsed", maxUnparsed) }
      let report = try PredictRun(
        model.load(), rules: rules.source, options: choices, pool: options.pool, progress: line.sink
      ).run(data: data, output: out)
      line.finish()
      // Scores that go to standard output have it to themselves.
      try options.show(report, asProgress: AtomicFile.isSameFile(out, "/dev/stdout"))
    }
  }
}
