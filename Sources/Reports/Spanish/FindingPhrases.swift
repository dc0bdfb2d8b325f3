extension PhraseBook {
  /// What an audit finds in the table as a whole, in the leads to score and in the file.
  static let findingsInSpanish: [(english: String, other: String)] = [
    // Checks of the table
    ("Too few outcomes to learn from", "Demasiado pocos resultados para aprender"),
    ("Few outcomes", "Pocos resultados"),
    ("{#won} won, {#lost} lost", "{won} ganados, {lost} perdidos"),
    (
      "No model is fitted: at least {#count} of each are needed.",
      "No se ajusta ningún modelo: hacen falta al menos {count} de cada."
    ),
    (
      "Take the probabilities as a hint beside your rules, not as a replacement.",
      "Toma las probabilidades como una pista junto a tus reglas, no en su lugar."
    ),
    ("as of the export, not of the decision", "de la exportación, no de la decisión"),
    ("{#count} columns without a field history", "{count} columnas sin historial de campo"),
    ("{#count} column without a field history", "{count} columna sin historial de campo"),
    ("Used as they are: expect worse live.", "Se usan como están: en vivo irá peor."),
    ("filled in mostly after the outcome", "se rellena sobre todo después del resultado"),
    (
      "At the outcome or later in {#after} of {#known} leads, by its history",
      "Con el resultado o después en {after} de {known} leads, según su historial"
    ),
    (
      "Kept: examples have it as it was at each decision.",
      "Se queda: los ejemplos la tienen como era en cada decisión."
    ),
    ("Too young to have an outcome", "Demasiado jóvenes para tener resultado"),
    (
      "{#count} examples younger than {#days} days, {#won} of them already won",
      "{count} ejemplos de menos de {days} días, {won} de ellos ya ganados"
    ),
    (
      "Left out, the won ones too, or wins would arrive early.",
      "Quedan fuera, también los ganados; si no, las ventas llegarían antes de tiempo."
    ),
    ("Open leads", "Leads abiertos"),
    ("{#part} of {#all}", "{part} de {all}"),
    (
      "Not trained on, and never counted as lost.",
      "No se entrena con ellos y nunca cuentan como perdidos."
    ),
    ("Leads that stand more than once", "Leads que aparecen más de una vez"),
    (
      "{#rows} of {#leads} closed leads share their id ({ids}) with another",
      "{rows} de {leads} leads cerrados comparten su identificador ({ids}) con otro"
    ),
    (
      "{#rows} of {#leads} closed leads share all their cells with another",
      "{rows} de {leads} leads cerrados comparten todas sus celdas con otro"
    ),
    (
      "Taken for copies of one lead, never in two folds.",
      "Se toman por copias de un mismo lead, nunca en dos pliegues."
    ),
    (
      "Nothing: leads can't be told apart without an id; give --id COLUMN.",
      "Nada: sin identificador los leads no se distinguen; indica --id COLUMNA."
    ),
    ("The share won changes by month", "La parte ganada cambia según el mes"),
    (
      "{#low} of the leads of {lowMonth}, {#high} of those of {highMonth}",
      "el {low} de los leads de {lowMonth} y el {high} de los de {highMonth}"
    ),
    (
      "{#low} of the examples of {lowMonth}, {#high} of those of {highMonth}",
      "el {low} de los ejemplos de {lowMonth} y el {high} de los de {highMonth}"
    ),
    (
      "Nothing; where leads are open still, those that closed early are not like the rest.",
      "Nada; donde aún hay leads abiertos, los que se cerraron pronto no son como los demás."
    ),
    (
      "Nothing; check that these months count outcomes alike.",
      "Nada; comprueba que esos meses cuentan los resultados igual."
    ),
    ("hardly filled in any more", "casi no se rellena ya"),
    (
      "{#before} of earlier leads, {#lately} of the latest tenth, last in {month}",
      "El {before} de los leads anteriores y el {lately} de la última décima parte, por última vez en "
        + "{month}"
    ),
    (
      "{#before} of earlier examples, {#lately} of the latest tenth, last in {month}",
      "El {before} de los ejemplos anteriores y el {lately} de la última décima parte, por última vez en "
        + "{month}"
    ),
    (
      "Kept; leads to come will have it blank.", "Se queda; los leads que lleguen la tendrán vacía."
    ),
    ("values that come up only late", "valores que solo aparecen al final"),
    (
      "{#values} value in {~leads}, the commonest “{level}” ({#count})",
      "{values} valor en {leads}, el más común «{level}» ({count})"
    ),
    (
      "{#values} values in {~leads}, the commonest “{level}” ({#count})",
      "{values} valores en {leads}, el más común «{level}» ({count})"
    ),
    (
      "Kept; what they are worth rests on late leads alone.",
      "Se quedan; lo que valen se apoya solo en los últimos leads."
    ),
    (
      "Kept; what they are worth rests on late examples alone.",
      "Se quedan; lo que valen se apoya solo en los últimos ejemplos."
    ),
    (
      "blank or not tells a little of the outcome", "que esté vacía o no dice algo del resultado"
    ),
    ("See the fields", "Mira los campos"),
    ("Kept.", "Se queda."),
    ("say the same in every row", "dicen lo mismo en todas las filas"),
    (
      "{#count} group of columns made of the history, such as {first} and {second}",
      "{count} grupo de columnas hechas del historial, como {first} y {second}"
    ),
    (
      "{#count} groups of columns made of the history, such as {first} and {second}",
      "{count} grupos de columnas hechas del historial, como {first} y {second}"
    ),
    ("Kept; one of each is enough.", "Se quedan; con una de cada basta."),
    ("One value of each for one of the other", "Un valor de cada una por uno de la otra"),
    ("Kept; one of them is enough.", "Se quedan; con una de ellas basta."),
    ("another value in nearly every row", "otro valor en casi todas las filas"),
    ("Identifiers", "Identificadores"),
    ("Left out.", "Queda fuera."),
    ("One value, never blank", "Un solo valor, nunca vacía"),
    ("No cell is filled", "Ninguna celda está rellena"),
    // Leads to score
    ("not among the columns of the open leads", "no está entre las columnas de los leads abiertos"),
    (
      "not among the columns of the leads to score",
      "no está entre las columnas de los leads por puntuar"
    ),
    (
      "Kept; predict refuses leads without them, and --exclude does without.",
      "Se quedan; predict rechaza los leads que no las tienen, y --exclude prescinde de ellas."
    ),
    ("open leads differ from history", "los leads abiertos son distintos del historial"),
    ("leads to score differ from history", "los leads por puntuar son distintos del historial"),
    (
      "{#history} of history, {#scored} of open leads",
      "el {history} del historial y el {scored} de los leads abiertos"
    ),
    (
      "{#history} of history, {#scored} of leads to score",
      "el {history} del historial y el {scored} de los leads por puntuar"
    ),
    ("stability index {#index}", "índice de estabilidad {index}"),
    (
      "Kept; history says less about such leads.",
      "Se quedan; el historial dice menos de esos leads."
    ),
    ("values beyond those of history", "valores más allá de los del historial"),
    ("values that history has never seen", "valores que el historial nunca ha visto"),
    (
      "{#count} of {#all} open leads have {~values}, the commonest {level}",
      "{count} de {all} leads abiertos tienen {values}; el más común, {level}"
    ),
    (
      "{#count} of {#all} leads to score have {~values}, the commonest {level}",
      "{count} de {all} leads por puntuar tienen {values}; el más común, {level}"
    ),
    ("{#count} such value", "{count} valor así"),
    ("{#count} such values", "{count} valores así"),
    (
      "{#count} of {#all} open leads are outside of {#low} to {#high}",
      "{count} de {all} leads abiertos están fuera de {low} a {high}"
    ),
    (
      "{#count} of {#all} leads to score are outside of {#low} to {#high}",
      "{count} de {all} leads por puntuar están fuera de {low} a {high}"
    ),
    (
      "{#count} of {#all} open leads are outside of {~range}",
      "{count} de {all} leads abiertos están fuera de {range}"
    ),
    (
      "{#count} of {#all} leads to score are outside of {~range}",
      "{count} de {all} leads por puntuar están fuera de {range}"
    ),
    (
      "Kept; such leads are scored by their other columns.",
      "Se quedan; esos leads se puntúan por sus otras columnas."
    ),
    (
      "{#count} columns made of the history; the most {column}, {~evidence}",
      "{count} columnas hechas del historial; la que más, {column}, {evidence}"
    ),
    ("rare values", "valores poco frecuentes"),
    ("blank", "vacía"),
    ("filled in", "rellena"),
    ("yes", "sí"),
    ("yes, against no", "sí, frente a no"),
    // What being filled in says, where it knows the outcome.
    ("{#value}!", "{value}!"),
    ("no", "no"),
    ("Up to {#value}", "Hasta {value}"),
    ("Above {#low}, to {#high}", "Por encima de {low}, hasta {high}"),
    ("Above {#low}", "Por encima de {low}"),
    ("up to {#value}", "hasta {value}"),
    ("above {#low}, to {#high}", "por encima de {low}, hasta {high}"),
    ("above {#low}", "por encima de {low}"),
    ("Rare values", "Valores poco frecuentes"),
    ("Blank", "Vacía"),
    ("Filled in", "Rellena"),
    ("Yes", "Sí"),
    ("No", "No"),
    // The file itself
    (
      "The names of the columns look like cells: if the file has no header line, its first lead was "
        + "taken for one; add --no-header.",
      "Los nombres de las columnas parecen celdas: si el fichero no tiene línea de cabecera, su primer "
        + "lead se tomó por una; añade --no-header."
    ),
    ("The first row may be a lead", "La primera fila puede ser un lead"),
    (
      "Half the names of columns look like cells",
      "La mitad de los nombres de columna parecen celdas"
    ),
    ("Add --no-header unless they are names.", "Añade --no-header si no son nombres."),
    ("Rows that can't be read", "Filas que no se pueden leer"),
    ("{#count}, the first: {which}", "{count}; la primera: {which}"),
    ("Left out (--skip-bad-rows).", "Quedan fuera (--skip-bad-rows)."),
    ("A join that finds nothing", "Una unión que no encuentra nada"),
    (
      "Its columns are blank; write the keys of both sides alike, or name others under on.",
      "Sus columnas están vacías; escribe igual las claves de ambos lados, o indica otras en on."
    ),
    ("Leads with the same e-mail address", "Leads con la misma dirección de correo"),
    (
      "{#count} closed leads share theirs with another",
      "{count} leads cerrados comparten la suya con otro"
    ),
    (
      "Taken for one lead and kept in one fold.",
      "Se toman por un mismo lead y van en un solo pliegue."
    ),
    ("E-mail addresses that are placeholders", "Direcciones de correo de relleno"),
    (
      "They make no leads the same; empty the cells, or name the addresses with --missing.",
      "No igualan a ningún lead; vacía esas celdas o indica las direcciones con --missing."
    ),
  ]
}
