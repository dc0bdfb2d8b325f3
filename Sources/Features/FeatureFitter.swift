import Parallel
import Tables

/// Learns a `FeaturePipeline` from the rows that a model is fitted to, and from no others.
public struct FeatureFitter: Sendable {
  public let options: FeatureOptions

  public init(options: FeatureOptions = FeatureOptions()) {
    self.options = options
  }

  /// - Parameters:
  ///   - table: holds the named columns.
  ///   - columns: the source columns, in the order that features take.
  ///   - rows: the training rows; `nil` takes all.
  ///   - weights: frequency weights, one a row of `table`; `nil` weighs all alike.
  /// - Throws: `FeatureError` when a column is missing or nothing can be learned from any.
  public func fit(
    _ table: Table, columns: [String], rows: [Int]? = nil, weights: [Double]? = nil,
    pool: WorkerPool
  ) throws -> FeaturePipeline {
    let sample = TrainingSample(rowCount: table.rowCount, rows: rows, weights: weights)
    let plans = try plan(table, columns: columns)
    let encoders = try pool.map(plans.count) { index in
      try fit(plans[index], table: table, sample: sample)
    }.compactMap { $0 }
    guard !encoders.isEmpty else { throw FeatureError.nothingToLearnFrom(columns: columns.count) }
    return FeaturePipeline(encoders: encoders)
  }

  /// An encoder to be fitted.
  private enum Plan: Sendable {
    case number(NumberInput)
    case category(String)
    case flag(String)
    case calendar(String, CalendarEncoder.Part)
  }

  /// Each column in turn; a date brings its calendar parts and its distance to each date before it.
  private func plan(_ table: Table, columns: [String]) throws -> [Plan] {
    var plans: [Plan] = []
    var earlierDates: [String] = []
    for name in columns {
      guard let column = table[name] else { throw FeatureError.columnMissing(name: name) }
      switch column.values {
      case .number: plans.append(.number(.column(name)))
      case .category: plans.append(.category(name))
      case .flag: plans.append(.flag(name))
      case .date:
        plans += CalendarEncoder.Part.allCases.map { .calendar(name, $0) }
        plans += earlierDates.map { .number(.daysBetween(later: name, earlier: $0)) }
        earlierDates.append(name)
      case .text: continue
      }
    }
    return plans
  }

  private func fit(
    _ plan: Plan, table: Table, sample: TrainingSample
  ) throws -> FeatureEncoder? {
    switch plan {
    case .number(.column(let name)):
      let values = try table.numbers(name)
      return fitNumber(.column(name), sample: sample) { values[$0] }
    case .number(.daysBetween(let later, let earlier)):
      let laterValues = try table.dates(later)
      let earlierValues = try table.dates(earlier)
      return fitNumber(.daysBetween(later: later, earlier: earlier), sample: sample) {
        (laterValues[$0] - earlierValues[$0]) / 86_400
      }
    case .category(let name):
      return fitCategory(name, values: try table.categories(name), sample: sample)
    case .flag(let name):
      return fitFlag(name, values: try table.flags(name), sample: sample)
    case .calendar(let name, let part):
      return fitCalendar(name, part: part, values: try table.dates(name), sample: sample)
    }
  }

  private func fitNumber(
    _ input: NumberInput, sample: TrainingSample, value: (Int) -> Double
  ) -> FeatureEncoder? {
    var plain = WeightedMoments()
    var logged = WeightedMoments()
    var minimum = Double.infinity
    var maximum = -Double.infinity
    var hasMissing = false
    let wantsLog = options.numbers == .full
    sample.visit { row, weight in
      let value = value(row)
      guard value.isFinite else {
        hasMissing = true
        return
      }
      plain.add(value, weight: weight)
      if wantsLog { logged.add(NumberEncoder.signedLog(value), weight: weight) }
      minimum = min(minimum, value)
      maximum = max(maximum, value)
    }
    // A spread beyond what doubles square (about 1e154) has no scale; trees can still cut such a column.
    guard minimum < maximum, plain.standardDeviation > 0, plain.standardDeviation.isFinite else {
      return nil
    }
    let quantiles = wantsLog ? sample.quantileSample(value) : []
    // Two distinct values are a flag in numbers: a logarithm and bins would only say it again.
    let isTwoValued = quantiles.allSatisfy { $0.value == minimum || $0.value == maximum }
    return .number(
      NumberEncoder(
        input: input, minimum: minimum, maximum: maximum,
        value: Standardisation(center: plain.mean, scale: plain.standardDeviation),
        signedLog: wantsLog && !isTwoValued && logged.standardDeviation > 0
          ? Standardisation(center: logged.mean, scale: logged.standardDeviation) : nil,
        binThresholds: isTwoValued
          ? [] : quantileThresholds(quantiles, binCount: options.binCount),
        hasMissing: hasMissing,
        binPenaltyFactor: FeatureOptions.binPenaltyFactor))
  }

  private func fitCategory(
    _ name: String, values: CategoryValues, sample: TrainingSample
  ) -> FeatureEncoder? {
    var counts = [Double](repeating: 0, count: values.levels.count)
    var missing = 0.0
    sample.visit { row, weight in
      let code = Int(values.codes[row])
      if code < 0 { missing += weight } else { counts[code] += weight }
    }
    let total = counts.reduce(missing, +)
    let threshold = max(options.minimumLevelRows, options.minimumLevelShare * total)
    let seen = counts.indices.filter { counts[$0] > 0 }
    // Two spellings of an accented letter are two runs of bytes and one string: one level.
    var names: Set<String> = []
    let frequent = seen.filter { counts[$0] >= threshold }
      .sorted { (counts[$0], $1) > (counts[$1], $0) }
      .filter { names.insert(values.levels[$0]).inserted }
    let rare = seen.filter { counts[$0] < threshold }
    let kinds = frequent.count + (rare.isEmpty ? 0 : 1) + (missing > 0 ? 1 : 0)
    guard kinds > 1 else { return nil }
    return .category(
      CategoryEncoder(
        column: name, levels: frequent.map { values.levels[$0] },
        rareLevelHashes: Set(rare.map { CategoryEncoder.hash(values.levels[$0]) }).sorted(),
        hasMissing: missing > 0))
  }

  private func fitFlag(
    _ name: String, values: [Int8], sample: TrainingSample
  ) -> FeatureEncoder? {
    var seen: (no: Bool, yes: Bool, missing: Bool) = (false, false, false)
    sample.visit { row, _ in
      switch values[row] {
      case 0: seen.no = true
      case 1: seen.yes = true
      default: seen.missing = true
      }
    }
    let kinds = (seen.no ? 1 : 0) + (seen.yes ? 1 : 0) + (seen.missing ? 1 : 0)
    guard kinds > 1 else { return nil }
    return .flag(FlagEncoder(column: name, hasMissing: seen.missing))
  }

  private func fitCalendar(
    _ name: String, part: CalendarEncoder.Part, values: [Double], sample: TrainingSample
  ) -> FeatureEncoder? {
    let encoder = CalendarEncoder(column: name, part: part, hasMissing: true)
    var seen: Set<UInt16> = []
    var hasMissing = false
    sample.visit { row, _ in
      if values[row].isNaN { hasMissing = true } else { seen.insert(encoder.code(values[row])) }
    }
    // Dates without times are all at hour 0: a constant.
    guard seen.count > 1 else { return nil }
    return .calendar(CalendarEncoder(column: name, part: part, hasMissing: hasMissing))
  }
}
