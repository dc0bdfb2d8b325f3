import Activities
import YAMLDocuments

/// What leads did, as of a moment each: what rules about activities are asked of.
public struct RuleEvents: Sendable {
  public let log: ActivityLog
  /// One a row of the table that is scored; `lead` is a place in the log.
  public let moments: [Moment]
  /// How long each lead had existed at its moment, in seconds; NaN where nobody knows, so that its first
  /// activity tells it.
  public let ages: [Double]

  public init(log: ActivityLog, moments: [Moment], ages: [Double]) {
    precondition(moments.count == ages.count, "one age a moment")
    self.log = log
    self.moments = moments
    self.ages = ages
  }
}

extension RuleFile {
  /// What the rules ask for and no activity is of, one sentence each: a mistyped name most often, or
  /// something that nobody has done yet.
  /// - Parameter types: of the activities that there are.
  public func unknownTypeWarnings(_ types: [String]) -> [String] {
    let known = Set(types)
    var told: Set<String> = []
    return selections.flatMap { selection in
      selection.types.filter { !known.contains($0) && told.insert($0).inserted }.map { type in
        let nearest = nearestName(to: type, among: types)
        return "\(selection.place): no activity is of the type '\(type)'"
          + (nearest.map { "; did you mean '\($0)'?" } ?? ".")
      }
    }
  }
}
