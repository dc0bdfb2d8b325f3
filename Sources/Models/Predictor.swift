import Features

/// What turns a lead's cells into log-odds: fitted encoders, and the model that was fitted to what they
/// make.
public enum Predictor: Sendable, Equatable {
  case logistic(FeaturePipeline, LogisticModel)
  case trees(TreePipeline, TreeEnsemble)

  /// The columns that the encoders read, each once, in encoder order.
  public var requiredColumns: [String] {
    switch self {
    case .logistic(let pipeline, _): pipeline.requiredColumns
    case .trees(let pipeline, _): pipeline.requiredColumns
    }
  }

  /// `nil` for trees.
  public var logistic: LogisticModel? {
    if case .logistic(_, let model) = self { model } else { nil }
  }

  /// The encoders of a logistic regression; `nil` for trees.
  public var pipeline: FeaturePipeline? {
    if case .logistic(let pipeline, _) = self { pipeline } else { nil }
  }

  /// `nil` for a logistic regression.
  public var trees: TreeEnsemble? {
    if case .trees(_, let ensemble) = self { ensemble } else { nil }
  }

  /// The encoders of trees; `nil` for a logistic regression.
  public var treePipeline: TreePipeline? {
    if case .trees(let pipeline, _) = self { pipeline } else { nil }
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
    }
  }
}
