import ArgumentParser
import Console
import Reports
import ScoringRun

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what is in a model file: what it learned from, how well it does, what counts.")

  @OptionGroup var model: ModelOptions
  @OptionGroup(title: "Run") var options: RunOptions

  func run() throws {
    try reportingFailures {
      try options.show(InspectReport(model.load()))
    }
  }
}
