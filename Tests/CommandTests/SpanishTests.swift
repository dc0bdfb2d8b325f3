import Foundation
import Testing

/// `--language es`: what commands say of leads, columns and rules whose names are of no language.
@Suite struct SpanishTests {
  /// Words of English sentences that are no Spanish words.
  private static let english: Set<String> = [
    "the", "of", "and", "with", "without", "that", "are", "is", "not", "than", "each", "which",
    "all",
    "alone", "by", "its", "from", "for", "these", "this", "both", "either", "what", "how", "where",
    "if", "only", "was", "were", "them", "they", "have", "will", "it", "to", "or", "on", "at", "in",
    "columns", "column", "rows", "left", "kept", "known", "fitted", "buyers", "interval", "rate",
    "leaves", "trees",
  ]

  /// Lines with English in them; commands to be typed and files are the same in any language.
  private static func english(in text: String) -> [String] {
    text.split(separator: "\n").filter { line in
      line.split(separator: " ").contains { word in
        guard !word.hasPrefix("-"), !word.contains("."), !word.contains("/") else {
          // The end of a sentence has a dot too.
          return word.hasSuffix(".") && english.contains(word.dropLast().lowercased())
        }
        return english.contains(
          String(word).trimmingCharacters(in: .punctuationCharacters).lowercased())
      }
    }.map(String.init).filter { line in
      // What is typed, and settings in the words of a project file.
      !["kelvin-", "minimum_rows"].contains(where: line.contains)
    }
  }

  private static let rules = """
    scale: {from: 0, to: 100, raw: 40}
    groups:
      - name: perfil
        category: fit
        rules:
          - {name: por recomendación, when: {field: source, is: Referral}, points: 20}
          - {name: grande, when: {field: employees, at_least: 80}, points: 5}
          - {name: nadie, when: {field: employees, at_least: 9000}, points: 5}
      - name: interés
        category: engagement
        rules:
          - {name: muchas visitas, when: {field: visits, at_least: 15}, points: 15}
    stages: {mql: {at_least: 50}, nunca: {above: 200}}
    grades:
      fit: {A: 20, B: 5, C: 0}

    """

  private func expectSpanish(
    _ result: CommandResult, _ phrase: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
    #expect(result.sentences.contains(phrase), "\(result.output)", sourceLocation: sourceLocation)
    let left = Self.english(in: result.output)
    #expect(left.isEmpty, "\(left)", sourceLocation: sourceLocation)
  }

  @Test func leadsAsTheyStand() throws {
    let place = try FittedModel.workspace()
    try place.write("rules.yaml", Self.rules)
    let spanish = ["--language", "es"]
    let fit = try place.start(
      .train,
      SampleLeads.fitArguments + [
        "--rules", "rules.yaml", "--hold-out", "25%", "--hold-out-file", "held.csv",
        "--out-of-fold",
        "oof.csv",
      ] + spanish
    ).wait()
    expectSpanish(fit, "Qué hacer ahora")
    let audit = try place.start(
      .train,
      [
        "audit", "--data", "leads.csv", "--id", "lead_id", "--target", "stage=Won", "--lost",
        "Lost",
      ]
        + spanish
    ).wait()
    expectSpanish(audit, "Campos:")
    let flags = ["--model", "m", "--data", "held.csv", "--rules", "rules.yaml"] + spanish
    let compare = try place.start(
      .score, ["compare"] + flags + ["--capacity", "10/50", "--value", "100", "--cost", "5"]
    ).wait()
    expectSpanish(compare, "Ningún lead puede estar en la etapa nunca")
    expectSpanish(
      try place.start(.score, ["compare", "--brief"] + flags).wait(), "¿Quién encuentra")
    let lead = try #require(
      place.text("held.csv").split(separator: "\n").last?.prefix { $0 != "," })
    let explain = try place.start(.score, ["explain", String(lead)] + flags).wait()
    expectSpanish(explain, "El lead \(lead) según m@v0002")
    // English stays what it was.
    let english = try place.start(.score, ["explain", String(lead)] + flags.dropLast(2)).wait()
    #expect(english.output.contains("Lead \(lead) by m@v0002"))
  }

  @Test func whatVersionsAndLeadsAreAskedAbout() throws {
    let place = try Workspace(SampleLeads(900))
    try place.write("rules.yaml", Self.rules)
    try place.fit("--quiet")
    let spanish = ["--language", "es"]
    let changed = try place.start(
      .train,
      SampleLeads.fitArguments + ["--exclude", "points", "--explain-change", "v0001"] + spanish
    ).wait()
    expectSpanish(changed, "Qué ha cambiado desde m@v0001")
    try place.write("later.csv", SampleLeads(400, seed: 2).text)
    let flags = ["--model", "m", "--data", "later.csv", "--rules", "rules.yaml", "--unseen"]
    expectSpanish(
      try place.start(.train, ["evaluate"] + flags + spanish).wait(),
      "Conversiones por décimas partes")
    expectSpanish(
      try place.start(
        .score, ["predict"] + flags.dropLast() + ["--all", "--out", "scored.csv"] + spanish
      ).wait(), "Conversiones esperadas:")
    expectSpanish(
      try place.start(.score, ["inspect", "--model", "m"] + spanish).wait(), "De qué aprendió")
    let points = [
      "points", "--data", "leads.csv", "--id", "lead_id", "--target", "stage=Won", "--lost", "Lost",
      "--exclude", "points",
    ]
    expectSpanish(
      try place.start(
        .train, points + ["--rules", "rules.yaml", "--write", "new.yaml"] + spanish
      ).wait(), "Escrito en new.yaml")
    expectSpanish(
      try place.start(.train, points + ["--write", "first.yaml"] + spanish).wait(),
      "tus clientes tienen en común")
    #expect(try place.text("first.yaml").hasPrefix("# Lo que los clientes tienen en común"))
    #expect(try place.text("first.yaml").contains("visits al menos"))
  }

  @Test func treesAndCurves() throws {
    let place = try Workspace(SampleLeads(600))
    let spanish = ["--language", "es"]
    let flags = [
      "fit", "--data", "leads.csv", "--id", "lead_id", "--target", "stage=Won", "--lost", "Lost",
      "--folds", "2", "--model", "m", "--algorithms",
    ]
    expectSpanish(
      try place.start(.train, flags + ["boosting"] + spanish).wait(), "Qué hacer ahora")
    expectSpanish(
      try place.start(.score, ["inspect", "--model", "m"] + spanish).wait(), "Rondas")
    expectSpanish(
      try place.start(.score, ["inspect", "--model", "m", "--tree", "1"] + spanish).wait(),
      "Árbol 1 de")
    expectSpanish(
      try place.start(.train, flags + ["additive"] + spanish).wait(), "Qué hacer ahora")
    expectSpanish(
      try place.start(.score, ["inspect", "--model", "m"] + spanish).wait(), "Rondas de curvas")
    for column in ["visits", "source", "created_at"] {
      expectSpanish(
        try place.start(
          .score, ["inspect", "--model", "m", "--shape", column] + spanish
        ).wait(), "\(column) en m@v0002")
    }
  }

  @Test func aHistory() throws {
    let place = try SharedCRM.workspace()
    try place.write(
      "kelvin.yaml",
      SharedCRM.tables + "exclude: [stage, closed_at, onboarding_owner]\n"
        + "outcome: {event: won, lost: lost, within: 60d}\ndecision: {ages: [0d, 14d]}\n"
        + SharedCRM.training)
    let fit = try place.train("fit", "--model", "m", "--language", "es")
    #expect(fit.status == 0, "\(fit.errors)")
    // Companies, jobs and products of the CRM have names of their own.
    #expect(fit.sentences.contains("decisiones inmaduras"))
    let audit = try place.train("audit", "--language", "es")
    #expect(audit.sentences.contains("final de los datos:"))
    for words in ["left out", "columns", "the ", " of ", " are ", "such as"] {
      for line in (fit.output + audit.output).split(separator: "\n")
      where line.contains(words) && !line.contains("kelvin-") {
        Issue.record("\(line)")
      }
    }
  }
}
