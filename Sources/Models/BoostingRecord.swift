/// How boosted trees were grown: what a project has to say, defaults written out, to get the same bytes
/// whatever the defaults of another version.
public struct BoostingRecord: Codable, Sendable, Equatable {
  /// The most rounds that a fold might grow.
  public let mostRounds: Int
  /// Rounds at the lowest loss over all folds; of the first shape, as `rounds` and `leaves`.
  public let foldRounds: Int
  /// Rounds of the model, each of one tree a member.
  public let rounds: Int
  /// Rounds without a lower loss after which a fold stopped.
  public let patience: Int
  public let learningRate: Double
  public let leaves: Int
  /// Splits between the root and a leaf; `nil` for no limit but `leaves`.
  public let maxDepth: Int?
  /// Leads a leaf.
  public let minimumRows: Int
  public let l1: Double
  public let l2: Double
  /// Share of the leads that a tree was grown on.
  public let rowShare: Double
  /// Share of the features that a tree might use.
  public let columnShare: Double
  /// Ensembles that are averaged.
  public let members: Int
  /// What each member saw, in their order; `nil` in files that do not say.
  public let memberFeatures: [MemberFeatures]?
  /// The forms of trees that are added up, the members of the first coming first; `nil` in files that
  /// do not say, which have one.
  public let shapes: [Shape]?
  public let features: Features
  /// Columns whose rise moves the log-odds one way only, in the order of their names.
  public let monotone: [Direction]
  /// Columns that may meet in one tree, group by group; `nil`: all may meet.
  public let interactions: [[String]]?

  /// The features that trees of a member may use.
  public enum MemberFeatures: String, Codable, Sendable, CaseIterable {
    case all
    /// Those made of one column: no rates of conversion of pairs.
    case withoutPairs
  }

  /// Ensembles of trees of one form.
  public struct Shape: Codable, Sendable, Equatable {
    /// As reports call it: `wide trees`.
    public let name: String
    public let leaves: Int
    /// Ensembles that are averaged.
    public let members: Int
    public let features: MemberFeatures
    /// Rounds at the lowest loss over all folds.
    public let foldRounds: Int
    /// Rounds of the model, each of one tree a member.
    public let rounds: Int
    /// What its log-odds are multiplied by, 0 or more; of 0, none of its trees are in the model.
    public let weight: Double
    /// Its own mean log loss out of fold.
    public let logLoss: Double

    public init(
      name: String, leaves: Int, members: Int, features: MemberFeatures, foldRounds: Int,
      rounds: Int, weight: Double, logLoss: Double
    ) {
      self.name = name
      self.leaves = leaves
      self.members = members
      self.features = features
      self.foldRounds = foldRounds
      self.rounds = rounds
      self.weight = weight
      self.logLoss = logLoss
    }
  }

  /// How columns became features.
  public struct Features: Codable, Sendable, Equatable {
    /// Bins a feature, the missing one included.
    public let maxBins: Int
    /// As a project says it: `automatic`, `codes`, `subsets`, `rates` or `combinations`.
    public let categories: String
    /// Leads of average conversion that are added to a level before its rate is taken.
    public let smoothing: Double
    /// Pairs of columns whose rates are features, at most.
    public let pairs: Int
    /// Leads that a level or a pair of levels needs; `nil` in files that do not say, which used 10.
    public let minimumLevelRows: Double?

    public init(
      maxBins: Int, categories: String, smoothing: Double, pairs: Int,
      minimumLevelRows: Double? = nil
    ) {
      self.maxBins = maxBins
      self.categories = categories
      self.smoothing = smoothing
      self.pairs = pairs
      self.minimumLevelRows = minimumLevelRows
    }
  }

  public struct Direction: Codable, Sendable, Equatable {
    public let column: String
    /// Otherwise decreasing.
    public let isIncreasing: Bool

    public init(column: String, isIncreasing: Bool) {
      self.column = column
      self.isIncreasing = isIncreasing
    }
  }

  public init(
    mostRounds: Int, foldRounds: Int, rounds: Int, patience: Int, learningRate: Double,
    leaves: Int, maxDepth: Int?, minimumRows: Int, l1: Double, l2: Double, rowShare: Double,
    columnShare: Double, members: Int, memberFeatures: [MemberFeatures]? = nil,
    shapes: [Shape]? = nil, features: Features, monotone: [Direction], interactions: [[String]]?
  ) {
    self.mostRounds = mostRounds
    self.foldRounds = foldRounds
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
    self.memberFeatures = memberFeatures
    self.shapes = shapes
    self.features = features
    self.monotone = monotone
    self.interactions = interactions
  }
}
