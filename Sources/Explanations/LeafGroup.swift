import Models

/// Leaves of a tree whose contributions are looked up together.
///
/// What some leaves give depends on a row only through which of their parts it satisfies. Of each
/// feature the leaves ask for, bins fall into classes that satisfy the same parts, and a row's classes
/// make a cell of a table.
struct LeafGroup {
  /// A feature's bins by what they satisfy.
  struct Classes {
    let feature: Int
    /// Of each bin up to 255; bins that the feature does not have belong to class 0.
    var ofBin: [UInt8]
    var count: Int
  }

  private(set) var leaves: [LeafPath] = []
  private(set) var classes: [Classes] = []

  var cellCount: Int { classes.reduce(1) { $0 * $1.count } }

  /// The group with one leaf more.
  func adding(_ leaf: LeafPath, binCounts: [Int]) -> LeafGroup {
    var group = self
    group.leaves.append(leaf)
    for part in leaf.parts {
      let binCount = binCounts[part.feature]
      if let known = group.classes.firstIndex(where: { $0.feature == part.feature }) {
        group.classes[known].part(by: part.bins, binCount: binCount)
      } else {
        var fresh = Classes(
          feature: part.feature, ofBin: [UInt8](repeating: 0, count: 256), count: 1)
        fresh.part(by: part.bins, binCount: binCount)
        group.classes.append(fresh)
      }
    }
    return group
  }

  /// Leaves, neighbours together, in groups of at most `mostCells` cells; and those that need more cells
  /// alone. Leaves without parts give nothing and are in neither.
  static func groups(
    of leaves: [LeafPath], binCounts: [Int], mostCells: Int
  ) -> (groups: [LeafGroup], long: [LeafPath]) {
    var groups: [LeafGroup] = []
    var long: [LeafPath] = []
    var open = LeafGroup()
    for leaf in leaves where !leaf.parts.isEmpty {
      guard leaf.parts.count < Int.bitWidth - 2, 1 << leaf.parts.count <= mostCells else {
        long.append(leaf)
        continue
      }
      let larger = open.adding(leaf, binCounts: binCounts)
      if larger.cellCount <= mostCells {
        open = larger
      } else {
        groups.append(open)
        open = LeafGroup().adding(leaf, binCounts: binCounts)
      }
    }
    if !open.leaves.isEmpty { groups.append(open) }
    return (groups, long)
  }
}

extension LeafGroup.Classes {
  /// Parts each class into the bins of a set and the others.
  fileprivate mutating func part(by bins: BinSet, binCount: Int) {
    // A class's number, by whether its bins belong to the set; 255 classes at most for as many bins.
    var numbers = [Int](repeating: -1, count: 2 * count)
    var next = 0
    for bin in 0..<binCount {
      let key = 2 * Int(ofBin[bin]) + (bins.contains(bin) ? 1 : 0)
      if numbers[key] < 0 {
        numbers[key] = next
        next += 1
      }
      ofBin[bin] = UInt8(numbers[key])
    }
    count = next
  }
}
