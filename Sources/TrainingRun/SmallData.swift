import Features
import Projects

/// What a fit does otherwise where conversions are few (Docs/decisions/small-data.md): a function of the
/// number of training leads of the rarer outcome alone, the same for every set of leads.
struct SmallData: Sendable, Equatable {
  /// Training leads of the rarer outcome.
  let rarer: Int
  let lostAreRarer: Bool

  /// From so many on, nothing is done or said otherwise.
  static let ample = 400
  /// From so many on, features, boosted trees and blends are the usual ones.
  static let usual = 100

  /// - Parameter labels: of the training leads, 1 won, 0 lost.
  /// - Returns: `nil` where there is enough for the usual recipe.
  init?(labels: [UInt8]) {
    let won = labels.count { $0 == 1 }
    let lost = labels.count - won
    guard min(won, lost) < Self.ample else { return nil }
    rarer = min(won, lost)
    lostAreRarer = lost < won
  }

  /// Fewer than a model can be made of: rules calibrated, or little more than the base rate.
  var isHint: Bool { rarer < TrainingOptions.fewOutcomes }

  /// Whether features, trees and blend are other than usual.
  private var isScarce: Bool { rarer < Self.usual }

  /// Sets of folds that choose the penalty: with one, its luck does.
  static let deals = 4

  /// From the strongest down. Of a hint the strong ones alone: no column may say much by itself.
  var penalties: [Double] {
    let strong: [Double] = [10_000, 3_000]
    let path = TrainingOptions.penaltyPath
    return strong + (isHint ? path.filter { $0 >= 30 } : path)
  }

  /// Of a hint, trees are no part, unless they alone are asked for.
  func algorithms(_ wanted: [ProjectTraining.Algorithm]) -> [ProjectTraining.Algorithm] {
    isHint && wanted.contains(.logistic) ? [.logistic] : wanted
  }

  /// A level of five leads has a coefficient of its own: the penalty holds it back as far as is right,
  /// which a pool of unlike levels does not.
  func features(_ options: FeatureOptions) -> FeatureOptions {
    guard isScarce else { return options }
    var options = options
    options.minimumLevelRows = min(options.minimumLevelRows, 5)
    return options
  }

  /// Rates of conversion by level, and pairs of columns the more, are mostly chance here: codes alone,
  /// unless the project says otherwise.
  func treeFeatures(_ options: TreeFeatureOptions, said: ProjectBoosting) -> TreeFeatureOptions {
    guard isScarce else { return options }
    var options = options
    if said.categories == nil { options.categories = .codes }
    if said.pairs == nil { options.pairs = 0 }
    return options
  }

  /// Random trees in place of boosted ones, from `usual` on beside them, unless the project says how trees
  /// are boosted or what they are held to: random ones are held to nothing.
  func shapes(
    _ boosted: [TreeShape], said: ProjectBoosting, areHeld: Bool
  ) -> [TreeShape] {
    guard said == ProjectBoosting(), !areHeld else { return boosted }
    let random = TreeShape(kind: .random, leaves: RandomTreeShape.mostLeaves, members: 200)
    return isScarce ? [random] : boosted + [random]
  }

  /// How strongly the weights of a blend are held to equal ones.
  ///
  /// Below `usual` like a normal prior of deviation 0.11, whatever the number of leads. From there on less
  /// with the square of the conversions: half of that at 150, an eighth at 300.
  func blendShrinkage(leads: Double) -> Double {
    let conversions = Double(rarer)
    let strength = isScarce ? 40 : 20 * (150 / conversions) * (150 / conversions)
    return max(BlendWeights.shrinkage, strength / max(leads, 1))
  }

  /// How strongly a combination of model and rules is held to the model alone: two weights, which from
  /// `usual` conversions on need no more than the usual.
  func combinationShrinkage(leads: Double) -> Double {
    isScarce ? blendShrinkage(leads: leads) : BlendWeights.shrinkage
  }
}

/// Random trees as the recipe has them.
enum RandomTreeShape {
  /// Leads a leaf. With 3 they were worse on one set and level on another.
  static let minimumRows = 5.0
  /// Leaves a tree, so that a rare outcome among many leads does not make trees of thousands.
  static let mostLeaves = 256
  /// Share of the features that a node tries.
  static let featureShare = 0.4
}
