import ArgumentParser
import Console
import FoundationEssentials
import ProjectReading
import Projects
import Sources
import Tables

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Reads an export and writes a commented kelvin.yaml to start from.")

  @Argument(
    help: ArgumentHelp(
      "The export: CSV, plain or gzipped, Excel (.xlsx), or an SQLite database.",
      valueName: "export"))
  var export: String

  @Option(
    name: .long,
    help: ArgumentHelp("Sheet of the Excel file; its first by default.", valueName: "name"))
  var sheet: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Table of the database that holds the leads; the one whose name says so by default.",
      valueName: "name"))
  var table: String?

  @Option(name: .long, help: ArgumentHelp("Where to write.", valueName: "file"))
  var out = "kelvin.yaml"

  @Flag(name: .long, help: "Replace a file that is already there.")
  var force = false

  @OptionGroup(title: "Reading") var reading: ReadingOptions
  @OptionGroup(title: "Run") var options: RunOptions

  func validate() throws {
    if sheet != nil, !TableSource(file: ProjectPath(export)).isExcel {
      throw ValidationError("--sheet goes with an Excel file (.xlsx)")
    }
  }

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
    let (source, tables) = try source()
    guard let origin = source.origin else {
      throw ValidationError("\(export) is no export of leads")
    }
    var csv = try reading.csvOptions()
    var questions: [ColumnQuestion] = []
    while true {
      do {
        let table = try readTable(origin, options: csv, pool: options.pool)
        let proposal = proposeProject(
          fileName: export, table: table.table, schema: table.schema, questions: questions,
          source: source, tables: tables, words: try DerivedWords.sources(in: table.table))
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

  /// Where the leads are; of a database, with all of its tables.
  private func source() throws -> (TableSource, [DatabaseTable]) {
    var source = TableSource(file: ProjectPath(export))
    guard isSQLiteFile(export) else {
      if table != nil { throw ValidationError("--table goes with an SQLite database") }
      if let sheet { source.place = .excel(ProjectPath(export), sheet: sheet) }
      return (source, [])
    }
    let tables = try sqliteTables(path: export)
    guard let leads = table ?? proposedLeads(among: tables)?.name else {
      throw ValidationError(
        tables.isEmpty
          ? "\(export) has no tables"
          : "\(export) has the tables \(tables.map(\.name).joined(separator: ", ")), and none is called as "
            + "leads are: name the one that holds them with --table")
    }
    source.place = .sqlite(ProjectPath(export), .table(leads))
    return (source, tables)
  }
}
