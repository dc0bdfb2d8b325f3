/// Leads cut into parts of neighbouring ones, so that a part's activities can be worked on alone.
///
/// Without accounts the order is that of the table of leads. With accounts, the leads of one stand
/// together where its first lead stands, and never in two parts; leads without one stay between them.
struct LeadPartitions: Sendable {
  /// Leads a part, but for the last and for large accounts: a part's activities then fit the cache at
  /// some tens a lead, and three million leads give some hundred parts.
  static let usualSize = 4_096
  /// More parts than this would make the runs of records that go to each too short.
  static let mostParts = 512

  let leadCount: Int
  /// Where each part begins in the order of leads; one more than parts.
  let bounds: [Int]
  /// For each lead its place in the order; `nil` where it is its row.
  let slotOfLead: [Int32]?
  /// The leads in order; `nil` where that is their rows.
  let leadOfSlot: [Int32]?
  /// Leads between two bounds, but for the effect of accounts.
  private let size: Int

  var count: Int { bounds.count - 1 }

  /// - Parameter accounts: one a lead, negative for none; `nil` without accounts.
  init(leadCount: Int, accounts: [Int32]?, size: Int? = nil) {
    self.leadCount = leadCount
    let fewest = (leadCount + Self.mostParts - 1) / Self.mostParts
    self.size = max(1, size ?? max(Self.usualSize, fewest))
    guard let accounts else {
      slotOfLead = nil
      leadOfSlot = nil
      bounds = Array(stride(from: 0, to: leadCount, by: self.size)) + [leadCount]
      return
    }
    precondition(accounts.count == leadCount, "one account a lead")
    let groups = Self.groups(accounts)
    // Counting sort by group.
    var starts = [Int](repeating: 0, count: Int(groups.max() ?? -1) + 2)
    for group in groups { starts[Int(group) + 1] += 1 }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    var slots = [Int32](repeating: 0, count: leadCount)
    var leads = [Int32](repeating: 0, count: leadCount)
    for (lead, group) in groups.enumerated() {
      let slot = starts[Int(group)]
      slots[lead] = Int32(slot)
      leads[slot] = Int32(lead)
      starts[Int(group)] += 1
    }
    var bounds = [0]
    var slot = self.size
    while slot < leadCount {
      let group = groups[Int(leads[slot - 1])]
      while slot < leadCount, groups[Int(leads[slot])] == group { slot += 1 }
      if slot < leadCount { bounds.append(slot) }
      slot += self.size
    }
    self.bounds = bounds + [leadCount]
    slotOfLead = slots
    leadOfSlot = leads
  }

  /// A number for each account, and for each lead without one, in the order of their first leads.
  private static func groups(_ accounts: [Int32]) -> [Int32] {
    var groupOfAccount = [Int32](repeating: -1, count: max(0, Int(accounts.max() ?? -1) + 1))
    var count: Int32 = 0
    return accounts.map { account in
      if account >= 0, groupOfAccount[Int(account)] >= 0 { return groupOfAccount[Int(account)] }
      if account >= 0 { groupOfAccount[Int(account)] = count }
      defer { count += 1 }
      return count
    }
  }

  /// The part that holds a slot.
  @inline(__always)
  func part(ofSlot slot: Int) -> Int {
    // Accounts only push bounds further back, so the part is this one or one before it.
    var part = min(slot / size, count - 1)
    while bounds[part] > slot { part -= 1 }
    return part
  }
}
