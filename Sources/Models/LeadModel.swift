import Features
import Tables

/// Everything that is needed to score a lead, and what was learned about how well that works.
///
/// Holds no clock, path, host name, thread count, model name or version: the same history, options and
/// seed give an equal value.
public struct LeadModel: Sendable, Equatable {
  /// All columns of the training file, so that rules on columns that are no features read the same.
  public let schema: TableSchema
  public let idColumns: [String]
  public let outcome: OutcomeDefinition
  public let predictor: Predictor
  public let scale: ScoreScale
  public let training: TrainingRecord
  public let outOfFold: ModelValidation
  public let heldOut: ModelValidation?
  /// Source columns by how much they move the log-odds, the strongest first; of a logistic regression
  /// or the one in a blend.
  public let strengths: [ColumnStrength]
  /// The leads that the model was fitted to; without fingerprints where there is nothing to
  /// recognise leads by.
  public let sketch: TrainingSketch
  /// The algorithms that were fitted on the same folds and not chosen, the best first.
  public let alternatives: [AlgorithmFigures]
  /// Source columns by how much the model leans on them, the most important first; empty where that
  /// was not measured.
  public let importance: [ColumnImportance]

  /// How the table that is scored is made of a CRM's tables; `nil` where it is a table as it stands.
  public let recipe: LeadRecipe?
  /// `nil` in files that are older, whose log-odds are taken as they are.
  public let calibration: ModelCalibration?
  /// `nil` where history was too small to say what is unlike it.
  public let novelty: NoveltyDetector?
  /// What model and rules would be together; `nil` where the fit had no rules, or rules that say nothing.
  public let combination: RuleCombination?
  /// How leads of one account go together; `nil` where the fit knew no accounts, and in files that are older.
  public let accounts: AccountDependence?
  /// What the columns do to the leads at large; `nil` in files that are older.
  public private(set) var contributions: ColumnContributions?

  public init(
    schema: TableSchema, idColumns: [String], outcome: OutcomeDefinition, predictor: Predictor,
    scale: ScoreScale, training: TrainingRecord, outOfFold: ModelValidation,
    heldOut: ModelValidation?, strengths: [ColumnStrength], sketch: TrainingSketch,
    alternatives: [AlgorithmFigures] = [], importance: [ColumnImportance] = [],
    recipe: LeadRecipe? = nil, calibration: ModelCalibration? = nil,
    novelty: NoveltyDetector? = nil, combination: RuleCombination? = nil,
    accounts: AccountDependence? = nil, contributions: ColumnContributions? = nil
  ) {
    predictor.check()
    self.schema = schema
    self.idColumns = idColumns
    self.outcome = outcome
    self.predictor = predictor
    self.scale = scale
    self.training = training
    self.outOfFold = outOfFold
    self.heldOut = heldOut
    self.strengths = strengths
    self.sketch = sketch
    self.alternatives = alternatives
    self.importance = importance
    self.recipe = recipe
    self.calibration = calibration
    self.novelty = novelty
    self.combination = combination
    self.accounts = accounts
    self.contributions = contributions
  }

  /// The same model with what its columns do at large, which is found by asking it.
  public func telling(_ contributions: ColumnContributions?) -> LeadModel {
    var model = self
    model.contributions = contributions
    return model
  }

  /// The columns that scoring reads, in the order in which rows are fingerprinted.
  public var requiredColumns: [String] { predictor.requiredColumns }

  /// The regression, alone or as a member of a blend; `nil` for trees.
  public var logistic: LogisticModel? { predictor.logistic }

  /// The trees, alone or as a member of a blend; `nil` for a logistic regression.
  public var trees: TreeEnsemble? { predictor.trees }
}
