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
  public let pipeline: FeaturePipeline
  public let logistic: LogisticModel
  public let scale: ScoreScale
  public let training: TrainingRecord
  public let outOfFold: ModelValidation
  public let heldOut: ModelValidation?
  /// Source columns by how much they move the log-odds, the strongest first.
  public let strengths: [ColumnStrength]
  /// The leads that the model was fitted to; without fingerprints where there is nothing to
  /// recognise leads by.
  public let sketch: TrainingSketch

  public init(
    schema: TableSchema, idColumns: [String], outcome: OutcomeDefinition,
    pipeline: FeaturePipeline, logistic: LogisticModel, scale: ScoreScale,
    training: TrainingRecord, outOfFold: ModelValidation, heldOut: ModelValidation?,
    strengths: [ColumnStrength], sketch: TrainingSketch
  ) {
    precondition(
      pipeline.layout.coefficientCount == logistic.coefficients.count,
      "the model was fitted to another pipeline")
    self.schema = schema
    self.idColumns = idColumns
    self.outcome = outcome
    self.pipeline = pipeline
    self.logistic = logistic
    self.scale = scale
    self.training = training
    self.outOfFold = outOfFold
    self.heldOut = heldOut
    self.strengths = strengths
    self.sketch = sketch
  }
}
