import FoundationEssentials
import History
import Models
import Parallel
import Projects
import Sources
import Testing

@testable import ProjectReading

@Suite struct HistoryReaderLimitTests {
  private static let head = """
    name: test
    id: id
    created: created
    outcome: {event: won, lost: lost, within: 20d}
    decision: {ages: [0d]}
    activities: {from: activities.csv, lead: lead, at: at, type: kind}

    """
  private static let leads =
    "id,created,size\n"
    + (1...20).map { "L\($0),2024-01-\($0 < 10 ? "0" : "")\($0),\($0)\n" }.joined()
  private static let activities =
    "lead,at,kind\n"
    + (1...20).map { "L\($0),2024-02-\($0 < 10 ? "0" : "")\($0),\($0 % 2 == 0 ? "won" : "lost")\n" }
    .joined() + "L1,2024-06-01,visit\n"

  private func withFolder<Result>(
    _ files: [String: String], _ body: (String) throws -> Result
  ) throws -> Result {
    let path = "/tmp/kelvin-limit-\(UInt64.random(in: 0..<UInt64.max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    for (name, text) in files {
      try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
    }
    return try body(path)
  }

  private func project(_ folder: String, _ leads: String = "leads: leads.csv\n") throws -> Project {
    try Project.parse(Self.head + leads, fileName: "\(folder)/kelvin.yaml")
  }

  private func reader(_ project: Project, limit: Double? = nil) -> HistoryReader {
    HistoryReader(
      project: project, limit: limit.map { UnreadLimit(share: $0, columns: ["size"]) },
      pool: WorkerPool(threadCount: 1))
  }

  private func read(_ project: Project) throws -> HistoryReader.Reading {
    var options = CSVReadOptions()
    options.keepAsText = ["id"]
    return try reader(project).read(options: options) { _ in nil }
  }

  private func recipe() throws -> HistoryRecipe {
    try withFolder(["leads.csv": Self.leads, "activities.csv": Self.activities]) { folder in
      let reading = try read(project(folder))
      return try ExampleBuilder(
        reading.definition, inputs: reading.inputs, pool: WorkerPool(threadCount: 1)
      ).recipe
    }
  }

  @Test(arguments: [("size", ",20\n", ",many\n"), ("created", "2024-01-20", "20/01/2024")])
  func unreadableCellsOfLeadsAreCountedAndBeyondTheLimitRefused(
    column: String, good: String, bad: String
  ) throws {
    let recipe = try recipe()
    let leads = Self.leads.replacing(good, with: bad)
    try withFolder(["leads.csv": leads, "activities.csv": Self.activities]) { folder in
      let project = try project(folder)
      let found = try reader(project, limit: 0.05).read(LeadRecipe(), history: recipe, asOf: nil)
      #expect(found.leads.unread.map(\.column) == [column])
      #expect(found.leads.lines.contains { $0.contains("1 of 20 cells of “\(column)”") })
      #expect(throws: ProjectReadingError.self) {
        try reader(project, limit: 0.04).read(LeadRecipe(), history: recipe, asOf: nil)
      }
    }
  }

  @Test func anEarlierExportThatIsWrittenOtherwiseIsRefused() throws {
    func reading(_ earlier: String) throws -> HistoryReader.Reading {
      let files = [
        "leads-2024-02.csv": earlier, "leads-2024-03.csv": Self.leads,
        "activities.csv": Self.activities,
      ]
      return try withFolder(files) { folder in
        try read(project(folder, "leads: {exports: \"leads-*.csv\"}\n"))
      }
    }
    let few = try reading(Self.leads.replacing(",20\n", with: ",many\n"))
    #expect(few.leads.unread.map(\.count) == [1])
    let words = "id,created,size\n" + (1...9).map { "L\($0),2024-01-0\($0),n\($0)\n" }.joined()
    let error = try #require(throws: ProjectReadingError.self) { try reading(words) }
    #expect("\(error)".contains("leads-2024-02.csv: 9 of 9 cells of column “size”"), "\(error)")
    #expect("\(error)".contains("leads-2024-03.csv"))
  }

  @Test func thisMonthsExportIsReadAndOneOfTheFutureRefused() throws {
    let files = ["leads-2024-03.csv": Self.leads, "activities.csv": Self.activities]
    try withFolder(files) { folder in
      let project = try project(folder, "leads: {exports: \"leads-*.csv\"}\n")
      func read(now: Double) throws {
        var options = CSVReadOptions()
        options.keepAsText = ["id"]
        _ = try HistoryReader(project: project, now: now, pool: WorkerPool(threadCount: 1))
          .read(options: options) { _ in nil }
      }
      // 15 March and 15 January 2024.
      try read(now: 1_710_460_800)
      #expect(throws: ProjectReadingError.self) { try read(now: 1_705_276_800) }
    }
  }

  @Test func anEmptyLogThatTellsOutcomesIsRefused() throws {
    let recipe = try recipe()
    try withFolder(["leads.csv": Self.leads, "activities.csv": "lead,at,kind\n"]) { folder in
      #expect(throws: HistoryError.emptyLog) {
        try reader(project(folder)).read(LeadRecipe(), history: recipe, asOf: nil)
      }
    }
  }

  @Test(arguments: [
    ("leads-2024-06-30.csv", "are dated exports of one moment"),
    ("leads-.csv", "must hold its date"),
  ])
  func exportsThatNobodyCanPlaceAreRefused(name: String, reason: String) throws {
    try withFolder([
      "leads-2024-06.csv": Self.leads, name: Self.leads, "activities.csv": Self.activities,
    ]) { folder in
      let error = #expect(throws: HistoryError.self) {
        try read(project(folder, "leads: {exports: \"leads-*.csv\"}\n"))
      }
      let text = "\(try #require(error))"
      #expect(text.contains(reason))
    }
  }

  @Test func whatExportsLackIsNamed() throws {
    let fewer = Self.leads.replacing("L20,2024-01-20,20\n", with: "")
    let older = "id,created\nL1,2024-01-01\nL20,2024-01-20\n"
    try withFolder([
      "leads-2024-06.csv": fewer, "leads-2024-01.csv": older, "activities.csv": Self.activities,
    ]) { folder in
      let reading = try read(project(folder, "leads: {exports: \"leads-*.csv\"}\n"))
      let report = try ExampleBuilder(
        reading.definition, inputs: reading.inputs, pool: WorkerPool(threadCount: 1)
      ).report
      #expect(report.goneLeads == 1)
      #expect(report.lackingColumns.map(\.columns) == [["size"]])
      #expect(report.warnings.contains { $0.hasPrefix("1 lead of earlier exports is not in") })
    }
  }

  @Test func theCaseOfAnOutcomesTypeDoesNotMatter() throws {
    try withFolder([
      "leads.csv": Self.leads, "activities.csv": Self.activities.replacing("won", with: "WON"),
    ]) { folder in
      let reading = try read(project(folder))
      let builder = try ExampleBuilder(
        reading.definition, inputs: reading.inputs, pool: WorkerPool(threadCount: 1))
      #expect(builder.report.examples == 20)
    }
  }
}
