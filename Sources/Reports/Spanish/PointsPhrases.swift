extension PhraseBook {
  /// What `points` says of the points that it learned.
  static let pointsInSpanish: [(english: String, other: String)] = [
    (
      "No rule about these columns tells won from lost leads beyond chance: there is nothing to write.",
      "Ninguna regla sobre estas columnas distingue los leads ganados de los perdidos más allá del azar: no "
        + "hay nada que escribir."
    ),
    (
      "{#count} rule of what your customers have in common.",
      "{count} regla sobre lo que tus clientes tienen en común."
    ),
    (
      "{#count} rules of what your customers have in common.",
      "{count} reglas sobre lo que tus clientes tienen en común."
    ),
    (
      "Your points stand: history does not tell them from others that it would learn.",
      "Tus puntos se quedan: el historial no los distingue de los que aprendería."
    ),
    ("{#count} rule with other points", "{count} regla con otros puntos"),
    ("{#count} rules with other points", "{count} reglas con otros puntos"),
    ("{#count} new rule", "{count} regla nueva"),
    ("{#count} new rules", "{count} reglas nuevas"),
    ("on {#count} leads held out", "con {count} leads apartados"),
    (
      "on {#count} leads, each judged by points learned without it,",
      "con {count} leads, cada uno juzgado por puntos aprendidos sin él,"
    ),
    ("{~leads} they rank with an AUC of {#area}.", "{leads} ordenan con un AUC de {area}."),
    (
      "{~leads} they are better than yours: log loss {#share} lower.",
      "{leads} son mejores que los tuyos: pérdida logarítmica un {share} menor."
    ),
    (
      "{~leads} they are worse than yours (log loss {#share} higher): keep your own.",
      "{leads} son peores que los tuyos (pérdida logarítmica un {share} mayor): conserva los tuyos."
    ),
    (
      "{~leads} they are not distinguishable from yours.",
      "{leads} no se distinguen de los tuyos."
    ),
    // Lines of the file
    ("Points", "Puntos"),
    ("Rule", "Regla"),
    ("Score", "Puntuación"),
    ("Difference", "Diferencia"),
    ("History says (95%)", "Lo que dice el historial (95 %)"),
    ("Won with", "Ganados con"),
    ("Won without", "Ganados sin"),
    ("~ other points", "~ otros puntos"),
    ("+ a new rule", "+ una regla nueva"),
    ("= not learned", "= no se aprende"),
    (
      "the rest is kept: other points gain no more than chance would.",
      "lo demás se queda: otros puntos no ganan más de lo que ganaría el azar."
    ),
    ("= {rule}: {~why}.", "= {rule}: {why}."),
    ("it disqualifies, whatever its points", "descarta, tenga los puntos que tenga"),
    (
      "it gives no points, so that their fade is not known",
      "no da puntos, así que no se sabe cómo caducarían"
    ),
    ("“{column}” is left out ({~why})", "«{column}» queda fuera ({why})"),
    // The judgement
    ("On leads held out", "En leads apartados"),
    (
      "On leads that the points were not learned from",
      "En leads de los que no se aprendieron los puntos"
    ),
    ("{#count} leads, {#won} won.", "{count} leads, {won} ganados."),
    ("Learned", "Aprendidos"),
    ("Yours", "Tuyos"),
    (
      "The rate of conversion alone: log loss {#loss}.",
      "Solo con la tasa de conversión: pérdida logarítmica {loss}."
    ),
    ("What points mean", "Qué significan los puntos"),
    ("Written to {file}.", "Escrito en {file}."),
    (
      "Compare it with a model on leads that neither has seen: kelvin-score compare --rules.",
      "Compáralo con un modelo en leads que ninguno haya visto: kelvin-score compare --rules."
    ),
    // Warnings
    ("As before: {~warning}", "Como antes: {warning}"),
    (
      "{#count} conversions are few: points stay near yours, and only what is beyond doubt changes.",
      "{count} conversiones son pocas: los puntos quedan cerca de los tuyos y solo cambia lo que no admite "
        + "duda."
    ),
    (
      "{#count} conversions are few: points stay near none, and only what is beyond doubt changes.",
      "{count} conversiones son pocas: los puntos quedan cerca de ninguno y solo cambia lo que no admite "
        + "duda."
    ),
    (
      "{#count} lost leads are few: points stay near yours, and only what is beyond doubt changes.",
      "{count} leads perdidos son pocos: los puntos quedan cerca de los tuyos y solo cambia lo que no "
        + "admite duda."
    ),
    (
      "{#count} lost leads are few: points stay near none, and only what is beyond doubt changes.",
      "{count} leads perdidos son pocos: los puntos quedan cerca de ninguno y solo cambia lo que no admite "
        + "duda."
    ),
    (
      "Points and conversion do not rise together in these leads.",
      "En estos leads, los puntos y la conversión no suben juntos."
    ),
    (
      "{~leads} that rules disqualify took no part in learning, and stand below all others.",
      "{leads} que las reglas descartan no participan en el aprendizaje y quedan por debajo de los demás."
    ),
  ]
}
