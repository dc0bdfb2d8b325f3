/// What the sign-up forms know, as it is written into the CRM.
enum Industry: String, CaseIterable {
  case software, manufacturing, retail, finance, health, education, logistics, construction
  case hospitality
  case publicSector = "public"

  static let shares: [Double] = [0.17, 0.14, 0.13, 0.1, 0.1, 0.08, 0.09, 0.08, 0.06, 0.05]
}

enum Country: String, CaseIterable {
  case es, mx, co, ar, cl, pe, us, gb, fr, pt

  static let shares: [Double] = [0.42, 0.16, 0.08, 0.07, 0.05, 0.04, 0.07, 0.04, 0.03, 0.04]

  /// As people and other systems write it; the first is the commonest.
  var spellings: [String] {
    switch self {
    case .es: ["España", "Spain", "ES", "ESP"]
    case .mx: ["México", "Mexico", "MX"]
    case .co: ["Colombia", "CO"]
    case .ar: ["Argentina", "AR"]
    case .cl: ["Chile", "CL"]
    case .pe: ["Perú", "Peru", "PE"]
    case .us: ["United States", "Estados Unidos", "US", "USA", "EE. UU."]
    case .gb: ["United Kingdom", "Reino Unido", "UK", "GB"]
    case .fr: ["Francia", "France", "FR"]
    case .pt: ["Portugal", "PT"]
    }
  }

  var language: String {
    switch self {
    case .us, .gb: "en"
    case .fr: "fr"
    case .pt: "pt"
    default: "es"
    }
  }

  var callingCode: String {
    switch self {
    case .es: "+34"
    case .mx: "+52"
    case .co: "+57"
    case .ar: "+54"
    case .cl: "+56"
    case .pe: "+51"
    case .us: "+1"
    case .gb: "+44"
    case .fr: "+33"
    case .pt: "+351"
    }
  }
}

/// Where a lead came from. `video_ads` begins in May of the second year: a level that appears late.
enum LeadSource: String, CaseIterable {
  case organic
  case paidSearch = "paid_search"
  case paidSocial = "paid_social"
  case referral, event, partner, list
  case videoAds = "video_ads"

  static let videoStart = 1_746_057_600.0  // 2025-05-01

  /// Shares among new leads, which drift: paid social grows, events shrink.
  static func shares(at time: Double) -> [Double] {
    let years = CRMClock.yearsIn(time)
    return [
      0.24, 0.18, 0.12 + 0.05 * years, 0.1, 0.14 - 0.03 * years, 0.08, 0.14,
      time >= videoStart ? 0.07 : 0,
    ]
  }
}

enum ProductInterest: String, CaseIterable {
  case core, analytics, automation
  static let shares: [Double] = [0.5, 0.27, 0.23]
}

enum CRMInUse: String, CaseIterable {
  case none, spreadsheet, salesforce, hubspot, other
  static let shares: [Double] = [0.22, 0.26, 0.16, 0.2, 0.16]
}

enum Seniority: String, CaseIterable {
  case cLevel = "c_level"
  case vp, director, manager, staff
  /// No title, or one that says nothing.
  case unknown

  static let shares: [Double] = [0.16, 0.06, 0.2, 0.26, 0.22, 0.1]
}

enum Department: String, CaseIterable {
  case sales, marketing, finance, it, operations, hr, legal, product
  case generalManagement = "general_management"
  case unknown

  static let shares: [Double] = [0.2, 0.2, 0.12, 0.16, 0.12, 0.08, 0.03, 0.06]
}

/// What the budget question offers.
enum Budget: String, CaseIterable {
  case small = "<5k"
  case medium = "5k-20k"
  case large = ">20k"
}
