/// How trees are grown and added up.
public struct BoostingOptions: Sendable, Equatable {
  /// How a prediction may move as a feature rises.
  public enum Monotone: String, Codable, Sendable {
    case free
    case increasing
    case decreasing
  }

  /// What sets a member of an average apart.
  public struct Member: Sendable, Equatable {
    /// The features (indices) that its trees may use; `nil` for all.
    public var features: [Int]?
    /// Leaves a tree; `nil` for those of the options.
    public var leaves: Int?

    public init(features: [Int]? = nil, leaves: Int? = nil) {
      self.features = features
      self.leaves = leaves
    }
  }

  /// Rounds, at least 1, of one tree a member. With validation rows, at most so many. Default 200.
  public var rounds = 200
  /// Rounds without a lower validation loss after which growth stops. Default 60.
  public var patience = 60
  /// What a tree's values are multiplied by, above 0 and at most 1. Default 0.1.
  public var learningRate = 0.1
  /// Leaves a tree, 2 to 1,024. Default 31.
  public var leaves = 31
  /// Splits between the root and a leaf, at least 1; `nil` for no limit but `leaves`. Default `nil`.
  public var maxDepth: Int?
  /// Rows a leaf, at least 1. Default 20.
  public var minimumRows = 20
  /// Sum of hessians a leaf, 0 or more. Default 1e-3.
  public var minimumHessian = 1e-3
  /// L1 penalty on leaf values, 0 or more. Default 0.
  public var l1 = 0.0
  /// L2 penalty on leaf values, 0 or more. Default 1.
  public var l2 = 1.0
  /// Gain that a split has to exceed, 0 or more. Default 0.
  public var minimumGain = 0.0
  /// Share of the rows that a tree is grown on, above 0 and at most 1; drawn anew each tree. Default 1.
  public var rowShare = 1.0
  /// Share of the features that a tree may use, above 0 and at most 1; drawn anew each tree. Default 1.
  public var columnShare = 1.0
  /// Categories of which one is parted from all others; above it, sets of categories in the order of
  /// their gradients are. Default 4.
  public var oneVersusRestLevels = 4
  /// Added to a category's hessian where categories are put in order. Default 10.
  public var categorySmoothing = 10.0
  /// L2 penalty on top of `l2` for the values under a split of sets of categories. Default 10.
  public var categoryL2 = 10.0
  /// Rows that a category needs to be weighed in a split. Default 20.
  public var minimumCategoryRows = 20
  /// Most categories on the smaller side of a split. Default 32.
  public var mostCategories = 32
  /// One a feature; empty for all free.
  public var monotone: [Monotone] = []
  /// Features (indices) that may meet in one tree, group by group; features in no group stand alone.
  /// `nil`: all may meet.
  public var interactions: [[Int]]?
  /// Ensembles that are grown side by side, each with draws of its own, and averaged: what one got wrong
  /// by chance, others don't. Empty for one on all features.
  public var members: [Member] = []
  /// Draws rows, columns and the rounding of gradients. Default 1.
  public var seed: UInt64 = 1

  public init() {}
}
