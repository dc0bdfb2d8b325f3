extension PhraseBook {
  /// What is wrong or to be known, from whatever floor it comes.
  static let warningsInSpanish: [(english: String, other: String)] = [
    // Rule files
    (
      "No lead can get grade {grade} of {category}: its points run from {#low} to {#high}.",
      "Ningún lead puede tener la nota {grade} de {category}: sus puntos van de {low} a {high}."
    ),
    (
      "No lead can get grade {grade} of {category}: its points are at least {#low}.",
      "Ningún lead puede tener la nota {grade} de {category}: sus puntos son al menos {low}."
    ),
    (
      "No lead can get grade {grade} of {category}: its points are at most {#high}.",
      "Ningún lead puede tener la nota {grade} de {category}: sus puntos son a lo sumo {high}."
    ),
    (
      "No lead can get grade {grade} of {category}: its points have no end, but do not come to it.",
      "Ningún lead puede tener la nota {grade} de {category}: sus puntos no tienen fin, pero no llegan a ella."
    ),
    (
      "No lead can be in stage {stage}: scores run from {#low} to {#high}.",
      "Ningún lead puede estar en la etapa {stage}: las puntuaciones van de {low} a {high}."
    ),
    (
      "No lead can score {#score}: the rules give at most {#points} points and the scale asks for {#raw}.",
      "Ningún lead puede llegar a {score}: las reglas dan a lo sumo {points} puntos y la escala pide {raw}."
    ),
    ("No rule uses profile {profile}.", "Ninguna regla usa el perfil {profile}."),
    (
      "no activity is of the type '{type}'; did you mean '{nearest}'?",
      "ninguna actividad es del tipo «{type}»; ¿querías decir «{nearest}»?"
    ),
    (
      "no activity is of the type '{type}'.",
      "ninguna actividad es del tipo «{type}»."
    ),
    // Histories
    (
      "Changes of “{column}” are not followed: which account a lead belongs to is as of the export; expect "
        + "worse live.",
      "Los cambios de «{column}» no se siguen: la cuenta de un lead es la de la exportación; en vivo irá peor."
    ),
    (
      "{#count} of {#all} activities that say that a lead was won lie in the future, and do not count: their "
        + "leads look as if they had not been won. Is their time right?",
      "{count} de {all} actividades que dicen que un lead se ganó están en el futuro y no cuentan: sus leads "
        + "parecen no ganados. ¿Es correcta su hora?"
    ),
    (
      "The model learned from activities of the type {types}, and the log has none. If that is not so, write "
        + "types as they were written.",
      "El modelo aprendió de actividades del tipo {types}, y el registro no tiene ninguna. Si no es así, escribe "
        + "los tipos como estaban escritos."
    ),
    (
      "The model learned from activities of the type {types}, and the log has none. If that is not so, write "
        + "types as they were written; types that it does not know: {new}.",
      "El modelo aprendió de actividades del tipo {types}, y el registro no tiene ninguna. Si no es así, escribe "
        + "los tipos como estaban escritos; tipos que no conoce: {new}."
    ),
    (
      "The model learned {columns} as of the decision, and nothing here tells what they were: give the table "
        + "of changes, or the exports, as at the fit.",
      "El modelo aprendió {columns} según la decisión, y aquí nada dice cómo eran: da la tabla de cambios, o las "
        + "exportaciones, como en el ajuste."
    ),
    (
      "The project says otherwise than the model was fitted: {keys}. What the model was fitted with counts; "
        + "fit again for the project's to count.",
      "El proyecto dice otra cosa que aquello con lo que se ajustó el modelo: {keys}. Cuenta lo del modelo; "
        + "ajusta otra vez para que cuente lo del proyecto."
    ),
    // Model files
    (
      "the model file is in format {found}, this program knows {newest}: what it does not know was left out",
      "el fichero del modelo tiene el formato {found} y este programa conoce el {newest}: lo que no conoce "
        + "se dejó fuera"
    ),
    // Files of leads
    (
      "column {#position} has no name: called {name}",
      "la columna {position} no tiene nombre: se llama {name}"
    ),
    (
      "column {#position} is a second {first}: called {name}",
      "la columna {position} es una segunda {first}: se llama {name}"
    ),
    ("read as {encoding}", "leído como {encoding}"),
    (
      "column {column}: {#count} cells with {tokens} read as missing",
      "columna {column}: {count} celdas con {tokens} leídas como vacías"
    ),
    (
      "column {column}: {#count} cells are no {~type} and read as missing",
      "columna {column}: {count} celdas no son {type} y se leen como vacías"
    ),
    (
      "column {column}: {#some} of {#all} different values are a {~type}, {#others} not: read as a "
        + "category. If those mean \"not filled in\", name them with --missing",
      "columna {column}: {some} de {all} valores distintos son {type} y {others} no: leída como categoría. "
        + "Si esos quieren decir «sin rellenar», indícalos con --missing"
    ),
    (
      "column {column}: some cells have a percent sign and some not; 12 % is read as 12",
      "columna {column}: unas celdas llevan signo de porcentaje y otras no; 12 % se lee como 12"
    ),
    (
      "read sheet {sheet}, the first of {#count}: {sheets}",
      "leída la hoja {sheet}, la primera de {count}: {sheets}"
    ),
    (
      "{#count} cells with an error such as #N/A read as missing",
      "{count} celdas con un error como #N/A leídas como vacías"
    ),
    (
      "{#count} cell with an error such as #N/A read as missing",
      "{count} celda con un error como #N/A leída como vacía"
    ),
    // Few outcomes
    (
      "Only {#won} won and {#lost} lost leads: take the probabilities as a hint beside your rules, not as a "
        + "replacement.",
      "Solo {won} leads ganados y {lost} perdidos: toma las probabilidades como una pista junto a tus "
        + "reglas, no en su lugar."
    ),
    // Fits
    (
      "The model is a logistic regression, to which `monotone` and `interactions` do not apply; the trees, "
        + "which were held to them, did less well: fit with --algorithms boosting to hold the model to them.",
      "El modelo es una regresión logística, a la que `monotone` e `interactions` no se aplican; los árboles, "
        + "que sí los respetaron, fueron peor: ajusta con --algorithms boosting para que el modelo los "
        + "respete."
    ),
    (
      "The model is a logistic regression, to which `monotone` and `interactions` do not apply: fit with "
        + "--algorithms boosting to hold the model to them.",
      "El modelo es una regresión logística, a la que `monotone` e `interactions` no se aplican: ajusta con "
        + "--algorithms boosting para que el modelo los respete."
    ),
    (
      "`monotone` and `interactions` do nothing for columns that are left out, whichever model wins: {names}.",
      "`monotone` e `interactions` no hacen nada con columnas que quedan fuera, gane el modelo que gane: "
        + "{names}."
    ),
    (
      "`monotone` and `interactions` do nothing for columns that are left out: {names}.",
      "`monotone` e `interactions` no hacen nada con columnas que quedan fuera: {names}."
    ),
    (
      "No tree has a single split, so every lead gets the same probability: {options} may prevent it. What "
        + "the columns can tell is not known before that is changed.",
      "Ningún árbol tiene un solo corte, así que todos los leads reciben la misma probabilidad: puede que lo "
        + "impida {options}. Hasta que se cambie no se sabe qué pueden decir las columnas."
    ),
    (
      "Out of fold it ranks leads no better than chance (AUC {#auc}, {#low} to {#high}): these columns do "
        + "not tell who converts. Don't rank leads by it; add columns that say more about a lead, or more "
        + "history.",
      "Fuera de su pliegue no ordena los leads mejor que el azar (AUC {auc}, de {low} a {high}): estas "
        + "columnas no dicen quién se convierte. No ordenes leads con él; añade columnas que digan más de un "
        + "lead, o más historial."
    ),
    (
      "{#rows} of the {#leads} closed leads are alike in every column, and there is no id column: leads "
        + "can't be told apart, so later comparisons can't refuse those that this model has seen. Give --id "
        + "COLUMN.",
      "{rows} de los {leads} leads cerrados son iguales en todas las columnas y no hay identificador: los "
        + "leads no se distinguen, así que las comparaciones posteriores no pueden rechazar los que este "
        + "modelo ha visto. Indica --id COLUMNA."
    ),
    (
      "{#rows} of the {#leads} closed leads are alike in every column, and there is no id column: they are "
        + "taken for copies of one lead and kept in one fold.",
      "{rows} de los {leads} leads cerrados son iguales en todas las columnas y no hay identificador: se "
        + "toman por copias de un mismo lead y van en un solo pliegue."
    ),
    (
      "{#rows} of the {#leads} closed leads share their id ({ids}) with another: they are taken for copies "
        + "of one lead and kept in one fold.",
      "{rows} de los {leads} leads cerrados comparten su identificador ({ids}) con otro: se toman por copias "
        + "de un mismo lead y van en un solo pliegue."
    ),
    (
      "{#count} closed leads share an e-mail address with another ({columns}): they are taken for one lead "
        + "and kept in one fold.",
      "{count} leads cerrados comparten dirección de correo con otro ({columns}): se toman por un mismo lead "
        + "y van en un solo pliegue."
    ),
    (
      "In {columns}, {~what}: taken for placeholders, which make no leads the same.",
      "En {columns}, {what}: se toman por relleno, que no iguala a ningún lead."
    ),
    ("one address stands in {#count} rows", "una dirección aparece en {count} filas"),
    (
      "{#count} addresses stand in more than {#limit} rows each",
      "{count} direcciones aparecen en más de {limit} filas cada una"
    ),
    (
      "Left at zero because other columns say the same: {names}.",
      "Se quedan a cero porque otras columnas dicen lo mismo: {names}."
    ),
    (
      "The conversion rate has moved beyond doubt: of the latest {#count} leads that were judged {#rate} "
        + "converted, where the models of earlier leads meant {#expected}. All log-odds are moved by "
        + "{#shift}, as far as the ups and downs of single periods let it be known, so that leads to come "
        + "start from the rate of today.",
      "La tasa de conversión se ha movido sin lugar a dudas: de los últimos {count} leads juzgados se "
        + "convirtió el {rate}, donde los modelos de leads anteriores daban el {expected}. Todos los "
        + "log-odds se mueven {shift}, hasta donde dejan saberlo los altibajos de períodos sueltos, para que "
        + "los leads que lleguen partan de la tasa de hoy."
    ),
    (
      "The conversion rate has moved beyond doubt: of the latest {#count} examples that were judged {#rate} "
        + "converted, where the models of earlier examples meant {#expected}. All log-odds are moved by "
        + "{#shift}, as far as the ups and downs of single periods let it be known, so that leads to come "
        + "start from the rate of today.",
      "La tasa de conversión se ha movido sin lugar a dudas: de los últimos {count} ejemplos juzgados se "
        + "convirtió el {rate}, donde los modelos de ejemplos anteriores daban el {expected}. Todos los "
        + "log-odds se mueven {shift}, hasta donde dejan saberlo los altibajos de períodos sueltos, para que "
        + "los leads que lleguen partan de la tasa de hoy."
    ),
    (
      "Won and lost leads can be told apart perfectly by some column, so an unpenalised fit has no finite "
        + "answer: Firth's method was used instead. Look for a column that was filled in after the outcome.",
      "Alguna columna distingue a la perfección los leads ganados de los perdidos, así que un ajuste sin "
        + "penalizar no tiene respuesta finita: se usó el método de Firth. Busca una columna que se rellenara "
        + "después del resultado."
    ),
    (
      "The fit stopped after {#steps} steps with a gradient of {#gradient} a row; allow more iterations or a "
        + "stronger penalty.",
      "El ajuste se paró tras {steps} pasos con un gradiente de {gradient} por fila; permite más iteraciones o "
        + "una penalización más fuerte."
    ),
    (
      "The fit stopped at a gradient of {#gradient} a row because no step improved it; scale the features or "
        + "use a stronger penalty.",
      "El ajuste se paró con un gradiente de {gradient} por fila porque ningún paso lo mejoraba; normaliza "
        + "las columnas o usa una penalización más fuerte."
    ),
    (
      "Some features separate won from lost leads without error, so unpenalised coefficients have no finite "
        + "optimum; use a penalty or Firth's method.",
      "Algunas columnas separan sin error los leads ganados de los perdidos, así que los coeficientes sin "
        + "penalizar no tienen óptimo finito; usa una penalización o el método de Firth."
    ),
    (
      "{#count} of the fits in the folds stopped before they converged.",
      "{count} de los ajustes de los pliegues se pararon antes de converger."
    ),
    (
      "The trees were still learning when they reached their limit of {#most}: raise {option}, or "
        + "learning_rate.",
      "Los árboles aún aprendían cuando llegaron a su límite de {most}: sube {option}, o "
        + "learning_rate."
    ),
  ]
}
