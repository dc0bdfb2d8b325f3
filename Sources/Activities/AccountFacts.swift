/// Which account each lead belongs to, and what became of it when.
public struct AccountFacts: Sendable, Equatable {
  /// One a lead: 0, 1, 2 …; negative for none.
  public let accounts: [Int32]
  /// When each lead was created, seconds since 1970; NaN for not known: never counted.
  public let created: [Double]
  /// When each lead was won; NaN for not won.
  public let won: [Double]
  /// From when on each win is known, not before it; NaN for not won.
  public let wonKnown: [Double]

  /// - Parameter wonKnown: `nil` where each win is known when it comes.
  public init(
    accounts: [Int32], created: [Double], won: [Double], wonKnown: [Double]? = nil
  ) {
    precondition(
      accounts.count == created.count && accounts.count == won.count
        && won.count == wonKnown?.count ?? won.count, "one of each a lead")
    self.accounts = accounts
    self.created = created
    self.won = won
    self.wonKnown = wonKnown ?? won
  }

  /// Those of some leads, in their order: for the leads of a partition. Accounts are numbered anew.
  public func subset(_ leads: [Int32]) -> AccountFacts {
    var numbers: [Int32: Int32] = [:]
    let own = leads.map { lead -> Int32 in
      let account = accounts[Int(lead)]
      guard account >= 0 else { return account }
      if let number = numbers[account] { return number }
      let number = Int32(numbers.count)
      numbers[account] = number
      return number
    }
    return AccountFacts(
      accounts: own, created: leads.map { created[Int($0)] },
      won: leads.map { won[Int($0)] }, wonKnown: leads.map { wonKnown[Int($0)] })
  }
}
