import Projects
import Testing

@Suite struct ProjectTests {
  @Test func readsTheBankProject() throws {
    let project = try Project.parse(
      """
      # a comment
      name: bank
      leads: {csv: bank.csv}
      id: lead_id
      outcome: {column: y, won: ["yes"], lost: ["no"]}
      missing: ["", unknown]
      exclude: [duration]
      columns: {Region: category, visits: {type: number, decimal: ","}}
      training: {algorithms: [logistic], seed: 1, hold_out: 25%}
      rules: rules.yaml
      """, fileName: "datasets/bank/kelvin.yaml")
    #expect(project.name == "bank")
    #expect(project.leads?.path.resolved == "datasets/bank/bank.csv")
    #expect(project.id == ["lead_id"])
    #expect(project.outcome == ProjectOutcome(column: "y", won: ["yes"], lost: ["no"]))
    #expect(project.missing == ["", "unknown"])
    #expect(project.exclude == ["duration"])
    #expect(project[column: "Region"]?.type == .category)
    #expect(project[column: "visits"]?.decimalMark == UInt8(ascii: ","))
    #expect(project.training.algorithms == [.logistic])
    #expect(project.training.seed == 1)
    #expect(project.training.holdOut == 0.25)
    #expect(project.rules?.resolved == "datasets/bank/rules.yaml")
  }
}
