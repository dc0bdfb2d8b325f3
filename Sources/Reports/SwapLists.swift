/// Leads that one of the two scores puts at the top and the other does not.
public struct SwapLists: Codable, Sendable, Equatable {
  public struct Lead: Codable, Sendable, Equatable {
    /// What names the lead; the row where nothing does.
    public let id: String
    public let converted: Bool
    public let probability: Double
    public let ruleScore: Double
    /// From 1; the mean place of leads of equal score.
    public let placeOfModel: Double
    public let placeOfRules: Double
    /// In words; empty where none are known.
    public let reasons: String
    public let ruleReasons: String

    public init(
      id: String, converted: Bool, probability: Double, ruleScore: Double, placeOfModel: Double,
      placeOfRules: Double, reasons: String, ruleReasons: String
    ) {
      self.id = id
      self.converted = converted
      self.probability = probability
      self.ruleScore = ruleScore
      self.placeOfModel = placeOfModel
      self.placeOfRules = placeOfRules
      self.reasons = reasons
      self.ruleReasons = ruleReasons
    }
  }

  /// Of the leads, the top that each list takes.
  public let share: Double
  /// The first of those on the model's list alone, by place.
  public let modelOnly: [Lead]
  public let rulesOnly: [Lead]

  public init(share: Double, modelOnly: [Lead], rulesOnly: [Lead]) {
    self.share = share
    self.modelOnly = modelOnly
    self.rulesOnly = rulesOnly
  }
}
