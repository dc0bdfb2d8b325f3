/// Grades and stages by the points that they start at, as plain numbers.
struct Ladders: Sendable {
  /// Every combination of the graded categories' grades.
  let gradeNames: [String]
  /// By category, falling; empty where it has no grades.
  private let gradeBounds: [[Int]]
  /// Rising.
  private let stageBounds: [Int]

  init(_ file: RuleFile) {
    let graded = file.categories.filter { !$0.grades.isEmpty }
    gradeNames =
      graded.isEmpty
      ? []
      : graded.reduce([""]) { names, category in
        names.flatMap { name in category.grades.map { name + $0.name } }
      }
    gradeBounds = file.categories.map { $0.grades.map(\.lowerBound) }
    stageBounds = file.stages.map { file.scale.leastPoints(opening: $0) }
  }

  /// The code of a combination, one category after the other.
  func grade(_ code: Int32, category: Int, points: Int) -> Int32 {
    let bounds = gradeBounds[category]
    guard !bounds.isEmpty else { return code }
    var index = 0
    while index < bounds.count - 1, points < bounds[index] { index += 1 }
    return code * Int32(bounds.count) + Int32(index)
  }

  /// The highest stage that is open; -1 below the lowest.
  func stage(_ points: Int) -> Int32 {
    var index = stageBounds.count - 1
    while index >= 0, points < stageBounds[index] { index -= 1 }
    return Int32(index)
  }
}
