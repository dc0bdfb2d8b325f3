/// How a model was fitted: what has to be given again to get the same bytes.
public struct TrainingRecord: Codable, Sendable, Equatable {
  public let algorithm: String
  public let seed: UInt64
  public let folds: Int
  /// How folds were drawn: stratified, by account, forward in time.
  public let foldKind: String
  public let penalty: Double
  /// Share of the leads held out, 0 for none.
  public let holdOutShare: Double
  public let rows: Int
  public let conversions: Int
  /// Columns left out, each with the reason.
  public let leftOut: [LeftOutColumn]
  /// Of a history whose outcomes have dates: the moment up to which outcomes of its examples were known,
  /// the last decision and its horizon, in seconds since 1970. Examples decided later are new to the
  /// model.
  public let until: Double?
  /// Of boosted trees; absent for a logistic regression.
  public let boosting: BoostingRecord?
  /// Of a blend.
  public let blend: BlendRecord?
  /// Of an additive model.
  public let additive: AdditiveRecord?

  public struct LeftOutColumn: Codable, Sendable, Equatable {
    public let column: String
    public let reason: String

    public init(column: String, reason: String) {
      self.column = column
      self.reason = reason
    }
  }

  public init(
    algorithm: String, seed: UInt64, folds: Int, foldKind: String, penalty: Double,
    holdOutShare: Double, rows: Int, conversions: Int, leftOut: [LeftOutColumn],
    until: Double? = nil, boosting: BoostingRecord? = nil, blend: BlendRecord? = nil,
    additive: AdditiveRecord? = nil
  ) {
    self.algorithm = algorithm
    self.seed = seed
    self.folds = folds
    self.foldKind = foldKind
    self.penalty = penalty
    self.holdOutShare = holdOutShare
    self.rows = rows
    self.conversions = conversions
    self.leftOut = leftOut
    self.until = until
    self.boosting = boosting
    self.blend = blend
    self.additive = additive
  }
}
