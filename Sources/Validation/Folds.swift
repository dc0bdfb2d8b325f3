/// Leads divided into folds, each of which validates a model trained on others.
public struct Folds: Codable, Sendable, Equatable {
  /// How the leads were divided.
  public enum Scheme: String, Codable, Sendable {
    /// At random, each fold with its share of the conversions.
    case stratified
    /// At random by account: no account is in two folds.
    case byAccount
    /// In time order: each fold is validated by a model that knows only earlier leads.
    case forward
  }

  public let scheme: Scheme
  /// Folds, at least 2.
  public let count: Int
  /// The fold that validates each row, 0 to `count − 1`; −1 for a row that only ever trains (the first
  /// stretch of forward folds), −2 for a row that takes no part (without a time in forward folds).
  public let assignment: [Int32]
  /// Which rows must not train which folds, beside those that a fold validates.
  private let purge: Purge?

  /// What is kept from training where outcomes take time and rows belong together.
  struct Purge: Codable, Sendable, Equatable {
    /// The first fold whose model a row may train: outcomes of later folds begin after its own is known.
    let trainsFrom: [Int32]
    /// The fold that validates rows of the row's group, which therefore does not train on it; −1 for
    /// none.
    let foldOfGroup: [Int32]
  }

  /// The assignment of a row that only ever trains.
  public static let trainsOnly: Int32 = -1
  /// The assignment of a row that takes no part.
  public static let takesNoPart: Int32 = -2

  init(scheme: Scheme, count: Int, assignment: [Int32], purge: Purge? = nil) {
    self.scheme = scheme
    self.count = count
    self.assignment = assignment
    self.purge = purge
  }

  /// The rows that train the model of `fold`, rising: all others, or in forward folds all earlier ones,
  /// without those that are purged.
  public func trainingRows(_ fold: Int) -> [Int] {
    precondition(fold >= 0 && fold < count, "there is no such fold")
    let number = Int32(fold)
    if let purge {
      return assignment.indices.filter {
        purge.trainsFrom[$0] <= number && purge.foldOfGroup[$0] != number
      }
    }
    return assignment.indices.filter { row in
      let own = assignment[row]
      guard own != Self.takesNoPart else { return false }
      return scheme == .forward ? own < number : own != number
    }
  }

  /// The rows that `fold` validates, rising.
  public func validationRows(_ fold: Int) -> [Int] {
    precondition(fold >= 0 && fold < count, "there is no such fold")
    let number = Int32(fold)
    return assignment.indices.filter { assignment[$0] == number }
  }

  /// The rows that some fold validates, rising: those with an out-of-fold prediction.
  public var validatedRows: [Int] {
    assignment.indices.filter { assignment[$0] >= 0 }
  }

  // MARK: Making folds

  /// Folds at random, each with its share of the conversions.
  ///
  /// Won and lost leads are each put in the order of a hash of (seed, row) and dealt out in turn, so
  /// the folds' conversions differ by at most 1, and so do their sizes.
  ///
  /// - Parameters:
  ///   - labels: 1 won, 0 lost; one a row.
  ///   - count: folds, at least 2.
  /// - Throws: `ValidationError` with fewer than `count` won or lost leads.
  public static func stratified(labels: [UInt8], count: Int, seed: UInt64) throws -> Folds {
    try checkFolds(count)
    try checkClasses(labels, parts: count)
    let hash = CounterHash(seed: seed)
    var assignment = [Int32](repeating: 0, count: labels.count)
    var turn = 0
    for isWon in [true, false] {
      for row in hash.shuffled(labels.indices.filter { (labels[$0] != 0) == isWon }) {
        assignment[row] = Int32(turn % count)
        turn += 1
      }
    }
    return Folds(scheme: .stratified, count: count, assignment: assignment)
  }

  /// Folds at random that never split an account, as equal in conversions and leads as accounts allow.
  ///
  /// - Parameters:
  ///   - accounts: a code a row, any number from 0; −1 for a lead without an account, which stands alone.
  ///   - labels: 1 won, 0 lost.
  ///   - count: folds, at least 2.
  /// - Throws: `ValidationError` with fewer than `count` accounts, or won or lost leads.
  public static func byAccount(
    accounts: [Int32], labels: [UInt8], count: Int, seed: UInt64
  ) throws -> Folds {
    precondition(accounts.count == labels.count, "one account a label")
    try checkFolds(count)
    try checkClasses(labels, parts: count)
    let clusters = AccountClusters(accounts: accounts, labels: labels)
    let shares = [Double](repeating: 1 / Double(count), count: count)
    return Folds(
      scheme: .byAccount, count: count,
      assignment: try clusters.dealtRows(shares: shares, hash: CounterHash(seed: seed)))
  }

  /// Folds in time order. The first half of the rows only trains; the second half is cut into `count`
  /// stretches, each validated by a model trained on everything strictly before it.
  ///
  /// Rows of one moment are never parted, so stretches are as equal as ties allow. A row whose time is
  /// NaN takes no part: nobody knows what was before it.
  ///
  /// - Parameters:
  ///   - times: one a row, in any unit, later is larger.
  ///   - count: folds, at least 2.
  /// - Throws: `ValidationError.tooFewMoments` where ties leave fewer cuts than are needed.
  public static func forward(times: [Double], count: Int) throws -> Folds {
    try checkFolds(count)
    return Folds(
      scheme: .forward, count: count,
      assignment: try Stretches(TimeOrder(times), count: count).assignment)
  }

  static func checkFolds(_ count: Int) throws {
    guard count >= 2 else { throw ValidationError.foldCount(found: count) }
  }

  /// Every part needs a won and a lost lead.
  static func checkClasses(_ labels: [UInt8], parts: Int) throws {
    let won = labels.reduce(0) { $0 + ($1 != 0 ? 1 : 0) }
    guard won >= parts, labels.count - won >= parts else {
      throw ValidationError.tooFewLeads(won: won, lost: labels.count - won, parts: parts)
    }
  }
}

extension CounterHash {
  /// The rows in the order of their hashes.
  public func shuffled(_ rows: [Int]) -> [Int] {
    rows.map { (hash: self(UInt64($0)), row: $0) }
      .sorted { $0.hash != $1.hash ? $0.hash < $1.hash : $0.row < $1.row }
      .map(\.row)
  }
}
