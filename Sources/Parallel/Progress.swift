/// How far a long job has come. Values only; whoever runs the job decides how to show them.
public struct Progress: Sendable, Equatable {
  /// What is being done, as a present participle: “reading bank.csv”.
  public let stage: String
  /// Units done and in all; `total` is `nil` where it isn't known beforehand.
  public let done: Int
  public let total: Int?

  public init(stage: String, done: Int, total: Int?) {
    self.stage = stage
    self.done = done
    self.total = total
  }
}

/// Takes progress; called from the thread that runs the job.
public typealias ProgressSink = @Sendable (Progress) -> Void
