extension PhraseBook {
  /// What `predict` and `evaluate` say.
  static let scoringInSpanish: [(english: String, other: String)] = [
    (
      "Scored {#scored} of {~leads} with {model}", "Puntuados {scored} de {leads} con {model}"
    ),
    ("From {source} to {output}.", "De {source} a {output}."),
    (
      "From {source} (table {table}) to {output}.", "De {source} (tabla {table}) a {output}."
    ),
    // Accounts
    ("{#count} account", "{count} cuenta"),
    ("{#count} accounts", "{count} cuentas"),
    ("{~accounts} with {~leads} to {file}.", "{accounts} con {leads} a {file}."),
    (
      "Leads of one account go together with a correlation of {#value}, learned from {~accounts} of history.",
      "Los leads de una misma cuenta van juntos con una correlación de {value}, aprendida de {accounts} del "
        + "historial."
    ),
    (
      "Leads of one account are taken to go together with a correlation of {#value}: the model has learned "
        + "nothing of these accounts.",
      "Se toma que los leads de una misma cuenta van juntos con una correlación de {value}: el modelo no ha "
        + "aprendido nada de estas cuentas."
    ),
    (
      "Each lead counts once in its account: {~rows} left out.",
      "Cada lead cuenta una sola vez en su cuenta: {rows} no cuentan."
    ),
    ("{#count} further row", "{count} fila más"),
    ("{#count} further rows", "{count} filas más"),
    // What was put together
    (
      "joined {source} (table {table}): {#matched} of {#all} leads found their row ({#share})",
      "unida {source} (tabla {table}): {matched} de {all} leads encontraron su fila ({share})"
    ),
    (
      "joined {source}: {#matched} of {#all} leads found their row ({#share})",
      "unida {source}: {matched} de {all} leads encontraron su fila ({share})"
    ),
    (
      "“{key}” ({~leads}; did you mean “{nearest}”?)", "«{key}» ({leads}; ¿será «{nearest}»?)"
    ),
    (
      "“{key}” ({~leads}; did you mean “{nearest}”?), {~rest}",
      "«{key}» ({leads}; ¿será «{nearest}»?), {rest}"
    ),
    (
      "not found: “{key}” ({~leads}; did you mean “{nearest}”?)",
      "no encontradas: «{key}» ({leads}; ¿será «{nearest}»?)"
    ),
    (
      "not found: “{key}” ({~leads}; did you mean “{nearest}”?), {~rest}",
      "no encontradas: «{key}» ({leads}; ¿será «{nearest}»?), {rest}"
    ),
    (
      "titles: {#count} of {#all} recognised ({#share})",
      "cargos: {count} de {all} reconocidos ({share})"
    ),
    (
      "e-mail domains: {#count} of {#all} recognised ({#share})",
      "dominios de correo: {count} de {all} reconocidos ({share})"
    ),
    (
      "countries: {#count} of {#all} recognised ({#share})",
      "países: {count} de {all} reconocidos ({share})"
    ),
    ("not: {values}", "no: {values}"),
    (
      "{file}, line {#line}, column {#column} ({path}): {~rest}",
      "{file}, línea {line}, columna {column} ({path}): {rest}"
    ),
    (
      "Closed (won or lost) and not scored: {#count}; --all scores them too.",
      "Cerrados (ganados o perdidos) y sin puntuar: {count}; --all los puntúa también."
    ),
    (
      "Mean probability {#mean}; {#share} of the history converted. Expected conversions: {#count}.",
      "Probabilidad media {mean}; del historial se convirtió el {share}. Conversiones esperadas: "
        + "{count}."
    ),
    (
      "Mean probability {#mean}. Expected conversions: {#count}.",
      "Probabilidad media {mean}. Conversiones esperadas: {count}."
    ),
    (
      "Columns that the model does not know: {names}.",
      "Columnas que el modelo no conoce: {names}."
    ),
    (
      "Cells that did not parse, taken as missing",
      "Celdas que no se pudieron leer, tomadas como vacías"
    ),
    ("Levels that the model has not seen", "Niveles que el modelo no ha visto"),
    ("Cells", "Celdas"),
    ("Share of leads", "Parte de los leads"),
    (
      "The mean probability of the {#count} leads scored, {#mean}, is {#times} times above what history "
        + "converted ({#rate}).",
      "La probabilidad media de los {count} leads puntuados, {mean}, es {times} veces mayor que lo que "
        + "convirtió el historial ({rate})."
    ),
    (
      "The mean probability of the {#count} leads scored, {#mean}, is {#times} times below what history "
        + "converted ({#rate}).",
      "La probabilidad media de los {count} leads puntuados, {mean}, es {times} veces menor que lo que "
        + "convirtió el historial ({rate})."
    ),
    (
      "Either these leads are others than those it learned from, or it learned from a column that is filled "
        + "in when a lead closes: look at the leaks and suspects of kelvin-train audit before the scores are "
        + "used.",
      "O estos leads son distintos de aquellos de los que aprendió, o aprendió de una columna que se rellena "
        + "cuando un lead se cierra: mira las fugas y sospechosas de kelvin-train audit antes de usar las "
        + "puntuaciones."
    ),
    ("The scores come without reasons. {rest}", "Las puntuaciones van sin razones. {rest}"),
    (
      "{#count} characters of the output do not exist in the input's encoding and were written as “?”.",
      "{count} caracteres de la salida no existen en la codificación de la entrada y se escribieron como «?»."
    ),
    (
      "The model was fitted without an id column, so leads are named by their row in the file, from 1; fit "
        + "with --id COLUMN to have the id beside each score.",
      "El modelo se ajustó sin columna de identificador, así que los leads se nombran por su fila en el "
        + "fichero, desde 1; ajusta con --id COLUMNA para tener el identificador junto a cada puntuación."
    ),
    // The judgement
    ("Figures", "Cifras"),
    ("New data", "Datos nuevos"),
    (
      "Conversions by tenth of the list, best scored first",
      "Conversiones por décimas partes de la lista, las mejor puntuadas primero"
    ),
    ("Lift", "Mejora"),
    ("So far", "Hasta aquí"),
    ("Lift so far", "Mejora hasta aquí"),
    ("Rate", "Tasa"),
  ]
}
