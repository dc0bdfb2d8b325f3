/// Leads kept away from training, to judge the finished model by.
public struct HoldOut: Codable, Sendable, Equatable {
  /// The rows held out, rising.
  public let heldOut: [Int]
  /// The rows left to train on, rising.
  public let training: [Int]

  init(heldOut: [Int], training: [Int]) {
    self.heldOut = heldOut
    self.training = training
  }

  private init(rowCount: Int, isHeldOut: (Int) -> Bool) {
    heldOut = (0..<rowCount).filter(isHeldOut)
    training = (0..<rowCount).filter { !isHeldOut($0) }
  }

  /// A random share of the won leads and the same share of the lost ones, each to the nearest lead.
  ///
  /// - Parameters:
  ///   - labels: 1 won, 0 lost; one a row.
  ///   - share: of the leads, between 0 and 1.
  /// - Throws: `ValidationError` where either side would be without won or lost leads.
  public static func stratified(labels: [UInt8], share: Double, seed: UInt64) throws -> HoldOut {
    try check(share)
    try Folds.checkClasses(labels, parts: 2)
    let hash = CounterHash(seed: seed)
    var isHeldOut = [Bool](repeating: false, count: labels.count)
    for isWon in [true, false] {
      let rows = hash.shuffled(labels.indices.filter { (labels[$0] != 0) == isWon })
      let wanted = Int((share * Double(rows.count)).rounded())
      // At least one lead of each class on either side.
      for row in rows.prefix(min(max(wanted, 1), rows.count - 1)) { isHeldOut[row] = true }
    }
    return HoldOut(rowCount: labels.count) { isHeldOut[$0] }
  }

  /// A random share of the leads that never splits an account, as near to the share of conversions
  /// and of leads as accounts allow.
  ///
  /// - Parameters:
  ///   - accounts: a code a row, any number from 0; −1 for a lead without an account, which stands alone.
  ///   - labels: 1 won, 0 lost.
  /// - Throws: `ValidationError` with fewer than two accounts, or won or lost leads.
  public static func byAccount(
    accounts: [Int32], labels: [UInt8], share: Double, seed: UInt64
  ) throws -> HoldOut {
    precondition(accounts.count == labels.count, "one account a label")
    try check(share)
    try Folds.checkClasses(labels, parts: 2)
    let clusters = AccountClusters(accounts: accounts, labels: labels)
    let parts = try clusters.dealtRows(shares: [1 - share, share], hash: CounterHash(seed: seed))
    return HoldOut(rowCount: accounts.count) { parts[$0] == 1 }
  }

  /// The latest share of the leads in time.
  ///
  /// Leads of one moment are never parted: the cut is the one nearest to the share. Leads whose time is
  /// NaN are on neither side.
  ///
  /// - Parameter times: one a row, in any unit, later is larger.
  /// - Throws: `ValidationError.tooFewMoments` where all leads share one moment.
  public static func latest(times: [Double], share: Double) throws -> HoldOut {
    try check(share)
    let order = TimeOrder(times)
    let total = order.rows.count
    let target = total - Int((share * Double(total)).rounded())
    let (before, after) = (order.lastPlace(notAfter: target), order.firstPlace(notBefore: target))
    guard before > 0 || after < total else {
      throw ValidationError.tooFewMoments(moments: 0, parts: 1)
    }
    let takesLater = before == 0 || (after < total && after - target < target - before)
    let cut = takesLater ? after : before
    return HoldOut(
      heldOut: order.rows[cut...].sorted(), training: order.rows[..<cut].sorted())
  }

  private static func check(_ share: Double) throws {
    guard share > 0, share < 1 else { throw ValidationError.share(found: share) }
  }
}
