import Foundation
import Models
import Testing

/// The integral against scipy is in `CalibrationTests/AccountDependenceFitterTests`, beside its fixture.
@Suite struct AccountDependenceTests {
  /// Between 0 and 1, of a number and another.
  private static func uniform(_ index: Int, _ purpose: Int) -> Double {
    var mixed = UInt64(index &* 1_000_003 &+ purpose) &* 0x9e37_79b9_7f4a_7c15
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return (Double((mixed ^ (mixed >> 31)) >> 11) + 0.5) / 9_007_199_254_740_992
  }

  private static func account(_ index: Int) -> [Double] {
    let size = 1 + Int(uniform(index, 0) * uniform(index, 1) * 40)
    return (0..<size).map { pow(uniform(index, 2 + $0), 3) }
  }

  private static func alone(_ probabilities: [Double]) -> Double {
    1 - probabilities.reduce(1) { $0 * (1 - $1) }
  }

  @Test func someLeadConvertsBetweenTheHighestAndEachByItself() {
    for index in 0..<300 {
      let account = Self.account(index)
      var last = 2.0
      for correlation in [0, 0.001, 0.1, 0.35, 0.6, 0.9, 0.99, 0.9999, 1] {
        let any = AccountDependence.probabilityOfAny(account, correlation: correlation)
        #expect(any >= account.max() ?? 0)
        #expect(any <= Self.alone(account) + 1e-15)
        // The more of it they share, the fewer accounts have one that converts; but for the error of the
        // integral, whose steps are at their finest near 1.
        #expect(any <= last + (correlation > 0.99 ? 1e-4 : 1e-7))
        last = any
      }
    }
  }

  @Test func withoutCorrelationEachConvertsByItselfAndWithAllOfItTheHighestDecides() {
    for index in 0..<300 {
      let account = Self.account(index)
      let alone = AccountDependence(correlation: 0).probabilityOfAny(account)
      #expect(abs(alone - Self.alone(account)) < 1e-14)
      #expect(AccountDependence(correlation: 1).probabilityOfAny(account) == account.max())
      let nearly = AccountDependence.probabilityOfAny(account, correlation: 1e-9)
      #expect(abs(nearly - alone) < 1e-4)
    }
  }

  @Test func oneLeadIsItsAccount() {
    #expect(AccountDependence.unlearned.probabilityOfAny([0.37]) == 0.37)
    #expect(AccountDependence.unlearned.probabilityOfAny([]) == 0)
    #expect(AccountDependence.unlearned.probabilityOfAny([0.2, 0]) == 0.2)
    #expect(AccountDependence.unlearned.probabilityOfAny([0.2, 1]) == 1)
  }

  /// All that can become of an account's leads is sure to happen.
  @Test(arguments: [0, 0.2, 0.7, 0.97])
  func likelihoodsAddUpToOne(correlation: Double) {
    let account = [0.05, 0.3, 0.11, 0.8, 0.5]
    var sum = 0.0
    var none = 0.0
    var first = 0.0
    for pattern in 0..<32 {
      let converted = account.indices.map { pattern >> $0 & 1 == 1 }
      let likelihood = AccountDependence.likelihood(
        account, converted: converted, correlation: correlation)
      sum += likelihood
      if pattern == 0 { none = likelihood }
      if converted[0] { first += likelihood }
    }
    #expect(abs(sum - 1) < 1e-7)
    let any = AccountDependence.probabilityOfAny(account, correlation: correlation)
    #expect(abs(1 - none - any) < 1e-7)
    // Each lead keeps its own probability.
    #expect(abs(first - 0.05) < 1e-7)
  }

  @Test func aCorrelationOutOfRangeIsNotRead() throws {
    for text in ["{\"correlation\":1.5}", "{\"correlation\":-0.1}", "{}"] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(AccountDependence.self, from: Data(text.utf8))
      }
    }
    let read = try JSONDecoder().decode(
      AccountDependence.self, from: Data("{\"correlation\":0.25}".utf8))
    #expect(read == AccountDependence(correlation: 0.25))
  }
}
