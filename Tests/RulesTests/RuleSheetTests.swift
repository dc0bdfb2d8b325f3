import Rules
import Testing

@Suite struct RuleSheetTests {
  private func reading(
    _ rows: [[String]], columns: [String] = ["Criterion", "Field", "Value", "Points"]
  ) throws -> RuleSheet.Reading {
    try RuleSheet(columns: columns, cells: rows).reading(source: "points.xlsx")
  }

  /// What the file holds behind the name of its only rule.
  private func keys(field: String = "f", _ value: String, points: String = "5") throws -> String {
    let text = try reading([["x", field, value, points]]).text
    let line = try #require(text.split(separator: "\n").last)
    return String(line.drop { $0 == " " }.dropFirst(#"- {name: "x", "#.count).dropLast())
  }

  @Test(
    arguments: [
      (">= 5", #"at_least: "5""#), ("≤ 2,5", #"at_most: "2.5""#),
      ("> 2025-01-31", #"above: "2025-01-31""#),
      ("< 10", #"below: "10""#), ("= a, b", #"is: "a, b""#), ("!= a", #"not_in: ["a"]"#),
      ("not in a, b", #"not_in: ["a", "b"]"#), ("a, b", #"in: ["a", "b"]"#),
      ("a; b, c", #"in: ["a", "b, c"]"#), ("Madrid", #"is: "Madrid""#), ("5", #"is: "5""#),
      ("between 5 and 10", #"between: ["5", "10"]"#), ("entre 5 y 10", #"between: ["5", "10"]"#),
      ("5 - 10", #"between: ["5", "10"]"#), ("50-200", #"between: ["50", "200"]"#),
      ("200+", #"at_least: "200""#), ("al menos 3", #"at_least: "3""#),
      ("más de 3", #"above: "3""#),
      ("not empty", "missing: false"), ("No vacío", "missing: false"), ("empty", "missing: true"),
      ("contains c++", #"matches: "(?i)c\\+\\+""#), (#"say "hi""#, #"is: "say \"hi\"""#),
      ("Castilla-La Mancha", #"is: "Castilla-La Mancha""#),
      ("> 1.000.000", #"above: "1000000""#), ("1,000.50+", #"at_least: "1000.50""#),
      ("1,000,000", #"is: "1000000""#), ("= 2,5", #"is: "2.5""#),
      ("1,2,3", #"in: ["1", "2", "3"]"#),
      ("0,125", #"is: "0.125""#), ("hasta 10", #"at_most: "10""#), ("mayor que 3", #"above: "3""#),
      ("less than or equal to 3", #"at_most: "3""#), ("no es a", #"not_in: ["a"]"#),
      ("starts with C.", #"matches: "(?i)^C\\.""#),
    ])
  func valuesBecomeTests(_ value: String, _ test: String) throws {
    #expect(try keys(value) == "when: {field: \"f\", \(test)}, points: 5")
  }

  /// A thousand or one, a number or two: nobody but the author of the sheet knows.
  @Test(arguments: ["> 1,000", "1.000+", "1,000", "between 1.000 and 2.000", "!= 1.000", "2,5"])
  func numbersThatMayMeanTwoThingsAreNotRead(_ value: String) throws {
    let reading = try reading([["x", "f", "a", "1"], ["y", "f", value, "5"]])
    #expect(reading.ruleCount == 1)
    #expect(reading.unread.map(\.criterion) == ["y"])
    #expect(reading.unread[0].reason.contains("may be"), "\(reading.unread[0].reason)")
    #expect(try self.reading([["x", "f", "a", "1"], ["y", "f", "a", "1.000"]]).ruleCount == 1)
  }

  @Test(
    arguments: [
      ("event: email_open", "", #"event: "email_open""#),
      ("Evento: visita", "cada vez", #"event: "visita", each: true"#),
      ("event", "webinar", #"event: "webinar""#),
      ("activity: open", ">= 3", #"event: "open", times: {at_least: 3}"#),
      ("event: open", "between 2 and 4", #"event: "open", times: {between: [2, 4]}"#),
      ("event: open", "last 30 days", #"event: "open", within: 30d"#),
      ("actividad: visita", "últimos 2 meses", #"event: "visita", within: 60d"#),
      ("event: open", "not in 2 weeks", #"event: "open", no_event_within: 2w"#),
    ])
  func fieldsThatSaySoAreEvents(_ field: String, _ value: String, _ expected: String) throws {
    #expect(try keys(field: field, value) == "\(expected), points: 5")
  }

  @Test(
    arguments: [
      ("+5", "points: 5"), ("-10", "points: -10"), ("−2,5", "points: -2.5"),
      ("10 puntos", "points: 10"), ("Descalifica", "disqualifies: true"),
    ])
  func pointsAreReadAsPeopleWriteThem(_ points: String, _ expected: String) throws {
    #expect(try keys("a", points: points).hasSuffix(", \(expected)"))
  }

  @Test func aSpanishSheetBecomesARuleFile() throws {
    let reading = try reading(
      [
        ["Tamaño", "empleados", "entre 50 y 500", "10", "perfil"],
        ["Sector", "sector", "Software; SaaS", "15", "perfil"],
        ["Sector", "sector", "Banca", "5", "perfil"], ["", "", "", "", ""],
        ["Correo abierto", "evento: email_open", "cada vez", "2", "perfil"],
        ["Baja", "evento: baja", "", "descalifica", ""],
        ["Sin campo", "", "x", "3", ""], ["Sin puntos", "sector", "x", "muchos", ""],
        ["Mal rango", "empleados", "> muchos", "3", ""],
        ["Al revés", "evento: visita", ">= 2,5", "3", "perfil"],
        ["Visita", "evento: visita", "", "1", "perfil"],
      ], columns: ["Criterio", "Campo", "Valor", "Puntos", "Grupo"])
    #expect(reading.ruleCount == 6)
    #expect(
      reading.unread.map { "\($0.number): \($0.reason)" } == [
        "7: it names no field.", "8: “muchos” is no number of points.",
        "9: “muchos” is neither a number nor a date such as 2025-01-31.",
        "10: “>= 2,5” can't be asked of “evento: visita”.",
      ])
    let file = try RuleFile.parse(reading.text, fileName: "rules.yaml")
    #expect(file.groups.map(\.name) == ["perfil", "perfil (engagement)", "activity"])
    #expect(file.groups[0].rules.map(\.name) == ["Tamaño", "Sector", "Sector (2)"])
    #expect(file.groups[1].rules[0].each && file.groups[2].rules[0].disqualifies)
    #expect(file.scale.raw == 33_000 && file.warnings.isEmpty)
  }

  @Test func sheetsWithoutRulesSayWhatIsMissing() {
    #expect(throws: RuleSheetError.missingHeading("points", columns: ["Field", "Value"])) {
      try reading([["a", "b"]], columns: ["Field", "Value"])
    }
    // Columns without a name are of none of the kinds.
    let columns = ["Our scoring", "column_2"]
    #expect(throws: RuleSheetError.missingHeading("field", columns: columns)) {
      try reading([["a", "b"]], columns: columns)
    }
    #expect(throws: RuleSheetError.self) { try reading([["x", "f", "", "5"]]) }
  }
}
