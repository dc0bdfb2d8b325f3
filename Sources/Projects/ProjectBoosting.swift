/// How boosted trees are grown; what is `nil` follows from the leads in the training run.
public struct ProjectBoosting: Sendable, Equatable {
  /// How columns of categories enter the trees.
  public enum Categories: String, Sendable, CaseIterable {
    /// By their number of levels.
    case automatic
    /// By how frequent each level is.
    case codes
    /// As sets of levels.
    case subsets
    /// As rates of conversion, taken out of fold.
    case rates
    /// As codes, rates of conversion, and those of pairs of columns.
    case combinations
  }

  /// Most trees, 1 to 100,000; the folds may stop earlier.
  public var rounds: Int?
  /// Rounds without a lower loss after which a fold stops, at least 1.
  public var patience: Int?
  /// Above 0 and at most 1.
  public var learningRate: Double?
  /// Leaves a tree, 2 to 1,024.
  public var leaves: Int?
  /// Splits between the root and a leaf, at least 1.
  public var maxDepth: Int?
  /// Leads a leaf, at least 1.
  public var minimumRows: Int?
  /// Penalties on leaf values, 0 or more.
  public var l1: Double?
  public var l2: Double?
  /// Shares of the leads and of the features that a tree is grown on, above 0 and at most 1.
  public var rowShare: Double?
  public var columnShare: Double?
  /// Ensembles that are grown side by side and averaged, 1 to 16.
  public var members: Int?
  /// Bins a number, the missing one included, 3 to 255.
  public var maxBins: Int?
  public var categories: Categories?
  /// Leads' weight with which a level's rate of conversion is drawn to the average, above 0.
  public var smoothing: Double?
  /// Pairs of columns whose rates of conversion are features, 0 to 1,000.
  public var pairs: Int?
  /// Leads that a level, or a pair of levels, needs to count by itself, at least 1.
  public var minimumLevelRows: Int?

  public init(
    rounds: Int? = nil, patience: Int? = nil, learningRate: Double? = nil, leaves: Int? = nil,
    maxDepth: Int? = nil, minimumRows: Int? = nil, l1: Double? = nil, l2: Double? = nil,
    rowShare: Double? = nil, columnShare: Double? = nil, members: Int? = nil, maxBins: Int? = nil,
    categories: Categories? = nil, smoothing: Double? = nil, pairs: Int? = nil,
    minimumLevelRows: Int? = nil
  ) {
    self.rounds = rounds
    self.patience = patience
    self.learningRate = learningRate
    self.leaves = leaves
    self.maxDepth = maxDepth
    self.minimumRows = minimumRows
    self.l1 = l1
    self.l2 = l2
    self.rowShare = rowShare
    self.columnShare = columnShare
    self.members = members
    self.maxBins = maxBins
    self.categories = categories
    self.smoothing = smoothing
    self.pairs = pairs
    self.minimumLevelRows = minimumLevelRows
  }
}
