extension PhraseBook {
  /// What `compare` says, and what a fit says of its rules.
  static let comparisonInSpanish: [(english: String, other: String)] = [
    (
      "All of these leads converted, so there is nothing to rank.",
      "Todos estos leads se convirtieron: no hay nada que ordenar."
    ),
    (
      "None of these leads converted, so there is nothing to rank.",
      "Ninguno de estos leads se convirtió: no hay nada que ordenar."
    ),
    (
      "In the top {#share} ({#leads} leads) the model finds {~model} of the {#all} buyers and your rules "
        + "find {~rules}: not distinguishable on these leads.",
      "En el {share} superior ({leads} leads) el modelo encuentra {model} de los {all} compradores y tus "
        + "reglas {rules}: no se distinguen en estos leads."
    ),
    (
      "In the top {#share} ({#leads} leads) the model finds {~model} of the {#all} buyers; your rules "
        + "find {~rules}.",
      "En el {share} superior ({leads} leads) el modelo encuentra {model} de los {all} compradores; tus "
        + "reglas encuentran {rules}."
    ),
    ("about {#count}", "unos {count}"),
    ("Rules and model on the same leads", "Reglas y modelo sobre los mismos leads"),
    (
      "{#leads} leads {~which}, {#won} buyers ({#rate}).",
      "{leads} leads {which}, {won} compradores ({rate})."
    ),
    (
      "held out (the model was not fitted to them)",
      "apartados (el modelo no se ajustó con ellos)"
    ),
    (
      "of the history, each scored out of fold (by a model fitted without it)",
      "del historial, cada uno puntuado fuera de su pliegue (por un modelo ajustado sin él)"
    ),
    ("that the model was not fitted to", "con los que el modelo no se ajustó"),
    ("Model: {model}. Rules: {rules}.", "Modelo: {model}. Reglas: {rules}."),
    ("Model: {model}.", "Modelo: {model}."),
    ("Rules: {rules}.", "Reglas: {rules}."),
    (
      "Compared on all leads, contacted or not: if your rules decided who was called, wins that "
        + "calling caused count for the rules. Say who was called: `contacted:` in the project file, or "
        + "“compare --contacted”, beside --model and the leads.",
      "Se comparan todos los leads, contactados o no: si tus reglas decidían a quién llamar, las ventas "
        + "que causó la llamada cuentan a favor de las reglas. Di a quién se llamó: `contacted:` en el "
        + "fichero de proyecto, o «compare --contacted», junto a --model y los leads."
    ),
    (
      "Compared on all leads; too few were contacted by {~what} to compare among them alone.",
      "Se comparan todos los leads; hay demasiado pocos contactados según {what} para compararlos aparte."
    ),
    (
      "Compared on all leads. Among the {#leads} contacted ones alone ({~what}) the model ranks with an "
        + "AUC of {#model}, the rules with {#rules}.",
      "Se comparan todos los leads. Solo entre los {leads} contactados ({what}) el modelo ordena con un "
        + "AUC de {model} y las reglas con {rules}."
    ),
    ("“{name}” from the decision on", "«{name}» desde la decisión"),
    ("“{name}” before the decision", "«{name}» antes de la decisión"),
    ("“{name}”", "«{name}»"),
    ("How well each ranks the whole list", "Lo bien que ordena cada uno toda la lista"),
    (
      "Log loss (base rate alone: {#base})", "Pérdida logarítmica (solo con la tasa base: {base})"
    ),
    (
      "Difference in AUC {#size} ({~interval}), p {~chance}: not distinguishable on these leads.",
      "Diferencia de AUC {size} ({interval}), p {chance}: no se distinguen en estos leads."
    ),
    (
      "Difference in AUC {#size} ({~interval}), p {~chance}.",
      "Diferencia de AUC {size} ({interval}), p {chance}."
    ),
    (
      "Difference in AUC {#size} ({~interval}): not distinguishable on these leads.",
      "Diferencia de AUC {size} ({interval}): no se distinguen en estos leads."
    ),
    ("Difference in AUC {#size} ({~interval}).", "Diferencia de AUC {size} ({interval})."),
    ("< {#value}", "< {value}"),
    ("= {#value}", "= {value}"),
    (
      "Buyers found by working the top of the list",
      "Compradores hallados trabajando lo alto de la lista"
    ),
    ("Worked", "Trabajado"),
    ("Model finds", "Halla el modelo"),
    ("Rules find", "Hallan las reglas"),
    ("Difference (95% interval)", "Diferencia (int. 95 %)"),
    ("Model rate", "Tasa modelo"),
    ("Rules rate", "Tasa reglas"),
    ("Model lift", "Mejora modelo"),
    ("Rules lift", "Mejora reglas"),
    ("top {#share}", "{share} superior"),
    (
      "Many leads share a rule score: at the top {#share}, {#level} leads stand level at {#score} "
        + "points and {#taken} of them fit. Buyers are counted as expected when those are picked at "
        + "random.",
      "Muchos leads comparten puntuación de reglas: en el {share} superior hay {level} leads igualados a "
        + "{score} puntos y caben {taken} de ellos. Los compradores se cuentan como los esperados si "
        + "esos se eligen al azar."
    ),
    ("Who is on which list, top {#share}", "Quién está en qué lista, {share} superior"),
    ("On both lists", "En las dos listas"),
    ("Only on the model's", "Solo en la del modelo"),
    ("Only on the rules'", "Solo en la de las reglas"),
    (
      "Buyers by tenth of the list, best scored first",
      "Compradores por décima parte de la lista, primero los mejor puntuados"
    ),
    ("Tenth", "Décima"),
    ("Model buyers", "Compran modelo"),
    ("Rules buyers", "Compran reglas"),
    ("Model so far", "Modelo, hasta aquí"),
    ("Rules so far", "Reglas, hasta aquí"),
    ("What your rule scores mean", "Qué significan las puntuaciones de tus reglas"),
    ("Rule score", "Puntuación de reglas"),
    ("Model expects", "Espera el modelo"),
    (
      "Which finds the buyers: your rules or the model?",
      "¿Quién encuentra a los compradores: tus reglas o el modelo?"
    ),
    ("Ranking of the whole list (AUC)", "Orden de toda la lista (AUC)"),
    ("0.5 is chance; 95% interval", "0,5 es el azar; intervalo del 95 %"),
    (
      "Buyers in the top {#share} ({#leads} leads)",
      "Compradores en el {share} superior ({leads} leads)"
    ),
    ("times as many as at random", "veces más que al azar"),
    (
      "On {#leads} leads {~which}, {#won} of them buyers ({#rate}).",
      "Con {leads} leads {which}, {won} de ellos compradores ({rate})."
    ),
    (
      "Where many leads share a rule score, buyers are counted as expected.",
      "Donde muchos leads comparten puntuación de reglas, se cuentan los compradores esperados."
    ),
    // Together
    ("Rules and model together", "Reglas y modelo combinados"),
    (
      "Rules and model together beat both.", "Reglas y modelo juntos superan a ambos por separado."
    ),
    (
      "Rules and model together beat the rules and can't be told from the model alone: the points add "
        + "nothing to it that shows on these leads.",
      "Reglas y modelo juntos superan a las reglas y no se distinguen del modelo solo: los puntos no le "
        + "añaden nada que se note en estos leads."
    ),
    (
      "Rules and model together beat the model and can't be told from the rules alone.",
      "Reglas y modelo juntos superan al modelo y no se distinguen de las reglas solas."
    ),
    (
      "Rules and model together can be told from neither alone.",
      "Reglas y modelo juntos no se distinguen de ninguno de los dos por separado."
    ),
    (
      "Rules and model together do worse than the model alone.",
      "Reglas y modelo juntos lo hacen peor que el modelo solo."
    ),
    (
      "Rules and model together do worse than the rules alone.",
      "Reglas y modelo juntos lo hacen peor que las reglas solas."
    ),
    (
      "Log loss together {#loss}, {~model} against the model, {~rules} against the rules.",
      "Pérdida logarítmica juntos {loss}, {model} frente al modelo, {rules} frente a las reglas."
    ),
    (
      "{#value} (95% interval {#low} to {#high})", "{value} (intervalo del 95 %: de {low} a {high})"
    ),
    (
      "The rules are the prior from which the model departs (model {#model}, rules {#rules}).",
      "Las reglas son el punto de partida del que se aparta el modelo (modelo {model}, reglas {rules})."
    ),
    (
      "The rule score is a feature beside the model (model {#model}, rules {#rules}).",
      "La puntuación de las reglas es una variable junto al modelo (modelo {model}, reglas {rules})."
    ),
    ("Together", "Juntos"),
    ("Buyers in the top {#share}", "Compradores en el {share} superior"),
    (
      "The rules' log loss is that of their score brought to probabilities by the fit.",
      "La pérdida logarítmica de las reglas es la de su puntuación, que el ajuste convirtió en "
        + "probabilidades."
    ),
    // Capacity
    (
      "Working {#leads} leads of every {#all} that come in: {#here} of these",
      "Trabajando {leads} leads de cada {all} que llegan: {here} de estos"
    ),
    ("Working {#leads} leads", "Trabajando {leads} leads"),
    ("Both together", "Ambos juntos"),
    ("From a score of", "Desde una puntuación de"),
    ("Buyers found", "Compradores hallados"),
    ("Buyers missed", "Compradores perdidos"),
    ("Buyers a hundred leads", "Compradores por cada cien leads"),
    ("Value less cost", "Valor menos coste"),
    (
      "By the model it pays to work {#leads} leads, from a score of {#score}: {#net} net.",
      "Según el modelo conviene trabajar {leads} leads, desde una puntuación de {score}: {net} netos."
    ),
    (
      "By the rules it pays to work {#leads} leads, from a score of {#score}: {#net} net.",
      "Según las reglas conviene trabajar {leads} leads, desde una puntuación de {score}: {net} netos."
    ),
    (
      "By the model no contact pays at this value and cost.",
      "Según el modelo, con este valor y este coste no compensa ningún contacto."
    ),
    (
      "By the rules no contact pays at this value and cost.",
      "Según las reglas, con este valor y este coste no compensa ningún contacto."
    ),
    // Rules
    ("What to look at in your rules", "Qué revisar en tus reglas"),
    (
      "“{rule}” ({#points} points) points the wrong way: {#rate} of its {#leads} leads convert, {#other} "
        + "of the others.",
      "«{rule}» ({points} puntos) apunta al revés: se convierte el {rate} de sus {leads} leads y el "
        + "{other} de los demás."
    ),
    (
      "“{rule}” ({#points} points) shows no effect: {#rate} of its {#leads} leads convert, {#other} of "
        + "the others.",
      "«{rule}» ({points} puntos) no muestra efecto: se convierte el {rate} de sus {leads} leads y el "
        + "{other} de los demás."
    ),
    (
      "“{first}” and “{second}” hold of the same leads ({#share} of those that either holds of): they "
        + "count one thing twice.",
      "«{first}» y «{second}» se cumplen en los mismos leads (el {share} de los que cumplen alguna): "
        + "cuentan dos veces lo mismo."
    ),
    (
      "“{column}” is filled when or after the outcome is known: points by it can't be trusted.",
      "«{column}» se rellena cuando ya se conoce el resultado o después: los puntos que da no son de fiar."
    ),
    // Over time
    ("How rule scores move over time", "Cómo se mueven las puntuaciones con el tiempo"),
    (
      "From one decision about a lead to the next {#rose} scores rose, {#fell} fell and {#level} "
        + "stayed: the score only goes up. Points that fade, or a rule for silence, let it come down.",
      "De una decisión sobre un lead a la siguiente {rose} puntuaciones subieron, {fell} bajaron y {level} "
        + "siguieron igual: la puntuación solo sube. Con puntos que caducan, o una regla para el "
        + "silencio, puede bajar."
    ),
    (
      "From one decision about a lead to the next {#rose} scores rose, {#fell} fell and {#level} "
        + "stayed: the score hardly moves once it is given.",
      "De una decisión sobre un lead a la siguiente {rose} puntuaciones subieron, {fell} bajaron y {level} "
        + "siguieron igual: una vez dada, la puntuación apenas se mueve."
    ),
    (
      "From one decision about a lead to the next {#rose} scores rose, {#fell} fell and {#level} stayed.",
      "De una decisión sobre un lead a la siguiente {rose} puntuaciones subieron, {fell} bajaron y {level} "
        + "siguieron igual."
    ),
    (
      "First scores of the later months are {#trend} points from those of the earlier (95% interval "
        + "{#low} to {#high}), and conversions did not rise with them: the points inflate.",
      "Las primeras puntuaciones de los meses posteriores están a {trend} puntos de las de los anteriores "
        + "(intervalo del 95 %: de {low} a {high}) y las conversiones no subieron con ellas: los puntos "
        + "se inflan."
    ),
    (
      "First scores of the later months are {#trend} points from those of the earlier (95% interval "
        + "{#low} to {#high}).",
      "Las primeras puntuaciones de los meses posteriores están a {trend} puntos de las de los anteriores "
        + "(intervalo del 95 %: de {low} a {high})."
    ),
    ("Age", "Edad"),
    ("Rose", "Subieron"),
    ("Stayed", "Igual"),
    ("Fell", "Bajaron"),
    ("Score before", "Puntuación antes"),
    ("Score after", "Puntuación después"),
    ("Model before", "Modelo antes"),
    ("Model after", "Modelo después"),
    ("one to the next", "de una a la siguiente"),
    ("{#from} to {#to} days", "de {from} a {to} días"),
    ("First decision", "Primera decisión"),
    ("Mean score", "Puntuación media"),
    // Segments
    ("Model AUC", "AUC del modelo"),
    ("Rules AUC", "AUC de las reglas"),
    ("{#count} leads of rarer values.", "{count} leads de valores menos frecuentes."),
    ("the model does no better than chance", "el modelo no supera al azar"),
    ("the rules do no better than chance", "las reglas no superan al azar"),
    ("neither does better than chance", "ninguno supera al azar"),
    ("the rules rank better", "las reglas ordenan mejor"),
    ("the model ranks better", "el modelo ordena mejor"),
    ("too few to tell", "demasiado pocos para saberlo"),
    // Cautions
    (
      "Only {#count} of these leads converted: the figures are rough.",
      "Solo {count} de estos leads se convirtieron: las cifras son aproximadas."
    ),
    (
      "Only {#count} of these leads did not convert: the figures are rough.",
      "Solo {count} de estos leads no se convirtieron: las cifras son aproximadas."
    ),
    (
      "Every lead has the same rule score: the rules do not rank these leads at all.",
      "Todos los leads tienen la misma puntuación de reglas: las reglas no los ordenan en absoluto."
    ),
    (
      "{rules} gives points by “{column}”, the outcome itself: what it scores is known only afterwards, "
        + "and no comparison with it means anything.",
      "{rules} da puntos por «{column}», el propio resultado: lo que puntúa solo se sabe después, y "
        + "ninguna comparación con ello significa nada."
    ),
    (
      "“{column}” holds each lead's points as of the export: points that were given after the outcome "
        + "make the rules look better than they are.",
      "«{column}» tiene los puntos de cada lead en el momento de la exportación: los que se dieron después "
        + "del resultado hacen que las reglas parezcan mejores de lo que son."
    ),
    (
      "The model can't tell which leads it was fitted to: it has no id column, and too many leads are "
        + "alike. Make sure that these are others.",
      "El modelo no puede saber con qué leads se ajustó: no tiene columna de identificador y demasiados "
        + "leads son iguales. Asegúrate de que estos son otros."
    ),
    (
      "These are other rules than the model was fitted beside: what they and the model would be "
        + "together is not known. Fit again with them to know it.",
      "Estas reglas no son las que el modelo tuvo al lado al ajustarse: no se sabe qué darían juntos. "
        + "Ajusta de nuevo con ellas para saberlo."
    ),
    (
      "{#missing} of the {#all} leads of {path} are not among these leads, or have no outcome any more: "
        + "the figures are of the others.",
      "{missing} de los {all} leads de {path} no están entre estos leads, o ya no tienen resultado: las "
        + "cifras son de los demás."
    ),
  ]

  /// What `explain` says beside reasons and ledger, which have words of their own.
  static let explanationInSpanish: [(english: String, other: String)] = [
    (
      "Probability {#probability}; the average lead of the history stands at {#average}.",
      "Probabilidad {probability}; el lead medio del historial está en el {average}."
    ),
    (
      "Rules: {#points} points, score {#score}, grade {grade}, stage {stage}; disqualified.",
      "Reglas: {points} puntos, puntuación {score}, nota {grade}, etapa {stage}; descartado."
    ),
    (
      "Rules: {#points} points, score {#score}, grade {grade}, stage {stage}.",
      "Reglas: {points} puntos, puntuación {score}, nota {grade}, etapa {stage}."
    ),
    (
      "Rules: {#points} points, score {#score}, grade {grade}.",
      "Reglas: {points} puntos, puntuación {score}, nota {grade}."
    ),
    (
      "Rules: {#points} points, score {#score}, stage {stage}.",
      "Reglas: {points} puntos, puntuación {score}, etapa {stage}."
    ),
    (
      "Rules: {#points} points, score {#score}; disqualified.",
      "Reglas: {points} puntos, puntuación {score}; descartado."
    ),
    (
      "Rules: {#points} points, score {#score}.", "Reglas: {points} puntos, puntuación {score}."
    ),
    ("Reasons", "Razones"),
    (
      "Reasons of the model, and the rules’ ledger", "Razones del modelo y cuenta de las reglas"
    ),
    ("in all", "en total"),
    ("Log-odds", "Log-odds"),
  ]
}
