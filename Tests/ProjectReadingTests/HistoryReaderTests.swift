import FoundationEssentials
import History
import Models
import Parallel
import Projects
import Sources
import Tables
import Testing

@testable import ProjectReading

@Suite struct HistoryReaderTests {
  /// A folder of files that is removed at the end.
  private final class Folder {
    let path: String

    init(_ files: [String: String]) throws {
      path = "/tmp/kelvin-history-\(UInt64.random(in: 0..<UInt64.max))"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for (name, text) in files {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
      }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func project(_ text: String) throws -> Project {
      try Project.parse(text, fileName: "\(path)/kelvin.yaml")
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
  private static let head = """
    name: test
    id: id
    created: created
    account: account
    outcome: {column: stage, won: won, lost: lost, at: closed, within: 60d}
    decision: {ages: [0d, 10d]}

    """
  private static let activityKey =
    "activities: {from: activities.csv, lead: lead, at: at, type: kind, value: amount, by_us: [call]}\n"
  private static let leadActivityKey =
    "activities: {from: activities.csv, lead: lead, at: at, type: kind, value: amount}\n"
  private static let changeKey =
    "changes: {from: changes.csv, lead: lead, at: at, column: field, old: old, new: new}\n"

  private static var files: [String: String] {
    ["leads.csv": leads, "activities.csv": activities, "changes.csv": changes]
  }

  private var pool: WorkerPool { WorkerPool(threadCount: 2) }

  private func reader(
    _ project: Project, memory: ActivityMemory = ActivityMemory(), now: Double = .infinity
  ) -> HistoryReader {
    HistoryReader(project: project, now: now, memory: memory, pool: pool)
  }

  private func read(
    _ project: Project, memory: ActivityMemory = ActivityMemory()
  ) throws -> HistoryReader.Reading {
    var options = CSVReadOptions()
    options.keepAsText = ["id"]
    options.columnTypes = ["account": .category, "stage": .category]
    return try reader(project, memory: memory).read(options: options) { _ in
      ColumnOutcome(column: "stage", won: ["won"], lost: ["lost"], date: "closed")
    }
  }

  private func examples(_ reading: HistoryReader.Reading) throws -> ExampleTable {
    var definition = reading.definition
    definition.activityOptions.minimumEvents = 1
    return try ExampleBuilder(definition, inputs: reading.inputs, pool: pool).examples(pool: pool)
  }

  private func cells(_ table: ExampleTable, _ column: String) throws -> [String] {
    let values = try #require(table.table[column]).values
    return (0..<table.table.rowCount).map { values.fieldText($0) }
  }

  @Test func tablesAreReadInTheirOwnNotation() throws {
    let folder = try Folder(Self.files)
    let project = try folder.project(
      Self.head + "leads: leads.csv\n" + Self.activityKey + Self.changeKey)
    let table = try examples(read(project))
    #expect(try cells(table, "id") == ["a", "a", "b", "b", "c", "c"])
    #expect(table.outcomes == [1, 1, 0, 0, 0, 0])
    #expect(try cells(table, "size") == ["2.5", "12.5", "7.5", "7.5", "3.0", "3.0"])
    #expect(try cells(table, "region") == ["", "", "Sur", "Sur", "Este", "Este"])
    #expect(try cells(table, "lead.count.all") == ["1.0", "1.0", "1.0", "1.0", "0.0", "1.0"])
    #expect(table.table.columns.map(\.name) == table.recipe.columnNames)
    #expect(table.report.activities?.unknownLead == 1)
    #expect(table.report.columnsInTime == ["size", "region"])

    // By the schemas that were found, nothing is inferred, and the same is read.
    let again = try reader(project).read(LeadRecipe(), history: table.recipe, asOf: nil).inputs
    let second = try ExampleBuilder(table.recipe.definition, inputs: again, pool: pool)
    #expect(try second.examples(pool: pool).table == table.table)
  }

  @Test func oneColumnMayTellWhenItHappenedAndWhenItWasKnown() throws {
    let folder = try Folder(Self.files)
    let head = Self.head + "timezone: Europe/Madrid\nleads: leads.csv\n"
    let once = try examples(read(folder.project(head + Self.activityKey)))
    let twice = try examples(
      read(
        folder.project(
          head + Self.activityKey.replacing("at: at,", with: "at: at, recorded_at: at,"))))
    #expect(once.table == twice.table)
  }

  @Test func rowsOfOtherLeadsAloneAreAnErrorThatNamesAnIdOfEachSide() throws {
    var files = Self.files
    files["upper.csv"] = """
      lead;at;kind;amount
      A;01/02/2024 00:00;form;
      B;25/02/2024 10:00;call;1,5

      """
    files["other.csv"] = "lead;at;field;old;new\n0a;10/02/2024;size;2,5;12,5\n"
    let folder = try Folder(files)
    let head = Self.head + "leads: leads.csv\n"
    let activities = #expect(throws: ProjectReadingError.self) {
      try read(
        folder.project(
          head + Self.activityKey.replacing("activities.csv", with: "upper.csv")))
    }
    #expect(
      activities
        == .noRowOfAnyLead(
          table: "upper.csv", rows: 2, kind: "activities", column: "lead", example: "A",
          leadColumn: "id", leadExample: "a"))
    let changes = #expect(throws: ProjectReadingError.self) {
      try read(
        folder.project(head + Self.changeKey.replacing("changes.csv", with: "other.csv")))
    }
    let text = changes.map { "\($0)" } ?? ""
    #expect(text.contains("none of 1 changes is of a lead"), "\(text)")
    #expect(text.contains("“0a”") && text.contains("“a”"), "\(text)")
  }

  @Test func aProductThatNobodyBoughtAndDatesThatAreNoneAreSaid() throws {
    var files = Self.files
    files["bought.csv"] = """
      lead;at;kind;product
      a;01/02/2024 00:00;won;maps
      b;05/02/2024 00:00;won;lists
      a;25/04/2024 10:00;purchase;lists

      """
    let folder = try Folder(files)
    let product = #expect(throws: ProjectReadingError.self) {
      try read(
        folder.project(
          """
          id: id
          created: created
          leads: leads.csv
          target: {preset: expansion, product: mops}
          activities: {from: bought.csv, lead: lead, at: at, type: kind, attributes: [product]}
          """))
    }
    let text = product.map { "\($0)" } ?? ""
    #expect(text.contains("line 4"), "\(text)")
    #expect(text.contains("“mops” as its “product”; did you mean “maps”?"), "\(text)")
    #expect(text.contains("“lists”"), "\(text)")

    let dates = #expect(throws: ProjectReadingError.self) {
      try read(
        folder.project(
          Self.head.replacing("created: created", with: "created: region") + "leads: leads.csv\n"))
    }
    #expect(dates == .noDates(role: "created", column: "region", rows: 4))
  }

  @Test func aTypeThatNobodyHasIsBlamedOnTheKeyThatNamesIt() throws {
    let folder = try Folder(Self.files)
    let error = #expect(throws: ProjectReadingError.self) {
      try read(
        folder.project(
          Self.head + "leads: leads.csv\n"
            + Self.activityKey.replacing(
              "by_us: [call]", with: "by_us: [call], rates: {open: forn}")))
    }
    let text = error.map { "\($0)" } ?? ""
    #expect(text.contains("activities.rates"), "\(text)")
    #expect(text.contains("did you mean “form”?"), "\(text)")
  }

  @Test func spilledActivitiesGiveTheSameTableAndLeaveNoFile() throws {
    let folder = try Folder(Self.files)
    let project = try folder.project(
      Self.head + "leads: leads.csv\n" + Self.activityKey + Self.changeKey)
    let whole = try examples(read(project))
    let spill = "\(folder.path)/spill"
    try FileManager.default.createDirectory(atPath: spill, withIntermediateDirectories: true)
    // So many activities of one lead that the smallest chunk is full.
    let many = (0..<4_000).map { "d;29/06/2024 10:\(10 + $0 % 50);open;\n" }.joined()
    try Data((Self.activities + many).utf8).write(
      to: URL(filePath: "\(folder.path)/activities.csv"))
    let reading = try read(project, memory: ActivityMemory(limit: 0, folder: spill))
    #expect(try #require(reading.inputs.activities).spilledByteCount > 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: spill).isEmpty)
    let spilled = try examples(reading)
    for name in ["id", "size", "region", "lead.count.all", "account.other_leads", "outcome"] {
      #expect(try cells(spilled, name) == cells(whole, name))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: spill).isEmpty)

    let gone = ActivityMemory(limit: 0, folder: "\(folder.path)/gone")
    #expect(throws: (any Error).self) { try read(project, memory: gone) }
  }

  @Test func earlierExportsTellWhatWasKnown() throws {
    let folder = try Folder([
      "leads-2024-07.csv": Self.leads,
      "leads-2024-01.csv": "id;created;size;old\na;01/02/2024;1,0;9\n",
      "leads-2024-02-10.csv": "size;id;region\n5,0;a;Oeste\n6,0;b;Sur\n",
    ])
    let project = try folder.project(Self.head + "leads: {exports: \"leads-*.csv\"}\n")
    let table = try examples(read(project))
    // January's export counts from the first of February on, that of the tenth from the eleventh on.
    #expect(try cells(table, "id") == ["a", "a", "b", "b", "c", "c"])
    #expect(try cells(table, "size") == ["1.0", "5.0", "", "6.0", "", ""])
    #expect(try cells(table, "region") == ["", "Oeste", "", "Sur", "", ""])
    #expect(try cells(table, "account") == ["x", "x", "x", "x", "", ""])
    #expect(table.report.exports == 3 && table.report.examplesWithoutExport == 3)
    #expect(table.report.columnsAsOfExport == [])
    // Other leads of the account and their wins need no activities.
    #expect(try cells(table, "account.other_leads") == ["0.0", "1.0", "1.0", "1.0", "", ""])
  }

  @Test(arguments: ["activities.csv", "changes.csv"])
  func timesThatAreNoneAreAnError(name: String) throws {
    var files = Self.files
    let good = try #require(files[name]).split(separator: "\n")
    let row = good[1].split(separator: ";", omittingEmptySubsequences: false).dropFirst(2)
    files[name] =
      good[0] + "\n"
      + (0..<30).map { "a;\($0 < 20 ? "20/02/2024" : "02/31/2024");" + row.joined(separator: ";") }
      .joined(separator: "\n") + "\n"
    let folder = try Folder(files)
    let project = try folder.project(
      Self.head + "leads: leads.csv\n" + Self.activityKey + Self.changeKey)
    let error = #expect(throws: HistoryError.self) { try read(project) }
    #expect("\(try #require(error))".contains("10 of 30 cells of \"at\" are no date"))
  }

  @Test func aModelAndAProjectMustHaveTheSameTables() throws {
    let folder = try Folder(Self.files)
    let with = try folder.project(
      Self.head + "leads: leads.csv\n" + Self.activityKey + Self.changeKey)
    let without = try folder.project(Self.head + "leads: leads.csv\n" + Self.activityKey)
    let both = try examples(read(with)).recipe
    #expect(throws: ProjectReadingError.otherTables(table: "changes", isInModel: true)) {
      try reader(without).read(LeadRecipe(), history: both, asOf: nil)
    }
    let one = try examples(read(without)).recipe
    #expect(throws: ProjectReadingError.otherTables(table: "changes", isInModel: false)) {
      try reader(with).read(LeadRecipe(), history: one, asOf: nil)
    }
  }

  @Test func timesWithoutAZoneAreThoseOfTheProjectsClocks() throws {
    let folder = try Folder([
      // Midnight in New York is 05:00 of UTC.
      "leads.csv": """
      id,created,account,stage,closed
      a,2024-03-01,,won,2024-03-01
      b,2024-03-02,,lost,2024-04-20
      c,2024-07-30,,open,

      """,
      "activities.csv": """
      lead,at,kind,amount
      a,2024-03-01T04:30:00Z,open,1
      a,2024-03-01T05:00:00Z,open,1
      a,2024-03-01T05:00:01Z,open,1
      b,2024-03-02T05:00:00Z,open,1
      b,2024-03-01T23:30:00-05:00,open,1

      """,
    ])
    let project = try folder.project(
      Self.head + "timezone: America/New_York\nleads: leads.csv\n" + Self.leadActivityKey)
    let table = try examples(read(project))
    // Lead a was won on the day of its creation, which is at its creation: no example.
    #expect(try cells(table, "id") == ["b", "b"])
    #expect(try cells(table, "created") == ["2024-03-02 00:00:00", "2024-03-02 00:00:00"])
    #expect(try cells(table, "decision_time") == ["2024-03-02 00:00:00", "2024-03-12 01:00:00"])
    #expect(try cells(table, "lead.count.all") == ["2.0", "2.0"])
    #expect(try cells(table, "lead.active_days.all") == ["2.0", "2.0"])
    #expect(table.recipe.schemas.activities?["at"]?.hasZone == true)
    #expect(table.recipe.schemas.leads["created"]?.hasZone == nil)
    #expect(table.decisionTimes.first == DateCell("2024-03-02T05:00:00Z").seconds)
  }

  @Test(arguments: ["UTC", "Europe/Madrid", "Asia/Tokyo", "America/Los_Angeles"])
  func daysAreAsWrittenWhateverTheZone(zone: String) throws {
    var files = Self.files
    files["activities.csv"] = """
      lead;at;kind;amount
      a;31/01/2024 23:30;open;1
      a;01/02/2024 00:00;open;1
      c;20/02/2024 23:59;open;1
      c;21/02/2024 00:01;open;1

      """
    let folder = try Folder(files)
    let project = try folder.project(
      Self.head + "timezone: \(zone)\nleads: leads.csv\n" + Self.leadActivityKey + Self.changeKey)
    let table = try examples(read(project))
    #expect(try cells(table, "id") == ["a", "a", "b", "b", "c", "c"])
    #expect(
      try cells(table, "decision_time").prefix(2) == ["2024-02-01 00:00:00", "2024-02-11 00:00:00"])
    #expect(
      try cells(table, "lead.active_days.all") == ["2.0", "2.0", "0.0", "0.0", "0.0", "2.0"])
    #expect(try cells(table, "size") == ["2.5", "12.5", "7.5", "7.5", "3.0", "3.0"])
  }
}
