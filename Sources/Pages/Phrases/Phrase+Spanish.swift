extension Phrase {
  /// The text in Spanish.
  var spanish: String {
    switch self {
    // The page as a whole, and words of several sections
    case .title: "¿Reglas o modelo? Una comparación"
    case .eyebrow: "Reglas y modelo sobre los mismos leads"
    case .headlineModel:
      "El modelo encuentra {model} de {all} compradores en el {share} superior; tus reglas "
        + "encuentran {rules}."
    case .headlineRules:
      "Tus reglas encuentran {rules} de {all} compradores en el {share} superior; el modelo "
        + "encuentra {model}."
    case .headlineLevel:
      "En el {share} superior el modelo encuentra {model} de {all} compradores y tus reglas "
        + "{rules}: una diferencia que puede ser casual."
    case .headlineAllWon: "Todos estos leads se convirtieron: no hay nada que ordenar."
    case .headlineNoneWon: "Ninguno de estos leads se convirtió: no hay nada que ordenar."
    case .about: "unos {count}"
    case .heldOut: "{leads} leads apartados del entrenamiento, {won} de ellos compradores ({rate})."
    case .outOfFold:
      "{leads} leads del historial, cada uno puntuado por un modelo ajustado sin él, {won} "
        + "de ellos compradores ({rate})."
    case .newData:
      "{leads} leads con los que el modelo no se ajustó, {won} de ellos compradores "
        + "({rate})."
    case .contactUnknown:
      "Se comparan todos los leads, contactados o no. Si tus reglas decidían a quién llamar, "
        + "las ventas que causó la llamada cuentan a favor de las reglas."
    case .contactKnown:
      "Se comparan todos los leads. Solo entre los {leads} contactados («{column}», {won} "
        + "compradores) el modelo ordena con un AUC de {model} y las reglas con {rules}."
    case .contactFew:
      "Se comparan todos los leads; hay demasiado pocos marcados como contactados en "
        + "«{column}» para compararlos aparte."
    case .model: "Modelo"
    case .rules: "Reglas"
    case .together: "Ambos juntos"
    case .random: "Al azar"
    case .difference: "Diferencia"
    case .interval: "Intervalo del 95 %"
    case .leads: "Leads"
    case .buyers: "Compradores"
    case .conversionRate: "Tasa de conversión"
    case .to: "de {low} a {high}"
    case .tilesTop: "Compradores hallados en el {share} superior"
    case .tilesDifference: "Diferencia: {difference} compradores ({interval})"
    case .tilesAUC: "AUC: lo bien que se ordena toda la lista"
    case .tilesAUCDifference: "Diferencia: {difference} ({interval}), {p}"
    case .tilesAUCLevel: "Diferencia: {difference} ({interval}): no se distinguen"
    case .pBelow: "p < {value}"
    case .pIs: "p = {value}"
    case .asTable: "Las cifras en una tabla"
    case .howToRead: "Cómo leerlo"
    case .notFilled: "sin rellenar"
    // Gain curves
    case .gainTitle: "Compradores hallados a lo largo de la lista"
    case .gainLead: "Trabajando la lista desde arriba se encuentra esta parte de los compradores."
    case .gainX: "Parte de los leads trabajada"
    case .gainY: "Parte de los compradores hallada"
    case .gainDescription:
      "Dos curvas de 0 a 100 %. Con el {share} de los leads el modelo ha hallado el {model} "
        + "de los compradores y las reglas el {rules}."
    case .gainHelp:
      "Cuanto más alta una curva, antes encuentra a los compradores. La línea de puntos es "
        + "una lista en orden aleatorio. Las bandas contienen la curva en 95 de cada 100 sorteos "
        + "de leads como estos ({draws} sorteos, semilla {seed}). Donde muchos leads comparten "
        + "puntos se toman en orden aleatorio, y la curva de las reglas es recta."
    case .gainLabel: "{side} {value}"
    // Reliability
    case .reliabilityTitle: "¿Los números significan lo que dicen?"
    case .reliabilityLead: "Lo que promete cada puntuación, frente a lo que pasó."
    case .reliabilityModel: "La probabilidad del modelo"
    case .reliabilityRules: "La puntuación de las reglas"
    case .probability: "Probabilidad"
    case .meanProbability: "Probabilidad media"
    case .ruleScore: "Puntuación de las reglas"
    case .converted: "Se convirtió"
    case .reliabilityModelDescription:
      "Leads en grupos de probabilidad creciente. En el grupo más alto el modelo esperaba un "
        + "{expected} y se convirtió el {rate}."
    case .reliabilityRulesDescription:
      "Tasa de conversión por puntuación. De los leads con {low} a {high} puntos se "
        + "convirtió el {rate}."
    case .reliabilityHelp:
      "Sobre la línea, una probabilidad del 30 % significa que compran 30 de cada 100. Las "
        + "barras son intervalos del 95 % (Wilson). Los puntos no prometen ninguna tasa: solo "
        + "cabe preguntar si más puntos significan más compradores."
    // Bands of the rule score
    case .bandsTitle: "Qué significan tus puntos"
    case .bandsLead: "Tasa de conversión en cada puntuación."
    case .bandsDescription:
      "Una barra por tramo de puntuación, desde el {first} en el más alto hasta el {last} en "
        + "el más bajo."
    case .bandsHelp:
      "La barra es la parte que compró, la línea fina su intervalo del 95 %; la marca "
        + "redonda es lo que el modelo espera de esos mismos leads de media."
    case .modelExpects: "El modelo espera"
    case .rateOfLeads: "{rate} de {leads}"
    // Rules
    case .rulesTitle: "Regla a regla"
    case .rulesLead:
      "Los leads que cumplen una regla frente a los demás: en cuánto difiere su tasa de "
        + "conversión."
    case .rulesX: "Diferencia de tasa, puntos porcentuales"
    case .rulesDescription:
      "Una fila por regla con la diferencia en la tasa de conversión y su intervalo."
    case .rulesHelp:
      "A la derecha de la línea, los leads con la regla se convierten más. Una regla que da "
        + "puntos debe estar a la derecha y una que los quita, a la izquierda. Cada regla se "
        + "mira por sí sola: también cuenta lo que la acompaña."
    case .ruleLabel: "{rule} · {points}"
    case .pointsOf: "{points} puntos"
    case .disqualifies: "descarta"
    case .verdictAgrees: "como se pretendía"
    case .verdictWrongSign: "apunta al revés"
    case .verdictNothing: "sin efecto visible"
    case .verdictTooFew: "muy pocos leads"
    case .rule: "Regla"
    case .points: "Puntos"
    case .holds: "Leads con ella"
    case .rateWith: "Tasa con ella"
    case .rateWithout: "Tasa sin ella"
    case .verdict: "Qué dice"
    case .overlapSentence:
      "«{first}» y «{second}» se cumplen en los mismos leads ({share} de los que cumplen "
        + "alguna): se cuenta dos veces lo mismo."
    case .lateSentence:
      "«{column}» se rellena cuando ya se conoce el resultado o después. Los puntos por ella "
        + "hacen que las reglas parezcan mejores de lo que son."
    case .outcomeSentence:
      "«{column}» es el propio resultado: los puntos por ella solo se conocen después."
    // Grid and stages
    case .gridTitle: "La cuadrícula de grados"
    case .gridLead: "Tasa de conversión en cada celda de {rows} y {columns}."
    case .gridLeadOne: "Tasa de conversión por grado de {columns}."
    case .gridDescription:
      "Una cuadrícula de grados; la celda más oscura es {best}, con una tasa de conversión "
        + "del {rate}."
    case .gridHelp:
      "El color es la parte que compró; las cifras pequeñas son números de leads. Las celdas "
        + "con pocos leads dicen poco: mira los intervalos en la tabla. Si dos celdas vecinas "
        + "tienen la misma tasa, la línea entre ellas no significa nada."
    case .cell: "Celda"
    case .stagesTitle: "Etapa por etapa"
    case .stagesLead: "Qué fue de los leads de cada etapa y qué espera de ellos el modelo."
    case .stagesHelp:
      "La barra es la parte que compró, con su intervalo del 95 %; la marca redonda es lo "
        + "que espera el modelo. El AUC dentro de una etapa dice cuánto añade el modelo donde "
        + "las reglas no ven diferencia."
    case .stagesDescription: "Una barra por etapa con su tasa de conversión."
    case .stage: "Etapa"
    case .belowStages: "por debajo de toda etapa"
    case .aucWithin: "AUC del modelo dentro"
    // Swaps
    case .swapsTitle: "Donde no coinciden"
    case .swapsLead:
      "El {share} superior de cada lista ({leads} leads): quién está en ambas, quién en una "
        + "sola, y cómo se convirtieron."
    case .onBoth: "En ambas listas"
    case .modelOnly: "Solo en la del modelo"
    case .rulesOnly: "Solo en la de las reglas"
    case .swapsDescription:
      "Tres barras: de los leads en ambas listas se convirtió el {both}, de los que solo "
        + "están en la del modelo el {model}, de los que solo están en la de las reglas el "
        + "{rules}."
    case .swapsHelp:
      "Si los leads que solo elige un lado se convierten más que los que solo elige el otro, "
        + "conviene escuchar al primero."
    case .swapListModel: "El modelo llamaría, las reglas no"
    case .swapListRules: "Las reglas llamarían, el modelo no"
    case .swapBought: "compró"
    case .swapNot: "no compró"
    case .swapScores:
      "Probabilidad {probability} (puesto {model}) · puntuación {score} (puesto {rules})"
    case .swapModelReasons: "Modelo: {text}"
    case .swapRuleReasons: "Reglas: {text}"
    case .lead: "Lead"
    case .swapMore: "Más leads de la lista"
    case .swapNone: "Ningún lead está con seguridad solo en esta lista."
    // Capacity
    case .capacityTitle: "Cuántos leads trabajar"
    case .capacityLead: "Cada paso hacia abajo en la lista, y lo que encuentra."
    case .capacityAsked:
      "Con sitio para {leads} leads el modelo encuentra {model} de {all} compradores (desde "
        + "una probabilidad del {modelFrom}) y las reglas {rules} (desde {rulesFrom} puntos)."
    case .capacityAskedOf:
      "Con sitio para {leads} de cada {outOf} leads, que son {here} de estos, el modelo "
        + "encuentra {model} de {all} compradores (desde una probabilidad del {modelFrom}) y las "
        + "reglas {rules} (desde {rulesFrom} puntos)."
    case .capacityBest:
      "Con un valor de {value} por conversión y un coste de {cost} por contacto, según "
        + "{side} conviene trabajar {leads} leads: {net} netos."
    case .capacityBestColumn:
      "Con los valores de «{value}» y un coste de {cost} por contacto, según {side} conviene "
        + "trabajar {leads} leads: {net} netos."
    case .capacityNone: "Según {side}, con este valor y este coste no compensa ningún contacto."
    case .sideModel: "el modelo"
    case .sideRules: "las reglas"
    case .worked: "Leads trabajados"
    case .modelFinds: "Modelo"
    case .rulesFind: "Reglas"
    case .togetherFind: "Juntos"
    case .modelMisses: "Pierde el modelo"
    case .rulesMiss: "Pierden las reglas"
    case .fromProbability: "Desde una probabilidad de"
    case .fromScore: "Desde una puntuación de"
    case .either: "En alguna lista"
    case .precision: "De cada 100"
    case .netModel: "Neto, modelo"
    case .netRules: "Neto, reglas"
    case .capacityHelp:
      "Compradores hallados al trabajar tantos leads desde arriba de cada lista. «Juntos» "
        + "toma los leads por la media de sus dos puestos. La tabla añade la puntuación desde la "
        + "que empezar, los compradores perdidos y los leads que trabajaría alguna de las "
        + "listas. Los mejores umbrales se hallan con estos mismos leads, lo que los favorece un "
        + "poco."
    // Rules and model put together by a fit
    case .combinedTitle: "Reglas y modelo combinados"
    case .combinedBeatsBoth: "Juntos superan tanto al modelo solo como a las reglas solas."
    case .combinedModelAsWell:
      "Juntos superan a las reglas y no se distinguen del modelo solo: los puntos no le añaden nada "
        + "que se note en estos leads."
    case .combinedRulesAsWell:
      "Juntos superan al modelo y no se distinguen de las reglas solas."
    case .combinedLevel: "Juntos no se distinguen de ninguno de los dos por separado."
    case .combinedWorseThanModel: "Juntos lo hacen peor que el modelo solo."
    case .combinedWorseThanRules: "Juntos lo hacen peor que las reglas solas."
    case .combinedPrior:
      "Las reglas son el punto de partida del que se aparta el modelo (pesos: modelo {model}, reglas "
        + "{rules})."
    case .combinedFeature:
      "La puntuación de las reglas es una variable junto al modelo (pesos: modelo {model}, reglas "
        + "{rules})."
    case .combinedAgainst: "Pérdida logarítmica de ambos juntos menos la propia"
    case .combinedLogLoss: "Pérdida logarítmica"
    case .combinedTop: "Compradores en el {share} superior"
    case .combinedHelp:
      "El ajuste combinó modelo y reglas con leads que no se usaron para ajustar ninguno; aquí solo "
        + "se aplica. La pérdida logarítmica es menor cuanto mejores son las probabilidades; la de "
        + "las reglas es la de su puntuación convertida en probabilidad. Una diferencia cuyo "
        + "intervalo deja fuera el 0 no es casual."
    // Segments
    case .segmentsTitle: "Dónde funciona cada uno"
    case .segmentsLead:
      "Lo bien que ordena cada uno dentro de partes de los leads. Las marcas que tocan la "
        + "línea de puntos no superan al azar."
    case .segmentsX: "AUC dentro de la parte"
    case .segmentBy: "Por {column}"
    case .segmentDescription: "AUC del modelo y de las reglas para cada valor de {column}."
    case .segmentHelp:
      "El AUC es la probabilidad de que un comprador quede por encima de otro lead: 0,5 es "
        + "una moneda, 1 es perfecto. Con muchas partes, uno de cada veinte intervalos falla por "
        + "puro azar."
    case .meanScore: "Puntuación media"
    case .segmentTooFew: "Muy pocos compradores para decir algo: {parts}."
    case .segmentOthers: "No se muestran {leads} leads de valores menos frecuentes."
    case .flagModelFails: "el modelo no supera al azar"
    case .flagRulesFail: "las reglas no superan al azar"
    case .flagBothFail: "ninguno supera al azar"
    case .flagRulesBetter: "las reglas ordenan mejor"
    case .flagModelBetter: "el modelo ordena mejor"
    case .flagTooFew: "muy pocos compradores"
    case .flagLevel: "igualados"
    case .partLabel: "{name} · {won} de {leads}"
    // Scores over time
    case .movementTitle: "Cómo se mueven las puntuaciones con el tiempo"
    case .movementOnlyUp:
      "De una decisión sobre un lead a la siguiente {rose} puntuaciones subieron, {fell} bajaron y "
        + "{level} siguieron igual: la puntuación solo sube. Con puntos que caducan, o una regla para "
        + "el silencio, puede bajar."
    case .movementUpAndDown:
      "De una decisión sobre un lead a la siguiente {rose} puntuaciones subieron, {fell} bajaron y "
        + "{level} siguieron igual."
    case .movementStill:
      "De una decisión sobre un lead a la siguiente {rose} puntuaciones subieron, {fell} bajaron y "
        + "{level} siguieron igual: una vez dada, la puntuación apenas se mueve."
    case .movementUnknown:
      "Sobre demasiado pocos leads se decidió más de una vez para ver cómo se mueve su puntuación."
    case .movementTrend:
      "Las primeras puntuaciones de los meses posteriores están a {trend} puntos de las de los "
        + "anteriores ({interval})."
    case .movementInflates:
      "Las primeras puntuaciones de los meses posteriores están a {trend} puntos de las de los "
        + "anteriores ({interval}) y las conversiones no subieron con ellas: los puntos se inflan."
    case .movementAge: "Edad"
    case .movementAges: "de {from} a {to} días"
    case .movementNext: "de una a la siguiente"
    case .movementRose: "Subieron"
    case .movementStayed: "Igual"
    case .movementFell: "Bajaron"
    case .movementBefore: "Puntuación antes"
    case .movementAfter: "Puntuación después"
    case .movementModelBefore: "Modelo antes"
    case .movementModelAfter: "Modelo después"
    case .movementMonths: "Primeras decisiones sobre cada lead, por mes"
    case .movementMonth: "Mes"
    case .movementHelp:
      "Cada lead se compara consigo mismo, a una edad y a la siguiente; al lado está la probabilidad "
        + "media que el modelo da a los mismos leads. Por mes, cada lead cuenta una vez, en su primera "
        + "decisión."
    case .contactAfter: "{types} desde la decisión"
    case .contactBefore: "{types} antes de la decisión"
    // Details
    case .detailsTitle: "Todas las cifras"
    case .rankingTable: "Lo bien que ordena cada uno toda la lista"
    case .auc: "AUC (0,5 es el azar)"
    case .averagePrecision: "Precisión media"
    case .logLoss: "Pérdida logarítmica (solo con la tasa base: {base})"
    case .brier: "Puntuación de Brier"
    case .topsTable: "Compradores en lo alto de la lista"
    case .topShare: "{share} superior"
    case .rate: "Tasa"
    case .lift: "Mejora"
    case .tenthsTable: "Compradores por décimas de la lista, de mejor a peor"
    case .tenth: "Décima"
    case .modelSoFar: "Modelo acumulado"
    case .rulesSoFar: "Reglas acumuladas"
    case .detailsHelp:
      "Mejora: cuántas veces más compradores que tomando leads al azar. Las diferencias de "
        + "AUC se prueban sobre los mismos leads (DeLong); las de compradores hallados, con los "
        + "que solo encuentra un lado (McNemar)."
    case .cautionsTitle: "Antes de confiar en esto"
    case .footer:
      "Modelo: {model}. Reglas: {rules}. Hecho por Kelvin; esta página no necesita nada de "
        + "fuera."
    case .unnamed: "sin nombre"
    // Cautions
    case .cautionFewConversions:
      "Solo se convirtieron {count} de estos leads: las cifras son aproximadas."
    case .cautionFewOthers:
      "Solo {count} de estos leads no se convirtieron: las cifras son aproximadas."
    case .cautionRulesDoNotRank:
      "Todos los leads tienen la misma puntuación: las reglas no los ordenan en absoluto."
    case .cautionRulesKnowOutcome:
      "{rules} da puntos por «{column}», el propio resultado: lo que puntúa solo se sabe "
        + "después, y ninguna comparación con ello significa nada."
    case .cautionPointsOfExport:
      "«{column}» contiene los puntos de cada lead en el momento de la exportación: los "
        + "puntos dados tras el resultado hacen que las reglas parezcan mejores de lo que son."
    case .cautionMayBeSeen:
      "El modelo no puede saber con qué leads se ajustó: no tiene columna de identificador y "
        + "demasiados leads son iguales. Asegúrate de que estos son otros."
    case .cautionOtherRules:
      "Estas reglas no son las que el modelo tuvo al lado al ajustarse: no se sabe qué darían juntos. "
        + "Ajusta de nuevo con ellas para saberlo."
    // What a column does
    case .shapeTitle: "{column} en {model}"
    case .shapeCaption:
      "Log-odds frente al lead medio: +0,69 duplica las posibilidades. A lo ancho, los números ocupan "
        + "lo que los leads que los tienen."
    case .shapeStrength: "{feature}: ±{strength} log-odds de media"
    case .shapeHidden: "No se muestran niveles menos frecuentes: {count}."
    case .cautionPredictionsWithoutLeads:
      "{missing} de los {all} leads de {path} no están entre estos leads, o ya no tienen resultado: las "
        + "cifras son de los demás."
    }
  }
}
