import Console
import PointLearning

extension PointLearningError: ExitStatusProviding {
  public var exitStatus: ExitStatus {
    switch self {
    case .invalidOption: .usage
    case .oneOutcome: .badData
    }
  }
}
