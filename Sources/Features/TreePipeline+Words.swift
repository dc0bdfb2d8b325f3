extension TreePipeline {
  /// Which values an ordered feature's bins up to `bin` hold, in the units of the data: `visits < 3.5`,
  /// `weekday of created ≤ Friday`, `city in {Madrid, Lima, … 7 more}`,
  /// `conversion rate of job × month < 12.3%`. Missing values are not spoken of.
  ///
  /// - Parameters:
  ///   - bin: below the feature's missing bin; the last one but that holds all that is known.
  ///   - mostLevels: levels that are named before the rest is counted.
  public func thresholdText(
    feature: Int, bin: Int, mostLevels: Int = Self.mostNamedLevels
  ) -> String {
    let name = features[feature].name
    guard bin < features[feature].missingBin - 1 else { return "\(name) is known" }
    switch encoders[feature] {
    case .number(let number):
      return "\(name) \(number.thresholds.text(bin))"
    case .rates(let rates):
      return "\(name) \(rates.thresholds.percentText(bin))"
    case .levels(let levels):
      switch levelSources[levels.source] {
      case .category:
        return levelsText(feature: feature, bins: Array(0...bin), mostLevels: mostLevels)
      case .flag: return "\(name) = no"
      case .calendar(_, let part): return "\(name) ≤ \(part.levelNames[bin])"
      case .number(_, let thresholds): return "\(name) \(thresholds.text(bin))"
      }
    }
  }

  /// Which levels a feature's bins hold: `city in {Madrid, Lima}`, `city = Madrid`; long lists are cut
  /// short.
  /// - Parameters:
  ///   - bins: below the feature's missing bin.
  ///   - mostLevels: levels that are named before the rest is counted.
  public func levelsText(
    feature: Int, bins: [Int], mostLevels: Int = Self.mostNamedLevels
  ) -> String {
    let wanted = Set(bins)
    let name = features[feature].name
    let names: [String]
    switch encoders[feature] {
    case .number(let number):
      names = bins.map { number.thresholds.rangeText($0) }
    case .rates(let rates):
      names = bins.map { rates.thresholds.rangeText($0) }
    case .levels(let levels):
      let source = levelSources[levels.source]
      names = levels.bins.indices.filter { wanted.contains(Int(levels.bins[$0])) }
        .map { source.levelName($0) }
    }
    if names.count == 1 { return "\(name) = \(names[0])" }
    let shown = names.prefix(mostLevels).joined(separator: ", ")
    let rest = max(0, names.count - mostLevels)
    return "\(name) in {\(shown)\(rest > 0 ? ", … \(rest) more" : "")}"
  }

  /// What bins of a feature hold, without its name: `3.5 to 8`, `≥ 8`, `Madrid, Lima`, `not filled in` for the
  /// missing bin.
  /// - Parameters:
  ///   - bins: at least one; neighbours, of a number.
  ///   - mostLevels: levels that are named before the rest is counted.
  public func binsText(
    feature: Int, bins: [Int], mostLevels: Int = Self.mostNamedLevels
  ) -> String {
    let missing = features[feature].missingBin
    let known = bins.filter { $0 < missing }
    guard let first = known.min(), let last = known.max() else { return "not filled in" }
    var names: [String] = []
    switch encoders[feature] {
    case .number(let number): names = [number.thresholds.rangeText(first, last)]
    case .rates(let rates): names = [rates.thresholds.rangeText(first, last)]
    case .levels(let levels):
      let (source, wanted) = (levelSources[levels.source], Set(known))
      switch source {
      case .number(_, let thresholds): names = [thresholds.rangeText(first, last)]
      case .category, .flag, .calendar:
        names = levels.bins.indices.filter { wanted.contains(Int(levels.bins[$0])) }
          .map { source.levelName($0) }
      }
    }
    if known.count < bins.count { names.append("not filled in") }
    let rest = max(0, names.count - mostLevels)
    return names.prefix(mostLevels).joined(separator: ", ") + (rest > 0 ? ", … \(rest) more" : "")
  }

  /// Where a person reads them; a program gets all.
  public static let mostNamedLevels = 5
}

extension LevelSource {
  /// What a level is called; `level` is below `levelCount`.
  public func levelName(_ level: Int) -> String {
    switch self {
    case .category(let category): category.levels[level]
    case .flag: level == 0 ? "no" : "yes"
    case .calendar(_, let part): part.levelNames[level]
    case .number(_, let thresholds): thresholds.rangeText(level)
    }
  }
}
