extension PhraseBook {
  /// What commands are doing, as their progress says it.
  static let progressInSpanish: [(english: String, other: String)] = [
    ("reading {source}", "leyendo {source}"),
    ("writing {file}", "escribiendo {file}"),
    ("auditing", "auditando"),
    ("making examples", "haciendo ejemplos"),
    ("looking at leads as of the moment", "mirando los leads en su momento"),
    ("fitting logistic regression", "ajustando la regresión logística"),
    ("validating logistic regression", "validando la regresión logística"),
    ("growing trees", "haciendo crecer árboles"),
    (
      "growing trees, fold {#fold} of {#count}",
      "haciendo crecer árboles, pliegue {fold} de {count}"
    ),
    ("growing curves", "haciendo crecer curvas"),
    (
      "growing curves, fold {#fold} of {#count}",
      "haciendo crecer curvas, pliegue {fold} de {count}"
    ),
    ("growing pairs", "haciendo crecer pares"),
    (
      "growing pairs, fold {#fold} of {#count}", "haciendo crecer pares, pliegue {fold} de {count}"
    ),
    ("shuffling columns", "barajando columnas"),
    ("judging the model", "juzgando el modelo"),
    ("comparing with {model}", "comparando con {model}"),
    ("finding what moves leads", "buscando qué mueve a los leads"),
    ("learning points", "aprendiendo puntos"),
    ("leads scored", "leads puntuados"),
  ]
}
