import Glibc
import Models

/// Finds how much the leads of one account go together, from leads whose outcome is known and the probabilities
/// of models that were not fitted to them.
///
/// The correlation of `AccountDependence` is the maximum of the likelihood of what became of the leads of accounts
/// that have several, times a normal prior around the value that is taken where nothing is known: thirty accounts
/// weigh about as much as the prior. Before that all log-odds are moved by one number to the mean of the leads'
/// conversions, so that predictions that are too high or too low as a whole are not taken for dependence.
public struct AccountDependenceFitter: Sendable {
  /// Of the prior, in correlation.
  public var deviation = 0.3
  /// Accounts beyond these are not asked, evenly spread over all: the correlation is known to some hundredths
  /// with so many.
  public var mostAccounts = 5_000
  /// Likewise of the leads of an account.
  public var mostLeads = 100

  public init() {}

  /// - Parameters:
  ///   - accounts: one a lead, below 0 for a lead without one. Each lead once.
  ///   - logOdds: finite, calibrated, out of fold.
  ///   - labels: 1 won, 0 lost.
  ///   - column: of the account, for the record.
  /// - Returns: `nil` where no account has several leads, or all of their leads have one outcome.
  /// - Throws: `CalibrationError`.
  public func fit(
    accounts: [Int32], logOdds: [Double], labels: [UInt8], column: String
  ) throws -> AccountDependence? {
    precondition(
      accounts.count == labels.count && logOdds.count == labels.count,
      "one account, prediction and label a lead")
    let groups = chosen(Self.groups(accounts))
    let rows = groups.flatMap(\.self)
    let won = rows.count { labels[$0] == 1 }
    guard won > 0, won < rows.count else { return nil }
    let shift = try InterceptMatch.estimate(
      logOdds: rows.map { logOdds[$0] }, labels: rows.map { labels[$0] }
    ).value
    let evidence = groups.map { leads in
      Account(
        // Beyond these, a lead's probability rounds to 0 or 1.
        probabilities: leads.map {
          probability(fromRawPrediction: min(max(logOdds[$0] + shift, -30), 30))
        },
        converted: leads.map { labels[$0] == 1 })
    }
    let correlation = mostLikely(evidence)
    func expected(_ correlation: Double) -> Double {
      evidence.reduce(0) {
        $0
          + AccountDependence.probabilityOfAny($1.probabilities, correlation: correlation)
      }
    }
    return AccountDependence(
      correlation: correlation, column: column,
      evidence: .init(
        accounts: evidence.count, leads: rows.count,
        converted: evidence.count { $0.converted.contains(true) },
        expectedAlone: expected(0), expected: expected(correlation)))
  }

  private struct Account {
    let probabilities: [Double]
    let converted: [Bool]
  }

  /// Leads of accounts that have several, accounts in the order of their first lead.
  private static func groups(_ accounts: [Int32]) -> [[Int]] {
    var places: [Int32: Int] = [:]
    var groups: [[Int]] = []
    for (row, account) in accounts.enumerated() where account >= 0 {
      if let place = places[account] {
        groups[place].append(row)
      } else {
        places[account] = groups.count
        groups.append([row])
      }
    }
    return groups.filter { $0.count > 1 }
  }

  private func chosen(_ groups: [[Int]]) -> [[Int]] {
    Self.spread(groups, atMost: mostAccounts).map { Self.spread($0, atMost: mostLeads) }
  }

  private static func spread<Element>(_ all: [Element], atMost most: Int) -> [Element] {
    all.count <= most ? all : (0..<most).map { all[$0 * all.count / most] }
  }

  /// Where the search begins: between neighbours there is one minimum at most. With all of it shared, one account
  /// whose less probable lead alone converted would be impossible.
  private static let coarse = (0...9).map { Double($0) / 10 } + [0.99]
  /// Down to which width the golden section goes on.
  private static let width = 0.001

  private func mostLikely(_ accounts: [Account]) -> Double {
    func loss(_ correlation: Double) -> Double {
      let away = (correlation - AccountDependence.unlearnedCorrelation) / deviation
      return accounts.reduce(0.5 * away * away) { sum, account in
        let likelihood = AccountDependence.likelihood(
          account.probabilities, converted: account.converted, correlation: correlation)
        return sum - log(max(likelihood, .leastNormalMagnitude))
      }
    }
    let losses = Self.coarse.map(loss)
    let best = losses.indices.min { losses[$0] < losses[$1] } ?? 0
    var low = Self.coarse[max(0, best - 1)]
    var high = Self.coarse[min(Self.coarse.count - 1, best + 1)]
    let ratio = (5.0.squareRoot() - 1) / 2
    var inner = high - ratio * (high - low)
    var outer = low + ratio * (high - low)
    var (innerLoss, outerLoss) = (loss(inner), loss(outer))
    while high - low > Self.width {
      if innerLoss < outerLoss {
        high = outer
        (outer, outerLoss) = (inner, innerLoss)
        inner = high - ratio * (high - low)
        innerLoss = loss(inner)
      } else {
        low = inner
        (inner, innerLoss) = (outer, outerLoss)
        outer = low + ratio * (high - low)
        outerLoss = loss(outer)
      }
    }
    // At the range's end the search only comes close.
    let middle = (low + high) / 2
    let found = losses[0] <= loss(middle) ? 0 : middle
    return (found * 1_000).rounded() / 1_000
  }
}
