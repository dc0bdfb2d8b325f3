extension PhraseBook {
  /// What `audit` says of the data.
  static let auditInSpanish: [(english: String, other: String)] = [
    // What was read
    (
      "{#rows} leads from {source} (table {table}): {~rest}",
      "{rows} leads de {source} (tabla {table}): {rest}"
    ),
    (
      "{#rows} examples from {source} (table {table}): {~rest}",
      "{rows} ejemplos de {source} (tabla {table}): {rest}"
    ),
    ("{#rows} leads from {source}: {~rest}", "{rows} leads de {source}: {rest}"),
    ("{#rows} lead from {source}: {~rest}", "{rows} lead de {source}: {rest}"),
    ("{#rows} examples from {source}: {~rest}", "{rows} ejemplos de {source}: {rest}"),
    ("{#rows} example from {source}: {~rest}", "{rows} ejemplo de {source}: {rest}"),
    (
      "{#won} won, {#lost} lost, {#open} open; {#rate} of those decided were won.",
      "{won} ganados, {lost} perdidos, {open} abiertos; de los decididos se ganó el {rate}."
    ),
    (
      "{#won} won, {#lost} lost, {#open} open.", "{won} ganados, {lost} perdidos, {open} abiertos."
    ),
    ("{#won} won, {#lost} not; {#rate} were won.", "{won} ganados, {lost} no; se ganó el {rate}."),
    ("{#won} won, {#lost} not.", "{won} ganados, {lost} no."),
    (
      "Outcome: {won} is won, {lost} is lost, anything else is open.",
      "Resultado: {won} es ganado, {lost} es perdido, lo demás está abierto."
    ),
    ("Outcome: {won} is won, {lost} is lost.", "Resultado: {won} es ganado, {lost} es perdido."),
    (
      "Outcome: won where {~event} within {~span} of the decision, otherwise not won.",
      "Resultado: ganado si {event} en los {span} siguientes a la decisión; si no, no ganado."
    ),
    (
      "Outcome: won where {~event} by the time of the export, otherwise not won.",
      "Resultado: ganado si {event} en el momento de la exportación; si no, no ganado."
    ),
    ("no “{event}” comes", "no llega «{event}»"),
    ("another “{event}” comes", "llega otro «{event}»"),
    ("“{event}” comes", "llega «{event}»"),
    ("“{column}” becomes {values}", "«{column}» pasa a {values}"),
    ("“{column}” is {values}", "«{column}» es {values}"),
    (
      "Could not be read and left out: {#count} row.",
      "No se pudo leer y queda fuera: {count} fila."
    ),
    (
      "Could not be read and left out: {#count} rows.",
      "No se pudieron leer y quedan fuera: {count} filas."
    ),
    // Findings
    ("Findings", "Hallazgos"),
    ("Leaks ({#count})", "Fugas ({count})"),
    ("Suspects ({#count})", "Sospechosas ({count})"),
    ("Warnings ({#count})", "Avisos ({count})"),
    ("Notes ({#count})", "Notas ({count})"),
    (
      "Known only once the outcome is: a model that learns from them is worth nothing.",
      "Solo se conocen cuando ya se sabe el resultado: un modelo que aprende de ellas no vale nada."
    ),
    (
      "Kept. Was each of them known when the lead had to be scored? If not, the figures flatter the "
        + "model.",
      "Se quedan. ¿Se conocía cada una cuando hubo que puntuar el lead? Si no, las cifras favorecen al "
        + "modelo."
    ),
    ("Not known then? {flags}", "¿No se conocía entonces? {flags}"),
    ("leak", "fuga"),
    ("suspect", "sospechosa"),
    // Tables of fields
    ("Fields: {#used} used, {#left} left out", "Campos: {used} en uso, {left} fuera"),
    ("Columns: {#used} used, {#left} left out", "Columnas: {used} en uso, {left} fuera"),
    ("Field", "Campo"),
    ("Column", "Columna"),
    ("Kind", "Tipo"),
    ("Filled", "Rellena"),
    ("AUC alone", "AUC sola"),
    ("Filled tells", "Rellena dice"),
    ("Last filled", "Última vez"),
    ("Left out", "Fuera"),
    ("Used", "En uso"),
    ("Why", "Por qué"),
    ("number", "número"),
    ("category", "categoría"),
    ("flag", "sí o no"),
    ("date", "fecha"),
    ("text", "texto"),
    ("category {#levels}", "categoría {levels}"),
    ("text {#levels}", "texto {levels}"),
    ("{#value} values", "{value} valores"),
    ("{#value} values, {#share} missing", "{value} valores, falta el {share}"),
    ("{#value} values, under 0.1% missing", "{value} valores, falta menos del 0,1 %"),
    ("{#share} missing", "falta el {share}"),
    ("under 0.1% missing", "falta menos del 0,1 %"),
    ("{field} (leak)", "{field} (fuga)"),
    ("{field} (suspect)", "{field} (sospechosa)"),
    (
      "AUC alone: how well the field tells won from lost by itself, out of fold; 0.5 is chance. Filled "
        + "tells: the same of its being filled in; ! where that knows the outcome.",
      "AUC sola: lo bien que el campo distingue por sí mismo ganados de perdidos, fuera de su pliegue; 0,5 "
        + "es el azar. Rellena dice: lo mismo de que esté relleno; ! donde eso conoce el resultado."
    ),
    (
      "Computed on {#count} closed leads, taken by hash.",
      "Calculado con {count} leads cerrados, elegidos por su hash."
    ),
    // Why a column is left out
    ("the lead's id", "el identificador del lead"),
    ("the outcome", "el resultado"),
    ("excluded", "excluida"),
    (
      "the account, which keeps leads together in folds",
      "la cuenta, que mantiene juntos sus leads en los pliegues"
    ),
    ("the weight", "el peso"),
    (
      "the rule score that the model is compared with",
      "la puntuación de reglas con la que se compara el modelo"
    ),
    ("the date of creation", "la fecha de creación"),
    (
      "the decision time, which orders examples",
      "el momento de la decisión, que ordena los ejemplos"
    ),
    (
      "an identifier: another value in every row", "un identificador: otro valor en cada fila"
    ),
    (
      "an identifier: {#distinct} values in {#filled} filled rows",
      "un identificador: {distinct} valores en {filled} filas rellenas"
    ),
    ("the same value in every row", "el mismo valor en todas las filas"),
    ("the same value in every training lead", "el mismo valor en todos los leads de entrenamiento"),
    ("never filled in", "nunca se rellena"),
    ("free text", "texto libre"),
    ("a leak: {~why}", "una fuga: {why}"),
    (
      "its numbers lie too far apart to be standardised; boosted trees could use it",
      "sus números están demasiado lejos unos de otros para normalizarlos; los árboles podrían usarla"
    ),
    (
      "none of its values has enough leads to learn from",
      "ninguno de sus valores tiene bastantes leads para aprender"
    ),
    // Verdicts on a column
    ("filled in after the outcome", "se rellena después del resultado"),
    ("filled in only once a lead closes", "solo se rellena cuando el lead se cierra"),
    (
      "nearly the outcome itself, and blank by it",
      "casi el propio resultado, y vacía según él"
    ),
    (
      "tells the outcome alone, and is blank by it",
      "revela por sí sola el resultado, y está vacía según él"
    ),
    ("the outcome in other words", "el resultado con otras palabras"),
    ("nearly the outcome itself", "casi el propio resultado"),
    ("tells the outcome alone", "revela por sí sola el resultado"),
    ("tells far more than any other column", "revela mucho más que cualquier otra columna"),
    ("open leads hardly ever have it", "los leads abiertos casi nunca la tienen"),
    ("blank or not tells the outcome", "que esté vacía o no revela el resultado"),
    ("by its name, {~what}", "por su nombre, {what}"),
    (
      "filled at the outcome or later in {#after} of {#known} leads",
      "rellena con el resultado o después en {after} de {known} leads"
    ),
    (
      "filled in for {#closed} of closed leads of the same months, {#open} of open ones",
      "rellena en el {closed} de los leads cerrados de los mismos meses y en el {open} de los abiertos"
    ),
    (
      "filled in for {#closed} of won leads of the same months, {#open} of open ones",
      "rellena en el {closed} de los leads ganados de los mismos meses y en el {open} de los abiertos"
    ),
    (
      "filled in for {#closed} of lost leads of the same months, {#open} of open ones",
      "rellena en el {closed} de los leads perdidos de los mismos meses y en el {open} de los abiertos"
    ),
    (
      "filled in for {#closed} of closed leads, {#open} of open ones",
      "rellena en el {closed} de los leads cerrados y en el {open} de los abiertos"
    ),
    (
      "filled in for {#closed} of won leads, {#open} of open ones",
      "rellena en el {closed} de los leads ganados y en el {open} de los abiertos"
    ),
    (
      "filled in for {#closed} of lost leads, {#open} of open ones",
      "rellena en el {closed} de los leads perdidos y en el {open} de los abiertos"
    ),
    ("AUC alone {#value}", "AUC sola {value}"),
    ("AUC alone {#value} ({#low} to {#high})", "AUC sola {value} (de {low} a {high})"),
    ("others end below {#fence}", "las demás acaban por debajo de {fence}"),
    (
      "filled in for {#won} of won leads, {#lost} of lost",
      "rellena en el {won} de los leads ganados y en el {lost} de los perdidos"
    ),
    ("filled in when the deal closes", "se rellena al cerrar la venta"),
    ("says why it was won or lost", "dice por qué se ganó o se perdió"),
    ("entered or corrected when the deal closes", "se anota o corrige al cerrar la venta"),
    ("moves with the outcome", "cambia con el resultado"),
    ("filled in when the lead becomes a customer", "se rellena cuando el lead pasa a ser cliente"),
    ("kept up to date until the deal closes", "se actualiza hasta que se cierra la venta"),
    (
      "holds today's score, not the one of that time",
      "guarda la puntuación de hoy, no la de entonces"
    ),
    (
      "holds the latest activity, also after the outcome",
      "guarda la última actividad, también después del resultado"
    ),
    ("known once the contact is over", "se conoce cuando el contacto ha terminado"),
    ("exists for customers alone", "solo existe para los clientes"),
    (
      "Kept: it is as of each decision; --exclude {name} leaves it out.",
      "Se queda: es la de cada decisión; --exclude {name} la deja fuera."
    ),
    ("Kept, as asked for.", "Se queda, como se pidió."),
    (
      "Left out; --keep-column {name} keeps it.", "Queda fuera; --keep-column {name} la conserva."
    ),
    ("Kept; --exclude {name} leaves it out.", "Se queda; --exclude {name} la deja fuera."),
  ]
}
