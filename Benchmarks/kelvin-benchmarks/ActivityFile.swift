import ArgumentParser
import Sources

/// Writes a log of activities in the order of time, and the leads that they are of. The same numbers give
/// the same bytes; memory does not depend on them.
///
/// Two years; leads are created evenly over them, and newer leads do more. A quarter of the leads is won,
/// almost half lost, within four months of their creation. Twelve kinds of activity, two of them ours, one
/// with an amount; eight products.
struct ActivityFile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "activities-generate", abstract: "Writes a log of activities and its leads as CSV."
  )

  @Argument(help: "The log to write.") var file: String
  @Argument(help: "The leads to write.") var leadFile: String
  @Option var rows = 10_000_000
  @Option var leads = 500_000
  @Option var seed: UInt64 = 20_240_607

  private static let start = 1_672_531_200
  private static let seconds = 2 * 365 * 86_400
  private static let kinds = [
    "email_sent", "email_open", "email_click", "page_visit", "download", "webinar_signup",
    "webinar_attended", "call", "reply", "product_use", "order", "unsubscribe",
  ]
  /// Of 256: how often each kind is drawn.
  private static let weights = [48, 40, 12, 72, 10, 6, 4, 12, 8, 34, 8, 2]
  /// Drawn evenly.
  private static let stages =
    [String](repeating: "won", count: 4) + [String](repeating: "lost", count: 7)
    + [String](repeating: "open", count: 5)
  private static let products = [
    "basic", "pro", "team", "enterprise", "cloud", "mobile", "service", "training",
  ]

  func run() throws {
    try writeLeads()
    let kindOfByte = Self.weights.enumerated().flatMap { kind, weight in
      [Int](repeating: kind, count: weight)
    }
    let kinds = Self.kinds.map { Array($0.utf8) }
    let products = Self.products.map { Array($0.utf8) }
    let log = try AtomicFile(path: file)
    var bytes = Array("lead,at,kind,amount,product\n".utf8)
    var state = seed
    let comma = UInt8(ascii: ",")
    for row in 0..<rows {
      let word = Self.next(&state)
      let at = Int((Double(row) + 0.5) / Double(rows) * Double(Self.seconds))
      // Leads that exist by then; the square draws toward the newest.
      let known = max(1, leads * at / Self.seconds)
      let draw = Double(word >> 40) / Double(1 << 24)
      let lead = known - 1 - min(known - 1, Int(Double(known) * draw * draw))
      appendId(lead, to: &bytes)
      bytes.append(comma)
      Self.append(time: Self.start + at, to: &bytes)
      bytes.append(comma)
      let kind = kindOfByte[Int(word & 0xFF)]
      bytes.append(contentsOf: kinds[kind])
      bytes.append(comma)
      if kind == 10 {
        let cents = Int(word >> 8 & 0xFFFF)
        bytes.append(contentsOf: "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)".utf8)
      }
      bytes.append(comma)
      if word >> 24 & 3 != 0 { bytes.append(contentsOf: products[Int(word >> 26 & 7)]) }
      bytes.append(UInt8(ascii: "\n"))
      if bytes.count > 1 << 20 {
        try log.write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try log.write(bytes)
    try log.commit()
  }

  private func writeLeads() throws {
    let file = try AtomicFile(path: leadFile)
    var bytes = Array("lead,created,stage,closed\n".utf8)
    var state = seed &+ 1
    for lead in 0..<leads {
      appendId(lead, to: &bytes)
      bytes.append(UInt8(ascii: ","))
      let created = Int(Double(lead) / Double(leads) * Double(Self.seconds))
      Self.append(time: Self.start + created, to: &bytes)
      let word = Self.next(&state)
      let closed = created + 86_400 + Int(word >> 8 & 0xFFFF_FFFF) % (120 * 86_400)
      let stage = closed >= Self.seconds ? "open" : Self.stages[Int(word & 0xF)]
      bytes.append(contentsOf: ",\(stage),".utf8)
      if stage != "open" { Self.append(time: Self.start + closed, to: &bytes) }
      bytes.append(UInt8(ascii: "\n"))
      if bytes.count > 1 << 20 {
        try file.write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    try file.write(bytes)
    try file.commit()
  }

  /// Ids that do not stand in the order of the leads: `L` and eight digits, mixed by a multiplication.
  private func appendId(_ lead: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "L"))
    Self.append((lead + 1) * 48_271_313 % 99_999_989, digits: 8, to: &bytes)
  }

  private static func append(_ number: Int, digits: Int, to bytes: inout [UInt8]) {
    var divisor = 1
    for _ in 1..<digits { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }

  /// `2024-03-07 14:05:33`. Source of the date: Howard Hinnant, civil_from_days.
  private static func append(time: Int, to bytes: inout [UInt8]) {
    let shifted = time / 86_400 + 719_468
    let era = shifted / 146_097
    let day = shifted - era * 146_097
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * year + year / 4 - year / 100)
    let month = (5 * dayOfYear + 2) / 153
    append(year + era * 400 + (month >= 10 ? 1 : 0), digits: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    append(month < 10 ? month + 3 : month - 9, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    append(dayOfYear - (153 * month + 2) / 5 + 1, digits: 2, to: &bytes)
    let second = time % 86_400
    for (sign, part) in [(" ", second / 3_600), (":", second / 60 % 60), (":", second % 60)] {
      bytes.append(contentsOf: sign.utf8)
      append(part, digits: 2, to: &bytes)
    }
  }

  /// SplitMix64 (Steele, Lea and Flood, 2014).
  private static func next(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}
