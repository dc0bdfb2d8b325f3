import Features
import Projects

/// How `fit` learns and validates.
public struct TrainingOptions: Sendable, Equatable {
  /// How strongly coefficients are held back.
  public enum Penalty: Sendable, Equatable {
    /// Chosen by the folds on `TrainingOptions.penaltyPath`.
    case automatic
    /// λ of ½ λ Σ β²; 0 is plain maximum likelihood.
    case fixed(Double)
    /// Firth's penalised likelihood with the intercept corrected (FLIC): for rare events and separated
    /// data, on small tables.
    case firth
  }

  /// Those that are fitted on the same folds, of which the best becomes the model. Default: logistic
  /// regression and boosting.
  public var algorithms: [ProjectTraining.Algorithm]
  /// Default 1.
  public var seed: UInt64
  /// Validation folds. Default 5.
  public var folds: Int
  /// Share of the leads kept away from training, 0 for none. Default 0.
  public var holdOut: Double
  public var penalty: Penalty
  /// How columns enter the logistic regression.
  public var features: FeatureOptions
  /// What is `nil` follows from the leads (`BoostingDefaults`).
  public var boosting: ProjectBoosting

  public init(
    algorithms: [ProjectTraining.Algorithm] = [.logistic, .boosting],
    seed: UInt64 = 1, folds: Int = 5, holdOut: Double = 0, penalty: Penalty = .automatic,
    features: FeatureOptions = FeatureOptions(), boosting: ProjectBoosting = ProjectBoosting()
  ) {
    self.algorithms = algorithms
    self.seed = seed
    self.folds = folds
    self.holdOut = holdOut
    self.penalty = penalty
    self.features = features
    self.boosting = boosting
  }

  /// From the strongest down, about half a decade apart: the range in which the logistic side's penalty
  /// was tried (C from .003 to 1), and one stronger for small tables.
  static let penaltyPath: [Double] = [1_000, 300, 100, 30, 10, 3, 1]

  /// Fewer of either outcome than this can't be learned from.
  public static let fewestOutcomes = 20
  /// Fewer of either than this are learned from with a warning.
  public static let fewOutcomes = 40

  /// - Throws: `TrainingError.invalidOption` naming the first option out of range.
  public func validated() throws -> TrainingOptions {
    guard !algorithms.isEmpty else {
      throw TrainingError.invalidOption(
        name: "--algorithms", value: "empty", expected: "some of logistic, boosting and additive")
    }
    guard (2...50).contains(folds) else {
      throw TrainingError.invalidOption(
        name: "--folds", value: "\(folds)", expected: "a whole number from 2 to 50")
    }
    guard holdOut >= 0, holdOut <= 0.5 else {
      throw TrainingError.invalidOption(
        name: "--hold-out", value: "\(holdOut)", expected: "a share from 0% to 50%")
    }
    if case .fixed(let value) = penalty, !(value >= 0 && value.isFinite) {
      throw TrainingError.invalidOption(
        name: "--penalty", value: "\(value)", expected: "auto, firth, or a number, 0 or more")
    }
    return self
  }
}
