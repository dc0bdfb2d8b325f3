import Features
import Projects

extension TrainingOptions {
  /// What a project says, with defaults for the rest.
  public init(_ training: ProjectTraining) {
    self.init()
    if let algorithms = training.algorithms { self.algorithms = algorithms }
    if let seed = training.seed { self.seed = seed }
    if let folds = training.folds { self.folds = folds }
    if let holdOut = training.holdOut { self.holdOut = holdOut }
    switch training.penalty {
    case nil, .automatic: penalty = .automatic
    case .fixed(let value): penalty = .fixed(value)
    case .firth: penalty = .firth
    }
    switch training.numbers {
    case nil, .full: features.numbers = .full
    case .linear: features.numbers = .linear
    }
    boosting = training.boosting
  }
}
