/// Leads by account, for draws of whole accounts.
struct AccountRows {
  private let accountOfRow: [Int32]
  /// Each row's group, from 0 for a lost lead and from `groupCount` for a won one.
  private let cellOfRow: [Int32]
  private let weights: [Double]?
  private let accountCount: Int
  private let groupCount: Int

  init(
    accounts: [Int32], labels: [UInt8], probabilities: [Double], weights: [Double]?,
    groups: ScoreGroups
  ) {
    var numbers: [Int32: Int32] = [:]
    var count: Int32 = 0
    accountOfRow = accounts.map { account in
      if account >= 0, let number = numbers[account] { return number }
      if account >= 0 { numbers[account] = count }
      count += 1
      return count - 1
    }
    accountCount = Int(count)
    groupCount = groups.count
    // Groups are told apart halfway between their means.
    let cuts = zip(groups.raw, groups.raw.dropFirst()).map { ($0 + $1) / 2 }
    cellOfRow = labels.indices.map { row in
      var (low, high) = (0, cuts.count)
      while low < high {
        let middle = (low + high) / 2
        if cuts[middle] < probabilities[row] { low = middle + 1 } else { high = middle }
      }
      return Int32(low + (labels[row] != 0 ? groups.count : 0))
    }
    self.weights = weights
  }

  func drawn(_ random: inout RandomNumbers) -> (won: [Double], lost: [Double]) {
    let times = (0..<accountCount).map { _ in random.poisson(mean: 1) }
    var cells = [Double](repeating: 0, count: 2 * groupCount)
    for row in cellOfRow.indices {
      cells[Int(cellOfRow[row])] += times[Int(accountOfRow[row])] * (weights?[row] ?? 1)
    }
    return (Array(cells[groupCount...]), Array(cells[..<groupCount]))
  }
}
