import Metrics
import Models

/// What a model's columns do to the odds of conversion, the strongest column first.
///
/// Levels and ranges of values are compared with the average lead, of two levels one with the other,
/// all other columns held.
public func columnEffects(of model: LeadModel) -> [ColumnEffect] {
  model.strengths.map { strength in
    ColumnEffect(
      column: strength.column, strength: strength.standardDeviation,
      oddsRatios: strength.contrasts.map { contrast in
        // 1.96 standard errors: the 95% interval of a normal distribution.
        let half = 1.959963984540054 * contrast.standardError
        return OddsRatio(
          name: name(of: contrast, column: strength.column),
          oddsRatio: exponential(contrast.logOdds),
          interval: ConfidenceInterval(
            low: exponential(contrast.logOdds - half), high: exponential(contrast.logOdds + half)),
          share: contrast.share)
      })
  }
}

/// The level alone where the column beside it says what it is of.
private func name(of contrast: ColumnContrast, column: String) -> String {
  var words = contrast.level ?? ""
  if let step = contrast.step { words = "+\(NumberText.significant(step))" }
  if let other = contrast.against { words += ", against \(other)" }
  return contrast.feature == column ? words : "\(contrast.feature): \(words)"
}
