/// Leads cut into parts of neighbouring ones, so that a part's activities can be worked on alone.
///
/// Without accounts the order is that of the table of leads. With accounts, leads of one account stand
/// next to each other and never in two parts.
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
    // Counting sort by account, leads without one last.
    let accountCount = Int(accounts.max() ?? -1) + 1
    var starts = [Int](repeating: 0, count: max(accountCount, 0) + 2)
    for account in accounts { starts[(account < 0 ? accountCount : Int(account)) + 1] += 1 }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    var slots = [Int32](repeating: 0, count: leadCount)
    var leads = [Int32](repeating: 0, count: leadCount)
    for (lead, account) in accounts.enumerated() {
      let key = account < 0 ? accountCount : Int(account)
      slots[lead] = Int32(starts[key])
      leads[starts[key]] = Int32(lead)
      starts[key] += 1
    }
    var bounds = [0]
    var slot = self.size
    while slot < leadCount {
      let account = accounts[Int(leads[slot - 1])]
      while slot < leadCount, account >= 0, accounts[Int(leads[slot])] == account { slot += 1 }
      if slot < leadCount { bounds.append(slot) }
      slot += self.size
    }
    self.bounds = bounds + [leadCount]
    slotOfLead = slots
    leadOfSlot = leads
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
