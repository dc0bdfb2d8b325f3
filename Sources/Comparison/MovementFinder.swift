import Metrics
import Reports
import Tables

extension ComparedLeads {
  /// When each decision was taken, about whom.
  public struct Decisions: Sendable, Equatable {
    /// Rows of one lead have one number.
    public let leads: [Int32]
    /// Seconds since 1970; NaN where it is not known.
    public let times: [Double]
    /// Days since the lead came into the population; NaN where nobody knows.
    public let ages: [Double]

    public init(leads: [Int32], times: [Double], ages: [Double]) {
      self.leads = leads
      self.times = times
      self.ages = ages
    }

    /// Of examples of a history; `nil` for leads as they stand.
    /// - Parameter names: what names each row's lead.
    public init?(table: Table, names: [String], moment: String, age: String) {
      guard case .date(let times)? = table[moment]?.values else { return nil }
      var numbers: [String: Int32] = [:]
      leads = names.map { name in
        let number = numbers[name] ?? Int32(numbers.count)
        numbers[name] = number
        return number
      }
      self.times = times
      if case .number(let days)? = table[age]?.values {
        ages = days
      } else {
        ages = [Double](repeating: .nan, count: table.rowCount)
      }
    }
  }
}

/// Finds how rule scores move from decision to decision, and from month to month.
struct MovementFinder {
  let leads: ComparedLeads
  let decisions: ComparedLeads.Decisions

  /// Ages that are shown one by one; of more, each decision is set against the next of its lead.
  private static let mostAges = 8
  /// Moves below which nothing can be said of their direction.
  private static let fewest = 20.0
  /// Falls among moves up to which a score only goes up.
  private static let fewFalls = 0.01
  /// Moves among steps below which a score stands still.
  private static let fewMoves = 0.02
  private static let mostMonths = 24

  func movement() -> ScoreMovement {
    let steps = steps()
    let months = months()
    let (score, rate) = trends()
    return ScoreMovement(
      steps: steps, months: months.count < 2 ? [] : months, verdict: verdict(steps),
      trend: score?.value, trendInterval: score?.interval, rateTrend: rate?.value,
      rateInterval: rate?.interval)
  }

  private func weight(_ row: Int) -> Double { leads.weights?[row] ?? 1 }

  private func verdict(_ steps: [ScoreMovement.Step]) -> ScoreMovement.Verdict {
    let all = steps.reduce(0) { $0 + $1.leads }
    let rose = steps.reduce(0) { $0 + $1.rose }
    let fell = steps.reduce(0) { $0 + $1.fell }
    guard all >= Self.fewest else { return .unknown }
    if rose + fell < max(Self.fewMoves * all, 1) { return .still }
    guard rose + fell >= Self.fewest else { return .unknown }
    return fell <= Self.fewFalls * (rose + fell) ? .onlyUp : .upAndDown
  }

  // MARK: From decision to decision

  /// The decisions of each lead in order of time; leads in the order of their first rows.
  private var byLead: [[Int]] {
    var rows = [[Int]](
      repeating: [], count: Int((decisions.leads.max() ?? -1) + 1))
    for (row, lead) in decisions.leads.enumerated() where !decisions.times[row].isNaN {
      rows[Int(lead)].append(row)
    }
    return rows.map { own in
      own.sorted { (decisions.times[$0], $0) < (decisions.times[$1], $1) }
    }
  }

  private struct Ages: Hashable {
    let from: Double
    let to: Double
  }

  private func steps() -> [ScoreMovement.Step] {
    let known = Set(decisions.ages.filter { !$0.isNaN })
    let areFew = (2...Self.mostAges).contains(known.count)
    var pairs: [Ages?: [(first: Int, second: Int)]] = [:]
    for rows in byLead {
      for (first, second) in zip(rows, rows.dropFirst()) {
        let ages = Ages(from: decisions.ages[first], to: decisions.ages[second])
        if areFew, ages.from.isNaN || ages.to.isNaN { continue }
        pairs[areFew ? ages : nil, default: []].append((first, second))
      }
    }
    return pairs.sorted {
      ($0.key?.from ?? 0, $0.key?.to ?? 0) < ($1.key?.from ?? 0, $1.key?.to ?? 0)
    }.map { step($0.key, $0.value) }
  }

  private func step(
    _ ages: Ages?, _ pairs: [(first: Int, second: Int)]
  ) -> ScoreMovement.Step {
    var (all, rose, fell) = (0.0, 0.0, 0.0)
    var sums = [0.0, 0.0, 0.0, 0.0]
    for (first, second) in pairs {
      let weight = weight(second)
      let (before, after) = (leads.ruleScores[first], leads.ruleScores[second])
      all += weight
      if after > before { rose += weight }
      if after < before { fell += weight }
      for (index, value) in [
        before, after, leads.probabilities[first], leads.probabilities[second],
      ].enumerated() {
        sums[index] += weight * value
      }
    }
    let means = sums.map { all > 0 ? $0 / all : 0 }
    let change = MeanDifference.mean(
      pairs.map { (leads.ruleScores[$0.second] - leads.ruleScores[$0.first], weight($0.second)) })
    return ScoreMovement.Step(
      fromAge: ages?.from, toAge: ages?.to, leads: all, rose: rose, fell: fell, before: means[0],
      after: means[1], interval: change?.interval, probabilityBefore: means[2],
      probabilityAfter: means[3])
  }

  // MARK: From month to month

  /// The first decision about each lead.
  private var firsts: [Int] { byLead.compactMap(\.first).sorted() }

  private func months() -> [ScoreMovement.Month] {
    var rows: [Int: (text: String, rows: [Int])] = [:]
    for row in firsts {
      guard let month = CalendarMonth(seconds: decisions.times[row]) else { continue }
      rows[month.index, default: (month.description, [])].rows.append(row)
    }
    return rows.sorted { $0.key < $1.key }.suffix(Self.mostMonths).map { _, month in
      var (all, won, score, chance) = (0.0, 0.0, 0.0, 0.0)
      for row in month.rows {
        let weight = weight(row)
        all += weight
        if leads.labels[row] != 0 { won += weight }
        score += weight * leads.ruleScores[row]
        chance += weight * leads.probabilities[row]
      }
      return ScoreMovement.Month(
        month: month.text, leads: all, conversions: won, meanScore: all > 0 ? score / all : nil,
        meanProbability: all > 0 ? chance / all : nil)
    }
  }

  /// First scores, and conversions, of the later half of the months against the earlier half.
  private func trends() -> (score: MeanDifference?, rate: MeanDifference?) {
    let dated = firsts.compactMap { row in
      CalendarMonth(seconds: decisions.times[row]).map { (row: row, month: $0.index) }
    }
    let months = Set(dated.map(\.month)).sorted()
    guard months.count > 1 else { return (nil, nil) }
    let middle = months[months.count / 2]
    func difference(_ value: (Int) -> Double) -> MeanDifference? {
      func side(_ isLater: Bool) -> MeanDifference? {
        let rows = dated.filter { ($0.month >= middle) == isLater }.map(\.row)
        guard rows.reduce(0, { $0 + weight($1) }) >= Self.fewest else { return nil }
        return MeanDifference.mean(rows.map { (value($0), weight($0)) })
      }
      guard let later = side(true), let earlier = side(false) else { return nil }
      return later.less(earlier)
    }
    return (
      difference { leads.ruleScores[$0] }, difference { leads.labels[$0] != 0 ? 1 : 0 }
    )
  }
}

/// A mean, or the difference of two, with its standard error.
private struct MeanDifference {
  let value: Double
  let error: Double

  var interval: ConfidenceInterval { .normal(around: value, standardError: error, level: 0.95) }

  /// Weights count as repetitions.
  /// - Returns: `nil` with fewer than two values.
  static func mean(_ values: [(value: Double, weight: Double)]) -> MeanDifference? {
    let all = values.reduce(0) { $0 + $1.weight }
    guard all > 1 else { return nil }
    let mean = values.reduce(0) { $0 + $1.value * $1.weight } / all
    let squares = values.reduce(0) { $0 + $1.weight * ($1.value - mean) * ($1.value - mean) }
    return MeanDifference(value: mean, error: (squares / (all - 1) / all).squareRoot())
  }

  func less(_ other: MeanDifference) -> MeanDifference {
    MeanDifference(
      value: value - other.value, error: (error * error + other.error * other.error).squareRoot())
  }
}
