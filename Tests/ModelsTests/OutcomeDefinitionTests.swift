import Tables
import Testing

@testable import Models

@Suite struct OutcomeDefinitionTests {
  @Test func wonLostAndOpenAreThreeThings() {
    let outcome = OutcomeDefinition(column: "stage", won: ["Won"], lost: ["Lost", "Churned"])
    let cells = CategoryValues(
      codes: [0, 1, 2, 3, -1, 4], levels: ["Won", "lost", "Prospecting", "CHURNED", "WON"])
    #expect(outcome.labels(cells) == [1, 0, -1, 0, -1, 1])
  }
}
