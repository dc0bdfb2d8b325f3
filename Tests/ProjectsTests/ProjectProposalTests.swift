import Projects
import Tables
import Testing

@Suite struct ProjectProposalTests {
  private func propose(_ columns: [Column], file: String = "export.csv") throws -> (
    proposal: ProjectProposal, project: Project
  ) {
    let table = Cells.table(columns)
    let proposal = proposeProject(fileName: file, table: table, schema: table.schema)
    return (proposal, try Project.parse(proposal.text, fileName: "kelvin.yaml"))
  }

  /// The shape of a sales pipeline: open deals, and columns that are filled at the close.
  private static let pipeline: [Column] = [
    Cells.category("opportunity_id", ["A1", "B2", "C3", "D4", "E5"]),
    Cells.category("sales_agent", ["Ann", "Bob", "Ann", "Bob", "Ann"]),
    Cells.category("account", ["Acme", "Acme", nil, "Zen", "Zen"]),
    Cells.category("deal_stage", ["Won", "Lost", "Engaging", "Won", "Prospecting"]),
    Cells.date("engage_date", [1, 2, 3, 4, nil]),
    Cells.date("close_date", [5, 6, nil, 7, nil]),
    Cells.number("close_value", [10, 0, nil, 20, nil]),
  ]

  @Test func proposesAPipelineWithOpenDeals() throws {
    let (proposal, project) = try propose(Self.pipeline)
    #expect(project.id == ["opportunity_id"])
    #expect(project.account == "account")
    #expect(project.created == "engage_date")
    #expect(project.outcome == ProjectOutcome(column: "deal_stage", won: ["Won"], lost: ["Lost"]))
    #expect(project.exclude == ["close_date", "close_value"])
    #expect(project.leads?.files.first?.written == "export.csv")
    #expect(proposal.text.contains("# Open, neither won nor lost: Engaging 1, Prospecting 1."))
  }

  @Test func proposesToReadWhatWordsMean() throws {
    let table = Cells.table(Self.pipeline)
    let none = proposeProject(fileName: "a.csv", table: table, schema: table.schema)
    #expect(!none.text.contains("vocabulary:"))
    let some = proposeProject(
      fileName: "a.csv", table: table, schema: table.schema, words: ["title", "country"])
    #expect(some.text.contains("\n# What the cells of title, country mean"))
    #expect(try Project.parse(some.text, fileName: "kelvin.yaml").vocabulary?.isEmpty == true)
  }

  @Test func proposesAFlagWithoutItsSpelling() throws {
    let (proposal, project) = try propose([
      Cells.text("Prospect ID", ["a-1", "b-2", "c-3", "d-4"]),
      Cells.number("Lead Number", [11, 12, 13, 14]),
      Cells.flag("Do Not Email", [true, false, false, false]),
      Cells.flag("Converted", [true, false, false, true]),
      Cells.category("Specialization", ["Select", "HR", "Select", nil]),
      Cells.category("Tags", ["Ringing", "Busy", nil, "Closed"]),
      Cells.category("Magazine", ["No", "No", "No", "No"]),
      Cells.number("Nothing", [nil, nil, nil, nil]),
    ])
    #expect(project.outcome == ProjectOutcome(column: "Converted"))
    #expect(project.id == ["Prospect ID"])
    #expect(project.exclude == ["Lead Number", "Tags", "Magazine", "Nothing"])
    #expect(project.missing == ["", "Select"])
    #expect(proposal.text.contains("yes is won, no is lost (yes 2, no 2)"))
  }

  @Test func proposesASpanishExport() throws {
    let (proposal, project) = try propose([
      Cells.number("ID de registro", [1, 2, 3, 4]),
      Cells.text("Nombre", ["Ana", "Luis", "Eva", "Juan"]),
      Cells.text("Correo electrónico", ["a@x.es", "b@y.es", "c@z.es", "d@w.es"]),
      Cells.category("Teléfono móvil", ["+34 600 111 222", "600111333", nil, "600111444"]),
      Cells.category("Empresa", ["Uno", "Uno", "Dos", "Dos"]),
      Cells.date("Fecha de creación", [1, 2, 3, 4]),
      Cells.category("Etapa del negocio", ["Cerrado ganado", "Cerrado perdido", "Cita", "Cita"]),
      Cells.date("Fecha de cierre", [5, 6, nil, nil]),
      Cells.category("Motivo de pérdida", [nil, "Precio", nil, nil]),
      Cells.number("Puntuación de HubSpot", [1, 2, 3, 5]),
    ])
    #expect(
      project.outcome
        == ProjectOutcome(
          column: "Etapa del negocio", won: ["Cerrado ganado"], lost: ["Cerrado perdido"]))
    #expect(project.id == ["ID de registro"])
    #expect(project.created == "Fecha de creación")
    #expect(project.account == "Empresa")
    #expect(
      project.exclude == [
        "Nombre", "Correo electrónico", "Teléfono móvil", "Fecha de cierre", "Motivo de pérdida",
        "Puntuación de HubSpot",
      ])
    #expect(proposal.text.contains("# rule_score: Puntuación de HubSpot"))
  }

  @Test func severalOutcomesAreListedAndNoneIsLearnedFrom() throws {
    let (proposal, project) = try propose([
      Cells.category("deal_stage", ["Won", "Lost", "Won", "Open"]),
      Cells.flag("is_won", [true, false, true, false]),
      Cells.category("status", ["a", "b", "c", "a"]),
    ])
    #expect(project.outcome?.column == "deal_stage")
    #expect(proposal.otherOutcomes == ["is_won", "status"])
    #expect(project.exclude == ["is_won"])
  }

  @Test func withoutAnOutcomeTheSectionIsLeftToFillIn() throws {
    let (proposal, project) = try propose([
      Cells.number("visits", [1.5, 2.5, 3.5]), Cells.number("pages", [1, 2, 2]),
    ])
    #expect(proposal.outcome == nil && project.outcome == nil && project.id.isEmpty)
    #expect(proposal.text.contains("No column looks like an outcome"))
    #expect(proposal.text.contains("# outcome: {column: deal_stage"))
  }

  @Test func stagesWithoutKnownWordsAskForADecision() throws {
    let (proposal, project) = try propose([
      Cells.category("stage", ["s1", "s2", "s3"]), Cells.number("visits", [1, 2, 2]),
    ])
    #expect(project.outcome == nil)
    #expect(proposal.outcome?.column == "stage")
    #expect(proposal.text.contains("#   s1 1, s2 1, s3 1"))
  }

  @Test func ofTwoUnknownValuesTheRarerIsWonToBeChecked() throws {
    let (_, project) = try propose([
      Cells.number("age", [1, 2, 3]), Cells.category("income", ["<=50K", ">50K", "<=50K"]),
    ])
    #expect(project.outcome == ProjectOutcome(column: "income", won: [">50K"], lost: ["<=50K"]))
  }

  /// Whatever stands in names and values, the proposal parses back to what it says.
  @Test(
    arguments: [
      "a: b", "# hash", "line\nbreak", "quote\"s", "back\\slash", "no", "1e3", " padded ", "{x}",
      "\u{85}\u{2028}\u{FEFF}\u{0}\u{7F}", "*star", "ñandú", "=1+1", "tab\there",
    ])
  func oddNamesParseBack(_ odd: String) throws {
    let (proposal, project) = try propose(
      [
        Cells.category("\(odd) id", ["x", "y", "z", "w"]),
        Cells.category("deal stage", [odd + "1", "Won", "Lost", odd + "2"]),
        Cells.category("\(odd) constant", ["c", "c", "c", "c"]),
        Cells.category("token", ["Select", "-", "b", "b"]),
      ], file: "folder/\(odd).csv")
    #expect(project.id == ["\(odd) id"])
    #expect(project.outcome == ProjectOutcome(column: "deal stage", won: ["Won"], lost: ["Lost"]))
    #expect(project.exclude == proposal.exclusions.map(\.column))
    #expect(project.exclude == ["\(odd) constant"])
    #expect(project.leads?.files.first?.written == "folder/\(odd).csv")
  }

  @Test func theSummaryKeepsManyLeftOutColumnsWithinATerminal() throws {
    let names = (1...20).map { "Last Notable Activity \($0)" }
    let constant = names.map { Cells.category($0, ["x", "x", "x"]) }
    let outcome = Cells.category("converted", ["yes", "no", "no"])
    let (proposal, _) = try propose(constant + [outcome])
    let lines = proposal.summary(writtenTo: "kelvin.yaml").split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 80 })
    let leftOut = lines.drop { !$0.hasPrefix("  left out") }.prefix { !$0.hasPrefix("Read") }
    #expect(
      leftOut.map { $0.dropFirst(12) }.joined(separator: " ") == names.joined(separator: ", "))
  }

  @Test func emptyTablesGetAProposal() throws {
    let (_, project) = try propose([Cells.number("a", []), Cells.category("id", [])])
    #expect(project.id.isEmpty && project.outcome == nil)
  }
}
