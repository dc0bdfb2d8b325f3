import Models
import ProjectReading
import Sources
import Tables
import YAMLDocuments

/// The leads of a training file with their outcomes.
struct LeadHistory: Sendable {
  let source: LeadTable
  let outcome: OutcomeDefinition
  /// One a row: 1 won, 0 lost, -1 open.
  let outcomes: [Int8]
  /// Frequency weights, one a row; `nil` counts every lead once.
  let weights: [Double]?

  var table: Table { source.table }

  /// Rows that are won or lost and have weight, ascending: the history to learn from.
  let closedRows: [Int]
  let wonCount: Int
  let lostCount: Int
  let openCount: Int
  /// Leads that were won and lost: of examples, of which a lead may have many, those with at least one of
  /// either outcome.
  let leadCounts: (won: Int, lost: Int)

  /// - Throws: `TrainingError` where the roles' columns are not there or can't serve.
  init(source: LeadTable, roles: LeadRoles) throws {
    let table = source.table
    try roles.check(against: table.columns.map(\.name))
    guard case .category(let cells)? = table[roles.outcome.column]?.values else {
      preconditionFailure("the outcome column is read as a category")
    }
    let outcome = try OutcomeResolution.resolve(
      column: roles.outcome.column, values: cells, won: roles.outcome.won,
      lost: roles.outcome.lost)
    let outcomes = outcome.labels(cells)
    let weights = try roles.weight.map { try Self.weights(table, column: $0) }
    self.source = source
    self.outcome = outcome
    self.outcomes = outcomes
    self.weights = weights
    closedRows = outcomes.indices.filter { outcomes[$0] >= 0 && (weights?[$0] ?? 1) > 0 }
    wonCount = closedRows.count { outcomes[$0] == 1 }
    lostCount = closedRows.count - wonCount
    openCount = outcomes.count { $0 < 0 }
    leadCounts =
      roles.areExamples
      ? Self.leadCounts(table, id: roles.ids.first, outcomes: outcomes) : (wonCount, lostCount)
  }

  private static func leadCounts(
    _ table: Table, id: String?, outcomes: [Int8]
  ) -> (won: Int, lost: Int) {
    let cells = id.flatMap { table[$0]?.values }
    func leads(_ outcome: Int8) -> Int {
      let rows = outcomes.indices.filter { outcomes[$0] == outcome }
      return cells.map { cells in Set(rows.map { cells.fieldText($0) }).count } ?? rows.count
    }
    return (leads(1), leads(0))
  }

  /// 1 won and 0 lost, one a row of the table; open leads read 0 and must not be asked for.
  var labels: [UInt8] { outcomes.map { $0 == 1 ? 1 : 0 } }

  /// What one lead may count: with more, numbers of leads would no longer be whole numbers that can be
  /// counted with, and no history has a lead a billion times.
  private static let mostWeight = 1e9

  private static func weights(_ table: Table, column: String) throws -> [Double] {
    let values: [Double]
    switch table[column]?.values {
    case .number(let numbers): values = numbers
    case .flag(let flags): values = flags.map { $0 < 0 ? .nan : Double($0) }
    default: throw TrainingError.weightNotANumber(column: column)
    }
    for (row, weight) in values.enumerated() where !(weight >= 0 && weight.isFinite) {
      throw TrainingError.negativeWeight(column: column, row: row + 1)
    }
    if let row = values.firstIndex(where: { $0 > mostWeight }) {
      throw TrainingError.weightTooLarge(
        column: column, row: row + 1, weight: values[row], most: mostWeight)
    }
    return values
  }
}

/// Which columns of the leads have a part of their own.
struct LeadRoles: Sendable {
  struct Outcome: Sendable {
    let column: String
    /// Empty where the user gave none.
    let won: [String]
    let lost: [String]
  }

  let ids: [String]
  let outcome: Outcome
  let account: String?
  let created: String?
  let weight: String?
  let excluded: [String]
  /// Used even where they look like leaks or identifiers.
  let kept: [String]
  /// An existing points column that serves as the rule score.
  let ruleScore: String?
  /// Whether the rows are examples, of which a lead may have several, rather than leads.
  var areExamples = false
  /// What a row is called.
  var unit: String { areExamples ? "example" : "lead" }
  /// Of examples: how long after its decision an outcome may count, in seconds; `nil` where outcomes have no
  /// dates.
  var horizon: Double?

  /// Role and column, for all that must be there besides the outcome.
  var named: [(role: String, column: String)] {
    ids.map { ("id", $0) }
      + [("account", account), ("created", created), ("weight", weight), ("rule score", ruleScore)]
      .compactMap { role, column in column.map { (role, $0) } }
  }

  /// The same of columns that are left out, or kept whatever the audit says: of a history they may be made
  /// of its activities.
  var chosen: [(role: String, column: String)] {
    excluded.map { ("excluded", $0) } + kept.map { ("kept", $0) }
  }

  /// - Throws: `TrainingError` for the first role whose column is not among the data's.
  func check(against columns: [String]) throws {
    guard columns.contains(outcome.column) else {
      throw TrainingError.outcomeColumnMissing(
        name: outcome.column, nearest: nearestName(to: outcome.column, among: columns),
        columns: columns)
    }
    try Self.check(named + chosen, against: columns)
    // Ids may say the account too: `id: [account, person]`.
    for (role, name) in named + kept.map({ ("kept", $0) }) where name == outcome.column {
      throw TrainingError.columnInTwoRoles(column: name, role: role, other: "outcome")
    }
  }

  /// As above, for roles but the outcome.
  static func check(
    _ roles: [(role: String, column: String)], against columns: [String]
  ) throws {
    for (role, name) in roles where !columns.contains(name) {
      throw TrainingError.roleColumnMissing(
        role: role, name: name, nearest: nearestName(to: name, among: columns), columns: columns)
    }
  }

  /// Why each of these columns is no feature. The date of creation is one: its weekday and month.
  var reasons: [String: String] {
    var reasons: [String: String] = [:]
    for column in excluded { reasons[column] = "excluded" }
    if let ruleScore { reasons[ruleScore] = "the rule score that the model is compared with" }
    if let weight { reasons[weight] = "the weight" }
    if let account { reasons[account] = "the account, which keeps leads together in folds" }
    for id in ids { reasons[id] = "the lead's id" }
    if horizon != nil, let created { reasons[created] = "the decision time, which orders examples" }
    reasons[outcome.column] = "the outcome"
    return reasons
  }
}
