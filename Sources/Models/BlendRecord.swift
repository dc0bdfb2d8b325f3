/// What a blend is made of, and how its weights came about.
public struct BlendRecord: Codable, Sendable, Equatable {
  /// One of the models whose log-odds are added up.
  public struct Member: Codable, Sendable, Equatable {
    /// As reports call it: `wide trees`, `logistic regression`.
    public let name: String
    /// What its log-odds are multiplied by, 0 or more.
    public let weight: Double
    /// Its own mean log loss out of fold.
    public let logLoss: Double

    public init(name: String, weight: Double, logLoss: Double) {
      self.name = name
      self.weight = weight
      self.logLoss = logLoss
    }
  }

  public let members: [Member]
  /// Log-odds that are added to the weighted sum.
  public let intercept: Double

  public init(members: [Member], intercept: Double) {
    self.members = members
    self.intercept = intercept
  }
}
