import ArgumentParser
import GeneratedCRM
import Glibc
import Metrics
import Sources

@main
struct KelvinCRM: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kelvin-crm",
    abstract:
      "Makes a CRM to try Kelvin on: leads, accounts, activities, field history, the truth.",
    discussion: """
      The same number of leads and seed give the same rows. datasets/crm/README.md says what is in it.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case sqlite, csv, both
  }

  @Option(
    help: ArgumentHelp("The folder to write to; made where it is missing.", valueName: "folder"))
  var out: String

  @Option(help: "How many leads.")
  var leads = 12_000

  @Option(help: "Another seed, another CRM.")
  var seed: UInt64 = 1

  @Option(help: "crm.db, one CSV file a table, or both.")
  var format = Format.both

  func validate() throws {
    guard leads > 0 else { throw ValidationError("--leads must be at least 1, not \(leads).") }
  }

  func run() throws {
    if mkdir(out, 0o777) != 0 && errno != EEXIST {
      throw SourceError.writeFailed(path: out, reason: String(cString: strerror(errno)))
    }
    var destinations: [any CRMDestination] = []
    if format != .csv { destinations.append(try SQLiteFile(path: "\(out)/crm.db")) }
    if format != .sqlite { destinations.append(try CSVFolder(path: out)) }
    var destination = CRMDestinations(destinations)
    let counts = try CRMGenerator(leadCount: leads, seed: seed).write(to: &destination)
    try destination.commit()
    print(
      """
      \(NumberText.counted(counts.leads, "lead")) (\(NumberText.count(counts.won)) won, \
      \(NumberText.count(counts.lost)) lost), \(NumberText.counted(counts.accounts, "account")), \
      \(NumberText.count(counts.activities)) activities, \
      \(NumberText.counted(counts.changes, "field change")) in \(out)
      """)
  }
}
