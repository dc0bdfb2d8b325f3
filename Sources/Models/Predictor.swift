import Features

/// What turns a lead's cells into log-odds: fitted encoders, and the model that was fitted to what they
/// make.
public enum Predictor: Sendable, Equatable {
  case logistic(FeaturePipeline, LogisticModel)

  /// The columns that the encoders read, each once, in encoder order.
  public var requiredColumns: [String] {
    switch self {
    case .logistic(let pipeline, _): pipeline.requiredColumns
    }
  }

  public var logistic: LogisticModel? {
    switch self {
    case .logistic(_, let model): model
    }
  }

  /// The encoders of a logistic regression.
  public var pipeline: FeaturePipeline? {
    switch self {
    case .logistic(let pipeline, _): pipeline
    }
  }

  /// Stops the program where model and encoders do not belong together.
  func check() {
    switch self {
    case .logistic(let pipeline, let model):
      precondition(
        pipeline.layout.coefficientCount == model.coefficients.count,
        "the model was fitted to another pipeline")
    }
  }
}
