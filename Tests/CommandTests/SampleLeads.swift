/// Leads of a small made-up CRM, the same for the same seed: an id, a category, two numbers, a date, the
/// CRM's own points, and a stage of Won, Lost or Open.
struct SampleLeads {
  static let names = [
    "lead_id", "source", "visits", "employees", "created_at", "points", "stage",
  ]

  /// A logistic regression without validation by date, at one penalty and in two folds: a fit of half a
  /// second.
  static let fitArguments = [
    "fit", "--data", "leads.csv", "--id", "lead_id", "--target", "stage=Won", "--lost", "Lost",
    "--algorithms", "logistic", "--penalty", "3", "--folds", "2", "--numbers", "linear", "--model",
    "m",
  ]

  var rows: [[String]]

  /// - Parameters:
  ///   - won: exactly so many leads are won; `nil` lets chance decide.
  ///   - open: whether some leads are open.
  init(_ count: Int = 300, seed: UInt64 = 1, won: Int? = nil, open: Bool = true) {
    var chance = SplitMix(state: seed)
    rows = (0..<count).map { index in
      let source = ["Web", "Event", "Referral", "Ads"][chance.below(4)]
      let visits = chance.below(31)
      let employees = [5, 20, 80, 300][chance.below(4)]
      let day = "2024-\(Self.two(1 + chance.below(12)))-\(Self.two(1 + chance.below(28)))"
      let weight = visits + (source == "Referral" ? 10 : 0)
      var stage = chance.below(45) < weight ? "Won" : "Lost"
      if open, chance.below(6) == 0 { stage = "Open" }
      if let won { stage = index < won ? "Won" : "Lost" }
      return [
        "L\(10_000 + index)", source, "\(visits)", "\(employees)", day,
        "\(visits * 2 + employees / 50)", stage,
      ]
    }
  }

  var text: String { text(separator: ",", lineEnd: "\n") }

  func text(separator: String, lineEnd: String) -> String {
    ([Self.names] + rows).map { $0.joined(separator: separator) + lineEnd }.joined()
  }

  func count(_ stage: String) -> Int { rows.count { $0[6] == stage } }

  /// The leads without some columns.
  func text(without columns: String...) -> String {
    let kept = Self.names.indices.filter { !columns.contains(Self.names[$0]) }
    return ([Self.names] + rows).map { row in
      kept.map { row[$0] }.joined(separator: ",") + "\n"
    }.joined()
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// Rules that use three of the columns.
  static let rules = """
    scale: {from: 0, to: 100, raw: 40}
    groups:
      - name: fit
        category: fit
        rules:
          - {name: came by word of mouth, when: {field: source, is: Referral}, points: 20}
          - {name: large, when: {field: employees, at_least: 80}, points: 5}
      - name: interest
        category: engagement
        rules:
          - {name: many visits, when: {field: visits, at_least: 15}, points: 15}
    stages: {mql: {at_least: 50}}
    grades:
      fit: {A: 20, B: 5, C: 0}

    """
}

/// The splitmix64 generator of Steele, Lea and Flood (2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
