import Models
import Tables
import Testing

@testable import Reports

@Suite struct PhraseBookTests {
  /// English words that are no Spanish ones.
  static let english: Set<String> = [
    "the", "of", "and", "with", "without", "that", "are", "is", "not", "than", "each", "which",
    "buyers", "rules", "points", "all", "alone", "interval", "rate", "list", "top", "by", "its",
    "from", "for", "these", "this", "both", "either", "what", "how", "where", "if", "only",
    "difference", "found", "mean", "chance", "stage", "was", "were", "them", "they", "have", "will",
    "columns", "column", "rows", "won", "lost", "out", "left", "kept", "known", "fitted", "leads’",
  ]

  static func englishWords(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && $0 != "’" && $0 != "'" && $0 != "-" && $0 != "_" }
      .map(String.init).filter(english.contains)
  }

  static let entries =
    PhraseBook.spanishEntries + PhraseBook.titlesInSpanish + PhraseBook.featuresInSpanish
    + PhraseBook.progressInSpanish

  @Test func everyPhraseHasBothLanguagesAndTheSamePlaces() {
    #expect(Self.entries.count > 500)
    for entry in Self.entries {
      let pattern = PhrasePattern(entry.english, entry.other)
      #expect(!entry.other.isEmpty, "\(entry.english)")
      #expect(pattern.places.english == pattern.places.other, "\(entry.english)")
    }
  }

  @Test func noEnglishIsLeftInSpanishPhrases() {
    for entry in Self.entries {
      let words = PhrasePattern(entry.english, entry.other).otherWords
        .replacing("--rules rules.yaml", with: "")
      #expect(Self.englishWords(words).isEmpty, "\(entry.other)")
    }
  }

  @Test func noPhraseStandsTwice() {
    var seen: Set<String> = []
    for entry in Self.entries { #expect(seen.insert(entry.english).inserted, "\(entry.english)") }
  }

  /// Each phrase, its places filled, comes out as it stands in the book.
  @Test func everyPhraseIsFound() {
    for entry in PhraseBook.spanishEntries {
      func filled(_ text: String, number: String) -> String {
        var (result, rest) = ("", text[...])
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
          let inside = rest[rest.index(after: open)..<close]
          let name = inside.drop { "#~+=".contains($0) }
          let isNumber = ["#", "+"].contains { entry.english.contains("{\($0)\(name)}") }
          let brace = inside.isEmpty ? "}" : inside == "{" ? "{" : nil
          result += rest[..<open] + (brace ?? (isNumber ? number : "7"))
          rest = rest[rest.index(after: close)...]
        }
        return result + rest
      }
      let english = filled(entry.english, number: "7")
      let spanish = filled(entry.other, number: "7")
      #expect(PhraseBook.spanish(english) == spanish, "\(english)")
    }
  }

  @Test func numbersHaveSpanishMarks() {
    let book = PhraseBook.spanish
    #expect(book("1,234.5") == "1.234,5" && book("11.5%") == "11,5\u{A0}%")
    #expect(book("0.735 to 0.820") == "0,735 a 0,820")
    #expect(book("+8 (0 to +16)") == "+8 (0 a +16)")
    #expect(book("2025-03") == "2025-03" && book("–") == "–")
  }

  /// What users have written stays as it is, whatever it sounds like.
  @Test(arguments: [
    "Sales and Marketing", "By phone", "Model X", "came by word of mouth", "L10001",
    "a, b; c: d. e",
  ])
  func namesStayAsTheyAre(name: String) {
    #expect(PhraseBook.spanish(name) == name)
  }

  @Test func listsAreSaidPartByPart() {
    let book = PhraseBook.spanish
    #expect(
      book(
        "t (the decision time, which orders examples); a, b and 8 more (excluded); y (the outcome)."
      )
        == "t (el momento de la decisión, que ordena los ejemplos); a, b y 8 más (excluida); y (el "
        + "resultado)."
    )
    #expect(
      book("3 columns used, 2 left out: a (personal data (name)); b, c (excluded).")
        == "3 columnas en uso, 2 fuera: a (datos personales (nombre)); b, c (excluida).")
  }

  @Test func sentencesAreSaidOneByOne() {
    let text =
      "30 leads from leads.csv: 10 won, 20 lost, 0 open; 33.3% of those decided were won. None."
    #expect(
      PhraseBook.spanish(text)
        == "30 leads de leads.csv: 10 ganados, 20 perdidos, 0 abiertos; de los decididos se ganó el "
        + "33,3\u{A0}%. Ninguno.")
  }

  @Test func everyReportIsSpanishThroughout() throws {
    // Commands, and what the samples themselves have made up.
    let ofTheSamples = [
      ".yaml", "kelvin-", "Total duration of all calls", "known only after", "of them pooled",
      "Only 24 won", "minimum_rows", "row_share", "Kelvin 1.0",
    ]
    let reports: [any Report] = [
      try SampleReports.comparison(), try SampleReports.fit(), try SampleReports.fitOfTrees(),
      try SampleReports.evaluation(), SampleReports.audit, SampleReports.prediction,
      try SampleReports.inspection(),
    ]
    for report in reports {
      let lines = report.text(width: 100, in: .spanish).split(separator: "\n")
      for line in lines where !ofTheSamples.contains(where: line.contains) {
        #expect(Self.englishWords(String(line)).isEmpty, "\(line)")
        #expect(line.count <= 100, "\(line)")
        // What is shown with decimals has a comma.
        #expect(!line.contains(#/\b[0-9]+\.[0-9]{1,2}\b/#), "\(line)")
      }
    }
    #expect(PhraseBook.current == nil)
  }

  @Test func namesInTablesStayWhateverTheyAre() throws {
    var table = TextTable([.names("Column"), .levels("Compared"), .text("Kind")])
    table.add(["age", "new", "number"])
    table.add(["month", "below 2.5", "category"])
    table.add(["Rule", "yes, against no", "flag"])
    table.add(["gone", "not filled in", "date"])
    let said = table.said(by: { PhraseBook.spanish($0) }, levels: PhraseBook.spanish.level)
    #expect(said.columns.map(\.heading) == ["Columna", "Se compara", "Tipo"])
    #expect(said.rows.map { $0[0] } == ["age", "month", "Rule", "gone"])
    #expect(
      said.rows.map { $0[1] } == ["new", "menos de 2,5", "sí, frente a no", "sin rellenar"])
    #expect(said.rows.map { $0[2] } == ["número", "categoría", "sí o no", "fecha"])
  }

  @Test(
    arguments: [
      (
        "joined crm.db (table accounts): 10,572 of 12,000 leads found their row (88%); 1,428 have nothing "
          + "to find it by; not found: “a1” (12 leads; did you mean “A1”?), “b” (1 lead; did you mean “B”?)",
        "unida crm.db (tabla accounts): 10.572 de 12.000 leads encontraron su fila (88\u{A0}%); 1.428 no "
          + "tienen con qué encontrarla; no encontradas: «a1» (12 leads; ¿será «A1»?), «b» (1 lead; ¿será "
          + "«B»?)"
      ),
      (
        "Trees and logistic regression, blended, 268 trees of at most 18 leaves (5-fold cross-validation), "
          + "2,341 coefficients with L2 penalty 100.",
        "Árboles y regresión logística mezclados, 268 árboles de a lo sumo 18 hojas (validación cruzada de 5 "
          + "pliegues), 2.341 coeficientes con penalización L2 100."
      ),
      (
        "95 columns made of the history; the most age_days, 1,343 of 1,855 open leads are outside of 0 to 30.",
        "95 columnas hechas del historial; la que más, age_days, 1.343 de 1.855 leads abiertos están fuera de "
          + "0 a 30."
      ),
      ("0.97!", "0,97!"),
      (
        "titles: 10,819 of 11,498 recognised (94%); not: “Estudiante” (195), “Ninja” (158)",
        "cargos: 10.819 de 11.498 reconocidos (94\u{A0}%); no: “Estudiante” (195), “Ninja” (158)"
      ),
      (
        "rules.yaml, line 21, column 32 (groups[1].rules[6].event): no activity is of the type 'webinar'.",
        "rules.yaml, línea 21, columna 32 (groups[1].rules[6].event): ninguna actividad es del tipo "
          + "«webinar»."
      ),
      (
        "~ other points, + a new rule, = not learned; the rest is kept: other points gain no more than "
          + "chance would.",
        "~ otros puntos, + una regla nueva, = no se aprende; lo demás se queda: otros puntos no ganan más "
          + "de lo que ganaría el azar."
      ),
      ("yes: city = Madrid or missing?", "sí: ¿city = Madrid o falta?"),
      (
        "From crm.db (table leads) to scored.csv.", "De crm.db (tabla leads) a scored.csv."
      ),
    ])
  func whatWasPutTogetherIsSaid(english: String, spanish: String) {
    #expect(PhraseBook.spanish(english) == spanish)
  }

  /// Of a flag the words are ours, and those of a category the user's.
  @Test func flagsSayYesAndNoInSpanish() {
    let column = ColumnContribution(
      column: "consent", meanSize: 0.1, raising: [.init(name: "yes", mean: 0.25, share: 0.5)],
      lowering: [.init(name: "no", mean: -0.1, share: 0.5)])
    func words(_ type: ColumnType) -> String {
      PhraseBook.saying(in: .spanish) { PhraseBook.spanish(column.words(type: type)) }
    }
    #expect(words(.flag) == "sí +0,25; no -0,10")
    #expect(words(.category) == "yes +0,25; no -0,10")
    #expect(column.words(type: .flag) == "yes +0.25; no -0.10")
  }

  @Test func whatLevelsAddHasADecimalComma() {
    #expect(
      PhraseBook.spanish("Referral +0.62, Paid, other +0.20; Ads -0.41; not filled in +0.02")
        == "Referral +0,62, Paid, other +0,20; Ads -0,41; sin rellenar +0,02")
    #expect(PhraseBook.spanish("yes +0.03; no 0.00") == "yes +0,03; no 0,00")
  }
}
