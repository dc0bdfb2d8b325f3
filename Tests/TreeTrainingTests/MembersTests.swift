import Features
import Glibc
import Models
import Parallel
import Testing

@testable import TreeTraining

/// Several ensembles, averaged.
@Suite struct MembersTests {
  private static let data = SyntheticRows(rows: 3_000, shape: [60, 255, 4, -12, 7], seed: 4)

  private func fit(
    rounds: Int = 8, validation: BoostingRows? = nil, _ members: [BoostingOptions.Member]
  ) throws -> BoostingFit {
    var options = BoostingOptions()
    options.rounds = rounds
    options.rowShare = 0.75
    options.columnShare = 0.5
    options.members = members
    return try GradientBooster(options).fit(
      Self.data.rows(), validation: validation, pool: WorkerPool(threadCount: 2))
  }

  private func features(_ trees: [DecisionTree]) -> Set<Int> {
    Set(trees.flatMap { $0.nodes.compactMap { $0.split?.feature } })
  }

  @Test func oneMemberOfAllFeaturesIsTheDefault() throws {
    #expect(try fit([.init()]) == fit([]))
  }

  @Test func membersAreUnlikeAndTakeTurns() throws {
    let single = try fit([])
    let pair = try fit([.init(), .init()])
    #expect(pair.treesPerRound == 2 && pair.bestRound == 8 && pair.ensemble.trees.count == 16)
    let first = pair.ensemble.trees.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    let second = pair.ensemble.trees.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    #expect(first != second)
    // The first draws as the only one does, and counts half.
    for (tree, own) in zip(first, single.ensemble.trees) {
      for (node, other) in zip(tree.nodes, own.nodes) {
        #expect(node.value == other.value / 2 && node.split == other.split)
      }
    }
    #expect(pair.ensemble(rounds: 3).trees == Array(pair.ensemble.trees.prefix(6)))
  }

  @Test func aMemberKeepsToItsFeaturesAndLeaves() throws {
    let fit = try fit([.init(features: [0, 3]), .init(features: [1, 2, 4], leaves: 3)])
    let trees = fit.ensemble.trees
    let first = stride(from: 0, to: trees.count, by: 2).map { trees[$0] }
    let second = stride(from: 1, to: trees.count, by: 2).map { trees[$0] }
    #expect(features(first) == [0, 3])
    #expect(features(second) == [1, 2, 4])
    #expect(second.allSatisfy { $0.leafCount <= 3 } && first.contains { $0.leafCount > 3 })
  }

  @Test func theLossIsThatOfTheAverage() throws {
    let fit = try fit(rounds: 5, validation: Self.data.rows(), [.init(), .init(), .init()])
    let rows = Self.data.rows()
    for round in 1...5 {
      let ensemble = fit.ensemble(rounds: round)
      var loss = 0.0
      for row in 0..<rows.count {
        let bins = rows.columns.features.indices.map { rows.columns.bin(row: row, feature: $0) }
        let probability = probability(fromRawPrediction: rawPrediction(ensemble, bins))
        loss -= log(rows.labels[row] == 1 ? probability : 1 - probability)
      }
      #expect(abs(fit.validationLosses[round - 1] - loss / Double(rows.count)) < 1e-12)
    }
  }

  private func rawPrediction(_ ensemble: TreeEnsemble, _ bins: [Int]) -> Double {
    ensemble.trees.reduce(ensemble.baseRawPrediction) { sum, tree in
      var node = 0
      while let split = tree.nodes[node].split {
        let missing = ensemble.features[split.feature].missingBin
        node =
          split.goesLeft(bins[split.feature], missingBin: missing)
          ? split.leftChild : split.rightChild
      }
      return sum + tree.nodes[node].value
    }
  }

  @Test func membersWithoutFeaturesAreRefused() {
    #expect(throws: BoostingError.self) { try self.fit([.init(features: [])]) }
    #expect(throws: BoostingError.self) { try self.fit([.init(features: [9])]) }
    #expect(throws: BoostingError.self) { try self.fit([.init(leaves: 1)]) }
  }
}
