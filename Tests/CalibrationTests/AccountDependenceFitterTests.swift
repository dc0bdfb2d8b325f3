import Calibration
import Foundation
import Models
import Testing

@Suite struct AccountDependenceFitterTests {
  /// Fixtures/accounts.json, made by Fixtures/make_accounts.py.
  private struct Fixture: Decodable {
    struct Account: Decodable {
      let probabilities: [Double]
      let correlation: Double
      let any: Double
    }

    struct Fit: Decodable {
      let logOdds: [Double]
      let labels: [UInt8]
      let accounts: [Int32]
      let correlation: Double
      let numberOfAccounts: Int
      let converted: Int
      let expectedAlone: Double
    }

    let any: [Account]
    let fits: [Fit]
  }

  private static func fixture() throws -> Fixture {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/accounts.json")
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: path))
  }

  @Test func theIntegralIsScipys() throws {
    let cases = try Self.fixture().any
    #expect(cases.count == 45)
    for known in cases {
      let any = AccountDependence.probabilityOfAny(
        known.probabilities, correlation: known.correlation)
      // Steps are chosen for 1e-8; with sixty leads and a correlation near 1 they are at their finest, and too
      // wide for that.
      let isFine = known.probabilities.count < 60 || known.correlation < 0.9
      #expect(
        abs(any - known.any) < (isFine ? 1e-8 : 1e-5),
        "\(known.probabilities.count) leads, \(known.correlation)")
    }
  }

  @Test func theCorrelationIsAtScipysMinimum() throws {
    let fits = try Self.fixture().fits
    #expect(fits.count == 5)
    for known in fits {
      let found = try #require(
        try AccountDependenceFitter().fit(
          accounts: known.accounts, logOdds: known.logOdds, labels: known.labels, column: "c"))
      // The search ends within a thousandth, and rounds to one.
      #expect(abs(found.correlation - known.correlation) <= 0.0015)
      let evidence = try #require(found.evidence)
      #expect(found.column == "c")
      #expect(evidence.accounts == known.numberOfAccounts)
      #expect(evidence.converted == known.converted)
      #expect(abs(evidence.expectedAlone - known.expectedAlone) < 1e-6)
      #expect(evidence.expected <= evidence.expectedAlone + 1e-9)
    }
  }

  @Test func leadsOfOneOutcomeOrOfOneLeadEachTeachNothing() throws {
    let fitter = AccountDependenceFitter()
    func fit(_ accounts: [Int32], _ labels: [UInt8]) throws -> AccountDependence? {
      try fitter.fit(
        accounts: accounts, logOdds: labels.map { _ in -1 }, labels: labels, column: "c")
    }
    #expect(try fit([], []) == nil)
    #expect(try fit([0, 1, 2], [1, 0, 0]) == nil)
    #expect(try fit([-1, -1, -1], [1, 0, 0]) == nil)
    #expect(try fit([0, 0, 1], [0, 0, 1]) == nil)
    #expect(try fit([0, 0, 1], [1, 1, 0]) == nil)
    #expect(try fit([0, 0, 1], [1, 0, 0])?.evidence?.leads == 2)
  }

  /// A free-mail domain taken for an account.
  @Test func anAccountOfThousandsOfLeadsIsReadInPart() throws {
    let count = 4_000
    let labels = (0..<count).map { UInt8($0 % 7 == 0 ? 1 : 0) }
    let found = try #require(
      try AccountDependenceFitter().fit(
        accounts: [Int32](repeating: 3, count: count),
        logOdds: [Double](repeating: -2.2, count: count), labels: labels, column: "domain"))
    #expect(found.evidence?.leads == 100)
    #expect((0...1).contains(found.correlation))
  }
}
