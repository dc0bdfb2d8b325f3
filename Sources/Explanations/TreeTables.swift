import Models

/// A tree's contributions laid out for the kernel of `TreeContributions`.
struct TreeTables: Sendable {
  /// Leaves that are looked up together: a row's cell is the sum, over the features, of what its bin
  /// adds, and each sum's contributions are a run of `cellCount` values.
  struct Group: Sendable {
    /// Of `lookups`.
    let lookups: Range<Int>
    /// Of `slots`: one run of values each.
    let slots: Range<Int>
    /// Where the first run starts.
    let firstValue: Int
    let cellCount: Int
  }

  private(set) var groups: [Group] = []
  /// The feature of each look-up; its 256 values start at 256 × its number in `steps`.
  private(set) var lookups: [Int] = []
  /// What a bin adds to the number of the cell.
  private(set) var steps: [UInt16] = []
  private(set) var slots: [Int] = []
  private(set) var values: [Double] = []
  private(set) var longPaths: [LongPath] = []

  /// Cells are numbered in two bytes.
  static let mostCells = 1 << 16

  /// - Parameters:
  ///   - rules: of 1, 2, … points.
  ///   - mostCells: of a group, at most 65,536.
  init(
    _ leaves: [LeafPath], binCounts: [Int], slots shares: FeatureSlots, rules: [GaussLegendre],
    mostCells: Int
  ) {
    precondition(mostCells <= Self.mostCells, "cells are numbered in two bytes")
    func quadrature(_ leaf: LeafPath) -> PathQuadrature {
      PathQuadrature(
        leaf, rule: rules[PathQuadrature.points(forParts: leaf.parts.count) - 1])
    }
    let (groups, long) = LeafGroup.groups(
      of: leaves, binCounts: binCounts, mostCells: mostCells)
    for group in groups {
      add(group, leaves: group.leaves.map { LeafTable(quadrature($0)) }, shares)
    }
    longPaths = long.map { LongPath($0, quadrature: quadrature($0), slots: shares) }
  }

  private mutating func add(_ group: LeafGroup, leaves: [LeafTable], _ shares: FeatureSlots) {
    let firstLookup = lookups.count
    var cellCount = 1
    for classes in group.classes {
      lookups.append(classes.feature)
      steps += classes.ofBin.map { UInt16(Int($0) * cellCount) }
      cellCount *= classes.count
    }
    let own = Set(group.classes.flatMap { shares.shares[$0.feature].map(\.slot) }).sorted()
    let firstSlot = slots.count
    let firstValue = values.count
    slots += own
    values += [Double](repeating: 0, count: own.count * cellCount)
    for (path, table) in zip(group.leaves, leaves) {
      let masks = group.masks(of: path)
      for (part, content) in path.parts.enumerated() {
        for share in shares.shares[content.feature] {
          guard let place = own.firstIndex(of: share.slot) else { continue }
          let run = firstValue + place * cellCount
          for cell in 0..<cellCount {
            values[run + cell] +=
              share.share * table.contributions[Int(masks[cell]) * path.parts.count + part]
          }
        }
      }
    }
    groups.append(
      Group(
        lookups: firstLookup..<lookups.count, slots: firstSlot..<slots.count,
        firstValue: firstValue, cellCount: cellCount))
  }
}

extension LeafGroup {
  /// Of each cell, which parts of one of the leaves it satisfies: a bit a part.
  fileprivate func masks(of path: LeafPath) -> [UInt32] {
    var masks: [UInt32] = [0]
    for classes in classes {
      var bits = [UInt32](repeating: 0, count: classes.count)
      if let part = path.parts.firstIndex(where: { $0.feature == classes.feature }) {
        // Bins of a class all satisfy the part, or none does.
        for bin in 0..<256 where path.parts[part].bins.contains(bin) {
          bits[Int(classes.ofBin[bin])] = 1 << UInt32(part)
        }
      }
      masks = bits.flatMap { bit in masks.map { $0 | bit } }
    }
    return masks
  }
}

/// A leaf's contributions for each of the 2^parts sets of parts that a row may satisfy.
private struct LeafTable {
  /// Set after set, a value a part; bit j of a set's number says whether it has part j.
  let contributions: [Double]

  init(_ quadrature: PathQuadrature) {
    let parts = quadrature.partCount
    var satisfied = [UInt8](repeating: 0, count: parts)
    var scratch = [Double](repeating: 0, count: quadrature.scratchCount)
    contributions = [Double](unsafeUninitializedCapacity: parts << parts) { output, count in
      for set in 0..<1 << parts {
        for part in 0..<parts { satisfied[part] = UInt8(truncatingIfNeeded: set >> part) & 1 }
        // Bounds: `output` holds 2^parts runs of `parts` values.
        guard let output = output.baseAddress else { return }
        quadrature.write(
          satisfied: satisfied, scratch: &scratch, to: output + set * parts)
      }
      count = parts << parts
    }
  }
}
