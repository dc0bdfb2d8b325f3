import Testing
import Validation

@Suite struct FoldsTests {
  /// What holds for every division: training and validation never meet, each validated row once.
  private func expectSound(_ folds: Folds, sourceLocation: SourceLocation = #_sourceLocation) {
    var timesValidated = [Int](repeating: 0, count: folds.assignment.count)
    for fold in 0..<folds.count {
      let (training, validation) = (folds.trainingRows(fold), folds.validationRows(fold))
      #expect(!training.isEmpty && !validation.isEmpty, sourceLocation: sourceLocation)
      #expect(Set(training).isDisjoint(with: validation), sourceLocation: sourceLocation)
      #expect(training == training.sorted(), sourceLocation: sourceLocation)
      for row in validation { timesValidated[row] += 1 }
    }
    for row in folds.assignment.indices {
      #expect(
        timesValidated[row] == (folds.assignment[row] >= 0 ? 1 : 0), sourceLocation: sourceLocation)
    }
    #expect(
      folds.validatedRows == folds.assignment.indices.filter { timesValidated[$0] == 1 },
      sourceLocation: sourceLocation)
  }

  // MARK: Stratified

  @Test(arguments: [(10, 2), (1_003, 5), (1_003, 10), (4_521, 7)])
  func stratifiedFoldsAreEqualInWonAndInAll(rows: Int, count: Int) throws {
    let labels = (0..<rows).map { UInt8($0 % 4 == 0 || uniform(1, $0) < 0.05 ? 1 : 0) }
    let folds = try Folds.stratified(labels: labels, count: count, seed: 3)
    expectSound(folds)
    #expect(folds.validatedRows.count == rows)
    let sizes = (0..<count).map { folds.validationRows($0).count }
    let won = (0..<count).map { fold in
      folds.validationRows(fold).reduce(0) { $0 + Int(labels[$1]) }
    }
    for values in [sizes, won] {
      let (low, high) = (values.min() ?? 0, values.max() ?? .max)
      #expect(high - low <= 1)
    }
  }

  @Test func theSeedDecides() throws {
    let labels = someLabels(500, rate: 0.2, seed: 1)
    let first = try Folds.stratified(labels: labels, count: 5, seed: 1)
    #expect(try Folds.stratified(labels: labels, count: 5, seed: 1) == first)
    let second = try Folds.stratified(labels: labels, count: 5, seed: 2)
    let alike = zip(first.assignment, second.assignment).filter { $0 == $1 }.count
    // One in five by chance: 100 of 500, standard deviation 9.
    #expect(alike > 55 && alike < 145)
  }

  @Test func theOrderOfTheFileIsNotTheOrderOfTheFolds() throws {
    // A file sorted by outcome: neighbours must not deal out in turn.
    let labels = [UInt8](repeating: 1, count: 200) + [UInt8](repeating: 0, count: 800)
    let folds = try Folds.stratified(labels: labels, count: 5, seed: 0)
    let inTurn = (1..<1_000).filter {
      folds.assignment[$0] == (folds.assignment[$0 - 1] + 1) % 5
    }.count
    #expect(inTurn > 130 && inTurn < 270)
  }

  @Test func tooFewOfAClassIsRefused() {
    #expect(throws: ValidationError.tooFewLeads(won: 2, lost: 3, parts: 3)) {
      try Folds.stratified(labels: [1, 0, 0, 1, 0], count: 3, seed: 1)
    }
    #expect(throws: ValidationError.foldCount(found: 1)) {
      try Folds.stratified(labels: [1, 0], count: 1, seed: 1)
    }
  }

  // MARK: By account

  @Test(arguments: [2, 5, 10])
  func anAccountIsNeverSplit(count: Int) throws {
    let rows = 3_000
    let labels = someLabels(rows, rate: 0.15, seed: 2)
    // Accounts of very unlike size, and a tenth of the leads without one.
    let accounts = (0..<rows).map { row -> Int32 in
      uniform(3, row) < 0.1 ? -1 : Int32(300 * uniform(4, row) * uniform(5, row))
    }
    let folds = try Folds.byAccount(accounts: accounts, labels: labels, count: count, seed: 9)
    expectSound(folds)
    var foldOfAccount: [Int32: Int32] = [:]
    for row in 0..<rows where accounts[row] >= 0 {
      let known = foldOfAccount[accounts[row]] ?? folds.assignment[row]
      #expect(known == folds.assignment[row])
      foldOfAccount[accounts[row]] = known
    }
    let won = (0..<count).map { fold in
      folds.validationRows(fold).reduce(0) { $0 + Int(labels[$1]) }
    }
    let sizes = (0..<count).map { folds.validationRows($0).count }
    #expect((won.max() ?? .max) - (won.min() ?? 0) <= 1)
    #expect(Double(sizes.max() ?? .max) <= 1.1 * Double(sizes.min() ?? 0))
  }

  @Test func leadsWithoutAccountsStandAlone() throws {
    let labels = someLabels(400, rate: 0.3, seed: 5)
    let folds = try Folds.byAccount(
      accounts: [Int32](repeating: -1, count: 400), labels: labels, count: 4, seed: 1)
    expectSound(folds)
    #expect((0..<4).allSatisfy { folds.validationRows($0).count == 100 })
  }

  @Test func anAccountsFoldDoesNotDependOnTheOrderOfRows() throws {
    let rows = 600
    let accounts = (0..<rows).map { Int32($0 / 3) }
    let labels = someLabels(rows, rate: 0.2, seed: 6)
    let forth = try Folds.byAccount(accounts: accounts, labels: labels, count: 5, seed: 4)
    let back = try Folds.byAccount(
      accounts: accounts.reversed(), labels: labels.reversed(), count: 5, seed: 4)
    #expect(forth.assignment == back.assignment.reversed())
  }

  @Test func tooFewAccountsAreRefused() {
    let labels: [UInt8] = [1, 0, 1, 0, 1, 0]
    #expect(throws: ValidationError.tooFewAccounts(accounts: 2, parts: 3)) {
      try Folds.byAccount(accounts: [0, 0, 0, 1, 1, 1], labels: labels, count: 3, seed: 1)
    }
    #expect(throws: ValidationError.tooFewMixedAccounts(parts: 2)) {
      try Folds.byAccount(accounts: [7, 1, 7, 2, 7, 3], labels: labels, count: 2, seed: 1)
    }
  }

  // MARK: Forward

  @Test(arguments: [2, 3, 5])
  func forwardFoldsTrainOnThePastAlone(count: Int) throws {
    let rows = 2_000
    // Days with many leads each, in no order.
    let times = (0..<rows).map { (uniform(7, $0) * 90).rounded(.down) }
    let folds = try Folds.forward(times: times, count: count)
    expectSound(folds)
    for fold in 0..<count {
      let training = folds.trainingRows(fold).map { times[$0] }
      let validation = folds.validationRows(fold).map { times[$0] }
      #expect((training.max() ?? .infinity) < (validation.min() ?? -.infinity))
      #expect(2 * training.count >= rows)
      #expect(validation.count > rows / (4 * count))
    }
    #expect(folds.trainingRows(0).count + folds.validatedRows.count == rows)
  }

  @Test func rowsWithoutATimeTakeNoPart() throws {
    var times = (0..<40).map(Double.init)
    times[3] = .nan
    times[39] = .nan
    let folds = try Folds.forward(times: times, count: 2)
    expectSound(folds)
    #expect(folds.assignment[3] == Folds.takesNoPart)
    #expect(!folds.trainingRows(1).contains(3))
    #expect(!folds.validatedRows.contains(39))
  }

  @Test func oneLastMomentIsRefused() {
    let times = [1, 2, 3, 4, 5, 5, 5, 5, 5, 5].map(Double.init)
    #expect(throws: ValidationError.tooFewMoments(moments: 0, parts: 2)) {
      try Folds.forward(times: times, count: 2)
    }
    #expect(throws: ValidationError.tooFewMoments(moments: 0, parts: 2)) {
      try Folds.forward(times: [Double](repeating: .nan, count: 10), count: 2)
    }
  }

  @Test func dividedTheSameWayOnEveryMachine() throws {
    // Models are reproduced from their seed, so the hash must never change.
    let labels: [UInt8] = [1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0]
    let folds = try Folds.stratified(labels: labels, count: 3, seed: 1)
    #expect(folds.assignment == [0, 1, 2, 0, 1, 1, 2, 0, 0, 1, 2, 2])
  }
}
