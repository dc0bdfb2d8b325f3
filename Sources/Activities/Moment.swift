/// A lead at a time: what its features are computed as of.
public struct Moment: Sendable, Equatable {
  /// The lead's row in the table of leads.
  public var lead: Int32
  /// Seconds since 1970.
  public var asOf: Double
  /// Whether what happened exactly at `asOf` is known: true at age 0, where `asOf` is the moment at which
  /// the lead was created, so that the event that created it counts. Otherwise only what was strictly
  /// before is known.
  public var includesAsOf: Bool

  public init(lead: Int32, asOf: Double, includesAsOf: Bool = false) {
    self.lead = lead
    self.asOf = asOf
    self.includesAsOf = includesAsOf
  }

  /// Whether something of this time is known at the moment.
  @inlinable
  public func knows(_ time: Double) -> Bool {
    time < asOf || (includesAsOf && time == asOf)
  }
}
