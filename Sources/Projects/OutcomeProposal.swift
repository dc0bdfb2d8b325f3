import Tables

/// A column that may hold the outcome, and what its values seem to mean.
public struct OutcomeProposal: Sendable, Equatable {
  /// A value with the number of rows that have it.
  public struct Value: Sendable, Equatable {
    public let text: String
    public let count: Int
  }

  public let column: String
  /// Empty for a yes/no column, whose yes is won, and where no value could be told.
  public let won: [Value]
  public let lost: [Value]
  /// All other values: leads that are still open, or values that need a decision.
  public let others: [Value]
  /// Whether the column holds yes and no in some spelling.
  public let isFlag: Bool
  /// How much speaks for this column; from 5 up its name alone is telling.
  let strength: Int

  /// Whether it is settled what won and lost are.
  public var isSettled: Bool { isFlag || (!won.isEmpty && !lost.isEmpty) }
}

/// The columns that may hold the outcome, the most likely first.
///
/// A column counts by its name, by the words among its values, and a little for being the last.
func outcomeProposals(_ table: Table) -> [OutcomeProposal] {
  var proposals: [OutcomeProposal] = []
  for (index, column) in table.columns.enumerated() {
    guard let values = outcomeValues(column) else { continue }
    let won = values.filter { wonWords.contains(words(of: $0.text)) }
    let lost = values.filter { lostWords.contains(words(of: $0.text)) }
    let isFlag = column.type == .flag
    var strength = nameStrength(column.name)
    if isFlag || values.count == 2 { strength += 1 }
    if !isFlag, won.contains(where: { tellingWords.contains(words(of: $0.text)) }) {
      strength += lost.isEmpty ? 2 : 3
    }
    // Tables made for learning have the outcome last; elsewhere it says little.
    let isLast = index == table.columns.count - 1 && values.count == 2
    guard strength >= 3 || isLast else { continue }
    proposals.append(
      proposal(column.name, values, won: won, lost: lost, isFlag: isFlag, strength: strength))
  }
  return proposals.enumerated()
    .sorted { (-$0.element.strength, $0.offset) < (-$1.element.strength, $1.offset) }
    .map(\.element)
}

private func proposal(
  _ column: String, _ values: [OutcomeProposal.Value], won: [OutcomeProposal.Value],
  lost: [OutcomeProposal.Value], isFlag: Bool, strength: Int
) -> OutcomeProposal {
  var (won, lost) = isFlag ? ([], []) : (won, lost)
  if !isFlag, values.count == 2 {
    // Of two values, one settles the other; where neither is known, conversions are the rarer.
    if won.isEmpty, lost.isEmpty {
      won = values[1].count < values[0].count ? [values[1]] : [values[0]]
    }
    if lost.isEmpty, won.count == 1 { lost = values.filter { $0 != won[0] } }
    if won.isEmpty, lost.count == 1 { won = values.filter { $0 != lost[0] } }
  }
  return OutcomeProposal(
    column: column, won: won, lost: lost,
    others: isFlag ? values : values.filter { !won.contains($0) && !lost.contains($0) },
    isFlag: isFlag, strength: strength)
}

/// The values of a column that could be an outcome, in the order in which they were first seen.
private func outcomeValues(_ column: Column) -> [OutcomeProposal.Value]? {
  // More stages than a funnel has.
  let mostValues = 20
  switch column.values {
  case .flag(let cells):
    let yes = cells.count { $0 == 1 }
    let no = cells.count { $0 == 0 }
    guard yes > 0, no > 0 else { return nil }
    return [.init(text: "yes", count: yes), .init(text: "no", count: no)]
  case .category(let values):
    guard (2...mostValues).contains(values.levels.count) else { return nil }
    var counts = Array(repeating: 0, count: values.levels.count)
    for code in values.codes where code >= 0 { counts[Int(code)] += 1 }
    let present = zip(values.levels, counts).filter { $0.1 > 0 }
    return present.count < 2 ? nil : present.map { .init(text: $0.0, count: $0.1) }
  case .number, .date, .text:
    return nil
  }
}

/// The words of a value; a single letter or digit only where nothing else stands there, so that
/// `≥ 1` is not taken for a yes.
private func words(of text: String) -> String {
  let words = columnNameWords(text).joined(separator: " ")
  return words.count == 1 && trimmed(text).count != 1 ? "" : words
}

private func nameStrength(_ name: String) -> Int {
  let words = columnNameWords(name)
  let joined = words.joined()
  if tellingNames.contains(joined) { return 5 }
  if possibleNames.contains(joined) { return 3 }
  return words.contains(where: tellingNames.contains) ? 2 : 0
}

private let tellingNames: Set<String> = [
  "converted", "isconverted", "conversion", "convertido", "convertida", "won", "iswon", "closedwon",
  "ganado", "ganada", "outcome", "dealoutcome", "resultado", "dealstage", "dealstatus",
  "opportunitystage", "stagename", "etapadelnegocio", "estadodelnegocio", "etapadeltrato",
  "estadodeltrato", "etapadelaoportunidad", "purchased", "bought", "comprado", "comprada", "churn",
  "churned", "subscribed", "y", "target", "label",
]

private let possibleNames: Set<String> = [
  "status", "stage", "estado", "etapa", "leadstatus", "leadstage", "estadodellead",
  "etapadellead", "resultadofinal", "revenue", "class", "clase", "customer", "iscustomer",
  "cliente", "escliente", "lifecyclestage", "etapadelciclodevida", "fasedelciclodevida",
  "response", "respuesta", "exited", "abandono", "sold", "vendido", "venta", "signed", "firmado",
  "purchase", "compra", "objetivo",
]

/// Values that mean won wherever they stand.
private let tellingWords: Set<String> = [
  "won", "closed won", "closedwon", "deal won", "ganado", "ganada", "cerrado ganado",
  "cerrada ganada", "cierre ganado", "negocio ganado", "trato ganado", "customer", "cliente",
  "converted", "convertido", "convertida", "purchased", "comprado", "vendido", "sold",
]

private let wonWords = tellingWords.union([
  "yes", "y", "si", "s", "true", "verdadero", "1", "bought", "signed", "firmado", "subscribed",
  "success",
])

private let lostWords: Set<String> = [
  "lost", "closed lost", "closedlost", "deal lost", "perdido", "perdida", "cerrado perdido",
  "cerrada perdida", "cierre perdido", "negocio perdido", "trato perdido", "no", "n", "false",
  "falso", "0", "not converted", "no convertido", "no convertida", "rejected", "rechazado",
  "rechazada", "unqualified", "disqualified", "descartado", "descartada", "descalificado",
  "no cualificado", "dead", "failure", "closed not converted",
]
