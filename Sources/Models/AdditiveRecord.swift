/// How an additive model was grown: what has to be given again, defaults written out, to get the same bytes.
public struct AdditiveRecord: Codable, Sendable, Equatable {
  /// Of either stage: rounds at the lowest loss over all folds, and those of the model.
  public struct Rounds: Codable, Sendable, Equatable {
    public let folds: Int
    public let model: Int

    public init(folds: Int, model: Int) {
      self.folds = folds
      self.model = model
    }
  }

  /// Of trees of one feature each.
  public let curveRounds: Rounds
  /// Of trees of two.
  public let surfaceRounds: Rounds
  /// The most rounds that a stage might have in a fold.
  public let mostRounds: Int
  /// Rounds without a lower loss after which a stage stopped.
  public let patience: Int
  public let learningRate: Double
  /// Of a tree of one feature, missing apart.
  public let leaves: Int
  /// Of a tree of two features.
  public let pairLeaves: Int
  /// Leads a leaf.
  public let minimumRows: Int
  public let l2: Double
  /// On top of `l2`, of a category's value.
  public let categoryL2: Double
  /// Pairs that might have a table, and those that have one.
  public let mostPairs: Int
  public let pairs: Int
  /// Cells that a feature of a pair was cut into at most.
  public let pairCells: Int
  public let features: BoostingRecord.Features
  /// Columns whose rise moves the log-odds one way only, in the order of their names.
  public let monotone: [BoostingRecord.Direction]
  /// Columns that may be a pair, group by group; `nil`: any two may.
  public let interactions: [[String]]?

  public init(
    curveRounds: Rounds, surfaceRounds: Rounds, mostRounds: Int, patience: Int,
    learningRate: Double, leaves: Int, pairLeaves: Int, minimumRows: Int, l2: Double,
    categoryL2: Double, mostPairs: Int, pairs: Int, pairCells: Int,
    features: BoostingRecord.Features, monotone: [BoostingRecord.Direction],
    interactions: [[String]]?
  ) {
    self.curveRounds = curveRounds
    self.surfaceRounds = surfaceRounds
    self.mostRounds = mostRounds
    self.patience = patience
    self.learningRate = learningRate
    self.leaves = leaves
    self.pairLeaves = pairLeaves
    self.minimumRows = minimumRows
    self.l2 = l2
    self.categoryL2 = categoryL2
    self.mostPairs = mostPairs
    self.pairs = pairs
    self.pairCells = pairCells
    self.features = features
    self.monotone = monotone
    self.interactions = interactions
  }
}
