import Console
import TrainingRun

extension TrainingError: ExitStatusProviding {
  public var exitStatus: ExitStatus {
    switch self {
    case .noLeads, .noOutcome, .noHistory, .invalidOption, .sameFile, .heldOutFileWithoutHoldOut:
      .usage
    default: .badData
    }
  }
}
