extension PhraseBook {
  /// What `inspect` says of a model file, of a tree, and of a curve.
  static let inspectionInSpanish: [(english: String, other: String)] = [
    ("Model file", "Fichero de modelo"),
    ("File", "Fichero"),
    ("Format", "Formato"),
    ("State", "Estado"),
    ("candidate", "candidato"),
    ("champion", "campeón"),
    ("retired", "retirado"),
    ("Algorithm", "Algoritmo"),
    ("Coefficients", "Coeficientes"),
    ("Trees", "Árboles"),
    ("Leaves", "Hojas"),
    ("What it learned from", "De qué aprendió"),
    ("Also fitted on the same folds", "También se ajustó en los mismos pliegues"),
    ("The model", "El modelo"),
    (
      "{~algorithm}: log loss {#difference} against the model's (95% interval {#low} to {#high}).",
      "{algorithm}: pérdida logarítmica {difference} frente a la del modelo (intervalo del 95 %: de {low} a "
        + "{high})."
    ),
    // Accounts
    ("Accounts", "Cuentas"),
    (
      "Of leads of one account ({column}) nothing could be learned: account probabilities take a correlation "
        + "of {#value} (0: each lead by itself; 1: all as one).",
      "De los leads de una misma cuenta ({column}) no se ha podido aprender nada: las probabilidades de las "
        + "cuentas toman una correlación de {value} (0: cada lead por su cuenta; 1: todos a una)."
    ),
    (
      "Leads of one account ({column}) go together with a correlation of {#value} (0: each lead by itself; 1: "
        + "all as one). Of {#accounts} accounts with several leads {#converted} had a conversion; {#alone} were "
        + "to be expected of leads by themselves, {#expected} with the correlation.",
      "Los leads de una misma cuenta ({column}) van juntos con una correlación de {value} (0: cada lead por su "
        + "cuenta; 1: todos a una). De {accounts} cuentas con varios leads {converted} tuvieron alguna "
        + "conversión; se esperaban {alone} de leads cada uno por su cuenta, {expected} con la correlación."
    ),
    // Facts
    ("Penalty", "Penalización"),
    ("L2, {#value}", "L2, {value}"),
    ("Seed", "Semilla"),
    ("Separator", "Separador"),
    ("tab", "tabulador"),
    ("Encoding", "Codificación"),
    ("Knows its leads by", "Reconoce sus leads por"),
    ("their ids (hashed)", "sus identificadores (hash)"),
    ("their cells (hashed)", "sus celdas (hash)"),
    ("Blend", "Mezcla"),
    ("{~blend}, intercept {#value}", "{blend}, término independiente {value}"),
    ("{#weight} × {~member}", "{weight} × {member}"),
    ("Rounds", "Rondas"),
    ("Rounds of curves", "Rondas de curvas"),
    ("Rounds of pairs", "Rondas de pares"),
    ("{#model}; {#folds} in the folds", "{model}; {folds} en los pliegues"),
    (
      "{#model}; {#folds} in the folds; {#pairs} of at most {#most}",
      "{model}; {folds} en los pliegues; {pairs} de a lo sumo {most}"
    ),
    (
      "{#rounds}; {#folds} in the folds, rounds {#most}, patience {#patience}",
      "{rounds}; {folds} en los pliegues, rounds {most}, patience {patience}"
    ),
    ("Learning rate", "Ritmo de aprendizaje"),
    ("Each tree", "Cada árbol"),
    (
      "leaves {#leaves}, of pairs {#pairs}, minimum_rows {#rows}, learning rate {#rate}",
      "leaves {leaves}, de pares {pairs}, minimum_rows {rows}, ritmo de aprendizaje {rate}"
    ),
    ("max_bins {#bins}, of pairs {#pairs}", "max_bins {bins}, de pares {pairs}"),
    ("Leaf values", "Valores de las hojas"),
    ("Members", "Miembros"),
    ("{#count}; without pairs: {#members}", "{count}; sin pares: {members}"),
    ("Features", "Variables"),
    ("Monotone", "Monótonas"),
    ("{name} increasing", "{name} creciente"),
    ("{name} decreasing", "{name} decreciente"),
    ("Interactions", "Interacciones"),
    ("Shallow trees", "Árboles poco profundos"),
    ("Wide trees", "Árboles anchos"),
    (
      "{#weight} × mean of {#members} × {#rounds} of {#leaves} leaves",
      "{weight} × media de {members} × {rounds} de {leaves} hojas"
    ),
    (
      "{#weight} × mean of {#members} × {#rounds} of {#leaves} leaves without pairs",
      "{weight} × media de {members} × {rounds} de {leaves} hojas sin pares"
    ),
    ("{#weight} × {#rounds} of {#leaves} leaves", "{weight} × {rounds} de {leaves} hojas"),
    (
      "{#weight} × {#rounds} of {#leaves} leaves without pairs",
      "{weight} × {rounds} de {leaves} hojas sin pares"
    ),
    (
      "{#rounds} in the folds, log loss {#loss}",
      "{rounds} en los pliegues, pérdida logarítmica {loss}"
    ),
    ("Learned from", "Aprendió de"),
    ("{#count}, {#won} won", "{count}, {won} ganados"),
    ("Outcome", "Resultado"),
    ("Folds", "Pliegues"),
    // A tree
    (
      "Tree {#number} of {#count}, {model}: {#leaves} leaf",
      "Árbol {number} de {count}, {model}: {leaves} hoja"
    ),
    (
      "Tree {#number} of {#count}, {model}: {#leaves} leaves",
      "Árbol {number} de {count}, {model}: {leaves} hojas"
    ),
    (
      "A leaf's number is what it adds to a lead's log-odds, beside it the share of the training leads that "
        + "end there. What is missing is also what was too rare to learn from, or never seen.",
      "El número de una hoja es lo que suma a los log-odds de un lead; al lado, la parte de los leads de "
        + "entrenamiento que acaban en ella. Lo que falta es también lo que era demasiado raro para aprender "
        + "de ello, o nunca se vio."
    ),
    ("yes: {~rest}", "sí: {rest}"),
    ("no: {~rest}", "no: {rest}"),
    ("{~question} or missing?", "¿{question} o falta?"),
    ("{~question}?", "¿{question}?"),
    ("{=feature} is missing", "falta {feature}"),
    ("{=feature} is known", "se conoce {feature}"),
    ("{=feature} < {#value}", "{feature} < {value}"),
    ("{=feature} ≤ {#value}", "{feature} ≤ {value}"),
    ("{=feature} ≤ {~part}", "{feature} ≤ {part}"),
    ("{=feature} = {level}?", "¿{feature} = {level}?"),
    ("{=feature} = {level} or missing?", "¿{feature} = {level} o falta?"),
    ("{=feature} in {{}{levels}{}", "{feature} en {{}{levels}{}"),
    (
      "{=feature} in {{}{levels}, … {#count} more{}",
      "{feature} en {{}{levels}… y {count} más{}"
    ),
    // A curve
    (
      "What it adds to a lead's log-odds, before calibration, against the average training lead: +0.69 "
        + "doubles the odds, −0.69 halves them.",
      "Lo que suma a los log-odds de un lead, antes de calibrar, frente al lead medio de entrenamiento: +0,69 "
        + "duplica las posibilidades, −0,69 las reduce a la mitad."
    ),
    ("Together with others", "Junto con otras"),
    (
      "On top of what both do by themselves; the combinations that move most leads furthest.",
      "Además de lo que hace cada una por sí sola; las combinaciones que más mueven a más leads."
    ),
    ("Where", "Dónde"),
    ("{feature}: ±{#strength} on average", "{feature}: ±{strength} de media"),
    ("{#count} rarer level", "{count} nivel menos frecuente"),
    ("{#count} rarer levels", "{count} niveles menos frecuentes"),
  ]
}
