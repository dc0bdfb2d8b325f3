import Features
import Models

/// The options of one fit in the whole-number units that gradients are summed in.
///
/// A sum of gradients in units of 1/s and of hessians in units of 1/t gives gains G²/(H + l2) in units
/// of t/s²; penalties and minima are brought to the sums' units once, instead of the sums to theirs
/// each time.
struct GrowthRules: Sendable {
  let options: BoostingOptions
  let features: [BinnedFeature]
  let l1: Double
  let l2: Double
  let categoryL2: Double
  let categorySmoothing: Double
  let minimumHessian: Double
  /// Gains in units times this are gains in log-odds' own units.
  let gainUnit: Double
  /// Values −G/(H + l2) in units times this are log-odds.
  let valueUnit: Double
  /// Whether any feature may only rise or fall.
  let isMonotone: Bool

  init(options: BoostingOptions, features: [BinnedFeature], weightScale: Double) {
    let gradient = Gradients.gradientUnit * weightScale
    let hessian = Gradients.hessianUnit * weightScale
    self.options = options
    self.features = features
    l1 = options.l1 * gradient
    l2 = options.l2 * hessian
    categoryL2 = options.categoryL2 * hessian
    categorySmoothing = options.categorySmoothing * hessian
    minimumHessian = options.minimumHessian * hessian
    gainUnit = hessian / (gradient * gradient)
    valueUnit = hessian / gradient
    isMonotone = options.monotone.contains { $0 != .free }
  }

  func direction(_ feature: Int) -> BoostingOptions.Monotone {
    options.monotone.isEmpty ? .free : options.monotone[feature]
  }

  /// Whether categories of this feature are parted one by one.
  func isOneVersusRest(_ feature: Int) -> Bool {
    features[feature].binCount - 1 <= options.oneVersusRestLevels
  }

  /// The L2 penalty on the values of the two sides of a split.
  func l2(under feature: Int) -> Double {
    features[feature].kind == .categories && !isOneVersusRest(feature) ? l2 + categoryL2 : l2
  }

  /// The least hessian that a side must have, for its rows to be enough by the node's own mean hessian
  /// a row (as LightGBM estimates them), and for the minimum of hessians.
  func leastHessian(_ node: NodeSums) -> Double {
    var least = l2 > 0 ? minimumHessian : max(minimumHessian, 1)
    if options.minimumRows > 1 {
      least = max(
        least, (Double(options.minimumRows) - 0.5) * Double(node.hessian) / node.weight)
    }
    return least
  }

  /// Whether a node could be split at all, whatever its bins.
  func maySplit(_ node: NodeSums, depth: Int) -> Bool {
    node.weight >= 2 * Double(options.minimumRows) && node.hessian > 0
      && Double(node.hessian) >= 2 * minimumHessian && depth < options.maxDepth ?? .max
  }

  /// `gradient` moved towards 0 by the L1 penalty.
  func thresholded(_ gradient: Double) -> Double {
    let rest = abs(gradient) - l1
    return rest > 0 ? (gradient < 0 ? -rest : rest) : 0
  }
}

/// What a node's rows add up to.
struct NodeSums: Sendable, Equatable {
  /// In units of the fit (`GrowthRules`).
  var gradient: Int64
  var hessian: Int64
  /// Weights, as the caller gave them.
  var weight: Double
}

/// Between which values, in units, a node's value must stay for monotone constraints to hold.
struct ValueBounds: Sendable, Equatable {
  var lowest = -Double.infinity
  var highest = Double.infinity

  static let none = ValueBounds()

  func clip(_ value: Double) -> Double {
    min(max(value, lowest), highest)
  }
}

/// The best way found to part a node's rows.
struct SplitCandidate: Sendable, Equatable {
  /// In units, the node's own gain taken off; above 0 or there is no split.
  var gain: Double
  var feature: Int
  /// The highest bin that goes left, of an ordered feature.
  var bin: Int
  /// The bins that go left, of a feature of categories; the missing bin is never among them.
  var categories: BinSet
  /// `nil` where no row of the node is missing: then missing goes to the child of greater weight.
  var missingGoesLeft: Bool?
  /// Sums of the rows that go left.
  var leftGradient: Int64
  var leftHessian: Int64
  /// Whether the minimum of rows was held exactly when it was found.
  var isExact = false
}
