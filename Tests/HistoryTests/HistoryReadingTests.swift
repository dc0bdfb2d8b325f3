import Activities
import FoundationEssentials
import Parallel
import Sources
import Tables
import Testing

@testable import History

@Suite struct HistoryReadingTests {
  /// A folder of files that is removed at the end.
  private final class Folder {
    let path: String

    init() throws {
      path = "/tmp/history-\(UInt64.random(in: 0..<UInt64.max))"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws -> String {
      let file = "\(path)/\(name)"
      try Data(text.utf8).write(to: URL(filePath: file))
      return file
    }
  }

  private static let leads = """
    id;created;account;stage;closed;size;region
    a;01/02/2024;x;won;20/03/2024;12,5;Norte
    b;05/02/2024;x;lost;01/03/2024;7,5;Sur
    c;13/02/2024;;open;;3,0;Norte
    d;28/06/2024;;open;;1,0;Sur

    """
  private static let activities = """
    lead;at;kind;amount
    a;01/02/2024 00:00;form;
    a;25/02/2024 10:00;call;1,5
    b;05/02/2024 00:00;form;
    c;20/02/2024 09:30;open;
    nobody;20/02/2024 09:30;open;

    """
  private static let changes = """
    lead;at;field;old;new
    a;10/02/2024;size;2,5;12,5
    a;12/02/2024;region;;Norte
    c;01/05/2024;region;Este;Norte

    """

  private static var definition: HistoryDefinition {
    var definition = HistoryDefinition(
      roles: HistoryRoles(ids: ["id"], created: "created", account: "account"),
      target: HistoryTarget(
        outcome: .column(
          ColumnOutcome(column: "stage", won: ["won"], lost: ["lost"], date: "closed"))),
      moments: .ages([0, 10 * day]), horizon: 60 * day,
      changes: ChangeColumns(lead: "lead", at: "at", column: "field", old: "old", new: "new"),
      activities: ActivityColumns(
        lead: "lead", at: "at", type: "kind", value: "amount", byUs: ["call"]))
    definition.activityOptions.minimumEvents = 1
    return definition
  }

  private func leads(_ folder: Folder) throws -> CSVTable {
    var options = CSVReadOptions()
    options.keepAsText = ["id"]
    options.columnTypes = ["account": .category, "stage": .category]
    return try readTable(
      .csv(path: folder.write("leads.csv", Self.leads)), options: options, pool: pool)
  }

  @Test func tablesAreReadInTheirOwnNotation() throws {
    let folder = try Folder()
    let leads = try leads(folder)
    let sources = HistorySources(
      activities: .csv(path: try folder.write("activities.csv", Self.activities)),
      changes: .csv(path: try folder.write("changes.csv", Self.changes)))
    let inputs = try HistoryReading(Self.definition, sources: sources).inputs(
      leads: leads.table, schema: leads.schema, pool: pool)
    let built = try ExampleBuilder(Self.definition, inputs: inputs, pool: pool)
    let table = try built.examples(pool: pool)
    #expect(table.table.cells("id") == ["a", "a", "b", "b", "c", "c"])
    #expect(table.outcomes == [1, 1, 0, 0, 0, 0])
    #expect(table.table.cells("size") == ["2.5", "12.5", "7.5", "7.5", "3.0", "3.0"])
    #expect(table.table.cells("region") == ["", "", "Sur", "Sur", "Este", "Este"])
    #expect(table.table.cells("lead.count.all") == ["1.0", "1.0", "1.0", "1.0", "0.0", "1.0"])
    #expect(table.table.columns.map(\.name) == table.recipe.columnNames)
    #expect(table.report.activities?.unknownLead == 1)
    #expect(table.report.columnsInTime == ["size", "region"])

    // By the schemas that were found, nothing is inferred, and the same comes out.
    let again = try HistoryReading(Self.definition, sources: sources, known: table.recipe.schemas)
      .inputs(leads: leads.table, schema: leads.schema, pool: pool)
    let second = try ExampleBuilder(Self.definition, inputs: again, pool: pool)
    #expect(try second.examples(pool: pool).table == table.table)
    #expect(second.recipe == table.recipe)
  }

  @Test func partByPartGivesTheSameRows() throws {
    let folder = try Folder()
    let leads = try leads(folder)
    let sources = HistorySources(
      activities: .csv(path: try folder.write("activities.csv", Self.activities)))
    let reading = HistoryReading(Self.definition, sources: sources)
    func rows(memoryLimit: Int?) throws -> (names: [String], rows: [String: [String]]) {
      let inputs = try reading.inputs(
        leads: leads.table, schema: leads.schema, memoryLimit: memoryLimit, pool: pool)
      var all: [String: [String]] = [:]
      var names: [String] = []
      let builder = try ExampleBuilder(Self.definition, inputs: inputs, pool: pool)
      try builder.forEachTable(pool: pool) { table in
        names = table.columns.map(\.name)
        all.merge(rowsByDecision(table)) { _, new in new }
      }
      return (names, all)
    }
    let whole = try rows(memoryLimit: nil)
    #expect(whole.rows.count == 6)
    #expect(try rows(memoryLimit: 0) == whole)
  }

  @Test func earlierExportsTellWhatWasKnown() throws {
    let folder = try Folder()
    let leads = try leads(folder)
    let sources = HistorySources(exports: [
      .csv(
        path: try folder.write(
          "leads-2024-01.csv", "id;created;size;old\na;01/02/2024;1,0;9\n")),
      .csv(
        path: try folder.write(
          "leads-2024-02-10.csv", "size;id;region\n5,0;a;Oeste\n6,0;b;Sur\n")),
    ])
    var definition = Self.definition
    definition.activities = nil
    definition.changes = nil
    let inputs = try HistoryReading(definition, sources: sources).inputs(
      leads: leads.table, schema: leads.schema, pool: pool)
    let table = try ExampleBuilder(definition, inputs: inputs, pool: pool).examples(pool: pool)
    // January's export counts from the first of February on, that of the tenth from the eleventh on.
    #expect(table.table.cells("id") == ["a", "a", "b", "b", "c", "c"])
    #expect(table.table.cells("size") == ["1.0", "5.0", "", "6.0", "", ""])
    #expect(table.table.cells("region") == ["", "Oeste", "", "Sur", "", ""])
    #expect(table.table.cells("account") == ["x", "x", "x", "x", "", ""])
    #expect(table.report.exports == 2 && table.report.examplesWithoutExport == 3)
    #expect(table.report.columnsAsOfExport == [])
    // Other leads of the account and their wins need no activities.
    #expect(table.table.cells("account.other_leads") == ["0.0", "1.0", "1.0", "1.0", "", ""])
  }

  @Test func timesThatAreNoneAreAnError() throws {
    let folder = try Folder()
    let leads = try leads(folder)
    let path = try folder.write(
      "activities.csv",
      "lead;at;kind;amount\n"
        + (0..<30).map { "a;\($0 < 20 ? "20/02/2024" : "02/31/2024");open;\n" }.joined())
    let reading = HistoryReading(
      Self.definition, sources: HistorySources(activities: .csv(path: path)))
    #expect(throws: (any Error).self) {
      try reading.inputs(leads: leads.table, schema: leads.schema, pool: pool)
    }
  }

  @Test(arguments: [
    ("leads-2025-01.csv", "2025-02-01"), ("leads-2025-01-31.csv", "2025-02-01"),
    ("a/2020-01-01/export_20241231.csv", "2025-01-01"), ("2024.02.28 leads.xlsx", "2024-02-29"),
    ("leads_202412.csv", "2025-01-01"), ("v2-leads-2024-06.csv.gz", "2024-07-01"),
  ])
  func anExportCountsFromTheEndOfItsDate(name: String, date: String) throws {
    #expect(try DatedExport.time(ofName: name, zone: .utc) == DateCell(date).seconds)
  }

  @Test(arguments: [
    "leads.csv", "2024-02-01/leads.csv", "leads-2024-13.csv", "leads-2024-02-30.csv",
  ])
  func aNameWithoutADateIsRefused(name: String) {
    #expect(throws: HistoryError.undatedExport(name: name)) {
      try DatedExport.time(ofName: name, zone: .utc)
    }
  }
}
