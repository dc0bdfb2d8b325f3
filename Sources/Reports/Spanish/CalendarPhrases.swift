extension PhraseBook {
  /// Parts of dates as models look at them, and which way columns move a lead.
  static let calendarInSpanish: [(english: String, other: String)] = [
    ("month of {column}: {~month}", "mes de {column}: {month}"),
    ("weekday of {column}: {~day}", "día de la semana de {column}: {day}"),
    ("dayOfMonth of {column}: {~day}", "día del mes de {column}: {day}"),
    ("hour of {column}: {~hour}", "hora de {column}: {hour}"),
    ("January", "enero"),
    ("February", "febrero"),
    ("March", "marzo"),
    ("April", "abril"),
    ("May", "mayo"),
    ("June", "junio"),
    ("July", "julio"),
    ("August", "agosto"),
    ("September", "septiembre"),
    ("October", "octubre"),
    ("November", "noviembre"),
    ("December", "diciembre"),
    ("Monday", "lunes"),
    ("Tuesday", "martes"),
    ("Wednesday", "miércoles"),
    ("Thursday", "jueves"),
    ("Friday", "viernes"),
    ("Saturday", "sábado"),
    ("Sunday", "domingo"),
    // Which way
    ("What raises and lowers the probabilities", "Qué sube y qué baja las probabilidades"),
    (
      "Exact reasons of {#leads} of the leads it learned from. Moves: how far the column moves a lead's "
        + "log-odds on average, either way (0.1 is a tenth more or less in odds). Direction: where more of "
        + "it goes, or the values that raise and lower most. It says what the model does, not what would "
        + "happen if the column were changed.",
      "Razones exactas de {leads} de los leads de los que aprendió. Mueve: cuánto mueve la columna de media "
        + "los log-odds de un lead, en un sentido u otro (0,1 es una décima parte más o menos de "
        + "posibilidades). Sentido: hacia dónde lleva tener más, o los valores que más suben y bajan. Dice lo "
        + "que hace el modelo, no lo que pasaría si se cambiara la columna."
    ),
    ("Moves", "Mueve"),
    ("Direction", "Sentido"),
    ("more raises", "más sube"),
    ("more lowers", "más baja"),
    ("later raises", "más tarde sube"),
    ("later lowers", "más tarde baja"),
    ("both ways", "en ambos sentidos"),
    ("not filled in {#value}", "sin rellenar {value}"),
    // Levels, each with what it adds
    ("{level} {+value}", "{level} {value}"),
    ("{level} {+value}, {~rest}", "{level} {value}, {rest}"),
    ("below {#value}", "menos de {value}"),
    ("{#value} or more", "{value} o más"),
    ("≥ {#value}", "≥ {value}"),
    ("≤ {#value}", "≤ {value}"),
    ("> {#value}", "> {value}"),
    ("above {#low} to {#high}", "más de {low} a {high}"),
    ("(missing)", "(sin rellenar)"),
    ("(other)", "(otros)"),
    ("{levels}, … {#count} more", "{levels}… y {count} más"),
    ("{levels}, not filled in", "{levels}, sin rellenar"),
  ]

  /// Features that are made of columns. Only where a feature stands: a name may hold anything.
  static let featuresInSpanish: [(english: String, other: String)] = [
    ("conversion rate of {=first} × {=second}", "tasa de conversión de {first} × {second}"),
    ("conversion rate of {=column}", "tasa de conversión de {column}"),
    ("month of {column}", "mes de {column}"),
    ("weekday of {column}", "día de la semana de {column}"),
    ("day of month of {column}", "día del mes de {column}"),
    ("hour of {column}", "hora de {column}"),
  ]
}
