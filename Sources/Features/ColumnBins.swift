import Tables

/// Fits the bins of single columns: thresholds of numbers, levels of categories.
struct ColumnBins: Sendable {
  let table: Table
  let training: TreeTrainingRows
  /// One a row of the table.
  let weights: [Double]?
  let options: TreeFeatureOptions

  enum Fitted: Sendable {
    case number(NumberBins, isFewValued: Bool)
    case levels(LevelSource, LevelCodes)
  }

  /// A bin a level, and how many bins there are, the missing one included.
  struct LevelCodes: Sendable {
    let kind: BinnedFeature.Kind
    let binCount: Int
    let bins: [UInt8]
  }

  /// - Returns: `nil` where all training rows are alike.
  func fit(_ plan: TreeFeatureFitter.Plan) throws -> Fitted? {
    switch plan {
    case .number(.column(let name)):
      let values = try table.numbers(name)
      return fitNumber(.column(name)) { values[$0] }
    case .number(.daysBetween(let later, let earlier)):
      let laterValues = try table.dates(later)
      let earlierValues = try table.dates(earlier)
      return fitNumber(.daysBetween(later: later, earlier: earlier)) {
        NumberInput.days(laterValues[$0], earlierValues[$0])
      }
    case .category(let name):
      return fitCategory(name, values: try table.categories(name))
    case .flag(let name):
      let values = try table.flags(name)
      return fitLevels(.flag(column: name), fewestLevels: 1) {
        values[$0] < 0 ? nil : Int(values[$0])
      }
    case .calendar(let name, let part):
      // Dates without times are all at hour 0: a constant, whether or not some are missing.
      let values = try table.dates(name)
      return fitLevels(.calendar(column: name, part: part), fewestLevels: 2) {
        part.level(values[$0])
      }
    }
  }

  private func visit(_ body: (_ row: Int, _ weight: Double) -> Void) {
    for position in 0..<training.count {
      let row = training.rows?[position] ?? position
      body(row, weights?[row] ?? 1)
    }
  }

  private func fitNumber(_ input: NumberInput, value: (Int) -> Double) -> Fitted? {
    var distinct = distinctValues(of: training.sample ?? training.rows, value: value)
    if distinct.values.count < 2, training.sample != nil {
      // What the sample shows as constant may not be.
      distinct = distinctValues(of: training.rows, value: value)
    }
    guard !distinct.values.isEmpty else { return nil }
    if distinct.values.count == 1 {
      var hasMissing = false
      visit { row, weight in if weight > 0, value(row).isNaN { hasMissing = true } }
      guard hasMissing else { return nil }
    }
    return .number(
      NumberBins(
        input: input, thresholds: BinThresholds(distinct, binCount: options.maxBins - 1)),
      isFewValued: (2...TreeFeatureOptions.mostPairValues).contains(distinct.values.count))
  }

  private func distinctValues(
    of rows: [Int]?, value: (Int) -> Double
  ) -> BinThresholds.Distinct {
    let weight = weights.map { weights in
      { (position: Int) in weights[rows?[position] ?? position] }
    }
    return ValueSorter.distinct(
      count: rows?.count ?? table.rowCount, value: { value(rows?[$0] ?? $0) }, weight: weight)
  }

  /// A source whose levels are given: a bin each.
  private func fitLevels(
    _ source: LevelSource, fewestLevels: Int, level: (Int) -> Int?
  ) -> Fitted? {
    var seen = [Bool](repeating: false, count: source.levelCount)
    var hasMissing = false
    visit { row, weight in
      guard weight > 0 else { return }
      if let level = level(row) { seen[level] = true } else { hasMissing = true }
    }
    let kinds = seen.count { $0 }
    guard kinds >= fewestLevels, kinds + (hasMissing ? 1 : 0) > 1 else { return nil }
    let bins = (0..<source.levelCount).map { UInt8($0) }
    return .levels(source, LevelCodes(kind: .ordered, binCount: bins.count + 1, bins: bins))
  }

  private func fitCategory(_ name: String, values: CategoryValues) -> Fitted? {
    // Two spellings of an accented letter are two runs of bytes and one string: one level.
    var canonical: [Int] = []
    var firstWith: [String: Int] = [:]
    for (index, level) in values.levels.enumerated() {
      let first = firstWith[level] ?? index
      firstWith[level] = first
      canonical.append(first)
    }
    var rows = [Double](repeating: 0, count: values.levels.count)
    var missing = 0.0
    visit { row, weight in
      let code = Int(values.codes[row])
      if code < 0 { missing += weight } else { rows[canonical[code]] += weight }
    }
    let seen = rows.indices.filter { rows[$0] > 0 }
    let frequent = seen.filter { rows[$0] >= options.minimumLevelRows }
      .sorted { rows[$0] != rows[$1] ? rows[$0] > rows[$1] : values.levels[$0] < values.levels[$1] }
      .prefix(LevelSource.mostLevels)
    guard !frequent.isEmpty, frequent.count > 1 || seen.count > 1 || missing > 0 else { return nil }
    let kept = Set(frequent)
    let rare = seen.filter { !kept.contains($0) }
    let source = LevelSource.category(
      CategoryLevels(
        column: name, levels: frequent.map { values.levels[$0] },
        rareLevelHashes: Set(rare.map { CategoryEncoder.hash(values.levels[$0]) }).sorted()))
    let kind = options.categories.kind(levels: frequent.count)
    return .levels(source, codes(frequent.map { rows[$0] }, kind: kind))
  }

  /// The bin of each level, in falling frequency: its own while there are bins; then levels share,
  /// neighbours in frequency where order counts, the missing bin where there is none.
  private func codes(_ weights: [Double], kind: BinnedFeature.Kind) -> LevelCodes {
    let mostBins = options.maxBins - 1
    switch kind {
    case .categories:
      let count = min(weights.count, mostBins)
      return LevelCodes(
        kind: kind, binCount: count + 1, bins: weights.indices.map { UInt8(min($0, count)) })
    case .ordered:
      let groups = BinThresholds.lastOfGroups(weights[...], count: mostBins)
      var bins: [UInt8] = []
      for (bin, last) in groups.enumerated() {
        while bins.count <= last { bins.append(UInt8(bin)) }
      }
      return LevelCodes(kind: kind, binCount: groups.count + 1, bins: bins)
    }
  }
}
