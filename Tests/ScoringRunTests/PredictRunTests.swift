import Models
import ScoringRun
import Sources
import Testing

@Suite struct PredictRunTests {
  @Test func aLoadedModelPredictsAsItDidBeforeItWasSaved() throws {
    let fitted = try FittedModel()
    let (table, raw) = try fitted.unsaved()
    let scores = try LeadScorer(fitted.loaded.model).score(table)
    #expect(scores.rawPredictions.map(\.bitPattern) == raw.map(\.bitPattern))
    #expect(Set(raw).count > 100)
  }

  @Test func aStreamScoresAsTheWholeTableDoes() throws {
    let fitted = try FittedModel()
    let (table, _) = try fitted.unsaved()
    let scores = try LeadScorer(fitted.loaded.model).score(table)
    let (report, lines) = try fitted.predict(InventedLeads.header, fitted.rows)
    #expect(FittedModel.cells(lines, "lead_id") == fitted.rows.map { $0[0] })
    // Numbers are written so that they read back to the same bits.
    let written = try FittedModel.cells(lines, "probability").map { try #require(Double($0)) }
    #expect(written.map(\.bitPattern) == scores.probabilities.map(\.bitPattern))
    #expect(report.scored == 400 && report.rows == 400)
    #expect(report.unseenLevels.isEmpty && report.unparsedCells.isEmpty)
  }

  @Test func orderOfColumnsAndExtraOnesChangeNoScore() throws {
    let fitted = try FittedModel()
    let plain = try fitted.predict(InventedLeads.header, fitted.rows)
    let order = [4, 2, 6, 0, 5, 3, 1]
    let (report, lines) = try fitted.predict(
      order.map { InventedLeads.header[$0] } + ["campaign"],
      fitted.rows.map { row in order.map { row[$0] } + ["autumn"] })
    #expect(lines == plain.lines)
    #expect(report.extraColumns == ["campaign"])
    #expect(plain.report.extraColumns.isEmpty)
  }

  @Test func missingColumnsAreNamedAllAtOnce() throws {
    let fitted = try FittedModel()
    let error = #expect(throws: SourceError.self) {
      try fitted.predict(["lead_id", "source", "y"], fitted.rows.map { [$0[0], $0[1], $0[6]] })
    }
    let text = error.map(\.description) ?? ""
    for column in ["visits", "budget", "called"] { #expect(text.contains(column), "\(text)") }
    #expect(!fitted.folder.exists("scored.csv"))
  }

  @Test func unseenLevelsAreScoredAndCounted() throws {
    let fitted = try FittedModel()
    var rows = fitted.rows
    for row in 0..<7 { rows[row][1] = "referral\(row % 2)" }
    rows[7][1] = ""
    let (report, lines) = try fitted.predict(InventedLeads.header, rows)
    #expect(report.unseenLevels.map(\.column) == ["source"])
    #expect(report.unseenLevels.map(\.count) == [7])
    #expect(lines.count == 401)
    // Unseen and missing levels both have none of the indicators here: the average source.
    let model = fitted.loaded.model
    #expect(
      try #require(model.logistic).layout.groups.contains {
        $0.name == "source" && $0.levels.count == 4
      })
  }

  @Test func cellsThatDoNotParseAreMissingAndCounted() throws {
    let fitted = try FittedModel()
    var rows = fitted.rows
    for row in 0..<5 { rows[row][3] = "lots" }
    var blank = fitted.rows
    for row in 0..<5 { blank[row][3] = "" }
    let (report, lines) = try fitted.predict(InventedLeads.header, rows)
    #expect(report.unparsedCells.map(\.column) == ["budget"])
    #expect(report.unparsedCells.map(\.count) == [5])
    #expect(lines == (try fitted.predict(InventedLeads.header, blank).lines))
  }

  @Test func tooManyOfThemFailTheRunAndWriteNothing() throws {
    let fitted = try FittedModel()
    var rows = fitted.rows
    for row in 0..<21 { rows[row][2] = "many" }
    #expect(
      throws: ScoringError.tooManyUnparsed(column: "visits", cells: 21, rows: 400, limit: 0.05)
    ) { try fitted.predict(InventedLeads.header, rows) }
    #expect(!fitted.folder.exists("scored.csv"))
    let (report, _) = try fitted.predict(InventedLeads.header, rows) { $0.unparsedLimit = 0.06 }
    #expect(report.unparsedCells.map(\.count) == [21])
  }

  @Test func openLeadsAloneAreScoredUnlessAskedOtherwise() throws {
    let fitted = try FittedModel()
    var rows = fitted.rows
    for row in 0..<30 { rows[row][6] = "" }
    let (report, lines) = try fitted.predict(InventedLeads.header, rows) {
      $0.includesClosed = false
    }
    #expect(report.scored == 30 && report.skippedClosed == 370)
    #expect(FittedModel.cells(lines, "lead_id") == (0..<30).map { "L\($0)" })
    let unlabelled = try fitted.predict(
      Array(InventedLeads.header.dropLast()), rows.map { Array($0.dropLast()) }
    ) { $0.includesClosed = false }
    #expect(unlabelled.report.scored == 400)
  }

  @Test func scoresWithoutIdsAreWarnedOf() throws {
    let named = try FittedModel()
    #expect(try named.predict(InventedLeads.header, named.rows).report.warnings.isEmpty)
    let nameless = try FittedModel {
      $0.id = []
      $0.exclude = ["points", "lead_id"]
    }
    let (report, lines) = try nameless.predict(InventedLeads.header, nameless.rows)
    #expect(report.warnings.contains { $0.contains("without an id column") })
    #expect(
      lines[0]
        == "row,probability,probability_low,probability_high,score,times_average,band,novelty,"
        + "reasons_for,reasons_against,model")
    #expect(
      lines.dropFirst().filter { !$0.isEmpty }.map { $0.prefix { $0 != "," } }
        == (1...nameless.rows.count).map { "\($0)" })
  }
}
