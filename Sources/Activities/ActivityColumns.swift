/// Which columns of a table of activities mean what, and which types of activity are our own.
public struct ActivityColumns: Codable, Sendable, Equatable {
  /// The lead's id, as the table of leads writes it, byte for byte.
  public var lead: String
  /// When it happened.
  public var at: String
  /// What happened: `email_open`, `call`, …; without it, activities are told apart by attributes alone.
  public var type: String?
  /// A number that adds up: minutes, an amount.
  public var value: String?
  /// When the CRM came to know of it, where it says so; an activity counts only from then on.
  public var recordedAt: String?
  /// What it was about: product, page, source.
  public var attributes: [String]
  /// Types of what we do (calls and mails of ours), kept apart from what the lead does.
  public var byUs: Set<String>

  public init(
    lead: String, at: String, type: String? = nil, value: String? = nil, recordedAt: String? = nil,
    attributes: [String] = [], byUs: Set<String> = []
  ) {
    self.lead = lead
    self.at = at
    self.type = type
    self.value = value
    self.recordedAt = recordedAt
    self.attributes = attributes
    self.byUs = byUs
  }

  /// The columns to be read from a table, each once, the lead's first.
  public var names: [String] {
    let own = recordedAt == at ? nil : recordedAt
    return [lead, at] + [type, value, own].compactMap(\.self) + attributes
  }

  private enum CodingKeys: String, CodingKey {
    case lead, at, type, value, recordedAt, attributes, byUs
  }

  /// The types of ours are written in order, so that equal columns give equal bytes.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(lead, forKey: .lead)
    try container.encode(at, forKey: .at)
    try container.encodeIfPresent(type, forKey: .type)
    try container.encodeIfPresent(value, forKey: .value)
    try container.encodeIfPresent(recordedAt, forKey: .recordedAt)
    try container.encode(attributes, forKey: .attributes)
    try container.encode(byUs.sorted(by: bytesPrecede), forKey: .byUs)
  }
}

/// The order of two names by their UTF-8 bytes: the same on every machine.
func bytesPrecede(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
