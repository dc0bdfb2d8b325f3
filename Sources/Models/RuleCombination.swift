import Glibc

/// A model's probability and the score of rules put together as one probability, as a fit did on leads that
/// the model of their fold had not seen. Nothing scores by it: a comparison reads what it would bring.
///
/// log-odds = intercept + modelWeight · m + rulesWeight · r, where m is the model's calibrated log-odds and r
/// the rules' own (`rules`).
public struct RuleCombination: Codable, Sendable, Equatable {
  /// How the two are put together.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// The rules' log-odds as an offset, from which the model's draw away: the weights add up to 1.
    case prior
    /// The rule score as a feature beside the model's log-odds: both weights are free, 0 or more.
    case feature
  }

  /// A rule score as log-odds: a line between the scores that the fit saw, flat beyond.
  public struct Line: Codable, Sendable, Equatable {
    public let lowest: Double
    public let highest: Double
    public let intercept: Double
    /// Log-odds a point; above 0.
    public let slope: Double

    public init(lowest: Double, highest: Double, intercept: Double, slope: Double) {
      self.lowest = lowest
      self.highest = highest
      self.intercept = intercept
      self.slope = slope
    }

    public func logOdds(ofScore score: Double) -> Double {
      intercept + slope * min(max(score, lowest), highest)
    }
  }

  /// One of the two ways, with its figures out of fold: each lead by coefficients that its fold had no part in.
  public struct Form: Codable, Sendable, Equatable {
    public let kind: Kind
    public let intercept: Double
    public let modelWeight: Double
    public let rulesWeight: Double
    public let logLoss: Double
    /// `nil` where there is nothing to rank.
    public let auc: Double?

    public init(
      kind: Kind, intercept: Double, modelWeight: Double, rulesWeight: Double, logLoss: Double,
      auc: Double?
    ) {
      self.kind = kind
      self.intercept = intercept
      self.modelWeight = modelWeight
      self.rulesWeight = rulesWeight
      self.logLoss = logLoss
      self.auc = auc
    }

    /// - Parameters:
    ///   - model: the model's log-odds, calibrated.
    ///   - rules: the rules' log-odds.
    public func logOdds(model: Double, rules: Double) -> Double {
      intercept + modelWeight * model + rulesWeight * rules
    }
  }

  /// Which rules these were: the hash of a rule file's text, or
  public let rulesDigest: String?
  /// the column of points.
  public let pointsColumn: String?
  public let rules: Line
  /// Log loss out of fold of the rules' own probabilities, and of the model's.
  public let rulesLogLoss: Double
  public let modelLogLoss: Double
  /// One a kind, the lower log loss first.
  public let forms: [Form]

  public init(
    rulesDigest: String?, pointsColumn: String?, rules: Line, rulesLogLoss: Double,
    modelLogLoss: Double, forms: [Form]
  ) {
    precondition(!forms.isEmpty, "a combination has a form")
    self.rulesDigest = rulesDigest
    self.pointsColumn = pointsColumn
    self.rules = rules
    self.rulesLogLoss = rulesLogLoss
    self.modelLogLoss = modelLogLoss
    self.forms = forms
  }

  /// The better form out of fold.
  public var chosen: Form { forms[0] }

  /// Probabilities of leads by the better form.
  /// - Parameters:
  ///   - model: the model's probabilities, calibrated.
  ///   - ruleScores: one a lead.
  public func probabilities(model: [Double], ruleScores: [Double]) -> [Double] {
    zip(model, ruleScores).map { model, score in
      probability(
        fromRawPrediction: chosen.logOdds(
          model: Self.logOdds(ofProbability: model), rules: rules.logOdds(ofScore: score)))
    }
  }

  /// Of a certainty, those of the probability next to it.
  private static func logOdds(ofProbability probability: Double) -> Double {
    let held = min(max(probability, .leastNormalMagnitude), 1 - Double.ulpOfOne / 2)
    return log(held) - log1p(-held)
  }

  /// What the rules alone give.
  public func ruleProbabilities(_ scores: [Double]) -> [Double] {
    scores.map { probability(fromRawPrediction: rules.logOdds(ofScore: $0)) }
  }
}
