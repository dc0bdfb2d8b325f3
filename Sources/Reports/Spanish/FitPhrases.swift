extension PhraseBook {
  /// What `fit` says of its model.
  static let fitInSpanish: [(english: String, other: String)] = [
    ("{~algorithm}, not validated.", "{algorithm}, sin validar."),
    (
      "On {~leads}, the {#share} that it puts first ({#first} leads) hold {#won} of the {#all} that "
        + "converted: {#lift} times as many as leads taken at random.",
      "Con {leads}, el {share} que pone primero ({first} leads) tiene {won} de los {all} que se "
        + "convirtieron: {lift} veces más que si se tomaran leads al azar."
    ),
    (
      "On {~leads}, the {#share} that it puts first ({#first} leads) hold {#won} of the {#all} that "
        + "converted.",
      "Con {leads}, el {share} que pone primero ({first} leads) tiene {won} de los {all} que se "
        + "convirtieron."
    ),
    (
      "On {~leads}, the {#share} that it puts first ({#first} examples) hold {#won} of the {#all} that "
        + "converted: {#lift} times as many as examples taken at random.",
      "Con {leads}, el {share} que pone primero ({first} ejemplos) tiene {won} de los {all} que se "
        + "convirtieron: {lift} veces más que si se tomaran ejemplos al azar."
    ),
    (
      "On {~leads}, the {#share} that it puts first ({#first} examples) hold {#won} of the {#all} that "
        + "converted.",
      "Con {leads}, el {share} que pone primero ({first} ejemplos) tiene {won} de los {all} que se "
        + "convirtieron."
    ),
    (
      "{#count} leads, each scored by a model fitted without it",
      "{count} leads, cada uno puntuado por un modelo ajustado sin él"
    ),
    (
      "{#count} examples, each scored by a model fitted without it",
      "{count} ejemplos, cada uno puntuado por un modelo ajustado sin él"
    ),
    ("{#count} leads that it was not fitted to", "{count} leads con los que no se ajustó"),
    ("{#count} examples that it was not fitted to", "{count} ejemplos con los que no se ajustó"),
    // The contest
    (
      "Chosen: {~members}. Log loss out of fold (lower is better): alone {~alone}, together {~loss}.",
      "Elegido: {members}. Pérdida logarítmica fuera de su pliegue (menor es mejor): por separado {alone}, "
        + "juntos {loss}."
    ),
    ("{~first} and {~second}", "{first} y {second}"),
    ("{~first} + {~second}", "{first} + {second}"),
    ("{#value} ± {#range}", "{value} ± {range}"),
    (
      "Log loss out of fold (lower is better): {~algorithms}.",
      "Pérdida logarítmica fuera de su pliegue (menor es mejor): {algorithms}."
    ),
    ("{~first} · {~rest}", "{first} · {rest}"),
    ("trees {#value}", "árboles {value}"),
    ("random trees {#value}", "árboles aleatorios {value}"),
    ("gradient-boosted trees {#value} ± {#range}", "árboles con gradiente {value} ± {range}"),
    ("gradient-boosted trees {#value}", "árboles con gradiente {value}"),
    ("random trees {#value} ± {#range}", "árboles aleatorios {value} ± {range}"),
    ("logistic regression {#value} ± {#range}", "regresión logística {value} ± {range}"),
    ("logistic regression {#value}", "regresión logística {value}"),
    ("additive model {#value} ± {#range}", "modelo aditivo {value} ± {range}"),
    ("additive model {#value}", "modelo aditivo {value}"),
    (
      "logistic regression (Firth) {#value} ± {#range}",
      "regresión logística (Firth) {value} ± {range}"
    ),
    ("logistic regression (Firth) {#value}", "regresión logística (Firth) {value}"),
    (
      "trees and logistic regression, blended {#value} ± {#range}",
      "árboles y regresión logística mezclados {value} ± {range}"
    ),
    (
      "trees and logistic regression, blended {#value}",
      "árboles y regresión logística mezclados {value}"
    ),
    ("Logistic regression", "Regresión logística"),
    ("Logistic regression (Firth)", "Regresión logística (Firth)"),
    ("Gradient-boosted trees", "Árboles con gradiente"),
    ("Random trees", "Árboles aleatorios"),
    ("Additive model", "Modelo aditivo"),
    (
      "Trees and logistic regression, blended", "Árboles y regresión logística mezclados"
    ),
    (
      "Trees and logistic regression, blended, {#trees} trees of at most {#leaves} leaves ({~how}), {~more}.",
      "Árboles y regresión logística mezclados, {trees} árboles de a lo sumo {leaves} hojas ({how}), {more}."
    ),
    ("logistic regression", "regresión logística"),
    ("logistic regression (Firth)", "regresión logística (Firth)"),
    ("gradient-boosted trees", "árboles con gradiente"),
    ("random trees", "árboles aleatorios"),
    ("additive model", "modelo aditivo"),
    (
      "trees and logistic regression, blended", "árboles y regresión logística mezclados"
    ),
    (
      "It is level with the next; the simpler one became the model.",
      "Queda igualado con el siguiente; el más sencillo es el modelo."
    ),
    (
      "{~algorithm} alone did as well on these leads; a blend is steadier on others.",
      "{algorithm} por separado va igual de bien en estos leads; una mezcla es más estable en otros."
    ),
    (
      "It is better than the next best, {~rival}, by {~size}.",
      "Es mejor que el siguiente, {rival}, por {size}."
    ),
    (
      "It is ahead of the next best, {~rival}, by {~size}, which may be chance.",
      "Va por delante del siguiente, {rival}, por {size}, lo que puede ser casual."
    ),
    (
      "The loss of the {~algorithm} cannot be told from it ({#difference}, 95% interval {#low} to {#high}), "
        + "and it is the simpler one: every part of it can be looked at (kelvin-score inspect --shape "
        + "COLUMN). Fit with --algorithms {word} to have it.",
      "La pérdida de {algorithm} no se distingue de la suya ({difference}, intervalo del 95 %: de {low} a "
        + "{high}) y es más sencillo: se puede mirar cada una de sus partes (kelvin-score inspect --shape "
        + "COLUMNA). Ajusta con --algorithms {word} para tenerlo."
    ),
    // Few conversions
    ("What {#count} conversions can say", "Qué pueden decir {count} conversiones"),
    ("What {#count} lost leads can say", "Qué pueden decir {count} leads perdidos"),
    (
      "A hint, no more: use the ranking beside your rules, set no threshold by the probabilities, and fit "
        + "again when there are 40.",
      "Una pista, nada más: usa el orden junto a tus reglas, no fijes umbrales con las probabilidades y "
        + "ajusta de nuevo cuando haya 40."
    ),
    (
      "Enough to rank leads, and to say of groups of leads how many convert; not enough to tell two similar "
        + "leads apart, nor to settle what a single column does.",
      "Bastan para ordenar leads y para decir de grupos de leads cuántos se convierten; no para distinguir "
        + "dos leads parecidos ni para zanjar qué hace una sola columna."
    ),
    (
      "Of leads in the middle of the list, given {#share}, {#low} to {#high} convert ({#level} interval).",
      "De los leads del medio de la lista, con {share}, se convierte de un {low} a un {high} (intervalo del "
        + "{level})."
    ),
    (
      "{rules}: its score does not rise with conversion in these leads, so the model starts without it.",
      "{rules}: su puntuación no sube con la conversión en estos leads, así que el modelo parte sin ella."
    ),
    (
      "The model starts from {rules}, calibrated, and leaves it where the leads say otherwise; of what its "
        + "score tells, the model's columns can say {#share}.",
      "El modelo parte de {rules}, calibradas, y se aparta donde los leads dicen otra cosa; de lo que su "
        + "puntuación dice, las columnas del modelo pueden decir el {share}."
    ),
    (
      "{rules} was tried as the model's starting point and made it no better; of what its score tells, the "
        + "model's columns can say {#share}.",
      "{rules} se probó como punto de partida del modelo y no lo mejoró; de lo que su puntuación dice, las "
        + "columnas del modelo pueden decir el {share}."
    ),
    (
      "The next {#step} conversions would take about {#gain} ({#low} to {#high}) off the regression's log "
        + "loss of {#loss}: {#share} more than it saves against the base rate today.",
      "Las próximas {step} conversiones quitarían unos {gain} (de {low} a {high}) a la pérdida logarítmica de "
        + "la regresión, {loss}: un {share} más de lo que hoy ahorra frente a la tasa base."
    ),
    (
      "The next {#step} conversions would take about {#gain} ({#low} to {#high}) off the regression's log "
        + "loss of {#loss}.",
      "Las próximas {step} conversiones quitarían unos {gain} (de {low} a {high}) a la pérdida logarítmica de "
        + "la regresión, {loss}."
    ),
    (
      "The next {#step} lost leads would take about {#gain} ({#low} to {#high}) off the regression's log "
        + "loss of {#loss}: {#share} more than it saves against the base rate today.",
      "Los próximos {step} leads perdidos quitarían unos {gain} (de {low} a {high}) a la pérdida logarítmica "
        + "de la regresión, {loss}: un {share} más de lo que hoy ahorra frente a la tasa base."
    ),
    (
      "The next {#step} lost leads would take about {#gain} ({#low} to {#high}) off the regression's log "
        + "loss of {#loss}.",
      "Los próximos {step} leads perdidos quitarían unos {gain} (de {low} a {high}) a la pérdida logarítmica "
        + "de la regresión, {loss}."
    ),
    (
      "This is a curve through models of {#low} to {#high} conversions, drawn on: good for whether waiting "
        + "pays, not for digits.",
      "Es una curva por modelos de {low} a {high} conversiones, prolongada: sirve para saber si conviene "
        + "esperar, no para cifras."
    ),
    (
      "This is a curve through models of {#low} to {#high} lost leads, drawn on: good for whether waiting "
        + "pays, not for digits.",
      "Es una curva por modelos de {low} a {high} leads perdidos, prolongada: sirve para saber si conviene "
        + "esperar, no para cifras."
    ),
    // Warnings at the top
    (
      "NOT converged after {#count} steps: do not trust this model.",
      "NO convergió tras {count} pasos: no te fíes de este modelo."
    ),
    (
      "Audit: {~counts} more; kelvin-train audit shows them.",
      "Auditoría: {counts} más; kelvin-train audit las muestra."
    ),
    ("{#count} warning", "{count} aviso"),
    ("{#count} warnings", "{count} avisos"),
    ("{#count} note", "{count} nota"),
    ("{#count} notes", "{count} notas"),
    ("History", "Historial"),
    (
      "{#used} columns used, {#left} left out: {~reasons}.",
      "{used} columnas en uso, {left} fuera: {reasons}."
    ),
    (
      "{#used} column used, {#left} left out: {~reasons}.",
      "{used} columna en uso, {left} fuera: {reasons}."
    ),
    ("{#used} columns used, {#left} left out.", "{used} columnas en uso, {left} fuera."),
    ("{#used} column used, {#left} left out.", "{used} columna en uso, {left} fuera."),
    ("{name} and {#count} more ({~reason})", "{name} y {count} más ({reason})"),
    ("{name} ({~reason})", "{name} ({reason})"),
    // How good it is
    ("How good it is", "Lo bueno que es"),
    ("Out of fold: {~scheme}.", "Fuera de su pliegue: {scheme}."),
    ("Held out: {~scheme}.", "Apartados: {scheme}."),
    ("Out of fold", "Fuera de su pliegue"),
    ("Held out", "Apartados"),
    ("Out of fold: {~algorithm}", "Fuera de su pliegue: {algorithm}"),
    ("{#count} folds at random", "{count} pliegues al azar"),
    (
      "{#count} folds, no account in two of them",
      "{count} pliegues, ninguna cuenta en dos de ellos"
    ),
    ("{#count} folds, no lead in two of them", "{count} pliegues, ningún lead en dos de ellos"),
    (
      "{#count} stretches of the later half, each judged by a model of the examples whose horizon had passed "
        + "before it",
      "{count} tramos de la segunda mitad, cada uno juzgado por un modelo de los ejemplos cuyo horizonte "
        + "había pasado antes"
    ),
    (
      "{#count} stretches of the later half, each judged by a model of the leads before it",
      "{count} tramos de la segunda mitad, cada uno juzgado por un modelo de los leads anteriores"
    ),
    ("{#share} of the leads, at random", "el {share} de los leads, al azar"),
    ("{#share} of the leads, whole accounts", "el {share} de los leads, cuentas enteras"),
    ("{#share} of the examples, at random", "el {share} de los ejemplos, al azar"),
    ("{#share} of the examples, whole accounts", "el {share} de los ejemplos, cuentas enteras"),
    ("the latest {#share} of the leads", "el {share} más reciente de los leads"),
    ("the latest {#share} of the examples", "el {share} más reciente de los ejemplos"),
    ("of the base rate alone", "solo con la tasa base"),
    ("Mean probability", "Probabilidad media"),
    ("Calibration slope (1 is best)", "Pendiente de calibración (lo mejor es 1)"),
    ("Calibration in the large (0 is best)", "Calibración global (lo mejor es 0)"),
    ("Mean calibration error (ICI)", "Error medio de calibración (ICI)"),
    ("Conversions in the top {#share}", "Conversiones en el {share} superior"),
    ("{#count}, {#lift} average", "{count}, {lift} la media"),
    ("{#count} coefficients", "{count} coeficientes"),
    ("{#count} coefficient", "{count} coeficiente"),
    (
      "{#count} coefficients with L2 penalty {#penalty}",
      "{count} coeficientes con penalización L2 {penalty}"
    ),
    ("L2 penalty {#penalty} ({~how})", "penalización L2 {penalty} ({how})"),
    ("no penalty", "sin penalización"),
    ("as given", "la indicada"),
    ("{#folds}-fold cross-validation", "validación cruzada de {folds} pliegues"),
    (
      "{#folds}-fold cross-validation over {#count} values",
      "validación cruzada de {folds} pliegues entre {count} valores"
    ),
    (
      "{#count} trees of at most {#leaves} leaves ({~how})",
      "{count} árboles de a lo sumo {leaves} hojas ({how})"
    ),
    (
      "{#count} trees of at most {#leaves} leaf ({~how})",
      "{count} árboles de a lo sumo {leaves} hoja ({how})"
    ),
    (
      "{#count} trees ({~how}) of at most {#leaves} leaves",
      "{count} árboles ({how}) de a lo sumo {leaves} hojas"
    ),
    (
      "{#count} trees ({~how}) of at most {#leaves} leaf",
      "{count} árboles ({how}) de a lo sumo {leaves} hoja"
    ),
    (
      "{#count} tree of at most {#leaves} leaves ({~how})",
      "{count} árbol de a lo sumo {leaves} hojas ({how})"
    ),
    (
      "{#count} tree ({~how}) of at most {#leaves} leaves",
      "{count} árbol ({how}) de a lo sumo {leaves} hojas"
    ),
    ("learning rate {#rate}.", "ritmo de aprendizaje {rate}."),
    ("{#count} curves", "{count} curvas"),
    ("{#count} pairs of columns ({~how})", "{count} pares de columnas ({how})"),
    // Calibration
    ("Do the probabilities mean what they say?", "¿Significan las probabilidades lo que dicen?"),
    (
      "On average they lie {#ici} off the smoothed conversion rate (ICI, 95% interval {#low} to {#high}). Of "
        + "the Brier score {#brier}, {~calibration} is miscalibration; telling leads apart saves "
        + "{~resolution} of the base rate's {#base}.",
      "De media quedan a {ici} de la tasa de conversión suavizada (ICI, intervalo del 95 %: de {low} a "
        + "{high}). De la puntuación de Brier {brier}, {calibration} es mala calibración; distinguir los "
        + "leads ahorra {resolution} de los {base} de la tasa base."
    ),
    (
      "Calibration intercept {~figure}; 0 is right. Slope {~slope}; 1 is right.",
      "Término independiente de la calibración {figure}; lo correcto es 0. Pendiente {slope}; lo correcto es "
        + "1."
    ),
    (
      "Calibration intercept {~figure}; 0 is right.",
      "Término independiente de la calibración {figure}; lo correcto es 0."
    ),
    ("Nothing speaks against the probabilities.", "Nada habla en contra de las probabilidades."),
    (
      "The probabilities are too high on the whole and too extreme.",
      "Las probabilidades son en conjunto demasiado altas y demasiado extremas."
    ),
    (
      "The probabilities are too high on the whole and too timid.",
      "Las probabilidades son en conjunto demasiado altas y demasiado tímidas."
    ),
    (
      "The probabilities are too low on the whole and too extreme.",
      "Las probabilidades son en conjunto demasiado bajas y demasiado extremas."
    ),
    (
      "The probabilities are too low on the whole and too timid.",
      "Las probabilidades son en conjunto demasiado bajas y demasiado tímidas."
    ),
    (
      "The probabilities are too high on the whole.",
      "Las probabilidades son en conjunto demasiado altas."
    ),
    (
      "The probabilities are too low on the whole.",
      "Las probabilidades son en conjunto demasiado bajas."
    ),
    ("The probabilities are too extreme.", "Las probabilidades son demasiado extremas."),
    ("The probabilities are too timid.", "Las probabilidades son demasiado tímidas."),
    ("Probability", "Probabilidad"),
    // Effects and importance
    ("What moves the odds most", "Qué mueve más las posibilidades"),
    (
      "The odds of converting against those of the average lead, other columns equal; 95% confidence "
        + "interval.",
      "Las posibilidades de convertirse frente a las del lead medio, con las demás columnas iguales; "
        + "intervalo de confianza del 95 %."
    ),
    (
      "The odds of converting against those of the average lead, other columns equal; 95% posterior "
        + "interval, given the penalty.",
      "Las posibilidades de convertirse frente a las del lead medio, con las demás columnas iguales; "
        + "intervalo a posteriori del 95 %, dada la penalización."
    ),
    ("Compared", "Se compara"),
    ("Odds ×", "Veces"),
    ("Interval", "Intervalo"),
    ("{name}, against {other}", "{name}, frente a {other}"),
    ("Not shown: {~parts}; --json lists all.", "No se muestran: {parts}; --json las da todas."),
    ("{#count} weaker column", "{count} columna más débil"),
    ("{#count} weaker columns", "{count} columnas más débiles"),
    ("{#count} level of those above", "{count} nivel de las de arriba"),
    ("{#count} levels of those above", "{count} niveles de las de arriba"),
    ("What the model looks at", "En qué se fija el modelo"),
    (
      "Share of gain: how much of what the trees learned came from splits on the column. Loss without it: by "
        + "how much the out-of-fold log loss rises when the column's cells are shuffled among the leads; "
        + "near 0, the model could do without the column.",
      "Parte de la ganancia: cuánto de lo que aprendieron los árboles vino de cortes en la columna. Pérdida "
        + "sin ella: cuánto sube la pérdida logarítmica fuera de su pliegue al barajar sus celdas entre los "
        + "leads; cerca de 0, el modelo podría prescindir de la columna."
    ),
    ("Share of gain", "Parte de la ganancia"),
    ("Loss without it", "Pérdida sin ella"),
    // What was written
    ("Written", "Escrito"),
    ("{path} (out-of-fold predictions)", "{path} (predicciones fuera de su pliegue)"),
    ("What to do next", "Qué hacer ahora"),
    (
      "Fit again without a hold-out for daily use: the model then learns from all leads.",
      "Para el uso diario, ajusta de nuevo sin apartar leads: el modelo aprende entonces de todos."
    ),
    (
      "Fit again without a hold-out for daily use: the model then learns from all examples.",
      "Para el uso diario, ajusta de nuevo sin apartar ejemplos: el modelo aprende entonces de todos."
    ),
    (
      "Add --rules rules.yaml to see whether your points or the model find the buyers.",
      "Añade --rules rules.yaml para ver si a los compradores los encuentran tus puntos o el modelo."
    ),
    (
      "Add --out-of-fold FILE, then kelvin-score compare --out-of-fold FILE: rules and model in full.",
      "Añade --out-of-fold FICHERO y luego kelvin-score compare --out-of-fold FICHERO: reglas y modelo al "
        + "completo."
    ),
  ]
}
