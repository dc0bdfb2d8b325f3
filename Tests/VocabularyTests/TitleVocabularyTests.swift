import Testing

@testable import Vocabulary

@Suite struct TitleVocabularyTests {
  struct Example: CustomTestStringConvertible {
    let title: String
    let seniority: Seniority?
    let department: Department?

    init(_ title: String, _ seniority: Seniority?, _ department: Department?) {
      self.title = title
      self.seniority = seniority
      self.department = department
    }

    var testDescription: String { title }
  }

  @Test(arguments: [
    Example("CEO", .cLevel, .generalManagement),
    Example("C.E.O.", .cLevel, .generalManagement),
    Example("Director general", .cLevel, .generalManagement),
    Example("DIRECTORA GENERAL", .cLevel, .generalManagement),
    Example("Director/a General", .cLevel, .generalManagement),
    Example("Consejero delegado", .cLevel, .generalManagement),
    Example("Consejera Delegada", .cLevel, .generalManagement),
    Example("Consejero/a delegado/a", .cLevel, .generalManagement),
    Example("Managing Director", .cLevel, .generalManagement),
    Example("Co-founder & CEO", .cLevel, .generalManagement),
    Example("Gerente", .cLevel, .generalManagement),
    Example("Socia fundadora", .cLevel, .generalManagement),
    Example("CEO (interim)", .cLevel, .generalManagement),
    Example("CTO / Founder", .cLevel, .it),
    Example("Chief Marketing Officer", .cLevel, .marketing),
    Example("Chief Happiness Officer", .cLevel, .hr),
    Example("Director general de operaciones", .cLevel, .operations),
    Example("General Counsel", .cLevel, .legal),
    Example("VP, EMEA", .vp, nil),
    Example("V.P. of Sales", .vp, .sales),
    Example("Vice President, Marketing", .vp, .marketing),
    Example("Vicepresidenta de Finanzas", .vp, .finance),
    Example("Deputy CEO", .vp, .generalManagement),
    Example("Directora de Marketing", .director, .marketing),
    Example("Head of Sales", .director, .sales),
    Example("Dtora. RR.HH.", .director, .hr),
    Example("Dir. Comercial", .director, .sales),
    Example("IT Director", .director, .it),
    Example("Director técnico", .director, .it),
    Example("Director Financiero", .director, .finance),
    Example("Subdirector general", .director, .generalManagement),
    Example("Country Manager Spain", .director, .generalManagement),
    Example("Subdirector de compras", .manager, .purchasing),
    Example("Directora adjunta de ventas", .manager, .sales),
    Example("Jefe de compras", .manager, .purchasing),
    Example("Responsable de RR. HH.", .manager, .hr),
    Example("Resp. Administración y Finanzas", .manager, .finance),
    Example("Jefa/e de producto", .manager, .product),
    Example("Gerente de ventas", .manager, .sales),
    Example("Marketing Manager", .manager, .marketing),
    Example("Manager, R&D", .manager, .research),
    Example("Growth Team Lead", .manager, .marketing),
    Example("Técnico comercial", .staff, .sales),
    Example("Técnico/a de sistemas", .staff, .it),
    Example("Abogada", .staff, .legal),
    Example("Controller financiero", .staff, .finance),
    Example("Ingeniera de procesos", .staff, .operations),
    Example("Key Account Manager", .staff, .sales),
    Example("HR Business Partner", .staff, .hr),
    Example("Community manager", .staff, .marketing),
    Example("Software Engineer", .staff, .it),
    Example("Assistant to the CEO", .staff, .administration),
    Example("Executive assistant to the Managing Director", .staff, .administration),
    Example("Asistente del director general", .staff, .administration),
    Example("Secretaria de dirección", .staff, .administration),
    Example("Adjunta a gerencia", .staff, .administration),
    Example("Becaria de marketing", .staff, .marketing),
    Example("Junior Product Manager", .staff, .product),
    Example("Marketing", nil, .marketing),
    Example("Ex CEO", nil, nil),
    Example("Former CFO, Consultant", .staff, nil),
    Example("Estudiante", nil, nil),
    Example("Ninja", nil, nil),
    Example("", nil, nil),
    Example("—", nil, nil),
  ])
  func titlesSayWhatTheyMean(_ example: Example) {
    #expect(
      TitleVocabulary.standard.reading(example.title)
        == TitleReading(seniority: example.seniority, department: example.department))
  }

  @Test func theEmbeddedListIsSound() throws {
    let contents = String(decoding: PackageResources.titles_csv, as: UTF8.self)
    _ = try TitleVocabulary().extended(with: contents, path: "titles.csv")
  }

  @Test func ownLinesAddToTheListAndOverrideIt() throws {
    let own = """
      # ours
      title,seniority,department
      growth hacker|ninja,staff,marketing
      gerente,director,
      =mago,c_level,general_management
      """
    let vocabulary = try TitleVocabulary.standard.extended(with: own, path: "own.csv")
    #expect(vocabulary.reading("Growth Ninja").department == .marketing)
    #expect(vocabulary.reading("Gerente de ventas").seniority == .director)
    #expect(vocabulary.reading("Mago").seniority == .cLevel)
    #expect(vocabulary.reading("Mago de datos").seniority == nil)
    #expect(vocabulary.reading("CEO").seniority == .cLevel)
  }

  @Test func wordsOrderOfPartsDoesNotMatterToSeniority() {
    let vocabulary = TitleVocabulary.standard
    for (one, other) in [
      ("CEO / Sales Manager", "Sales Manager / CEO"), ("CFO, Partner", "Partner, CFO"),
    ] {
      #expect(vocabulary.reading(one).seniority == vocabulary.reading(other).seniority)
    }
  }

  @Test(arguments: [
    (
      "title;seniority\n",
      VocabularyError.badHeader(
        path: "t", line: 1, expected: ["title", "seniority", "department"],
        found: ["title", "seniority"])
    ),
    (
      "", .badHeader(path: "t", line: 1, expected: ["title", "seniority", "department"], found: [])
    ),
    (
      "title,seniority,department\nboss,chief,\n",
      .unknownSeniority(path: "t", line: 2, found: "chief", known: TitleMeaning.roleNames)
    ),
    (
      "title,seniority,department\n\n# x\nboss,vp\n",
      .wrongCellCount(path: "t", line: 4, expected: 3, found: 2)
    ),
    (
      "title,seniority,department\nboss,vp,Big Sales\n",
      .badDepartment(path: "t", line: 2, found: "Big Sales")
    ),
    ("title,seniority,department\n\"boss,vp,\n", .openQuote(path: "t", line: 2)),
    ("title,seniority,department\n,vp,\n", .emptyCell(path: "t", line: 2, column: "title")),
    (
      "title,seniority,department\nboss,vp,\nBoss,staff,\n",
      .standsTwice(path: "t", line: 3, phrase: "boss", firstLine: 2)
    ),
  ])
  func badLinesAreNamed(_ contents: String, _ error: VocabularyError) {
    #expect(throws: error) {
      try TitleVocabulary.standard.extended(with: contents, path: "t")
    }
  }
}
