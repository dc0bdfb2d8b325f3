import Explanations
import Features
import Foundation
import Metrics
import ModelFiles
import Models
import Parallel
import Projects
import Reports
import Tables
import Testing

@testable import TrainingRun

@Suite struct ModelChangeTests {
  private static let header = InventedLeads.header
  /// A penalty as given, so that a fit takes no time.
  private static let options = TrainingOptions(
    algorithms: [.logistic], folds: 3, penalty: .fixed(3), features: FeatureOptions())

  private static func trial(
    _ path: String, change: (inout Project) -> Void = { _ in }
  ) -> Trial {
    Trial(path, won: ["yes"], lost: ["no"], options: options) { project in
      project.id = ["lead_id"]
      change(&project)
    }
  }

  private static func change(
    _ trial: Trial, _ registry: String, since version: String = "v0001"
  ) throws -> FitReport {
    var destinations = TrainingRun.Destinations(registry: registry, now: 1_700_000_000)
    destinations.explainedChange = TrainingRun.ExplainedChange(version: version)
    return try TrainingRun(
      project: trial.project, options: trial.options, pool: trial.pool
    ).fit(destinations)
  }

  /// A folder with a version fitted to the first 300 of 700 leads.
  private struct Place {
    let folder: TemporaryFolder
    let registry: String
    let rows: [[String]]
    let old: LeadModel

    init(change: (inout Project) -> Void = { _ in }) throws {
      folder = try TemporaryFolder()
      registry = folder.path("models/leads")
      rows = InventedLeads.rows(700)
      let path = try folder.write(header, Array(rows.prefix(300)), "first.csv")
      old = try trial(path, change: change).fit(registry).model
    }
  }

  @Test func bothAreJudgedOnLeadsThatNeitherWasFittedTo() throws {
    let place = try Place()
    let trial = Self.trial(try place.folder.write(Self.header, place.rows, "all.csv"))
    let change = try #require(try Self.change(trial, place.registry).change)
    #expect(change.before.name == "leads@v0001" && change.after.name == "leads@v0002")
    let judgement = try #require(change.judgement)
    #expect(judgement.before.leads == 400 && judgement.after.leads == 400)
    // The old version's figures, by hand.
    let table = try trial.audited().history.table.gathered(Array(300..<700))
    let scores = try LeadScorer(place.old).score(table)
    let labels = place.rows[300...].map { UInt8($0[6] == "yes" ? 1 : 0) }
    let expected = try #require(logLoss(labels: labels, probabilities: scores.probabilities))
    #expect(abs(judgement.before.logLoss - expected) < 1e-12)
    #expect(
      abs(
        judgement.logLossDifference.value
          - (judgement.after.logLoss - judgement.before.logLoss)) < 1e-12)
    #expect(change.fairness.contains { $0.contains("was fitted to 300 of the 700 leads") })
    #expect(change.fairness.contains { $0.contains("folds are drawn at random") })
  }

  @Test func whatMovedALeadAddsUp() throws {
    let place = try Place()
    // Every seventh lead is open.
    let rows = place.rows.enumerated().map { number, row in
      number % 7 == 0 ? Array(row.dropLast()) + ["open"] : row
    }
    let trial = Self.trial(try place.folder.write(Self.header, rows, "all.csv")) {
      $0.exclude = ["called"]
    }
    let moves = try #require(try Self.change(trial, place.registry).change?.moves)
    #expect(moves.population == .open && moves.leads == 100 && moves.top == 10)
    func logOdds(_ probability: Double) -> Double { log(probability / (1 - probability)) }
    let average = logOdds(moves.averageAfter) - logOdds(moves.averageBefore)
    #expect(moves.leadsMoved.count == 20)
    for lead in moves.leadsMoved {
      let parts = lead.parts.reduce(0) { $0 + $1.contribution }
      // Exact Shapley values of both sides; log-odds are taken of probabilities.
      #expect(abs(average + parts - (logOdds(lead.after) - logOdds(lead.before))) < 1e-8)
      // What the new version no longer uses still moved the lead.
      #expect(lead.parts.contains { $0.column == "called" && $0.contribution != 0 })
    }
    let sizes = moves.leadsMoved.map { abs($0.after - $0.before) }
    #expect(sizes == sizes.sorted(by: >))
  }

  @Test func theSameFitAgainMovesNobody() throws {
    let place = try Place()
    let trial = Self.trial(
      try place.folder.write(Self.header, Array(place.rows.prefix(300)), "again.csv"))
    let moves = try #require(try Self.change(trial, place.registry).change?.moves)
    #expect(moves.meanChange == 0 && moves.otherBand == 0 && moves.leadsMoved.isEmpty)
  }

  @Test func columnsThatOneVersionAloneUsesAreNamed() throws {
    let place = try Place { $0.exclude = ["budget"] }
    let trial = Self.trial(try place.folder.write(Self.header, place.rows, "all.csv")) {
      $0.exclude = ["called"]
    }
    let change = try #require(try Self.change(trial, place.registry).change)
    let called = try #require(change.columns.first { $0.column == "called" })
    #expect(called.after == nil && called.before != nil && called.whyGone == "excluded")
    let budget = try #require(change.columns.first { $0.column == "budget" })
    #expect(budget.before == nil && budget.after != nil && budget.whyGone == nil)
    let left = try #require(change.options.first { $0.name == "Left out" })
    #expect(left.before == "budget (excluded)" && left.after == "called (excluded)")
    #expect(change.options.contains { $0.name == "Learned from" })
  }

  @Test func versionsOfTheSameLeadsAreNotJudgedByThem() throws {
    let place = try Place()
    var trial = Self.trial(
      try place.folder.write(Self.header, Array(place.rows.prefix(300)), "again.csv"))
    trial.options.penalty = .fixed(30)
    let change = try #require(try Self.change(trial, place.registry).change)
    #expect(change.judgement == nil)
    #expect(change.fairness.contains { $0.contains("Both were fitted to the same leads") })
    #expect(change.before.outOfFold.figures != change.after.outOfFold.figures)
    #expect(change.moves.population == .training)
    let penalty = try #require(change.options.first { $0.name == "Penalty" })
    #expect(penalty.before == "L2, 3" && penalty.after == "L2, 30")
  }

  @Test func leadsHeldOutOfBothJudgeVersionsOfTheSameLeads() throws {
    let folder = try TemporaryFolder()
    let registry = folder.path("models/leads")
    var trial = Self.trial(try folder.write(Self.header, InventedLeads.rows(400)))
    trial.options.holdOut = 0.25
    let first = try trial.fit(registry).report
    trial.options.penalty = .fixed(30)
    let change = try #require(try Self.change(trial, registry).change)
    let judgement = try #require(change.judgement)
    // As the older version was judged by its own fit.
    #expect(judgement.before == first.heldOut?.figures)
    #expect(judgement.after.leads == 100)
    #expect(change.moves.population == .heldOut)
  }

  @Test func leadsThatCannotBeRecognisedAreNotJudged() throws {
    let place = try Place()
    // Without its id, a lead is known by its cells; the old version knows ids alone.
    let trial = Self.trial(try place.folder.write(Self.header, place.rows, "all.csv")) {
      $0.id = []
      $0.exclude = ["lead_id"]
    }
    let change = try #require(try Self.change(trial, place.registry).change)
    #expect(change.judgement == nil)
    #expect(change.fairness.contains { $0.contains("can't be told") })
  }

  @Test func aVersionThatIsNotThereIsNamedWithThoseThatAre() throws {
    let place = try Place()
    let trial = Self.trial(place.folder.path("missing.csv"))
    #expect(
      throws: ModelFileError.noVersion(
        registry: place.registry, version: "v0007", available: ["v0001"])
    ) { try Self.change(trial, place.registry, since: "v0007") }
    #expect(
      throws: ModelFileError.otherRegistry(
        asked: "other@v0001", registry: place.registry, available: ["v0001"])
    ) { try Self.change(trial, place.registry, since: "other@v0001") }
  }

  @Test func whatAVersionCannotReadStopsBeforeTheFit() throws {
    let place = try Place()
    let columns = Self.header.indices.filter { Self.header[$0] != "visits" }
    let without = try place.folder.write(
      columns.map { Self.header[$0] }, place.rows.map { row in columns.map { row[$0] } },
      "without.csv")
    #expect(
      throws: TrainingError.pastColumnsMissing(
        version: "leads@v0001", columns: ["visits"], available: ["v0001"])
    ) { try Self.change(Self.trial(without), place.registry) }
    let words = try place.folder.write(
      Self.header,
      place.rows.map { row in
        var row = row
        row[2] = "about \(row[2])"
        return row
      }, "words.csv")
    #expect(
      throws: TrainingError.pastColumnType(
        version: "leads@v0001", column: "visits", theirs: .number, ours: .category,
        available: ["v0001"])
    ) { try Self.change(Self.trial(words), place.registry) }
    let all = try place.folder.write(Self.header, place.rows, "all.csv")
    let other = Trial(all, target: "called", won: ["yes"], options: Self.options) {
      $0.id = ["lead_id"]
    }
    #expect {
      try Self.change(other, place.registry)
    } throws: { error in
      if case TrainingError.otherOutcome("leads@v0001", _, _, ["v0001"]) = error {
        true
      } else {
        false
      }
    }
    #expect(try ModelRegistry(directory: place.registry).entries().count == 1)
  }
}
