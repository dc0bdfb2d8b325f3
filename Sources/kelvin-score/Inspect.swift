import ArgumentParser
import Console
import Pages
import Reports
import ScoringRun
import Sources

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what is in a model file: what it learned from, how well it does, what counts.")

  @OptionGroup var model: ModelOptions
  @Option(
    name: .long,
    help: ArgumentHelp("One tree, from 1, instead of the whole model.", valueName: "number"))
  var tree: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What one column does in an additive model, instead of the whole model.", valueName: "column")
  )
  var shape: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "With --shape: draws the curves into an SVG file; - for standard output.",
      valueName: "file"))
  var svg: String?

  @OptionGroup(title: "Run") var options: RunOptions
  @OptionGroup var language: LanguageOption

  func validate() throws {
    if tree != nil, shape != nil {
      throw ValidationError("--tree and --shape show different things; give one of them")
    }
    if svg != nil, shape == nil {
      throw ValidationError("--svg draws what --shape COLUMN names; give that too")
    }
    if svg == "-", options.json {
      throw ValidationError("--svg - and --json both write to standard output; give --svg a file")
    }
  }

  func run() throws {
    try reportingFailures {
      let loaded = try model.load()
      if let shape {
        try show(ShapeReport(loaded, column: shape))
      } else if let tree {
        try options.show(TreeReport(loaded, tree: tree), in: language.language)
      } else {
        try options.show(InspectReport(loaded), in: language.language)
      }
    }
  }

  private func show(_ report: ShapeReport) throws {
    if let svg, svg != "-" {
      let file = try AtomicFile(path: svg)
      try file.write(Array(report.svg(in: language.language).utf8))
      try file.commit()
    }
    if svg == "-" {
      print(report.svg(in: language.language), terminator: "")
    } else {
      try options.show(report, in: language.language)
    }
  }
}
