/// How far up somebody stands, by the title.
public enum Seniority: String, Codable, Sendable, CaseIterable, Comparable {
  case staff
  case manager
  case director
  case vp
  case cLevel = "c_level"

  public static func < (left: Seniority, right: Seniority) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .staff: 0
    case .manager: 1
    case .director: 2
    case .vp: 3
    case .cLevel: 4
    }
  }

  /// One step down, as far as there is one: who stands in for a director is a manager.
  var below: Seniority {
    switch self {
    case .cLevel: .vp
    case .vp: .director
    case .director: .manager
    case .manager, .staff: .staff
    }
  }
}

/// What part of a company somebody works in. Lists of one's own may name others.
public struct Department: RawRepresentable, Codable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  public static let sales = Department(rawValue: "sales")
  public static let marketing = Department(rawValue: "marketing")
  public static let finance = Department(rawValue: "finance")
  public static let it = Department(rawValue: "it")
  public static let operations = Department(rawValue: "operations")
  public static let hr = Department(rawValue: "hr")
  public static let legal = Department(rawValue: "legal")
  public static let product = Department(rawValue: "product")
  public static let generalManagement = Department(rawValue: "general_management")
  public static let purchasing = Department(rawValue: "purchasing")
  public static let customerService = Department(rawValue: "customer_service")
  public static let administration = Department(rawValue: "administration")
  public static let research = Department(rawValue: "research")
  public static let education = Department(rawValue: "education")
  public static let health = Department(rawValue: "health")
}

/// What a title says; `nil` where it says nothing of it.
public struct TitleReading: Codable, Hashable, Sendable {
  public let seniority: Seniority?
  public let department: Department?

  public init(seniority: Seniority?, department: Department?) {
    self.seniority = seniority
    self.department = department
  }

  public var isRecognised: Bool { seniority != nil || department != nil }
}
