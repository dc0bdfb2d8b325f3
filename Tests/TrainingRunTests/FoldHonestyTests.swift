import Testing

@testable import TrainingRun

/// Nothing that is fitted knows the leads that it is judged by.
@Suite struct FoldHonestyTests {
  /// Outcomes of 300 leads and the fold that validates each: stratified folds follow from outcomes and
  /// seed alone.
  private func labelled() throws -> (won: [Bool], folds: [Int32]) {
    var random = SeededNumbers(seed: 11)
    let won = (0..<300).map { _ in random.unit() < 0.4 }
    let folder = try TemporaryFolder()
    let path = try folder.write(
      ["x", "y"], won.enumerated().map { ["\($0.offset % 9)", $0.element ? "yes" : "no"] })
    return (won, try Trial(path).plan().plan.folds.assignment)
  }

  @Test func aNumberIsScaledAndBoundedByTheTrainingPartAlone() throws {
    let (won, folds) = try labelled()
    let folder = try TemporaryFolder()
    // The first fold's values lie far above all others. A pipeline that has not seen them counts each
    // as the highest value that it knows; one that has tells them apart.
    let path = try folder.write(
      ["x", "y"],
      won.indices.map { row in
        let value = folds[row] == 0 ? 1_000_000 + row * row : row % 10 + (won[row] ? 3 : 0)
        return ["\(value)", won[row] ? "yes" : "no"]
      })
    let (_, plan, result) = try Trial(path).side()
    let raw = { (fold: Int32) in
      zip(plan.validatedFolds, result.rawPredictions).filter { $0.0 == fold }.map(\.1)
    }
    #expect(plan.validatedFolds == folds)
    #expect(Set(raw(0)).count == 1)
    #expect(Set(raw(1)).count > 5)
  }

  @Test func aLevelOfTheValidationPartAloneIsUnseenThere() throws {
    let (won, folds) = try labelled()
    let folder = try TemporaryFolder()
    // “new” is in the first fold alone, in half of its leads: frequent in the whole file, unseen in
    // the fold's training part, so that it counts there as the rare levels do.
    let path = try folder.write(
      ["x", "y"],
      won.indices.map { row in
        let level: String
        if row % 5 == 1 {
          level = "rare\(row)"
        } else if folds[row] == 0 {
          level = row % 2 == 0 ? "new" : "common"
        } else {
          level = won[row] && row % 3 > 0 ? "frequent" : "common"
        }
        return [level, won[row] ? "yes" : "no"]
      })
    let (_, plan, result) = try Trial(path).side()
    let (rows, validatedFolds) = (plan.validatedRows, plan.validatedFolds)
    func raw(_ isIncluded: (Int) -> Bool) -> Set<Double> {
      Set(
        rows.indices.filter { validatedFolds[$0] == 0 && isIncluded(rows[$0]) }
          .map { result.rawPredictions[$0] })
    }
    let rare = raw { $0 % 5 == 1 }
    let new = raw { $0 % 5 != 1 && $0 % 2 == 0 }
    let common = raw { $0 % 5 != 1 && $0 % 2 == 1 }
    #expect(rare.count == 1 && new == rare && common.count == 1 && common != rare)
  }
}
