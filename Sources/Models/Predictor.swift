import Features

/// What turns a lead's cells into log-odds: fitted encoders, and the model that was fitted to what they
/// make.
public enum Predictor: Sendable, Equatable {
  case logistic(FeaturePipeline, LogisticModel)
  case trees(TreePipeline, TreeEnsemble)
  case blend(Blend)
  case additive(TreePipeline, AdditiveModel)

  /// The columns that the encoders read, each once, in encoder order.
  public var requiredColumns: [String] {
    switch self {
    case .logistic(let pipeline, _): pipeline.requiredColumns
    case .trees(let pipeline, _): pipeline.requiredColumns
    case .blend(let blend): blend.requiredColumns
    case .additive(let pipeline, _): pipeline.requiredColumns
    }
  }

  /// The regression, alone or as a member of a blend; `nil` for trees and additive models.
  public var logistic: LogisticModel? {
    switch self {
    case .logistic(_, let model): model
    case .trees, .additive: nil
    case .blend(let blend): blend.logistic
    }
  }

  /// The encoders of a logistic regression; `nil` for trees and additive models.
  public var pipeline: FeaturePipeline? {
    switch self {
    case .logistic(let pipeline, _): pipeline
    case .trees, .additive: nil
    case .blend(let blend): blend.pipeline
    }
  }

  /// The trees, alone or as a member of a blend; `nil` for a logistic regression and additive models.
  public var trees: TreeEnsemble? {
    switch self {
    case .logistic, .additive: nil
    case .trees(_, let ensemble): ensemble
    case .blend(let blend): blend.trees
    }
  }

  /// The encoders of trees or of an additive model; `nil` for a logistic regression.
  public var treePipeline: TreePipeline? {
    switch self {
    case .logistic: nil
    case .trees(let pipeline, _), .additive(let pipeline, _): pipeline
    case .blend(let blend): blend.treePipeline
    }
  }

  /// The tables of a glass box; `nil` for any other model.
  public var additive: AdditiveModel? {
    if case .additive(_, let model) = self { model } else { nil }
  }

  /// Stops the program where model and encoders do not belong together.
  func check() {
    switch self {
    case .logistic(let pipeline, let model):
      precondition(
        pipeline.layout.coefficientCount == model.coefficients.count,
        "the model was fitted to another pipeline")
    case .trees(let pipeline, let ensemble):
      precondition(
        pipeline.features == ensemble.features, "the trees were grown on another pipeline")
    case .blend: break  // Checked when it was made.
    case .additive(let pipeline, let model):
      precondition(
        pipeline.features == model.features, "the model was fitted to another pipeline")
    }
  }
}
