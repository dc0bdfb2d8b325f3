import Glibc
import Tables
import Validation

/// Which leads are held out, and which fold validates each of the others.
struct FoldPlan: Sendable {
  /// Rows of the table that the model is fitted to, ascending.
  let trainingRows: [Int]
  /// Rows of the table kept away from training, ascending.
  let heldOutRows: [Int]
  /// Over `trainingRows`, in their order.
  let folds: Folds
  /// The same leads dealt out anew, where leads are so few that the luck of one deal shows; empty where
  /// they are not, and in order of time, of which there is one.
  let repeats: [Folds]
  /// `nil` where there is enough to learn from for the usual recipe.
  let small: SmallData?

  /// What keeps leads together: one number a row of the table for the leads of an account and copies
  /// of a lead, below 0 for a lead that stands alone; `nil` where all do.
  let clusters: [Int32]?

  /// When each lead was created, or its example's decision is, one a row of the table; `nil` without a
  /// date.
  let times: [Double]?

  private let hasAccounts: Bool
  private let isPurged: Bool

  /// In order of time where there is a date of creation, by account where there are accounts,
  /// stratified by outcome otherwise; copies of a lead stay together.
  init(
    history: LeadHistory, roles: LeadRoles, repeated: RepeatedLeads, options: TrainingOptions
  ) throws {
    let rows = history.closedRows
    let labels = history.labels
    let all = try roles.account.map { try Self.accounts(history.table, column: $0) }
    hasAccounts = all != nil
    isPurged = roles.horizon != nil
    // By row of the table; rows that are open are in no cluster.
    let accounts = Self.byRow(
      repeated.clusters(accounts: all.map { all in rows.map { all[$0] } }), rows: rows, of: history)
    clusters = accounts
    let times = try roles.created.map { try Self.times(history.table, column: $0) }
    self.times = times
    // Leads as they stand do not say when their outcome came. Copies of a lead are kept together all the
    // same; its account is not, for a large one spans all of the time.
    let horizon = roles.horizon ?? 0
    let together =
      roles.horizon != nil
      ? accounts : Self.byRow(repeated.clusters(accounts: nil), rows: rows, of: history)

    if options.holdOut > 0 {
      let cut: HoldOut
      if let times {
        cut = try .latest(
          times: rows.map { times[$0] }, horizon: horizon,
          groups: together.map { all in rows.map { all[$0] } }, share: options.holdOut)
      } else if let accounts {
        cut = try .byAccount(
          accounts: rows.map { accounts[$0] }, labels: rows.map { labels[$0] },
          share: options.holdOut, seed: options.seed)
      } else {
        cut = try .stratified(
          labels: rows.map { labels[$0] }, share: options.holdOut, seed: options.seed)
      }
      trainingRows = cut.training.map { rows[$0] }
      heldOutRows = cut.heldOut.map { rows[$0] }
    } else {
      trainingRows = rows
      heldOutRows = []
    }

    let own = trainingRows
    let ownLabels = own.map { labels[$0] }
    small = SmallData(labels: ownLabels)
    if let times {
      folds = try .forward(
        times: own.map { times[$0] }, horizon: horizon,
        groups: together.map { all in own.map { all[$0] } }, count: options.folds)
      repeats = []
      return
    }
    func dealt(_ deal: UInt64) throws -> Folds {
      let seed = options.seed &+ deal &* CounterHash.increment
      guard let accounts else {
        return try .stratified(labels: ownLabels, count: options.folds, seed: seed)
      }
      return try .byAccount(
        accounts: own.map { accounts[$0] }, labels: ownLabels, count: options.folds, seed: seed)
    }
    folds = try dealt(0)
    repeats = small == nil ? [] : try (1..<UInt64(SmallData.deals)).map(dealt)
  }

  /// Rows of the table that some fold validates, ascending: those with an out-of-fold prediction.
  var validatedRows: [Int] {
    let validated = folds.validatedRows
    return validated.count == trainingRows.count
      ? trainingRows : validated.map { trainingRows[$0] }
  }

  /// The fold that each of `validatedRows` was validated in.
  var validatedFolds: [Int32] { folds.assignment.filter { $0 >= 0 } }

  /// Rows of the table that train the model of a fold, ascending.
  func trainingRows(fold: Int) -> [Int] { folds.trainingRows(fold).map { trainingRows[$0] } }

  /// Rows of the table that a fold validates, ascending.
  func validationRows(fold: Int) -> [Int] { folds.validationRows(fold).map { trainingRows[$0] } }

  /// How many times the rows of the folds' models the final fit learns from: 1.25 with five folds at random,
  /// more where folds follow time and the early ones know little. The geometric mean over the rows that
  /// were validated.
  var growth: Double {
    var (sum, weight) = (0.0, 0.0)
    for fold in 0..<folds.count {
      let validated = Double(validationRows(fold: fold).count)
      sum +=
        validated * log(Double(trainingRows.count) / Double(max(1, trainingRows(fold: fold).count)))
      weight += validated
    }
    return weight > 0 ? exp(sum / weight) : 1
  }

  /// How the folds were made, in words.
  var foldWords: String {
    switch folds.scheme {
    case .stratified: "\(folds.count) folds at random"
    case .byAccount:
      "\(folds.count) folds, no \(hasAccounts ? "account" : "lead") in two of them"
    case .forward where isPurged:
      "\(folds.count) stretches of the later half, each judged by a model of the examples whose "
        + "horizon had passed before it"
    case .forward:
      "\(folds.count) stretches of the later half, each judged by a model of the leads before it"
    }
  }

  /// How the held-out leads were chosen, in words.
  func heldOutWords(share: Double) -> String {
    let leads = "\(Int((share * 100).rounded()))% of the \(isPurged ? "examples" : "leads")"
    return switch folds.scheme {
    case .stratified: "\(leads), at random"
    case .byAccount: hasAccounts ? "\(leads), whole accounts" : "\(leads), at random"
    case .forward: "the latest \(leads)"
    }
  }

  /// Clusters of the closed rows as one number a row of the table, -1 for those in none.
  private static func byRow(
    _ clusters: [Int32]?, rows: [Int], of history: LeadHistory
  ) -> [Int32]? {
    clusters.map { clusters in
      var codes = [Int32](repeating: -1, count: history.table.rowCount)
      for (row, code) in zip(rows, clusters) { codes[row] = code }
      return codes
    }
  }

  /// Codes of accounts; -1 where a lead has none.
  static func accounts(_ table: Table, column: String) throws -> [Int32] {
    switch table[column]?.values {
    case .category(let values): return values.codes
    case .text(let values):
      // The account is one of the ids too, which are kept as text.
      var codes: [String: Int32] = [:]
      return (0..<values.count).map { row in
        guard let value = values[row] else { return -1 }
        if let code = codes[value] { return code }
        let code = Int32(codes.count)
        codes[value] = code
        return code
      }
    default: preconditionFailure("accounts are read as a category or as text")
    }
  }

  private static func times(_ table: Table, column: String) throws -> [Double] {
    guard let found = table[column], case .date(let values) = found.values else {
      throw TrainingError.notADate(
        column: column, found: table[column]?.type.rawValue ?? "missing column")
    }
    return values
  }
}
