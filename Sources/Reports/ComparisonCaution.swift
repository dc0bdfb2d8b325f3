import Metrics

/// What the reader of a comparison must know, to be said in any language.
public enum ComparisonCaution: Codable, Sendable, Equatable {
  case fewConversions(Double)
  case fewOthers(Double)
  case rulesDoNotRank
  /// Rules that ask about the outcome itself.
  case rulesKnowOutcome(rules: String, column: String)
  /// A column of points holds those of the day of the export.
  case pointsOfExport(column: String)
  /// The model can't tell the leads that it was fitted to.
  case mayBeSeen
  /// What the fit found of model and rules together was of other rules.
  case otherRulesThanFitted
  /// Out-of-fold predictions of leads that are not, or no longer, among the leads.
  case predictionsWithoutLeads(path: String, missing: Int, of: Int)
  /// Said by a lower floor, in English.
  case other(String)

  public var english: String {
    switch self {
    case .fewConversions(let count):
      "Only \(NumberText.count(count)) of these leads converted: the figures are rough."
    case .fewOthers(let count):
      "Only \(NumberText.count(count)) of these leads did not convert: the figures are rough."
    case .rulesDoNotRank:
      "Every lead has the same rule score: the rules do not rank these leads at all."
    case .rulesKnowOutcome(let rules, let column):
      "\(rules) gives points by “\(column)”, the outcome itself: what it scores is known only "
        + "afterwards, and no comparison with it means anything."
    case .pointsOfExport(let column):
      "“\(column)” holds each lead's points as of the export: points that were given after the "
        + "outcome make the rules look better than they are."
    case .mayBeSeen:
      "The model can't tell which leads it was fitted to: it has no id column, and too many leads "
        + "are alike. Make sure that these are others."
    case .otherRulesThanFitted:
      "These are other rules than the model was fitted beside: what they and the model would be "
        + "together is not known. Fit again with them to know it."
    case .predictionsWithoutLeads(let path, let missing, let all):
      "\(NumberText.count(missing)) of the \(NumberText.count(all)) leads of \(path) are not among these "
        + "leads, or have no outcome any more: the figures are of the others."
    case .other(let text): text
    }
  }
}
