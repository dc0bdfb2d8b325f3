import Features
import LinearAlgebra
import Models

extension LogisticFit {
  /// What each column does to the odds, each level or range of values against the average lead.
  ///
  /// A single coefficient of such a model misleads: the indicators of a group sum to the intercept's
  /// column, and a number's value, logarithm and bins share one trend. Contrasts of the mean features
  /// of two sets of leads, within the features of one encoder, do not depend on how that is shared out:
  /// with c the difference of means, the log of the odds ratio is c·β and its variance cᵀΣc.
  ///
  /// - Parameters:
  ///   - matrix: the rows that the model was fitted to, of `pipeline`.
  ///   - weights: their frequency weights, or `nil`.
  /// - Returns: by source column, in the order in which they are read.
  /// - Throws: `LogisticError.noCovariance` where standard errors were not asked for.
  public func contrasts(
    _ matrix: FeatureMatrix, pipeline: FeaturePipeline, weights: [Double]? = nil
  ) throws -> [String: [ColumnContrast]] {
    guard let covarianceMatrix else { throw LogisticError.noCovariance }
    var numbers: [String: [ColumnContrast]] = [:]
    var levels: [String: [ColumnContrast]] = [:]
    for term in pipeline.terms {
      let means = TermMeans(term, matrix: matrix, weights: weights)
      for row in means.rows {
        var logOdds = 0.0
        var variance = 0.0
        for (index, value) in zip(means.columns, row.difference) {
          logOdds += value * model.coefficients[index]
          for (other, otherValue) in zip(means.columns, row.difference) {
            variance += value * otherValue * covarianceMatrix[index, other]
          }
        }
        let contrast = ColumnContrast(
          feature: term.name, level: row.level, against: row.against, step: row.step,
          logOdds: logOdds, standardError: max(0, variance).squareRoot(), share: row.share)
        if term.numbers.isEmpty {
          levels[term.source, default: []].append(contrast)
        } else {
          numbers[term.source, default: []].append(contrast)
        }
      }
    }
    // Ranges of a number read as a profile, in their order; levels by how far they are from average.
    return numbers.merging(
      levels.mapValues { own in
        own.enumerated().sorted {
          (-$0.element.logOdds.magnitude, $0.offset) < (-$1.element.logOdds.magnitude, $1.offset)
        }.map(\.element)
      }
    ) { $0 + $1 }
  }
}

/// The mean features of the leads of each part of a term, less those of all leads.
private struct TermMeans {
  struct Row {
    let level: String?
    let against: String?
    let step: Double?
    let share: Double?
    /// One a column of `columns`.
    let difference: [Double]
  }

  /// Indices in the layout's order.
  let columns: [Int]
  private(set) var rows: [Row] = []

  init(_ term: FeatureTerm, matrix: FeatureMatrix, weights: [Double]?) {
    let layout = matrix.layout
    let numberCount = layout.numbers.count
    let levels = term.group.map { layout.groups[$0].levels.count } ?? 0
    let offset = term.group.map { layout.groupOffsets[$0] } ?? 0
    columns = Array(term.numbers) + Array(offset..<offset + levels)
    let width = term.numbers.count
    // Sums of the numbers and of weights by code; the last code means none of the indicators.
    var sums = [Double](repeating: 0, count: (levels + 1) * width)
    var totals = [Double](repeating: 0, count: levels + 1)
    for row in 0..<matrix.rowCount {
      let weight = weights?[row] ?? 1
      let code =
        term.group.map { Int(matrix.codes[row * layout.groups.count + $0]) } ?? levels
      totals[code] += weight
      for (position, number) in term.numbers.enumerated() {
        sums[code * width + position] += weight * matrix.numbers[row * numberCount + number]
      }
    }
    let all = totals.reduce(0, +)
    guard all > 0 else { return }

    func mean(_ codes: ClosedRange<Int>) -> [Double]? {
      let weight = codes.reduce(0) { $0 + totals[$1] }
      guard weight > 0 else { return nil }
      let numbers = (0..<width).map { position in
        codes.reduce(0) { $0 + sums[$1 * width + position] } / weight
      }
      return numbers + (0..<levels).map { codes.contains($0) ? totals[$0] / weight : 0 }
    }
    guard let average = mean(0...levels) else { return }
    let isPair = width == 0 && term.parts.count == 2 && totals[levels] == 0
    if isPair, let first = mean(0...0), let second = mean(1...1) {
      // Of two levels one line says it all: the rarer one against the other.
      let names = term.parts.map(\.name)
      let isSecond = names == ["no", "yes"] || totals[1] < totals[0]
      let difference = zip(second, first).map { isSecond ? $0 - $1 : $1 - $0 }
      rows.append(
        Row(
          level: names[isSecond ? 1 : 0], against: names[isSecond ? 0 : 1], step: nil,
          share: totals[isSecond ? 1 : 0] / all, difference: difference))
      return
    }
    if term.isLinear, let first = term.numbers.first {
      rows.append(
        Row(
          level: nil, against: nil, step: term.unit, share: nil,
          difference: columns.map { $0 == first ? 1 : 0 }))
    }
    for part in term.parts {
      guard let own = mean(part.codes) else { continue }
      rows.append(
        Row(
          level: part.name, against: nil, step: nil,
          share: part.codes.reduce(0) { $0 + totals[$1] } / all,
          difference: zip(own, average).map { $0 - $1 }))
    }
  }
}
