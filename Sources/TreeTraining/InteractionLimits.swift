/// Which features may still be used in a tree, given those that it uses already.
///
/// All features of one tree have to belong to one group; a feature in no group is a group of its own.
struct InteractionLimits: Sendable {
  /// Groups that hold every feature used so far.
  private var groups: [Set<Int>]
  /// Whether each feature belongs to one of them; `nil` where all may meet.
  private(set) var allowed: [Bool]?

  init(_ interactions: [[Int]]?, featureCount: Int) {
    guard let interactions else {
      groups = []
      allowed = nil
      return
    }
    let grouped = Set(interactions.joined())
    groups =
      interactions.map { Set($0) }
      + (0..<featureCount).filter { !grouped.contains($0) }.map { [$0] }
    allowed = [Bool](repeating: true, count: featureCount)
  }

  func allows(_ feature: Int) -> Bool {
    allowed?[feature] ?? true
  }

  /// Takes note that the tree uses a feature.
  mutating func use(_ feature: Int) {
    guard let count = allowed?.count else { return }
    groups.removeAll { !$0.contains(feature) }
    var still = [Bool](repeating: false, count: count)
    for group in groups {
      for member in group { still[member] = true }
    }
    allowed = still
  }
}
