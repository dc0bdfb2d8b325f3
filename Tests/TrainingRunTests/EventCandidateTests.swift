import Foundation
import Parallel
import PointLearning
import ProjectReading
import Projects
import Reports
import Rules
import Testing

@testable import TrainingRun

/// Rules about activities that `points` may suggest.
@Suite struct EventCandidateTests {
  private static var pool: WorkerPool { WorkerPool(threadCount: 2) }

  private func leads(_ project: Project, now: Double = .infinity) throws -> TrainingLeads {
    try TrainingLeads(
      project: project, now: now, suggesting: .english, pool: Self.pool, progress: { _ in })
  }

  private func points(
    _ project: Project, to path: String, most: Int = 10
  ) throws -> PointsReport {
    try PointsRun(
      project: project, options: TrainingOptions(folds: 3),
      points: PointOptions(mostSuggested: most), pool: Self.pool
    ).run(output: PointsRun.Output(path: path, replaces: true))
  }

  @Test func whatWeDoIsNotSuggested() throws {
    let crm = try GeneratedHistory(300)
    let events = try #require(leads(crm.project()).events)
    let names = Set(events.rules.map(\.name))
    #expect(names.contains("demo_request within 30 days") && names.contains("each page_view"))
    #expect(names.contains("page_view: page pricing") && names.contains("silent for 30 days"))
    #expect(!names.contains { $0.contains("email_sent") || $0.contains("call") })
  }

  /// Each candidate, as a file of its own, holds of the examples that it is said to hold of, and gives as
  /// many points.
  @Test func candidatesHoldAsTheRuleFileSays() throws {
    let crm = try GeneratedHistory(300)
    var project = try crm.project()
    let events = try #require(leads(project).events)
    #expect(events.held.contains { $0.times.contains(5) })
    let group = SuggestedGroup(
      name: "all", category: "engagement", rules: events.rules.map { ($0, 2_000) })
    try Data(SuggestedGroup.file([group], comment: "All.").utf8)
      .write(to: crm.folder.url.appendingPathComponent("all.yaml"))
    project.rules = ProjectPath(crm.folder.path("all.yaml"))
    let verdicts = try #require(leads(project).rules?.verdicts)
    var given = events.rules.map { _ in [Int32: Int]() }
    let places = Dictionary(
      uniqueKeysWithValues: events.rules.enumerated().map { ($1.name, $0) })
    verdicts.forEachLedger { row, ledger in
      for line in ledger.lines {
        guard let name = line.rule, let place = places[name] else { continue }
        given[place][Int32(row), default: 0] += line.thousandths
      }
    }
    for (held, given) in zip(events.held, given) {
      let told = Dictionary(uniqueKeysWithValues: zip(held.rows, held.times))
      #expect(told.mapValues { 2_000 * Int($0) } == given)
    }
  }

  /// What happens, or becomes known, after every example's decision changes nothing.
  @Test func whatIsLaterChangesNoCandidate() throws {
    let crm = try GeneratedHistory(300)
    let project = try crm.project(more: "decision: {ages: [0d]}")
    let before = try #require(leads(project).events)
    let path = crm.folder.path("activities.csv")
    let text = String(decoding: try crm.folder.bytes("activities.csv"), as: UTF8.self)
    let lines = text.split(separator: "\n")
    let leadRows = String(decoding: try crm.folder.bytes("leads.csv"), as: UTF8.self)
      .split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    let header = lines[0].split(separator: ",").map(String.init)
    // An hour after each lead came in, and one that happened before and was recorded then.
    let more = leadRows.enumerated().flatMap { place, cells -> [String] in
      let time = String(cells[1])
      func row(_ at: String, _ recorded: String, _ kind: String) -> String {
        header.map { name in
          switch name {
          case "activity_id": "9\(place)\(kind.count)"
          case "lead_id": String(cells[0])
          case "kind": kind
          case "occurred_at": at
          case "recorded_at": recorded
          default: ""
          }
        }.joined(separator: ",")
      }
      guard let date = Self.seconds(time) else { return [] }
      let later = Self.text(date + 3_600)
      return [
        row(later, later, "demo_request"), row(Self.text(date - 3_600), later, "page_view"),
      ]
    }
    #expect(more.count == 2 * leadRows.count)
    try Data((lines.map(String.init) + more).joined(separator: "\n").utf8)
      .write(to: URL(fileURLWithPath: path))
    let after = try #require(leads(project).events)
    #expect(before.rules.map(\.name) == after.rules.map(\.name))
    for (before, after) in zip(before.held, after.held) {
      #expect(before.rows == after.rows && before.times == after.times)
    }
  }

  private static var style: Date.ISO8601FormatStyle {
    Date.ISO8601FormatStyle(dateTimeSeparator: .space)
  }
  private static func seconds(_ text: String) -> Double? {
    try? Date(text + "Z", strategy: style).timeIntervalSince1970
  }
  private static func text(_ seconds: Double) -> String {
    String(Date(timeIntervalSince1970: seconds).formatted(style).dropLast())
  }

  /// From nothing and beside a file: what is written loads, and gives leads the points of the report.
  @Test(arguments: [nil, "rules.yaml"])
  func writtenFilesScoreToTheSamePoints(rules: String?) throws {
    let crm = try GeneratedHistory(1_500)
    var project = try crm.project()
    if let rules {
      let text = """
        groups:
          - name: interest
            category: engagement
            decay: {half_life: 30d}
            rules:
              - {name: opened, event: email_open, points: 1, each: true, cap: 15}
              - {name: replied, event: reply, points: 20, lifespan: 60d}

        """
      try Data(text.utf8).write(to: crm.folder.url.appendingPathComponent(rules))
      project.rules = ProjectPath(crm.folder.path(rules))
    }
    let path = crm.folder.path("new.yaml")
    let report = try points(project, to: path)
    #expect(report.lines.contains { $0.change == .added })
    let text = String(decoding: try crm.folder.bytes("new.yaml"), as: UTF8.self)
    #expect(text.contains("event:") || text.contains("no_event_within"))
    project.rules = ProjectPath(path)
    let read = try leads(project)
    let scores = try #require(read.rules).scores
    let audited = try AuditedLeads(
      project: project, read: read, pool: Self.pool, progress: { _ in })
    var counts: [Double: Double] = [:]
    for row in audited.history.closedRows {
      counts[(Double(scores.points[row]) / 1_000).rounded(), default: 0] += 1
    }
    for step in report.table { #expect(counts[step.points] ?? 0 == step.leads) }
    #expect(report.table.reduce(0) { $0 + $1.leads } == Double(audited.history.closedRows.count))
  }
}
