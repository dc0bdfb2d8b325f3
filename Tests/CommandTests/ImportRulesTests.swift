import Testing

@Suite struct ImportRulesTests {
  @Test func aSheetBecomesAFileThatScoresLeads() throws {
    let place = try FittedModel.workspace()
    try place.write(
      "points.csv",
      "Criterio;Campo;Valor;Puntos\nFuente;source;not empty;10\nVisitas;nothing;muchas;x\n")
    let made = try place.score("rules", "import", "points.csv", "--out", "made.yaml")
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.output.contains("1 rule written to made.yaml."))
    #expect(made.output.contains("Row 3, “Visitas”: “x” is no number of points."))
    #expect(try place.text("made.yaml").contains("missing: false"))
    let again = try place.score("rules", "import", "points.csv", "--out", "made.yaml")
    #expect(again.status == 64 && again.errors.contains("--force"))
    let json = try place.score(
      "rules", "import", "points.csv", "--out", "made.yaml", "--force", "--json")
    #expect(json.output.contains(#""rules" : 1"#), "\(json.output)\(json.errors)")
    try place.write("ragged.csv", "Field;Value;Points\nsource;not empty;10\nsource;x\n")
    let ragged = try place.score(
      "rules", "import", "ragged.csv", "--out", "made.yaml", "--force", "--skip-bad-rows")
    #expect(ragged.output.contains("1 row left out that can't be read."), "\(ragged.errors)")
    let bad = try place.score("rules", "import", "leads.csv", "--out", "other.yaml")
    #expect(bad.status == 65 && !place.exists("other.yaml"), "\(bad.errors)")
  }
}
