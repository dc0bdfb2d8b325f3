import ArgumentParser
import Console
import Projects
import ScoringRun
import Sources

struct RuleCommands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Works on rule files.", subcommands: [ImportRules.self])
}

struct ImportRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Makes a rule file of a sheet of points: criterion, field, value, points.",
    discussion: """
        kelvin-score rules import points.xlsx --out rules.yaml

      Values may be “>= 5”, “a, b”, “between 5 and 10”, “not empty”; an activity is a field such as
      “event: email_open”. Headings and words may be Spanish. Rows that can't be read are listed.
      """)

  @Argument(help: ArgumentHelp("The sheet: CSV, or Excel (.xlsx).", valueName: "sheet"))
  var file: String

  @Option(name: .long, help: ArgumentHelp("Where to write.", valueName: "file"))
  var out = "rules.yaml"

  @Flag(name: .long, help: "Replace a file that is already there.")
  var force = false

  @OptionGroup(title: "Reading") var reading: ReadingOptions
  @OptionGroup(title: "Run") var options: RunOptions

  func run() throws {
    try reportingFailures {
      guard !AtomicFile.isSameFile(file, out) else {
        throw ValidationError("--out \(out) would overwrite the sheet; choose another name")
      }
      guard let origin = TableSource(file: ProjectPath(file)).origin else {
        throw ValidationError("\(file) is no sheet of points")
      }
      let (rules, skippedRows) = try RuleImport(
        origin, options: reading.csvOptions(), pool: options.pool
      )
      .reading()
      if isReadable(out), !force {
        throw ValidationError(
          "\(out) is already there; --force replaces it, --out writes elsewhere")
      }
      let output = try AtomicFile(path: out)
      try output.write(Array(rules.text.utf8))
      try output.commit()
      try options.show(ImportReport(rules, file: out, skippedRows: skippedRows))
    }
  }
}
