extension BinThresholds {
  /// Distinct values, ascending, and the weight of the rows that hold them.
  struct Distinct: Sendable {
    var values: [Double] = []
    var weights: [Double] = []
  }

  /// Thresholds that cut distinct values into at most `binCount` bins.
  ///
  /// Where there are as many bins as values, each has its own, cut midway between neighbours (as
  /// scikit-learn's `_BinMapper` does). Otherwise bins hold about equal weights, and zero, where it
  /// occurs, has a bin that no other value shares: CRM counts are zero for most leads, and “none” is
  /// another thing than “few”.
  init(_ distinct: Distinct, binCount: Int) {
    let values = distinct.values
    guard values.count > binCount else {
      self.init(zip(values, values.dropFirst()).map { Self.cut($0, $1) })
      return
    }
    guard let zero = values.firstIndex(of: 0), binCount >= 3 else {
      let groups = Self.lastOfGroups(distinct.weights[...], count: binCount)
      self.init(groups.dropLast().map { Self.cut(values[$0], values[$0 + 1]) })
      return
    }
    let below = distinct.weights[..<zero]
    let above = distinct.weights[(zero + 1)...]
    let belowWeight = below.reduce(0, +)
    let aboveWeight = above.reduce(0, +)
    // The bins beside zero's are shared out by weight; each side that has values has one at least.
    let rest = binCount - 1
    let share = (Double(rest) * belowWeight / (belowWeight + aboveWeight)).rounded()
    let fewestBelow = below.isEmpty ? 0 : max(1, rest - above.count)
    let mostBelow = above.isEmpty ? rest : min(rest - 1, below.count)
    let belowCount = min(max(Int(share), fewestBelow), mostBelow)
    var thresholds: [Double] = []
    if !below.isEmpty {
      let groups = Self.lastOfGroups(below, count: belowCount)
      thresholds += groups.dropLast().map { Self.cut(values[$0], values[$0 + 1]) }
      thresholds.append(0)
    }
    if !above.isEmpty {
      thresholds.append(.leastNonzeroMagnitude)
      let groups = Self.lastOfGroups(above, count: rest - belowCount)
      thresholds += groups.dropLast().map { Self.cut(values[$0], values[$0 + 1]) }
    }
    self.init(thresholds)
  }

  /// Neighbouring values joined to at most `count` groups of about equal weight: the index of each
  /// group's last value.
  ///
  /// Greedy, as LightGBM's `GreedyFindBin`: a value that weighs a whole group's share is a group of its
  /// own, and what it weighs beyond that share is spread over the other groups.
  static func lastOfGroups(_ weights: ArraySlice<Double>, count: Int) -> [Int] {
    guard weights.count > count else { return Array(weights.indices) }
    let total = weights.reduce(0, +)
    let share = total / Double(count)
    var restWeight = total
    var restCount = count
    for weight in weights where weight >= share {
      restWeight -= weight
      restCount -= 1
    }
    var restShare = restCount > 0 ? restWeight / Double(restCount) : .infinity
    var groups: [Int] = []
    var current = 0.0
    for index in weights.indices.dropLast() {
      guard groups.count < count - 1 else { break }
      let weight = weights[index]
      let isHeavy = weight >= share
      let nextIsHeavy = weights[index + 1] >= share
      if !isHeavy { restWeight -= weight }
      current += weight
      guard isHeavy || current >= restShare || (nextIsHeavy && current >= restShare / 2) else {
        continue
      }
      groups.append(index)
      current = 0
      if !isHeavy {
        restCount -= 1
        restShare = restCount > 0 ? restWeight / Double(restCount) : .infinity
      }
    }
    groups.append(weights.endIndex - 1)
    return groups
  }

  /// A threshold above `low` and at most `high`: midway where doubles allow it; an infinity is parted
  /// from all finite values.
  static func cut(_ low: Double, _ high: Double) -> Double {
    if low == -.infinity { return high == .infinity ? 0 : -.greatestFiniteMagnitude }
    if high == .infinity { return high }
    let sum = low + high
    let middle = sum.isFinite ? sum / 2 : low / 2 + high / 2
    return middle > low ? middle : high
  }
}
