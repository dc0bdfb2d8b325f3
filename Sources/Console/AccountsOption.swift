import ArgumentParser
import ScoringRun

/// The flags that ask for scores of accounts.
public struct AccountsOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Where to write the scores of accounts, as CSV: how probable it is that one of their leads "
        + "converts, and the most, sum and mean of their points.", valueName: "file"))
  public var accounts: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Column of the account; the project's own by default.", valueName: "column"))
  public var account: String?

  public init() {}

  public func validate() throws {
    if accounts?.isEmpty == true { throw ValidationError("--accounts is empty") }
    if account != nil, accounts == nil {
      throw ValidationError("--account goes with --accounts FILE")
    }
  }

  /// - Parameter column: of the project.
  public func output(project column: String?) throws -> AccountOutput? {
    guard let accounts else { return nil }
    guard let column = account ?? column else {
      throw ValidationError("--accounts needs --account COLUMN, or `account:` in the project")
    }
    return AccountOutput(column: column, path: accounts)
  }
}
