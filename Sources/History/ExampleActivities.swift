import Activities
import Parallel

/// What the leads of some examples did, and as of when they are looked at.
public struct ExampleActivities: Sendable {
  /// Places among the examples.
  public let rows: Range<Int>
  public let log: ActivityLog
  /// One an example; `lead` is a place in the log.
  public let moments: [Moment]
  /// Seconds since each lead came into the population; NaN where nobody knows.
  public let ages: [Double]
}

/// The activities of examples part by part, for what is asked of them beside the features.
public struct ExampleLogs: Sendable {
  private let parts: ExampleParts

  /// `nil` for examples of a history without activities.
  init?(_ parts: ExampleParts) {
    guard parts.columns.recipe.definition.activities != nil else { return nil }
    self.parts = parts
  }

  /// The types of all activities, those of other leads included.
  public var types: [String] { summary.types.levels }

  /// What there is of all activities, those of other leads included.
  public var summary: ActivitySummary { parts.summary }

  /// What the lead does, without the types of ours.
  public var typesByLead: [String] {
    let byUs = parts.columns.recipe.definition.activities?.byUs ?? []
    return types.filter { !byUs.contains($0) }
  }

  /// The activities of all examples in their order, in memory that does not grow with them.
  ///
  /// - Parameters:
  ///   - process: runs on the pool's threads, which it must not use itself.
  ///   - consume: runs on the calling thread, in order.
  public func forEach<Output: Sendable>(
    pool: WorkerPool, _ process: @Sendable (ExampleActivities) throws -> Output,
    consume: (Output) throws -> Void
  ) throws {
    try parts.forEachChunk(pool: pool) { _, activities in
      try process(activities)
    } consume: {
      try consume($0)
    }
  }
}
