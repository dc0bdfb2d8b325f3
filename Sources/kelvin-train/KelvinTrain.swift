import ArgumentParser
import Console
import TrainingRun

@main
struct KelvinTrain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kelvin-train",
    abstract: "Learns from CRM history which leads become customers.",
    discussion: """
      A first model of your own export:
        kelvin-train init my-export.csv
        kelvin-train fit
      kelvin-score then scores new leads with it.

      Exit codes: 0 done, 64 usage, 65 bad data, 66 no input, 70 internal, 74 I/O.
      """,
    version: kelvinVersion,
    subcommands: [
      Init.self, Fit.self, Audit.self, Evaluate.self, Points.self, WriteFeatures.self,
    ])

  static func main() {
    reportFileSizeLimitAsError()
    FreedMemory.returnEarly()
    main(nil)
  }
}
