import Testing

@testable import TrainingRun

@Suite struct OutcomeResolutionTests {
  /// Outcomes of a small file with these cells in its outcome column.
  private func outcomes(
    _ cells: [String], won: [String] = [], lost: [String] = []
  ) throws -> LeadHistory {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      ["visits", "y"], cells.enumerated().map { ["\($0.offset * 7 % 5)", $0.element] })
    return try Trial(path, won: won, lost: lost).audited().history
  }

  @Test(arguments: [
    ("yes", "no"), ("Yes", "No"), ("Y", "N"), ("sí", "no"), ("Sí", "No"), ("si", "no"), ("S", "N"),
    ("true", "false"), ("TRUE", "FALSE"), ("VERDADERO", "FALSO"), ("1", "0"), ("Won", "Lost"),
    ("Ganado", "Perdido"), ("ganada", "perdida"),
  ])
  func twoValuesOfWhichOneIsAYesNeedNoWords(won: String, lost: String) throws {
    let history = try outcomes([lost, won, won, lost, lost])
    #expect(history.outcomes == [0, 1, 1, 0, 0])
    #expect(history.outcome.won == [won] && history.outcome.lost == [lost])
  }

  @Test func spellingsOfOneWordAreOneValue() throws {
    let history = try outcomes(["Yes", "no", "YES", "No", "yes", "NO"])
    #expect(history.outcomes == [1, 0, 1, 0, 1, 0])
    let named = try outcomes(["Won", "lost", "won", "Lost", "LOST"], won: ["won"])
    #expect(named.outcomes == [1, 0, 1, 0, 0])
  }

  @Test func twoValuesThatSayNothingAreRefusedWithTheirCounts() throws {
    #expect(
      throws: TrainingError.outcomeValuesUnclear(
        column: "y", counts: [.init(value: "B", count: 2), .init(value: "A", count: 1)])
    ) { try outcomes(["A", "B", "B"]) }
    #expect(try outcomes(["A", "B", "B"], won: ["A"]).outcomes == [1, 0, 0])
  }

  @Test func moreThanTwoValuesWithoutLostAreRefusedWithTheirCounts() throws {
    let cells = ["Won", "Lost", "Open", "Open", "Won", "Won"]
    let unclear = TrainingError.outcomeValuesUnclear(
      column: "y",
      counts: [
        .init(value: "Won", count: 3), .init(value: "Open", count: 2),
        .init(value: "Lost", count: 1),
      ])
    #expect(throws: unclear) { try outcomes(cells) }
    #expect(throws: unclear) { try outcomes(cells, won: ["Won"]) }
    #expect(unclear.description.contains("“Won” (3), “Open” (2), “Lost” (1)"))
  }

  @Test func whatIsNeitherWonNorLostIsOpen() throws {
    let history = try outcomes(
      ["Won", "Lost", "Open", "", "Renewed", "Won"], won: ["Won", "Renewed"], lost: ["Lost"])
    #expect(history.outcomes == [1, 0, -1, -1, 1, 1])
    #expect(history.closedRows == [0, 1, 4, 5])
    #expect(history.wonCount == 3 && history.lostCount == 1 && history.openCount == 2)
  }

  @Test func aMissingOutcomeIsOpen() throws {
    #expect(try outcomes(["1", "", "0", "1", ""]).outcomes == [1, -1, 0, 1, -1])
  }

  @Test func oneValueAndUnseenValuesAreRefused() throws {
    #expect(throws: TrainingError.outcomeHasOneValue(column: "y", value: "no")) {
      try outcomes(["no", "no"])
    }
    #expect(
      throws: TrainingError.outcomeValueNeverSeen(
        column: "y", value: "Wonn",
        counts: [.init(value: "Won", count: 1), .init(value: "Lost", count: 1)])
    ) { try outcomes(["Won", "Lost"], won: ["Wonn"]) }
    #expect(throws: TrainingError.outcomeValueTwice(column: "y", value: "Won")) {
      try outcomes(["Won", "Lost", "Open"], won: ["Won"], lost: ["won", "Lost"])
    }
  }
}
