import Metrics
import Models
import Validation

/// The leads of a history in order of time, period by period, each with the level of its log-odds.
///
/// The judged leads' span is cut into forty periods of equal length, within each forward fold; neighbours
/// are put together until each has enough leads of both outcomes. What a period lies off its own fold's
/// model is known from its leads (`InterceptMatch`). That model stands at the mean level of the leads that it
/// learned from, weighed by their information p (1 − p), so that levels of all periods on one scale are
/// found fold by fold: off the model plus the model's own. 0 is the mean level of the leads before the
/// first period.
struct DriftPeriods: Sendable {
  private(set) var periods: [BaseRateShift.Period] = []
  /// The fold of each period; one for all where folds do not follow time.
  private(set) var parts: [Int32] = []
  /// The level of each period.
  private(set) var levels: [Double] = []
  /// Where the mean of each period's leads lies in time.
  private var centres: [Double] = []
  /// The mean level of all leads: where a model of all of them stands.
  private(set) var meanLevel = 0.0
  /// Leads before the first period: their information, and the time that they span.
  private var earlier = (information: 0.0, from: Double.infinity, to: -Double.infinity)

  /// Periods of the judged leads' span. More of them tell a walk from noise better, until noise that lasts
  /// for a week or two fills several of them (Docs/decisions/calibration.md).
  static let mostPeriods = 40
  /// Of a period, Σ p (1 − p): below, the errors of log-odds are not normal.
  static let leastInformation = 10.0

  /// - Throws: `CalibrationError`.
  init(_ evidence: CalibrationEvidence, times: [Double], logOdds: [Double]) throws {
    let rows = evidence.folds.validatedRows
    let isForward = evidence.folds.scheme == .forward
    let part = rows.map { isForward ? evidence.folds.assignment[$0] : 0 }
    let moments = Self.moments(rows.map { times[$0] }, accounts: evidence.accounts, parts: part)
    let taking = rows.indices.filter {
      !moments[$0].isNaN && evidence.weights?[$0] != 0
    }
    guard let first = taking.map({ moments[$0] }).min(),
      let last = taking.map({ moments[$0] }).max(), first < last
    else { return }
    let length = (last - first) / Double(Self.mostPeriods)
    let information = logOdds.map { value in
      let chance = probability(fromRawPrediction: value)
      return chance * (1 - chance)
    }
    let usual =
      taking.reduce(0) { $0 + (evidence.weights?[$1] ?? 1) * information[$1] }
      / Double(taking.count)
    // Of a row: where its level stands, and how much it says of a model's. Rows before all periods stand at 0.
    var known = [Known?](repeating: nil, count: times.count)
    if isForward {
      for row in times.indices where evidence.folds.assignment[row] == Folds.trainsOnly {
        guard times[row] < first else { continue }
        known[row] = Known(level: 0, information: usual)
        earlier.information += usual
        earlier.from = min(earlier.from, times[row])
        earlier.to = max(earlier.to, times[row])
      }
    }
    for number in Set(taking.map { part[$0] }).sorted() {
      let own = taking.filter { part[$0] == number }.sorted {
        moments[$0] != moments[$1] ? moments[$0] < moments[$1] : $0 < $1
      }
      let model =
        isForward ? Self.mean(known, rows: evidence.folds.trainingRows(Int(number))) : 0
      for positions in Self.cut(
        own, moments: moments, length: length, information: information, evidence: evidence)
      {
        let period = try Self.period(positions, evidence, moments: moments, logOdds: logOdds)
        periods.append(period)
        parts.append(number)
        levels.append(period.shift.value + model)
        centres.append(
          positions.reduce(0) { $0 + (moments[$1] - first) } / Double(positions.count))
        let error = period.shift.standardError
        let each = Known(
          level: period.shift.value + model,
          information: 1 / (error * error) / Double(positions.count))
        for position in positions { known[rows[position]] = each }
      }
    }
    meanLevel = Self.mean(known, rows: Array(times.indices))
    earlier.from -= first
    earlier.to -= first
  }

  private struct Known {
    let level: Double
    let information: Double
  }

  private static func mean(_ known: [Known?], rows: [Int]) -> Double {
    var (sum, total) = (0.0, 0.0)
    for case let known? in rows.map({ known[$0] }) {
      sum += known.information * known.level
      total += known.information
    }
    return total > 0 ? sum / total : 0
  }

  /// Leads of one account, and examples of one lead, have outcomes that belong together. They count at their
  /// mean moment within a part, so that periods are independent of each other.
  private static func moments(
    _ times: [Double], accounts: [Int32]?, parts: [Int32]
  ) -> [Double] {
    guard let accounts else { return times }
    struct Place: Hashable {
      let account: Int32
      let part: Int32
    }
    var sums: [Place: (time: Double, count: Double)] = [:]
    for index in times.indices where accounts[index] >= 0 && !times[index].isNaN {
      let place = Place(account: accounts[index], part: parts[index])
      let before = sums[place] ?? (0, 0)
      sums[place] = (before.time + times[index], before.count + 1)
    }
    return times.indices.map { index in
      guard !times[index].isNaN,
        let sum = sums[Place(account: accounts[index], part: parts[index])]
      else { return times[index] }
      return sum.time / sum.count
    }
  }

  /// Positions of a part's leads, in order of time, by period. Too few at the end join the period before.
  private static func cut(
    _ positions: [Int], moments: [Double], length: Double, information: [Double],
    evidence: CalibrationEvidence
  ) -> [[Int]] {
    guard let first = positions.first, let last = positions.last else { return [] }
    let (start, span) = (moments[first], moments[last] - moments[first])
    let count = max(1, Int((span / length).rounded()))
    func number(_ position: Int) -> Int {
      span > 0 ? min(count - 1, Int((moments[position] - start) / span * Double(count))) : 0
    }
    var cuts: [[Int]] = []
    var current: [Int] = []
    var (sum, won, lost) = (0.0, false, false)
    for (place, position) in positions.enumerated() {
      current.append(position)
      sum += (evidence.weights?[position] ?? 1) * information[position]
      if evidence.labels[position] != 0 { won = true } else { lost = true }
      let isEnd =
        place + 1 == positions.count || number(positions[place + 1]) != number(position)
      guard isEnd, sum >= leastInformation, won, lost else { continue }
      cuts.append(current)
      current = []
      (sum, won, lost) = (0, false, false)
    }
    if cuts.isEmpty { return won && lost ? [current] : [] }
    cuts[cuts.count - 1].append(contentsOf: current)
    return cuts
  }

  private static func period(
    _ positions: [Int], _ evidence: CalibrationEvidence, moments: [Double], logOdds: [Double]
  ) throws -> BaseRateShift.Period {
    var (leads, won, expected) = (0.0, 0.0, 0.0)
    for position in positions {
      let weight = evidence.weights?[position] ?? 1
      leads += weight
      if evidence.labels[position] != 0 { won += weight }
      expected += weight * probability(fromRawPrediction: logOdds[position])
    }
    return BaseRateShift.Period(
      from: moments[positions[0]], to: moments[positions[positions.count - 1]], leads: leads,
      conversions: won, expected: expected,
      shift: try InterceptMatch.estimate(
        logOdds: positions.map { logOdds[$0] },
        labels: positions.map { evidence.labels[$0] },
        weights: evidence.weights.map { all in positions.map { all[$0] } }))
  }

  /// The periods as a level that may wander, with the leads before them as one value in front; `nil` where
  /// they are too few to tell.
  var series: LocalLevel? {
    guard periods.count >= Self.fewestPeriods else { return nil }
    let step = (centres[centres.count - 1] - centres[0]) / Double(centres.count - 1)
    guard step > 0 else { return nil }
    var gaps = [0.0]
    for index in centres.indices.dropFirst() {
      gaps.append((centres[index] - centres[index - 1]) / step)
    }
    var values = levels
    var errors = periods.map { $0.shift.standardError * $0.shift.standardError }
    var noiseShares = [Double](repeating: 1, count: values.count)
    if earlier.information > 0 {
      let usual = errors.reduce(0) { $0 + 1 / $1 } / Double(errors.count)
      // The mean of a walk over a span lies off its end by a third of the span's variance.
      gaps[0] =
        ((earlier.to - earlier.from) / 3 + max(0, centres[0] - earlier.to)) / step
      gaps.insert(0, at: 0)
      values.insert(0, at: 0)
      errors.insert(1 / earlier.information, at: 0)
      noiseShares.insert(min(1, usual / earlier.information), at: 0)
    }
    return LocalLevel(values: values, errors: errors, gaps: gaps, noiseShares: noiseShares)
  }

  /// Fewer points are a line or a corner as much as a walk.
  static let fewestPeriods = 4
}
