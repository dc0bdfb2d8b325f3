import ArgumentParser
import Console

@main
struct KelvinScore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kelvin-score",
    abstract: "Scores leads with a model, beside the points of your rules.",
    discussion: """
        kelvin-score predict --model models/bank --data new.csv --out scored.csv

      Exit codes: 0 done, 64 usage, 65 bad data, 66 no input, 70 internal, 74 I/O.
      """,
    version: kelvinVersion,
    subcommands: [Predict.self, Compare.self, Explain.self, Inspect.self, RuleCommands.self])

  static func main() {
    reportFileSizeLimitAsError()
    main(nil)
  }
}
