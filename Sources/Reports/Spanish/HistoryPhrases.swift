extension PhraseBook {
  /// How examples are made of a history.
  static let historyInSpanish: [(english: String, other: String)] = [
    ("Target {preset}: {~question}", "Objetivo {preset}: {question}"),
    ("which lead becomes a customer", "qué lead pasa a ser cliente"),
    ("which customer takes one more product", "qué cliente compra otro producto"),
    ("which customer stays", "qué cliente se queda"),
    ("which customer begins to use what was bought", "qué cliente empieza a usar lo que compró"),
    ("population: {~who}", "población: {who}"),
    (
      "leads, from their creation until they are won or lost",
      "leads, desde su creación hasta que se ganan o se pierden"
    ),
    ("customers, from their first {event}", "clientes, desde su primer {event}"),
    ("customers, from the date in {column}", "clientes, desde la fecha de {column}"),
    ("event: {~what}", "evento: {what}"),
    ("{event}; {lost} ends the risk", "{event}; {lost} acaba con el riesgo"),
    (
      "horizon: {span}, by which nine of ten wins have come",
      "horizonte: {span}, en los que han llegado nueve de cada diez ventas"
    ),
    ("horizon: found from the history", "horizonte: hallado en el historial"),
    ("horizon: {span}", "horizonte: {span}"),
    ("{#count} days", "{count} días"),
    ("{#count} day", "{count} día"),
    ("{#count} hours", "{count} horas"),
    ("{#count} hour", "{count} hora"),
    ("{#count} minutes", "{count} minutos"),
    ("{#count} minute", "{count} minuto"),
    ("{#count} seconds", "{count} segundos"),
    ("decisions: {~when}", "decisiones: {when}"),
    (
      "{~when} (the ages of the leads to be scored)",
      "{when} (las edades de los leads que se van a puntuar)"
    ),
    ("at the age of {ages}", "a la edad de {ages}"),
    ("at ages found from the open leads", "a las edades halladas en los leads abiertos"),
    ("at the end of each month", "al final de cada mes"),
    ("as of the export", "en el momento de la exportación"),
    ("windows: {windows} and all", "ventanas: {windows} y todo"),
    (
      "examples: {#examples}, of {#with} of the {~leads}; {#met} met the target",
      "ejemplos: {examples}, de {with} de los {leads}; {met} cumplieron el objetivo"
    ),
    ("end of the data: {time}", "final de los datos: {time}"),
    (
      "no example at the age of {ages}: no lead was open then with a whole horizon after it",
      "ningún ejemplo a la edad de {ages}: ningún lead estaba abierto entonces con un horizonte completo "
        + "por delante"
    ),
    (
      "open leads: {#open}, of which {#outside} ({#share}) are younger than {least} or older than {most}",
      "leads abiertos: {open}, de los que {outside} ({share}) tienen menos de {least} o más de {most}"
    ),
    (
      "Each example is its lead as of the export: what came after the outcome counts too; expect much "
        + "worse live.",
      "Cada ejemplo es su lead en el momento de la exportación: también cuenta lo que vino después del "
        + "resultado; en vivo irá mucho peor."
    ),
    (
      "Outcomes have no date, so the label is the outcome by the export, without a horizon.",
      "Los resultados no tienen fecha: la etiqueta es el resultado de la exportación, sin horizonte."
    ),
    (
      "{#count} leads of earlier exports are not in the newest, and left out: if lost leads are deleted, "
        + "the rates of conversion are too high.",
      "{count} leads de exportaciones anteriores no están en la última y quedan fuera: si se borran los "
        + "leads perdidos, las tasas de conversión son demasiado altas."
    ),
    (
      "{#count} lead of earlier exports is not in the newest, and left out: if lost leads are deleted, the "
        + "rates of conversion are too high.",
      "{count} lead de exportaciones anteriores no está en la última y queda fuera: si se borran los leads "
        + "perdidos, las tasas de conversión son demasiado altas."
    ),
    (
      "{#share} of the open leads are younger or older than any example: their probabilities are "
        + "extrapolated.",
      "El {share} de los leads abiertos son más jóvenes o más viejos que cualquier ejemplo: sus "
        + "probabilidades se extrapolan."
    ),
    (
      "Months with decisions too young to know their outcome:",
      "Meses con decisiones demasiado recientes para conocer su resultado:"
    ),
    ("Month", "Mes"),
    ("Won", "Ganados"),
    ("Immature, left out", "Inmaduros, fuera"),
    (
      "left out: {#count} immature decisions, whose horizon has not passed ({#met} of them met the target "
        + "already)",
      "fuera: {count} decisiones inmaduras, cuyo horizonte no ha pasado ({met} de ellas ya cumplieron el "
        + "objetivo)"
    ),
    (
      "left out: {#count} decisions that lie after the end of the data",
      "fuera: {count} decisiones posteriores al final de los datos"
    ),
    (
      "left out: {#count} decisions after the lead was won, lost or gone",
      "fuera: {count} decisiones posteriores a que el lead se ganara, se perdiera o se fuera"
    ),
    (
      "left out: {#count} decisions about leads that were lost nobody knows when",
      "fuera: {count} decisiones sobre leads que se perdieron no se sabe cuándo"
    ),
    ("left out: {#count} leads without an id", "fuera: {count} leads sin identificador"),
    (
      "left out: {#count} leads without a date of creation",
      "fuera: {count} leads sin fecha de creación"
    ),
    (
      "left out: {#count} leads that were created after the end of the data",
      "fuera: {count} leads creados después del final de los datos"
    ),
    (
      "left out: {#count} leads that were won or lost before they were created",
      "fuera: {count} leads ganados o perdidos antes de crearse"
    ),
    (
      "left out: {#count} leads that are closed with a date after the end of the data",
      "fuera: {count} leads cerrados con fecha posterior al final de los datos"
    ),
    ("left out: {#count} won leads without a date", "fuera: {count} leads ganados sin fecha"),
    ("left out: {#count} lost leads without a date", "fuera: {count} leads perdidos sin fecha"),
    (
      "left out: {#count} leads that never came into the population",
      "fuera: {count} leads que nunca entraron en la población"
    ),
    ("left out: {#count} planned activities", "fuera: {count} actividades planificadas"),
    (
      "left out: {#count} activities of leads that are not in the table",
      "fuera: {count} actividades de leads que no están en la tabla"
    ),
    ("left out: {#count} activities without a lead", "fuera: {count} actividades sin lead"),
    ("left out: {#count} activities without a time", "fuera: {count} actividades sin hora"),
    ("activities: {#kept} of {#read}", "actividades: {kept} de {read}"),
    (
      "recorded late: {#count} activities count only from then on",
      "registradas tarde: {count} actividades cuentan solo desde entonces"
    ),
    (
      "{#count} activities have a time of recording that has not come: they tell nothing of the export, "
        + "and do not count until then",
      "{count} actividades tienen una hora de registro que aún no ha llegado: no dicen nada de la "
        + "exportación y no cuentan hasta entonces"
    ),
    (
      "fields in time: {~columns} by {#changes} changes, {#rest} as of the export",
      "campos en el tiempo: {columns} por {changes} cambios, {rest} en el momento de la exportación"
    ),
    (
      "fields in time: {~columns} by {#changes} change, {#rest} as of the export",
      "campos en el tiempo: {columns} por {changes} cambio, {rest} en el momento de la exportación"
    ),
    (
      "fields in time: by {#count} dated exports",
      "campos en el tiempo: por {count} exportaciones con fecha"
    ),
    (
      "fields in time: by {#count} dated export",
      "campos en el tiempo: por {count} exportación con fecha"
    ),
    (
      "{#count} changes contradict the one before, or the export",
      "{count} cambios contradicen al anterior o a la exportación"
    ),
    (
      "{#count} changes are of leads that are not in the table",
      "{count} cambios son de leads que no están en la tabla"
    ),
    (
      "{#count} changes lack a lead or a column", "a {count} cambios les falta el lead o la columna"
    ),
    (
      "{#count} changes have no time: they tell what a field was before it changed, or it is missing until "
        + "a change that has one",
      "{count} cambios no tienen hora: dicen qué era un campo antes de cambiar, o falta hasta un cambio que "
        + "la tenga"
    ),
    (
      "{#count} changes lie after the moment at which the data were read",
      "{count} cambios son posteriores al momento en que se leyeron los datos"
    ),
    (
      "{#count} examples were decided before the first change of all",
      "{count} ejemplos se decidieron antes del primer cambio de todos"
    ),
    (
      "{#count} examples are of leads that no earlier export has: fields missing",
      "{count} ejemplos son de leads que ninguna exportación anterior tiene: faltan campos"
    ),
    (
      "changes of columns that the leads lack: {names}",
      "cambios de columnas que los leads no tienen: {names}"
    ),
    (
      "{#count} columns are as of the export; expect worse live: {names} and {#more} more.",
      "{count} columnas son del momento de la exportación; en vivo irá peor: {names} y {more} más."
    ),
    (
      "{#count} columns are as of the export, not of the moment: {names} and {#more} more. They may tell what "
        + "came after it.",
      "{count} columnas son del momento de la exportación, no de entonces: {names} y {more} más. Pueden "
        + "contar lo que vino después."
    ),
    (
      "{#count} column is as of the export; expect worse live: {names}.",
      "{count} columna es del momento de la exportación; en vivo irá peor: {names}."
    ),
    (
      "{#count} columns are as of the export; expect worse live: {names}.",
      "{count} columnas son del momento de la exportación; en vivo irá peor: {names}."
    ),
    (
      "{#count} column is as of the export, not of the moment: {names}. They may tell what came after it.",
      "{count} columna es del momento de la exportación, no de entonces: {names}. Puede contar lo que vino "
        + "después."
    ),
    (
      "{#count} columns are as of the export, not of the moment: {names}. They may tell what came after it.",
      "{count} columnas son del momento de la exportación, no de entonces: {names}. Pueden contar lo que "
        + "vino después."
    ),
    ("{export} has no {columns}: missing there", "{export} no tiene {columns}: faltan ahí"),
    (
      "{#count} of {#values} values that changes hold for “{column}” can't be read, and count as missing",
      "{count} de {values} valores que los cambios tienen de «{column}» no se pueden leer y cuentan como "
        + "vacíos"
    ),
    // Leads of a later period
    (
      "outcomes have no dates: {#count} closed leads of {#all}, whenever they closed",
      "los resultados no tienen fecha: {count} leads cerrados de {all}, se cerraran cuando se cerraran"
    ),
    (
      "decisions from {from} on, outcomes within {span}, data until {end}: {~examples}",
      "decisiones desde {from}, resultados en {span}, datos hasta {end}: {examples}"
    ),
    (
      "{#count} examples were decided before that day, and are not judged",
      "{count} ejemplos se decidieron antes de ese día y no se juzgan"
    ),
    (
      "{#count} decisions are immature: their horizon had not passed by the end of the data",
      "{count} decisiones son inmaduras: su horizonte no había pasado al final de los datos"
    ),
    (
      "scored as of {time}: {#scored} of {#all} leads",
      "puntuados con fecha {time}: {scored} de {all} leads"
    ),
    ("{#count} were won, lost or gone by then", "{count} ya se habían ganado, perdido o ido"),
    ("{#count} were not yet there", "{count} aún no existían"),
    (
      "{#count} do not say when they were created, and are not scored",
      "{count} no dicen cuándo se crearon y no se puntúan"
    ),
    ("{#count} have no id, and are not scored", "{count} no tienen identificador y no se puntúan"),
    (
      "{#count} are younger or older than any example of the history",
      "{count} son más jóvenes o más viejos que cualquier ejemplo del historial"
    ),
    (
      "{#count} activities are planned, and do not count",
      "{count} actividades están planificadas y no cuentan"
    ),
    (
      "{#count} activities are of leads that are not in the table",
      "{count} actividades son de leads que no están en la tabla"
    ),
    (
      "{#count} activities have a time of recording that has not come, and do not count",
      "{count} actividades tienen una hora de registro que aún no ha llegado y no cuentan"
    ),
    (
      "{#count} of {#all} leads are younger or older than any example of the history: their probabilities "
        + "are extrapolated.",
      "{count} de {all} leads son más jóvenes o más viejos que cualquier ejemplo del historial: sus "
        + "probabilidades se extrapolan."
    ),
    // Activities
    (
      "The activities are empty: all leads count as having done nothing.",
      "Las actividades están vacías: todos los leads cuentan como si no hubieran hecho nada."
    ),
    (
      "No activity tells that a lead was won or lost, so all leads count as open. That is right where only "
        + "open leads are given; otherwise check the types of the activities.",
      "Ninguna actividad dice que un lead se ganara o se perdiera, así que todos cuentan como abiertos. Es "
        + "correcto si solo se dan leads abiertos; si no, revisa los tipos de las actividades."
    ),
    (
      "{#share} of the activities ({#count} of {#all}) name no lead.",
      "El {share} de las actividades ({count} de {all}) no nombra ningún lead."
    ),
    (
      "{#share} of the activities ({#count} of {#all}) have no time.",
      "El {share} de las actividades ({count} de {all}) no tiene hora."
    ),
    (
      "{#share} of the activities ({#count} of {#all}) are of leads that are not in the table, such as "
        + "“{unknown}”, where the table has “{known}”.",
      "El {share} de las actividades ({count} de {all}) es de leads que no están en la tabla, como "
        + "«{unknown}», donde la tabla tiene «{known}»."
    ),
    (
      "{#share} of the activities ({#count} of {#all}) are of leads that are not in the table, such as "
        + "“{unknown}”.",
      "El {share} de las actividades ({count} de {all}) es de leads que no están en la tabla, como "
        + "«{unknown}»."
    ),
    (
      "{#share} of the activities ({#count} of {#all}) are of leads that are not in the table.",
      "El {share} de las actividades ({count} de {all}) es de leads que no están en la tabla."
    ),
    (
      "Are ids written alike in both? Where leads were left out of the table on purpose, their colleagues "
        + "lack what they did: features of accounts need all leads.",
      "¿Se escriben igual los identificadores en ambas? Si se quitaron leads de la tabla a propósito, a sus "
        + "colegas les falta lo que hicieron: las columnas de las cuentas necesitan todos los leads."
    ),
    (
      "{#count} activities that say that a lead was won have no time, and do not count.",
      "{count} actividades que dicen que un lead se ganó no tienen hora y no cuentan."
    ),
    (
      "{#count} activities that say that a lead was lost have no time, and do not count.",
      "{count} actividades que dicen que un lead se perdió no tienen hora y no cuentan."
    ),
    (
      "Activities of the type “{level}” are not counted among “{name}”, which by_us or rates name: name "
        + "both, or write them alike.",
      "Las actividades del tipo «{level}» no cuentan entre «{name}», que by_us o rates nombran: nombra las "
        + "dos o escríbelas igual."
    ),
    // Joins and cells
    (
      "joined {table}: {#matched} of {#all} leads found their row",
      "unida {table}: {matched} de {all} leads encontraron su fila"
    ),
    ("{#count} have nothing to find it by", "{count} no tienen con qué encontrarla"),
    (
      "{#count} keys had several rows, of which one was taken",
      "{count} claves tenían varias filas, de las que se tomó una"
    ),
    (
      "{#count} key had several rows, of which one was taken",
      "{count} clave tenía varias filas, de las que se tomó una"
    ),
    ("not found: {keys}", "no encontradas: {keys}"),
    (
      "none of {#count} leads found its row in {table}: it has keys {~other}, the leads have keys {~own}",
      "ninguno de {count} leads encontró su fila en {table}: tiene claves {other}; los leads, {own}"
    ),
    ("such as “{key}”", "como «{key}»"),
    ("that are not shown", "que no se muestran"),
    (
      "{source}: {#count} of {#rows} cells of “{column}” can't be read, and count as missing",
      "{source}: {count} de {rows} celdas de «{column}» no se pueden leer y cuentan como vacías"
    ),
    (
      "{#count} of {#rows} cells of “{column}” can't be read, and count as missing",
      "{count} de {rows} celdas de «{column}» no se pueden leer y cuentan como vacías"
    ),
    (
      "{#count} leads that the model was fitted to are left out.",
      "{count} leads con los que se ajustó el modelo quedan fuera."
    ),
    (
      "{#count} examples of leads that the model was fitted to are left out.",
      "{count} ejemplos de leads con los que se ajustó el modelo quedan fuera."
    ),
  ]
}
