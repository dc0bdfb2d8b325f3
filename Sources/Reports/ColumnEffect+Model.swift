import Features
import Metrics
import Models

/// What a model's columns do to the odds of conversion, the strongest column first.
///
/// A number is compared with one standard deviation less; a level or bin with the average lead of its
/// group. Within a column, the farthest from 1 come first, as the model's coefficients are shrunk where
/// there are few leads to learn them from.
public func columnEffects(of model: LeadModel) -> [ColumnEffect] {
  let logistic = model.logistic
  let names = effectNames(model.pipeline)
  let sources = logistic.layout.coefficientSources
  var ratios: [String: [OddsRatio]] = [:]
  for (index, coefficient) in logistic.coefficients.enumerated() where coefficient != 0 {
    let interval = logistic.standardErrors.map { errors in
      // 1.96 standard errors: the 95% interval of a normal distribution.
      let half = 1.959963984540054 * errors[index]
      return ConfidenceInterval(
        low: exponential(coefficient - half), high: exponential(coefficient + half))
    }
    ratios[sources[index], default: []].append(
      OddsRatio(name: names[index], oddsRatio: exponential(coefficient), interval: interval))
  }
  return model.strengths.map { strength in
    let own = (ratios[strength.column] ?? []).enumerated().sorted {
      (-distance($0.element), $0.offset) < (-distance($1.element), $1.offset)
    }
    return ColumnEffect(
      column: strength.column, strength: strength.standardDeviation,
      oddsRatios: own.map(\.element))
  }
}

/// How far from 1, on either side.
private func distance(_ ratio: OddsRatio) -> Double {
  max(ratio.oddsRatio, 1 / ratio.oddsRatio)
}

/// One name a coefficient; numbers say how large the step is.
private func effectNames(_ pipeline: FeaturePipeline) -> [String] {
  var numbers: [String] = []
  for encoder in pipeline.encoders {
    guard case .number(let number) = encoder else { continue }
    let name = number.input.name
    numbers.append("\(name), +\(NumberText.significant(number.value.scale))")
    if number.signedLog != nil { numbers.append("log \(name), +1 SD") }
  }
  let layout = pipeline.layout
  return numbers
    + layout.groups.flatMap { group in group.levels.map { "\(group.name): \($0)" } }
}
