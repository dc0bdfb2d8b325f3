import ArgumentParser
import Console
import Reports
import ScoringRun

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what is in a model file: what it learned from, how well it does, what counts.")

  @OptionGroup var model: ModelOptions
  @Option(
    name: .long,
    help: ArgumentHelp("One tree, from 1, instead of the whole model.", valueName: "number"))
  var tree: Int?

  @OptionGroup(title: "Run") var options: RunOptions

  func run() throws {
    try reportingFailures {
      let loaded = try model.load()
      if let tree {
        try options.show(TreeReport(loaded, tree: tree))
      } else {
        try options.show(InspectReport(loaded))
      }
    }
  }
}
