import Testing
import Validation

@Suite struct HoldOutTests {
  private func expectParted(
    _ holdOut: HoldOut, rows: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      (holdOut.heldOut + holdOut.training).sorted() == Array(0..<rows),
      sourceLocation: sourceLocation)
    #expect(holdOut.heldOut == holdOut.heldOut.sorted(), sourceLocation: sourceLocation)
  }

  @Test func stratifiedSharesAreExact() throws {
    // The bank set: 521 of 4,521 won.
    let labels = (0..<4_521).map { UInt8($0 < 521 ? 1 : 0) }
    let holdOut = try HoldOut.stratified(labels: labels, share: 0.25, seed: 1)
    expectParted(holdOut, rows: labels.count)
    #expect(holdOut.heldOut.count == 1_130)
    #expect(holdOut.heldOut.filter { $0 < 521 }.count == 130)
    #expect(holdOut == (try HoldOut.stratified(labels: labels, share: 0.25, seed: 1)))
    #expect(holdOut != (try HoldOut.stratified(labels: labels, share: 0.25, seed: 2)))
  }

  @Test func eitherSideKeepsBothClasses() throws {
    let labels: [UInt8] = [1, 1, 0, 0, 0]
    for share in [0.01, 0.99] {
      let holdOut = try HoldOut.stratified(labels: labels, share: share, seed: 5)
      for side in [holdOut.heldOut, holdOut.training] {
        #expect(Set(side.map { labels[$0] }) == [0, 1])
      }
    }
  }

  @Test(arguments: [0.1, 0.25, 0.5])
  func anAccountIsNeverSplit(share: Double) throws {
    let rows = 4_000
    let labels = someLabels(rows, rate: 0.1, seed: 1)
    let accounts = (0..<rows).map { row -> Int32 in
      uniform(2, row) < 0.2 ? -1 : Int32(500 * uniform(3, row) * uniform(4, row))
    }
    let holdOut = try HoldOut.byAccount(accounts: accounts, labels: labels, share: share, seed: 8)
    expectParted(holdOut, rows: rows)
    let held = Set(holdOut.heldOut.map { accounts[$0] }.filter { $0 >= 0 })
    let trained = Set(holdOut.training.map { accounts[$0] }.filter { $0 >= 0 })
    #expect(held.isDisjoint(with: trained))
    #expect(abs(Double(holdOut.heldOut.count) / Double(rows) - share) < 0.02)
    let won = labels.reduce(0) { $0 + Int($1) }
    let heldWon = holdOut.heldOut.reduce(0) { $0 + Int(labels[$1]) }
    #expect(abs(Double(heldWon) - share * Double(won)) <= 2)
  }

  @Test func theLatestAreHeldOut() throws {
    let times = (0..<100).map { Double(($0 * 37) % 100) }
    let holdOut = try HoldOut.latest(times: times, share: 0.2)
    expectParted(holdOut, rows: 100)
    #expect(Set(holdOut.heldOut.map { times[$0] }) == Set((80..<100).map(Double.init)))
  }

  @Test func aMomentIsNeverParted() throws {
    // A fifth would cut through the four leads of day 3; the nearest cut is after them.
    let times: [Double] = [1, 1, 1, 2, 2, 3, 3, 3, 3, 4]
    let holdOut = try HoldOut.latest(times: times, share: 0.2)
    #expect(holdOut.heldOut == [9])
    #expect(try HoldOut.latest(times: times, share: 0.4).heldOut == [5, 6, 7, 8, 9])
  }

  @Test func leadsWithoutATimeAreOnNeitherSide() throws {
    let holdOut = try HoldOut.latest(times: [3, .nan, 1, 2], share: 0.34)
    #expect(holdOut.heldOut == [0])
    #expect(holdOut.training == [2, 3])
  }

  @Test func oneMomentAloneIsRefused() {
    #expect(throws: ValidationError.tooFewMoments(moments: 0, parts: 1)) {
      try HoldOut.latest(times: [5, 5, 5], share: 0.25)
    }
  }

  @Test(arguments: [0, 1, -0.5, 25, Double.nan])
  func oddSharesAreRefused(share: Double) {
    #expect(throws: ValidationError.self) {
      try HoldOut.stratified(labels: [1, 0, 1, 0], share: share, seed: 1)
    }
  }
}
