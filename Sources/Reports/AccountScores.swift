import Metrics

/// What `kelvin-score predict --accounts` wrote.
public struct AccountScores: Codable, Sendable, Equatable {
  public let file: String
  public let accounts: Int
  /// Each counted once in its account.
  public let leads: Int
  /// Rows of leads that count with another row.
  public let rowsLeftOut: Int
  /// Of the leads of one account, 0 to 1.
  public let correlation: Double
  /// Accounts that the model learned it from; `nil` where it is taken as stated.
  public let learnedFrom: Int?

  public init(
    file: String, accounts: Int, leads: Int, rowsLeftOut: Int, correlation: Double,
    learnedFrom: Int?
  ) {
    self.file = file
    self.accounts = accounts
    self.leads = leads
    self.rowsLeftOut = rowsLeftOut
    self.correlation = correlation
    self.learnedFrom = learnedFrom
  }

  /// For people, one a point of a list.
  var lines: [String] {
    let value = NumberText.fixed(correlation, 2)
    var lines = [
      "\(NumberText.counted(accounts, "account")) with \(NumberText.counted(leads, "lead")) to \(file).",
      learnedFrom.map {
        "Leads of one account go together with a correlation of \(value), learned from "
          + "\(NumberText.counted($0, "account")) of history."
      }
        ?? "Leads of one account are taken to go together with a correlation of \(value): the model has "
        + "learned nothing of these accounts.",
    ]
    if rowsLeftOut > 0 {
      lines.append(
        "Each lead counts once in its account: \(NumberText.counted(rowsLeftOut, "further row")) left out."
      )
    }
    return lines
  }
}
