import ArgumentParser
import Console
import FoundationEssentials
import Projects
import Sources
import Tables

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Reads an export and writes a commented kelvin.yaml to start from.")

  @Argument(
    help: ArgumentHelp("The export: CSV, plain or gzipped, or Excel (.xlsx).", valueName: "export"))
  var export: String

  @Option(name: .long, help: ArgumentHelp("Where to write.", valueName: "file"))
  var out = "kelvin.yaml"

  @Flag(name: .long, help: "Replace a file that is already there.")
  var force = false

  @OptionGroup(title: "Reading") var reading: ReadingOptions
  @OptionGroup(title: "Run") var options: RunOptions

  func run() throws {
    let line = options.progressLine()
    try reportingFailures {
      defer { line.finish() }
      guard !AtomicFile.isSameFile(export, out) else {
        throw ValidationError("--out \(out) would overwrite the export; choose another name")
      }
      let proposal = try proposal()
      line.finish()
      if isReadable(out), !force {
        throw ValidationError(
          "\(out) is already there; --force replaces it, --out writes elsewhere")
      }
      let file = try AtomicFile(path: out)
      try file.write(Array(proposal.text.utf8))
      try file.commit()
      if !options.quiet {
        print(proposal.summary(writtenTo: out))
      }
    }
  }

  /// Reads the export, taking note of what no cell settles instead of stopping there.
  private func proposal() throws -> ProjectProposal {
    guard let origin = TableSource(file: ProjectPath(export)).origin else {
      throw ValidationError("\(export) is no export of leads")
    }
    var csv = try reading.csvOptions()
    var questions: [ColumnQuestion] = []
    while true {
      do {
        let table = try readTable(origin, options: csv, pool: options.pool)
        let proposal = proposeProject(
          fileName: export, table: table.table, schema: table.schema, questions: questions)
        // A flag forgets how the file spells yes and no; the outcome's values are to be written out.
        if let outcome = proposal.outcome, outcome.isFlag, csv.columnTypes[outcome.column] == nil {
          csv.columnTypes[outcome.column] = .category
          continue
        }
        return proposal
      } catch SourceError.ambiguousDates(_, let column, _) {
        csv.dateOrders[column] = .dayFirst
        questions.append(ColumnQuestion(column: column, kind: .dateOrder))
      } catch SourceError.ambiguousNumbers(_, let column, _, let example) {
        csv.numberFormats[column] = NumberFormat()
        questions.append(ColumnQuestion(column: column, kind: .decimalMark(example: example)))
      }
    }
  }
}
