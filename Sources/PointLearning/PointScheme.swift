/// Where points come together: rules in groups, groups in categories, each with its cap and floor.
public struct PointScheme: Sendable, Equatable {
  /// A cap and a floor in points; `nil` where there is none.
  public struct Bounds: Sendable, Equatable {
    public let cap: Double?
    public let floor: Double?

    public init(cap: Double? = nil, floor: Double? = nil) {
      self.cap = cap
      self.floor = floor
    }

    /// The cap first, then the floor.
    func held(_ points: Double) -> Double {
      var result = points
      if let cap { result = min(result, cap) }
      if let floor { result = max(result, floor) }
      return result
    }
  }

  public struct Rule: Sendable, Equatable {
    public let group: Int
    /// What it gives is held within these where it holds.
    public let bounds: Bounds
    /// The points that the user gives it; 0 for a rule that is only suggested.
    public let own: Double
    /// Whether it keeps its own points whatever the leads say.
    public let isFixed: Bool
    /// Whether it is not in the user's file.
    public let isSuggested: Bool

    public init(
      group: Int, bounds: Bounds = Bounds(), own: Double, isFixed: Bool = false,
      isSuggested: Bool = false
    ) {
      self.group = group
      self.bounds = bounds
      self.own = own
      self.isFixed = isFixed
      self.isSuggested = isSuggested
    }
  }

  public struct Group: Sendable, Equatable {
    public let category: Int
    public let bounds: Bounds

    public init(category: Int, bounds: Bounds = Bounds()) {
      self.category = category
      self.bounds = bounds
    }
  }

  public struct Category: Sendable, Equatable {
    public let bounds: Bounds
    /// Points that some lead must be able to get, such as those of the best grade; no more are needed
    /// than the user's own come to.
    public let needed: Double

    public init(bounds: Bounds = Bounds(), needed: Double = 0) {
      self.bounds = bounds
      self.needed = needed
    }
  }

  public let rules: [Rule]
  public let groups: [Group]
  public let categories: [Category]
  /// As of a category, in all: such as the points at which the scale ends.
  public let needed: Double
  /// The points at which the scale ends, which the file's own rules pass no further than by the user's
  /// own points; `nil` for a file from nothing, whose scale comes last.
  public let top: Double?

  public init(
    rules: [Rule], groups: [Group], categories: [Category], needed: Double = 0, top: Double?
  ) {
    precondition(rules.allSatisfy { groups.indices.contains($0.group) }, "a rule's group exists")
    precondition(
      groups.allSatisfy { categories.indices.contains($0.category) }, "a group's category exists")
    self.rules = rules
    self.groups = groups
    self.categories = categories
    self.needed = needed
    self.top = top
  }

  /// The points that the user gives, one a rule.
  public var own: [Double] { rules.map(\.own) }

  /// What each pattern of leads comes to.
  /// - Parameters:
  ///   - points: one a rule.
  ///   - amounts: one array a rule, of one value a pattern (`PointPatterns.amounts`).
  public func totals(_ points: [Double], amounts: [[Double]]) -> [Double] {
    let sums = categorySums(points, amounts: amounts)
    var totals = sums.first ?? []
    for sums in sums.dropFirst() {
      for pattern in totals.indices { totals[pattern] += sums[pattern] }
    }
    return totals
  }

  /// What a regression may be asked about: the amounts as they are, and, where rules have bounds of their own
  /// that many events reach, what these give at the bound.
  func regressors(_ amounts: [[Double]]) -> [[[Double]]] {
    let isBounded = rules.indices.map { rule in
      rules[rule].bounds != Bounds() && amounts[rule].contains { $0 > 1 }
    }
    guard isBounded.contains(true) else { return [amounts] }
    let reached = zip(amounts, isBounded).map { amounts, isBounded in
      isBounded ? amounts.map { min($0, 1) } : amounts
    }
    return [amounts, reached]
  }

  /// By category, of each pattern.
  private func categorySums(_ points: [Double], amounts: [[Double]]) -> [[Double]] {
    let count = amounts.first?.count ?? 0
    var sums = [[Double]](
      repeating: [Double](repeating: 0, count: count), count: categories.count)
    var group = [Double](repeating: 0, count: count)
    for (index, shape) in groups.enumerated() {
      for pattern in 0..<count { group[pattern] = 0 }
      for (rule, points) in zip(rules.indices, points) where rules[rule].group == index {
        rules[rule].add(points, amounts: amounts[rule], to: &group)
      }
      for pattern in 0..<count {
        sums[shape.category][pattern] += shape.bounds.held(group[pattern])
      }
    }
    for (index, category) in categories.enumerated() where category.bounds != Bounds() {
      for pattern in 0..<count {
        sums[index][pattern] = category.bounds.held(sums[index][pattern])
      }
    }
    return sums
  }

  /// The most that a lead can come to by the file's own rules, where every one that gives points holds
  /// at once: of each category, and then of all. What is suggested comes on top of it.
  /// - Parameter largest: the largest amount of each rule.
  func most(_ points: [Double], largest: [Double]) -> [Double] {
    let sums = categorySums(
      points,
      amounts: zip(zip(rules, points), largest).map { rule, largest in
        [rule.0.isSuggested || rule.1 <= 0 ? 0 : largest]
      }
    )
    .compactMap(\.first)
    return sums + [sums.reduce(0, +)]
  }

  /// What must be within reach: of each category, and then of all.
  func reach(largest: [Double]) -> [Double] {
    zip(categories.map(\.needed) + [needed], most(own, largest: largest)).map { min($0, $1) }
  }
}

extension PointScheme.Rule {
  /// Adds what the rule gives each pattern.
  fileprivate func add(_ points: Double, amounts: [Double], to sums: inout [Double]) {
    guard bounds != PointScheme.Bounds() else {
      guard points != 0 else { return }
      for pattern in sums.indices { sums[pattern] += points * amounts[pattern] }
      return
    }
    for pattern in sums.indices where amounts[pattern] != 0 {
      sums[pattern] += bounds.held(points * amounts[pattern])
    }
  }
}
