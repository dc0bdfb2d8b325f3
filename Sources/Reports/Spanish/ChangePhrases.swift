extension PhraseBook {
  /// What `fit --explain-change` says of two versions.
  static let changesInSpanish: [(english: String, other: String)] = [
    (
      "Which of them is better can't be told from {~unit} that both can be judged on.",
      "No hay {unit} con los que juzgar a ambas, así que no se puede decir cuál es mejor."
    ),
    (
      "{~leads} that neither version was fitted to, the log loss went from {#before} to {#after} "
        + "({#difference}, 95% interval {#low} to {#high}): {~verdict}.",
      "{leads} con los que no se ajustó ninguna de las dos, la pérdida logarítmica pasó de "
        + "{before} a {after} ({difference}, intervalo del 95 %: de {low} a {high}): {verdict}."
    ),
    ("on {#count} {~unit}", "en {count} {unit}"),
    ("the new version is better beyond doubt", "la versión nueva es mejor sin lugar a dudas"),
    ("the new version is worse beyond doubt", "la versión nueva es peor sin lugar a dudas"),
    ("the two can't be told apart", "las dos no se distinguen"),
    (
      "As recorded, each by its own fit on its own {~unit} out of fold:",
      "Según quedó registrado, cada una por su propio ajuste, en sus {unit} fuera de su pliegue:"
    ),
    ("the new version", "la versión nueva"),
    // Moves
    ("Which {~unit} moved most", "Qué {unit} se movieron más"),
    (
      "{#count} open {~unit}, whose outcome neither version has seen, each scored by both as "
        + "written.",
      "{count} {unit} abiertos, cuyo resultado no ha visto ninguna, puntuados por ambas tal como "
        + "están escritas."
    ),
    (
      "{#count} {~unit} that were kept from the new version, each scored by both as written.",
      "{count} {unit} que la versión nueva no vio, puntuados por ambas tal como están escritas."
    ),
    (
      "{#count} {~unit} that the new version was fitted to, for want of open ones: part of a "
        + "move is what it remembers of their outcomes, each scored by both as written.",
      "{count} {unit} con los que se ajustó la versión nueva, a falta de abiertos: parte de un "
        + "movimiento es lo que recuerda de sus resultados; puntuados por ambas tal como están "
        + "escritas."
    ),
    (
      "The probability moves by {#points} points on average; {#count} ({#share}) are in another "
        + "band.",
      "La probabilidad se mueve {points} puntos de media; {count} ({share}) están en otra banda."
    ),
    (
      "Of the {#count} that {version} puts first, {#both} are among the first {#top} of {other}.",
      "De los {count} que {version} pone primero, {both} están entre los {top} primeros de "
        + "{other}."
    ),
    (
      "Of the {#count} that {version} puts first, {#both} are among the first {#top} of the new "
        + "version.",
      "De los {count} que {version} pone primero, {both} están entre los {top} primeros de la "
        + "versión nueva."
    ),
    (
      "The average lead stands at {#after}, before at {#before}: that moves all alike.",
      "El lead medio está en el {after}, antes en el {before}: eso mueve a todos por igual."
    ),
    (
      "The average example stands at {#after}, before at {#before}: that moves all alike.",
      "El ejemplo medio está en el {after}, antes en el {before}: eso mueve a todos por igual."
    ),
    ("Lead", "Lead"),
    ("Example", "Ejemplo"),
    ("Before", "Antes"),
    ("Now", "Ahora"),
    ("Moved by (log-odds)", "Lo movió (log-odds)"),
    // Columns
    ("Which columns gained and lost", "Qué columnas ganaron y perdieron"),
    (
      "How far each column moves the log-odds of these {~unit} on average, in either version, "
        + "and how far apart the two lie.",
      "Cuánto mueve cada columna los log-odds de estos {unit} de media, en cada versión, y "
        + "cuánto se separan las dos."
    ),
    ("Apart", "Distancia"),
    ("Direction now", "Sentido ahora"),
    ("new", "nueva"),
    ("gone", "ya no está"),
    ("{#count} column that moved less", "{count} columna que se movió menos"),
    ("{#count} columns that moved less", "{count} columnas que se movieron menos"),
    // Fairness
    (
      "Which of these {~unit} {version} was fitted to can't be told (it knows no ids of them, or "
        + "cells are read otherwise now), and of those its predictions would be flattered: no "
        + "figures of it are made on them.",
      "No se puede saber con cuáles de estos {unit} se ajustó {version} (no conoce sus "
        + "identificadores, o las celdas se leen ahora de otro modo), y con ellos sus "
        + "predicciones saldrían favorecidas: no se calculan cifras suyas con ellos."
    ),
    (
      "{version} is judged as it was written; the new version by the models of its folds, each "
        + "on {~unit} kept from it.",
      "{version} se juzga tal como está escrita; la versión nueva, por los modelos de sus "
        + "pliegues, cada uno con {unit} que no vio."
    ),
    (
      "{version} is judged as it was written; the new version by the models of its folds, each "
        + "on {~unit} kept from it, and on the hold-out as written.",
      "{version} se juzga tal como está escrita; la versión nueva, por los modelos de sus "
        + "pliegues, cada uno con {unit} que no vio, y en los apartados tal como está escrita."
    ),
    (
      "The folds are drawn at random, so the new version had other {~unit} of the same time to "
        + "learn from, and {version} had to look ahead: where customs change, that favours the "
        + "new one.",
      "Los pliegues se sortean, así que la versión nueva aprendió de otros {unit} de la misma "
        + "época y {version} tuvo que mirar adelante: donde las costumbres cambian, eso favorece "
        + "a la nueva."
    ),
    (
      "With a date of creation (created) the folds look ahead too.",
      "Con una fecha de creación (created) los pliegues también miran adelante."
    ),
    (
      "{version} was fitted to {#old} of the {#all} {~leads} that are judged out of fold or held "
        + "out: it knows their outcomes, which would flatter it, so they are left out.",
      "{version} se ajustó con {old} de los {all} {leads} que se juzgan fuera de su pliegue o "
        + "apartados: conoce sus resultados, lo que la favorecería, así que quedan fuera."
    ),
    (
      "{version} was fitted to {#old} of the {#all} {~leads} that are judged out of fold or held "
        + "out: it knows their outcomes, which would flatter it, so they are left out; none are "
        + "left to judge both by (at least {#least} won and as many lost).",
      "{version} se ajustó con {old} de los {all} {leads} que se juzgan fuera de su pliegue o "
        + "apartados: conoce sus resultados, lo que la favorecería, así que quedan fuera; no "
        + "queda ninguno con el que juzgar a ambas (hacen falta {least} ganados y otros tantos "
        + "perdidos)."
    ),
    (
      "{version} was fitted to {#old} of the {#all} {~leads} that are judged out of fold or held "
        + "out: it knows their outcomes, which would flatter it, so they are left out; the other "
        + "{#new} are too few left to judge both by (at least {#least} won and as many lost).",
      "{version} se ajustó con {old} de los {all} {leads} que se juzgan fuera de su pliegue o "
        + "apartados: conoce sus resultados, lo que la favorecería, así que quedan fuera; los "
        + "otros {new} son demasiado pocos para juzgar a ambas (hacen falta {least} ganados y "
        + "otros tantos perdidos)."
    ),
    (
      "Both were fitted to the same {~unit}, and each was judged on them out of fold: figures "
        + "are of like with like where the folds are alike, but without an interval of the "
        + "difference; one of the size of a figure's own interval means nothing.",
      "Ambas se ajustaron con los mismos {unit} y cada una se juzgó con ellos fuera de su "
        + "pliegue: las cifras son comparables si los pliegues se parecen, pero sin intervalo de "
        + "la diferencia; una del tamaño del intervalo de la propia cifra no significa nada."
    ),
    (
      "Each was judged on {~unit} of its own: figures differ by the {~unit} as well as by the "
        + "versions.",
      "Cada una se juzgó con sus propios {unit}: las cifras difieren por los {unit} además de "
        + "por las versiones."
    ),
    (
      "Cells of {columns} are read otherwise now (missing tokens, decimal mark, order of dates) "
        + "than when {version} was fitted: it is asked about them as they are read now.",
      "Las celdas de {columns} se leen ahora de otro modo (valores que faltan, marca decimal, "
        + "orden de las fechas) que cuando se ajustó {version}: se le preguntan como se leen "
        + "ahora."
    ),
    (
      "Their horizons differ: a probability of {version} is one of another length of time.",
      "Sus horizontes difieren: una probabilidad de {version} se refiere a otro plazo."
    ),
    ("What differs in how they were fitted", "Qué cambia en cómo se ajustaron"),
  ]
}
