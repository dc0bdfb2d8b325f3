import Tables

extension PhraseBook {
  /// All reports in Spanish.
  public static let spanish = PhraseBook(
    spanishEntries, titles: titlesInSpanish, features: featuresInSpanish)

  /// What commands are doing; names of files stand in it, which nothing else may be taken for.
  public static let spanishProgress = PhraseBook(
    progressInSpanish + [("{#part} of {#all}", "{part} de {all}")])

  /// What it is made of, for the tests that read every phrase.
  static let spanishEntries: [(english: String, other: String)] =
    commonInSpanish + comparisonInSpanish + explanationInSpanish + auditInSpanish
    + findingsInSpanish + fitInSpanish + historyInSpanish + warningsInSpanish
    + calendarInSpanish + pointsInSpanish + changesInSpanish + scoringInSpanish
    + inspectionInSpanish + personalDataInSpanish

  /// Headings that hold a name, which nothing else may be taken for.
  static let titlesInSpanish: [(english: String, other: String)] = [
    ("By {column}", "Por {column}"),
    ("Lead {lead} by {model}", "El lead {lead} según {model}"),
    ("Model {name}", "Modelo {name}"),
    ("What changed since {version}", "Qué ha cambiado desde {version}"),
    ("{column} in {model}", "{column} en {model}"),
  ]

  /// Words of several reports.
  static let commonInSpanish: [(english: String, other: String)] = [
    ("{#low} to {#high}", "{low} a {high}"),
    ("{#value} ({#low} to {#high})", "{value} ({low} a {high})"),
    ("{#value} ({#share})", "{value} ({share})"),
    ("p < {#value}", "p < {value}"),
    ("p = {#value}", "p = {value}"),
    ("not a number", "no es un número"),
    ("Warnings", "Avisos"),
    ("Leads", "Leads"),
    ("Examples", "Ejemplos"),
    ("Model", "Modelo"),
    ("Rules", "Reglas"),
    ("Buyers", "Compradores"),
    ("95% interval", "Intervalo del 95 %"),
    ("Log loss", "Pérdida logarítmica"),
    ("Brier score", "Puntuación de Brier"),
    ("Average precision", "Precisión media"),
    ("AUC (0.5 is chance)", "AUC (0,5 es el azar)"),
    ("Conversion rate", "Tasa de conversión"),
    ("Conversions", "Conversiones"),
    ("not filled in", "sin rellenar"),
    ("None.", "Ninguno."),
    ("{#count} lead", "{count} lead"),
    ("{#count} leads", "{count} leads"),
    ("{#count} example", "{count} ejemplo"),
    ("{#count} examples", "{count} ejemplos"),
    ("{#count} column", "{count} columna"),
    ("{#count} columns", "{count} columnas"),
    ("{#count} row", "{count} fila"),
    ("{#count} rows", "{count} filas"),
    ("{#count} other column", "{count} columna más"),
    ("{#count} other columns", "{count} columnas más"),
    ("{name} and {#count} more", "{name} y {count} más"),
  ]

  /// Kinds of personal data, as they stand behind “personal data”.
  static let personalDataInSpanish: [(english: String, other: String)] =
    PersonalDataKind.allCases.map { kind in
      let other =
        switch kind {
        case .name: "nombre"
        case .email: "dirección de correo"
        case .phone: "número de teléfono"
        case .nationalID: "documento de identidad"
        }
      return ("personal data (\(kind.rawValue))", "datos personales (\(other))")
    }
}
