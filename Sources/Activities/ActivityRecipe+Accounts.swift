import Parallel
import Tables

extension ActivityRecipe {
  /// Accounts a block.
  private static let accountBlockSize = 256

  /// What is known of a lead's account at moments, without the lead itself, in the order of
  /// `accountFeatures`: other leads created before, others won before, days since the last of these wins,
  /// what the others did in windows, and days since they last did something.
  ///
  /// Only what was strictly before the moment counts, also at age 0. Leads without an account have
  /// missing values.
  ///
  /// - Parameters:
  ///   - log: whose leads the moments name. It must hold all leads of an account.
  ///   - accounts: of the log's leads.
  public func accountColumns(
    _ log: ActivityLog, moments: [Moment], accounts: AccountFacts, pool: WorkerPool
  ) -> [Column] {
    precondition(accounts.accounts.count == log.leadCount, "an account a lead of the log")
    let features = accountFeatures
    let isOurs = log.types.map { columns.byUs.contains($0) }
    let leads = Grouping(accounts.accounts)
    let momentsOfAccount = Grouping(moments.map { accounts.accounts[Int($0.lead)] })
    let blocks = RowBlocks(
      rowCount: momentsOfAccount.groupCount, blockSize: Self.accountBlockSize)
    let values = filledColumns(features.count, rowCount: moments.count, of: Double.self) {
      columns in
      // Each block writes the rows of its accounts only, and the pool joins before they are read.
      nonisolated(unsafe) let columns = columns
      for row in momentsOfAccount.ungrouped {
        for column in columns { column[Int(row)] = .nan }
      }
      pool.forEach(blocks.count) { block, _ in
        for account in blocks[block] where !momentsOfAccount[account].isEmpty {
          let history = AccountHistory(
            leads: leads[account], facts: accounts, log: log, isOurs: isOurs)
          history.write(
            momentsOfAccount[account], moments, windows: options.windows, into: columns)
        }
      }
    }
    return zip(features, values).map { Column(name: $0.name, values: .number($1)) }
  }
}
