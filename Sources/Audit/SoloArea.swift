import Glibc
import Metrics

/// How well a column alone tells won from lost.
///
/// Levels are ranked by their rates of conversion in the other folds, shrunk toward the base rate, and
/// the areas of the folds are averaged. A level met for the first time stands at the base rate, so a
/// column with another value in every row scores one half: many levels do not flatter. Missing is a
/// level, and numbers enter in bins, so that what rises and falls again is seen too.
struct SoloArea {
  private let codes: [Int32]
  private let codeCount: Int
  private let sample: AuditSample

  init(_ column: CodedColumn, sample: AuditSample) {
    precondition(column.codes.count == sample.rows.count, "one code a row of the sample")
    codes = column.codes
    codeCount = column.count
    self.sample = sample
  }

  /// - Returns: `nil` where no fold has both won and lost leads to learn from and to judge.
  func estimate() -> AUCEstimate? {
    let folds = AuditLimits.folds
    var won = [Double](repeating: 0, count: folds * codeCount)
    var lost = won
    for (index, code) in codes.enumerated() {
      let cell = Int(sample.folds[index]) * codeCount + Int(code)
      if sample.labels[index] != 0 {
        won[cell] += sample.weight(index)
      } else {
        lost[cell] += sample.weight(index)
      }
    }
    var allWon = [Double](repeating: 0, count: codeCount)
    var allLost = allWon
    for fold in 0..<folds {
      for code in 0..<codeCount {
        allWon[code] += won[fold * codeCount + code]
        allLost[code] += lost[fold * codeCount + code]
      }
    }
    var areas: [AUCEstimate] = []
    for fold in 0..<folds {
      let cells = fold * codeCount..<(fold + 1) * codeCount
      if let area = Self.area(
        won: won[cells], lost: lost[cells], allWon: allWon, allLost: allLost)
      {
        areas.append(area)
      }
    }
    return Self.mean(areas, won: sample.won, lost: sample.lost)
  }

  /// The area in one fold by the rates of the others.
  private static func area(
    won: ArraySlice<Double>, lost: ArraySlice<Double>, allWon: [Double], allLost: [Double]
  ) -> AUCEstimate? {
    let trainWon = allWon.reduce(0, +) - won.reduce(0, +)
    let trainLost = allLost.reduce(0, +) - lost.reduce(0, +)
    guard trainWon > 0, trainLost > 0 else { return nil }
    let base = trainWon / (trainWon + trainLost)
    var labels: [UInt8] = []
    var scores: [Double] = []
    var weights: [Double] = []
    for (code, (won, lost)) in zip(won, lost).enumerated() where won + lost > 0 {
      let otherWon = allWon[code] - won
      let otherLost = allLost[code] - lost
      let rate =
        (otherWon + AuditLimits.priorLeads * base)
        / (otherWon + otherLost + AuditLimits.priorLeads)
      // A level is one won and one lost entry, each as heavy as its leads.
      labels += [1, 0]
      scores += [rate, rate]
      weights += [won, lost]
    }
    return auc(labels: labels, scores: scores, weights: weights)
  }

  /// The folds' areas are of different leads, so their variances add up. The interval is normal on the
  /// logit scale, as a single area's is.
  private static func mean(_ areas: [AUCEstimate], won: Double, lost: Double) -> AUCEstimate? {
    guard !areas.isEmpty else { return nil }
    let value = areas.map(\.value).reduce(0, +) / Double(areas.count)
    let errors = areas.compactMap(\.standardError)
    guard errors.count == areas.count else {
      return AUCEstimate(value: value, standardError: nil, interval: nil)
    }
    let error = errors.map { $0 * $0 }.reduce(0, +).squareRoot() / Double(areas.count)
    guard value > 0, value < 1, error > 0 else {
      // Without an error in any fold: the bound on a share of which all that were seen agree.
      let bound = pow(0.025, 1 / max(1, min(won, lost)))
      let interval =
        value >= 1
        ? ConfidenceInterval(low: bound, high: 1) : ConfidenceInterval(low: value, high: value)
      return AUCEstimate(value: value, standardError: error, interval: interval)
    }
    let logits = ConfidenceInterval.normal(
      around: log(value / (1 - value)), standardError: error / (value * (1 - value)))
    return AUCEstimate(
      value: value, standardError: error,
      interval: ConfidenceInterval(
        low: 1 / (1 + exp(-logits.low)), high: 1 / (1 + exp(-logits.high))))
  }
}

extension SoloArea {
  /// How well being filled in tells won from lost: above one half where won leads have it more often.
  ///
  /// - Returns: `nil` unless there are both won and lost leads.
  static func ofPresence(_ fill: FillCounts) -> AUCEstimate? {
    auc(
      labels: [1, 1, 0, 0], scores: [1, 0, 1, 0],
      weights: [
        fill.won.filled, fill.won.blank, fill.lost.filled, fill.lost.blank,
      ])
  }
}
