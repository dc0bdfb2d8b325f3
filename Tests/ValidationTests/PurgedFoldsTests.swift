import Testing
import Validation

@Suite struct PurgedFoldsTests {
  /// A random history: decisions on days, some leads with several, accounts of several leads.
  private struct History {
    var times: [Double] = []
    var groups: [Int32] = []
    let horizon: Double

    init(seed: UInt64, rows: Int) {
      horizon = (uniform(seed, 900_001) * 40).rounded(.down)
      let groupCount = 2 + Double(rows) * uniform(seed, 900_002)
      for row in 0..<rows {
        let time = (uniform(seed, row) * 400).rounded(.down)
        times.append(uniform(seed, row + 200_000) < 0.02 ? .nan : time)
        groups.append(
          uniform(seed, row + 400_000) < 0.1
            ? -1 : Int32(groupCount * uniform(seed, row + 600_000)))
      }
    }
  }

  @Test(arguments: 0..<60)
  func noHorizonReachesIntoValidationAndNoGroupIsInTwoFolds(seed: Int) throws {
    let history = History(seed: UInt64(seed), rows: 300 + seed * 7)
    let count = 2 + seed % 4
    let folds = try Folds.forward(
      times: history.times, horizon: history.horizon, groups: history.groups, count: count)
    var foldOfGroup: [Int32: Int] = [:]
    for fold in 0..<count {
      let training = folds.trainingRows(fold)
      let validation = folds.validationRows(fold)
      let start = validation.map { history.times[$0] }.min() ?? .nan
      #expect(!training.isEmpty && !validation.isEmpty)
      for row in training {
        #expect(history.times[row] < start)
        #expect(history.times[row] + history.horizon <= start)
      }
      let validated = Set(validation.map { history.groups[$0] }).subtracting([-1])
      #expect(validated.isDisjoint(with: training.map { history.groups[$0] }))
      for group in validated {
        #expect(foldOfGroup[group] == nil)
        foldOfGroup[group] = fold
      }
    }
    for row in history.times.indices where history.times[row].isNaN {
      #expect(folds.assignment[row] == Folds.takesNoPart)
    }
  }

  /// Everything that may train does: what is missing has a reason.
  @Test(arguments: 0..<20)
  func nothingElseIsPurged(seed: Int) throws {
    let history = History(seed: UInt64(seed) + 500, rows: 400)
    let folds = try Folds.forward(
      times: history.times, horizon: history.horizon, groups: history.groups, count: 3)
    let plain = try Folds.forward(times: history.times, count: 3)
    for fold in 0..<3 {
      let start = plain.validationRows(fold).map { history.times[$0] }.min() ?? .nan
      let validated = Set(folds.validationRows(fold).map { history.groups[$0] }).subtracting([-1])
      let expected = history.times.indices.filter {
        history.times[$0] < start && history.times[$0] + history.horizon <= start
          && !validated.contains(history.groups[$0])
      }
      #expect(folds.trainingRows(fold) == expected)
      for row in plain.validationRows(fold) where history.groups[row] < 0 {
        #expect(folds.assignment[row] == Int32(fold))
      }
    }
  }

  @Test func withoutHorizonAndGroupsItIsThePlainDivision() throws {
    let times = (0..<500).map { (uniform(3, $0) * 90).rounded(.down) }
    let purged = try Folds.forward(times: times, horizon: 0, count: 4)
    let plain = try Folds.forward(times: times, count: 4)
    #expect(purged.assignment == plain.assignment)
    for fold in 0..<4 { #expect(purged.trainingRows(fold) == plain.trainingRows(fold)) }
  }

  @Test func theOrderOfRowsDoesNotMatter() throws {
    let history = History(seed: 77, rows: 500)
    // Times that all differ: among rows of one moment the first decides ties.
    let times = history.times.enumerated().map { $1 + uniform(78, $0) }
    let forth = try Folds.forward(times: times, horizon: 20, groups: history.groups, count: 4)
    let back = try Folds.forward(
      times: times.reversed(), horizon: 20, groups: history.groups.reversed(), count: 4)
    #expect(forth.assignment == back.assignment.reversed())
  }

  @Test func aHorizonAsLongAsTheHistoryIsRefused() {
    let times = (0..<40).map(Double.init)
    #expect(throws: ValidationError.emptyFold(fold: 0, parts: 2, horizonDays: 50)) {
      try Folds.forward(times: times, horizon: 50, count: 2, unitsPerDay: 1)
    }
    #expect(throws: ValidationError.emptyFold(fold: 1, parts: 2, horizonDays: 50)) {
      try HoldOut.latest(times: times, horizon: 50, share: 0.25, unitsPerDay: 1)
    }
  }

  @Test(arguments: 0..<40)
  func whatIsHeldOutIsUnknownToTraining(seed: Int) throws {
    let history = History(seed: UInt64(seed) + 900, rows: 300)
    let cut = try HoldOut.latest(
      times: history.times, horizon: history.horizon, groups: history.groups, share: 0.25)
    let start = cut.heldOut.map { history.times[$0] }.min() ?? .nan
    for row in cut.training {
      #expect(history.times[row] < start && history.times[row] + history.horizon <= start)
    }
    let held = Set(cut.heldOut.map { history.groups[$0] }).subtracting([-1])
    #expect(held.isDisjoint(with: cut.training.map { history.groups[$0] }))
    #expect(cut.training == cut.training.sorted() && cut.heldOut == cut.heldOut.sorted())
  }
}
