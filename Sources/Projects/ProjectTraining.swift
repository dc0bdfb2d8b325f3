import YAMLDocuments

/// How to train; what is `nil` has its default in the training run.
public struct ProjectTraining: Sendable, Equatable {
  public enum Algorithm: String, Sendable, CaseIterable {
    case logistic
    case boosting
    case additive
  }

  /// How strongly coefficients are held back.
  public enum Penalty: Sendable, Equatable {
    /// Chosen by cross-validation.
    case automatic
    /// λ of an L2 penalty, 0 or more.
    case fixed(Double)
    /// Firth's penalised likelihood: for rare events and separated data, on small tables.
    case firth
  }

  /// The forms in which numbers enter the logistic regression.
  public enum Numbers: String, Sendable, CaseIterable {
    /// Value, logarithm and bins.
    case full
    /// The value alone.
    case linear
  }

  /// Different ones, at least one.
  public var algorithms: [Algorithm]?
  public var seed: UInt64?
  /// The share of leads that is kept aside, 0 to below 1.
  public var holdOut: Double?
  public var folds: Int?
  public var penalty: Penalty?
  public var numbers: Numbers?
  /// Columns that may meet in one tree, group by group; a column in no group stands alone. `nil`: all
  /// may meet.
  public var interactions: [[String]]?
  /// Where that is said, for what only the data's columns can contradict; `nil` outside a file.
  public var interactionsPlace: YAMLPlace?
  public var boosting: ProjectBoosting

  public init(
    algorithms: [Algorithm]? = nil, seed: UInt64? = nil, holdOut: Double? = nil, folds: Int? = nil,
    penalty: Penalty? = nil, numbers: Numbers? = nil, interactions: [[String]]? = nil,
    interactionsPlace: YAMLPlace? = nil, boosting: ProjectBoosting = ProjectBoosting()
  ) {
    self.algorithms = algorithms
    self.seed = seed
    self.holdOut = holdOut
    self.folds = folds
    self.penalty = penalty
    self.numbers = numbers
    self.interactions = interactions
    self.interactionsPlace = interactionsPlace
    self.boosting = boosting
  }
}
