/// Leads grouped by account, to be dealt out whole.
struct AccountClusters {
  /// The cluster of each row, numbered in the order of first appearance.
  let clusterOfRow: [Int32]
  private var leads: [Int] = []
  private var conversions: [Int] = []
  /// What a cluster is hashed by: the account's code, or for a lead without an account its row.
  private var identities: [UInt64] = []

  var count: Int { leads.count }

  init(accounts: [Int32], labels: [UInt8]) {
    var clusterOfRow: [Int32] = []
    clusterOfRow.reserveCapacity(accounts.count)
    var clusterOfAccount: [Int32: Int32] = [:]
    for (row, account) in accounts.enumerated() {
      let next = Int32(leads.count)
      var cluster = next
      if account >= 0 { cluster = clusterOfAccount[account] ?? next }
      if cluster == next {
        if account >= 0 { clusterOfAccount[account] = next }
        leads.append(0)
        conversions.append(0)
        // The upper half keeps rows apart from account codes.
        identities.append(account >= 0 ? UInt64(account) : UInt64(row) | 1 << 63)
      }
      leads[Int(cluster)] += 1
      if labels[row] != 0 { conversions[Int(cluster)] += 1 }
      clusterOfRow.append(cluster)
    }
    self.clusterOfRow = clusterOfRow
  }

  /// Deals the clusters out to parts of given shares of all leads.
  ///
  /// The clusters with most conversions go first, then the largest, clusters alike in the order of
  /// their hashes; each goes to the part that is least full for its share: in conversions, or in leads
  /// where the cluster has none.
  ///
  /// - Returns: the part of each row.
  /// - Throws: `ValidationError` with fewer clusters than parts, or where a part would be without won or
  ///   without lost leads.
  func dealtRows(shares: [Double], hash: CounterHash) throws -> [Int32] {
    guard count >= shares.count else {
      throw ValidationError.tooFewAccounts(accounts: count, parts: shares.count)
    }
    let parts = dealt(shares: shares, hash: hash)
    var won = [Int](repeating: 0, count: shares.count)
    var lost = won
    for cluster in 0..<count {
      won[parts[cluster]] += conversions[cluster]
      lost[parts[cluster]] += leads[cluster] - conversions[cluster]
    }
    guard won.allSatisfy({ $0 > 0 }), lost.allSatisfy({ $0 > 0 }) else {
      throw ValidationError.tooFewMixedAccounts(parts: shares.count)
    }
    return clusterOfRow.map { Int32(parts[Int($0)]) }
  }

  private func dealt(shares: [Double], hash: CounterHash) -> [Int] {
    let keys = identities.map { hash($0) }
    let order = (0..<count).sorted { first, second in
      if conversions[first] != conversions[second] {
        return conversions[first] > conversions[second]
      }
      if leads[first] != leads[second] { return leads[first] > leads[second] }
      return keys[first] != keys[second] ? keys[first] < keys[second] : first < second
    }
    var parts = [Int](repeating: 0, count: count)
    var leadsOfPart = [Double](repeating: 0, count: shares.count)
    var conversionsOfPart = [Double](repeating: 0, count: shares.count)
    for cluster in order {
      let hasConversions = conversions[cluster] > 0
      var best = 0
      var bestFill = (Double.infinity, Double.infinity)
      for part in shares.indices {
        let leadFill = leadsOfPart[part] / shares[part]
        let fill =
          hasConversions ? (conversionsOfPart[part] / shares[part], leadFill) : (leadFill, 0)
        if fill < bestFill { (best, bestFill) = (part, fill) }
      }
      parts[cluster] = best
      leadsOfPart[best] += Double(leads[cluster])
      conversionsOfPart[best] += Double(conversions[cluster])
    }
    return parts
  }
}
