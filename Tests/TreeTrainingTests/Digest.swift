import Models

@testable import TreeTraining

/// 64 bits of a fit (FNV-1a), every bit of every number in it taken into account.
struct Digest {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ bits: UInt64) {
    for byte in 0..<8 {
      state = (state ^ (bits >> UInt64(8 * byte) & 255)) &* 0x100_0000_01b3
    }
  }

  mutating func add(_ number: Int) { add(UInt64(bitPattern: Int64(number))) }

  mutating func add(_ number: Double) { add(number.bitPattern) }

  mutating func add(_ fit: BoostingFit) {
    add(fit.ensemble.baseRawPrediction)
    add(fit.ensemble.trees.count)
    for tree in fit.ensemble.trees {
      add(tree.nodes.count)
      for node in tree.nodes { add(node) }
    }
    add(fit.bestRound)
    for loss in fit.validationLosses { add(loss) }
  }

  private mutating func add(_ node: TreeNode) {
    add(node.value)
    add(node.weight)
    guard let split = node.split else {
      add(0)
      return
    }
    add(1 + split.feature)
    switch split.condition {
    case .upTo(let bin): add(bin)
    case .among(let bins): for word in 0..<4 { add(bins.words[word]) }
    }
    add(split.missingGoesLeft ? 1 : 0)
    add(split.leftChild)
    add(split.rightChild)
    add(split.gain)
  }

  var text: String { String(state, radix: 16) }
}
