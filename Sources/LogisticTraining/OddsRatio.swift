import Features
import Models

/// A coefficient as the factor by which it multiplies the odds of conversion.
public struct OddsRatio: Sendable, Equatable {
  /// What the odds ratio compares.
  public enum Comparison: String, Codable, Sendable {
    /// A number one unit higher; a standard deviation, where the feature is standardised.
    case perUnit
    /// Rows with the level against the same rows without it.
    case level
  }

  /// The source column.
  public let source: String
  /// The feature made of it: `log balance`, `job = retired`.
  public let feature: String
  public let comparison: Comparison
  /// e to the coefficient.
  public let oddsRatio: Double
  /// The interval's ends, as odds ratios.
  public let low: Double
  public let high: Double
  /// What the interval is: a sampling interval, or a posterior one, given the penalty.
  public let intervalKind: LogisticModel.IntervalKind
  /// The share of weighted rows that have the level; `nil` for a number.
  public let share: Double?
  /// The standard deviation over the training rows of what this feature alone adds to the log-odds.
  public let standardDeviation: Double
}

/// What a source column does to the log-odds, through all features made of it.
public struct SourceEffect: Sendable, Equatable {
  public let source: String
  /// The standard deviation over the training rows of what the column adds to the log-odds: 0 for a
  /// column that tells no rows apart.
  public let standardDeviation: Double
  /// The column's features, the strongest first; aliased ones are left out.
  public let oddsRatios: [OddsRatio]
}

extension LogisticFit {
  /// Source columns with their odds ratios, the strongest column first.
  ///
  /// Columns are ranked by the standard deviation of their contribution to the log-odds over the rows
  /// of `matrix`, which compares numbers with categories and a column's features taken together with
  /// one alone; equals are ordered by name.
  ///
  /// - Parameters:
  ///   - matrix: the rows that the model was fitted to.
  ///   - weights: their frequency weights, or `nil`.
  ///   - level: of the intervals, between 0 and 1.
  /// - Throws: `LogisticError.noCovariance` where standard errors were not asked for;
  ///   `.countMismatch` and `.invalidOption`.
  public func sourceEffects(
    _ matrix: FeatureMatrix, weights: [Double]? = nil, level: Double = 0.95
  ) throws -> [SourceEffect] {
    if let weights, weights.count != matrix.rowCount {
      throw LogisticError.countMismatch(
        what: "weights", expected: matrix.rowCount, found: weights.count)
    }
    let layout = model.layout
    let estimates = try estimates(level: level)
    let spreads = ContributionSpreads(model: model, matrix: matrix, weights: weights)
    let names = layout.coefficientNames
    let sources = layout.coefficientSources
    var ratios: [String: [OddsRatio]] = [:]
    for index in names.indices {
      guard let estimate = estimates[index] else { continue }
      let share = spreads.shares[index]
      ratios[sources[index], default: []].append(
        OddsRatio(
          source: sources[index], feature: names[index],
          comparison: share == nil ? .perUnit : .level, oddsRatio: exponential(estimate.estimate),
          low: exponential(estimate.low), high: exponential(estimate.high),
          intervalKind: estimate.intervalKind, share: share,
          standardDeviation: spreads.columns[index]))
    }
    return spreads.sources.map { source, deviation in
      SourceEffect(
        source: source, standardDeviation: deviation,
        oddsRatios: (ratios[source] ?? []).sorted {
          ($1.standardDeviation, $0.feature) < ($0.standardDeviation, $1.feature)
        })
    }.sorted { ($1.standardDeviation, $0.source) < ($0.standardDeviation, $1.source) }
  }
}

/// Standard deviations of contributions to the log-odds over the rows of a matrix.
struct ContributionSpreads {
  /// One a source column.
  private(set) var sources: [(source: String, deviation: Double)] = []
  /// One a column of the layout.
  private(set) var columns: [Double] = []
  /// The weighted share of rows with a level; `nil` for numbers.
  private(set) var shares: [Double?] = []

  init(model: LogisticModel, matrix: FeatureMatrix, weights: [Double]?) {
    let layout = model.layout
    let numberCount = layout.numbers.count
    let groupCount = layout.groups.count
    var sourceNames: [String] = []
    var sourceIndex: [String: Int] = [:]
    func index(of source: String) -> Int {
      if let known = sourceIndex[source] { return known }
      sourceIndex[source] = sourceNames.count
      sourceNames.append(source)
      return sourceNames.count - 1
    }
    let numberSources = layout.numbers.map { index(of: $0.source) }
    let groupSources = layout.groups.map { index(of: $0.source) }
    let groupOffsets = layout.groupOffsets
    let coefficients = model.coefficients
    // Welford's updates for sources and numbers (Technometrics 1962): no cancellation. Counts for
    // levels, whose variance is that of a coin.
    var sourceMoments = [WeightedMoments](repeating: WeightedMoments(), count: sourceNames.count)
    var numberMoments = [WeightedMoments](repeating: WeightedMoments(), count: numberCount)
    var counts = [Double](repeating: 0, count: layout.coefficientCount)
    var contributions = [Double](repeating: 0, count: sourceNames.count)
    var total = 0.0
    for row in 0..<matrix.rowCount {
      let weight = weights?[row] ?? 1
      guard weight > 0 else { continue }
      total += weight
      for source in contributions.indices { contributions[source] = 0 }
      for column in 0..<numberCount {
        let value = matrix.numbers[row * numberCount + column] * coefficients[column]
        contributions[numberSources[column]] += value
        numberMoments[column].add(value, weight: weight)
      }
      for group in 0..<groupCount {
        let code = Int(matrix.codes[row * groupCount + group])
        guard code < layout.groups[group].levels.count else { continue }
        let column = groupOffsets[group] + code
        contributions[groupSources[group]] += coefficients[column]
        counts[column] += weight
      }
      for source in contributions.indices {
        sourceMoments[source].add(contributions[source], weight: weight)
      }
    }
    sources = zip(sourceNames, sourceMoments).map { ($0, $1.standardDeviation) }
    columns = numberMoments.map(\.standardDeviation)
    shares = numberMoments.map { _ in nil }
    for column in numberCount..<max(numberCount, layout.coefficientCount) {
      let share = total > 0 ? counts[column] / total : 0
      shares.append(share)
      columns.append((share * (1 - share)).squareRoot() * coefficients[column].magnitude)
    }
  }
}

/// Mean and spread of a stream of weighted values.
private struct WeightedMoments {
  private var total = 0.0
  private var mean = 0.0
  private var squares = 0.0

  mutating func add(_ value: Double, weight: Double) {
    total += weight
    let before = value - mean
    mean += before * weight / total
    squares += weight * before * (value - mean)
  }

  var standardDeviation: Double {
    total > 0 ? max(0, squares / total).squareRoot() : 0
  }
}
