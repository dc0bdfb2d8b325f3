import Features

/// Boosted trees and a logistic regression whose log-odds are added up.
///
/// log-odds = intercept + tree weight × those of the trees + logistic weight × those of the regression,
/// each side as it was fitted.
public struct Blend: Sendable, Equatable {
  public let intercept: Double
  public let treePipeline: TreePipeline
  public let trees: TreeEnsemble
  /// 0 or more.
  public let treeWeight: Double
  public let pipeline: FeaturePipeline
  public let logistic: LogisticModel
  /// 0 or more.
  public let logisticWeight: Double

  public init(
    intercept: Double, treePipeline: TreePipeline, trees: TreeEnsemble, treeWeight: Double,
    pipeline: FeaturePipeline, logistic: LogisticModel, logisticWeight: Double
  ) {
    precondition(
      treePipeline.features == trees.features, "the trees were grown on another pipeline")
    precondition(
      pipeline.layout.coefficientCount == logistic.coefficients.count,
      "the model was fitted to another pipeline")
    self.intercept = intercept
    self.treePipeline = treePipeline
    self.trees = trees
    self.treeWeight = treeWeight
    self.pipeline = pipeline
    self.logistic = logistic
    self.logisticWeight = logisticWeight
  }

  /// The columns that the encoders read, each once: those of the trees first.
  public var requiredColumns: [String] {
    var seen: Set<String> = []
    return (treePipeline.requiredColumns + pipeline.requiredColumns).filter {
      seen.insert($0).inserted
    }
  }

  /// The blend's log-odds of a lead whose members' are known, by the same operations wherever a lead is
  /// scored.
  @inlinable
  public func rawPrediction(trees: Double, logistic: Double) -> Double {
    intercept + treeWeight * trees + logisticWeight * logistic
  }
}

extension TreeEnsemble {
  /// Ensembles grown on the same features as one: their log-odds, each times its weight, added up.
  /// - Parameters:
  ///   - members: none where no ensemble found anything: the intercept is all that is left.
  ///   - features: what the members were grown on.
  ///   - intercept: log-odds that are added.
  public static func sum(
    _ members: [(ensemble: TreeEnsemble, weight: Double)], features: [BinnedFeature],
    intercept: Double = 0
  ) -> TreeEnsemble {
    precondition(
      members.allSatisfy { $0.ensemble.features == features }, "the trees see other features")
    return TreeEnsemble(
      features: features,
      baseRawPrediction: members.reduce(intercept) {
        $0 + $1.weight * $1.ensemble.baseRawPrediction
      },
      trees: members.flatMap { member in
        member.ensemble.trees.map { tree in
          DecisionTree(
            nodes: tree.nodes.map {
              TreeNode(value: $0.value * member.weight, weight: $0.weight, split: $0.split)
            })
        }
      })
  }
}
