extension PhraseBook {
  /// All reports in Spanish.
  public static let spanish = PhraseBook(spanishEntries, titles: titlesInSpanish)

  /// What it is made of, for the tests that read every phrase.
  static let spanishEntries: [(english: String, other: String)] =
    commonInSpanish + comparisonInSpanish + explanationInSpanish + auditInSpanish
    + findingsInSpanish + fitInSpanish + historyInSpanish + warningsInSpanish
    + calendarInSpanish

  /// Headings that hold a name, which nothing else may be taken for.
  static let titlesInSpanish: [(english: String, other: String)] = [
    ("By {column}", "Por {column}"),
    ("Lead {lead} by {model}", "El lead {lead} según {model}"),
    ("Model {name}", "Modelo {name}"),
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
}
