/// A recipe in the terms of one log: which scopes an activity counts in, and where their columns stand.
struct SweepPlan: Sendable {
  /// What a type of the log means.
  struct TypeMeaning: Sendable {
    /// The lead's total or ours.
    var total: Int32
    /// The scope of its own, or -1.
    var scope: Int32
    /// The place of its level in the columns of touches.
    var touch: Int32
  }

  /// What a level of an attribute means.
  struct LevelMeaning: Sendable {
    /// The scope of its own, or -1.
    var scope: Int32
    /// The place of its level in the columns of touches.
    var touch: Int32
  }

  /// One scope's columns, in the order of `ActivityRecipe.features`.
  struct Output: Sendable {
    let scope: Int
    /// The place of its first column.
    let column: Int
    let isTotal: Bool
    /// The place of its sums, or -1.
    let sum: Int
  }

  struct Ratio: Sendable {
    let column: Int
    let type: Int
    let of: Int
  }

  static let lead = 0
  static let us = 1

  /// Lengths at which windows begin, ascending: those of counts, and the two of the pace.
  let lengths: [Double]
  /// For each window, its place in `lengths`.
  let windowLengths: [Int]
  let paceLength: Int
  let doublePaceLength: Int
  let scopeCount: Int
  let sumCount: Int
  /// By the log's types, and last a missing type.
  let types: [TypeMeaning]
  /// By attribute, by the log's levels.
  let levels: [[LevelMeaning]]
  /// The place of the sums, a scope; -1 for none.
  let sumOfScope: [Int32]
  let outputs: [Output]
  let ratios: [Ratio]
  let numberCount: Int
  let hasTypeTouches: Bool
  /// By attribute: whether it has touches, which stand behind the type's.
  let hasTouches: [Bool]
  let zone: NamedTimeZone

  /// First touches and last touches.
  var touchCount: Int {
    2 * ((hasTypeTouches ? 1 : 0) + hasTouches.reduce(0) { $0 + ($1 ? 1 : 0) })
  }

  /// - Throws: `ActivityError.unknownTimeZone`.
  init(_ recipe: ActivityRecipe, log: ActivityLog) throws {
    zone = try recipe.options.zone
    let pace = recipe.options.paceLength
    let lengths = Set(recipe.options.windows + [pace, 2 * pace]).sorted()
    func place(_ length: Double) -> Int { lengths.firstIndex(of: length) ?? 0 }
    self.lengths = lengths
    windowLengths = recipe.options.windows.map(place)
    paceLength = place(pace)
    doublePaceLength = place(2 * pace)

    var scopes = ScopeNumbers()
    let typeScopes = recipe.types.map { scopes.number(type: $0.name) }
    let ratioScopes = recipe.rates.map {
      (type: scopes.number(type: $0.type), of: scopes.number(type: $0.of))
    }
    let levelScopes = recipe.attributes.map { $0.levels.map { _ in scopes.next() } }
    scopeCount = scopes.count

    let touchPlaces = NamePlaces(recipe.types.map(\.name))
    types =
      log.types.map { name in
        TypeMeaning(
          total: Int32(recipe.columns.byUs.contains(name) ? Self.us : Self.lead),
          scope: Int32(scopes.find(type: name) ?? -1), touch: Int32(touchPlaces.place(name)))
      } + [
        TypeMeaning(total: Int32(Self.lead), scope: -1, touch: Int32(recipe.types.count))
      ]
    levels = recipe.attributes.indices.map { attribute in
      let places = NamePlaces(recipe.attributes[attribute].levels)
      return log.summary.attributes[attribute].levels.map { level in
        let place = places.place(level)
        let own = levelScopes[attribute]
        return LevelMeaning(
          scope: place < own.count ? Int32(own[place]) : -1, touch: Int32(place))
      }
    }
    hasTypeTouches = !recipe.types.isEmpty
    hasTouches = recipe.attributes.map { !$0.levels.isEmpty }

    var layout = OutputLayout(scopeCount: scopes.count, spans: recipe.spans.count)
    layout.add(Self.lead, isTotal: true, hasValues: recipe.hasLeadValues)
    if !recipe.columns.byUs.isEmpty {
      layout.add(Self.us, isTotal: true, hasValues: recipe.hasOurValues)
    }
    for (type, scope) in zip(recipe.types, typeScopes) {
      layout.add(scope, isTotal: false, hasValues: type.hasValues)
    }
    for scope in levelScopes.joined() { layout.add(scope, isTotal: false, hasValues: false) }
    outputs = layout.outputs
    sumOfScope = layout.sums
    sumCount = layout.sumCount
    let firstRatio = layout.column
    let spans = recipe.spans.count
    ratios = ratioScopes.enumerated().map {
      Ratio(column: firstRatio + $0 * spans, type: $1.type, of: $1.of)
    }
    numberCount = firstRatio + ratioScopes.count * spans
  }

  /// The levels of the touches' columns, in the order of the columns.
  static func touchLevels(_ recipe: ActivityRecipe) -> [[String]] {
    var levels: [[String]] = []
    if !recipe.types.isEmpty { levels.append(recipe.types.map(\.name)) }
    levels += recipe.attributes.map(\.levels).filter { !$0.isEmpty }
    return (levels + levels).map { $0 + [ActivityRecipe.otherLevel] }
  }
}

/// Scopes as they are asked for, behind the two totals. Names are told apart by their bytes, as the log
/// tells them apart.
private struct ScopeNumbers {
  private(set) var count = 2
  private var types: [[UInt8]: Int] = [:]

  mutating func next() -> Int {
    defer { count += 1 }
    return count
  }

  mutating func number(type: String) -> Int {
    if let known = find(type: type) { return known }
    let number = next()
    types[Array(type.utf8)] = number
    return number
  }

  func find(type: String) -> Int? { types[Array(type.utf8)] }
}

/// Where each of some names stands, by its bytes; others stand behind them all.
private struct NamePlaces {
  private var places: [[UInt8]: Int] = [:]
  private let count: Int

  init(_ names: [String]) {
    count = names.count
    for (place, name) in names.enumerated() { places[Array(name.utf8)] = place }
  }

  func place(_ name: String) -> Int { places[Array(name.utf8)] ?? count }
}

/// Gives each scope its columns and sums, one behind the other.
private struct OutputLayout {
  let spans: Int
  private(set) var outputs: [SweepPlan.Output] = []
  private(set) var sums: [Int32]
  private(set) var sumCount = 0
  private(set) var column = 0

  init(scopeCount: Int, spans: Int) {
    self.spans = spans
    sums = [Int32](repeating: -1, count: scopeCount)
  }

  mutating func add(_ scope: Int, isTotal: Bool, hasValues: Bool) {
    if hasValues {
      sums[scope] = Int32(sumCount)
      sumCount += 1
    }
    outputs.append(
      SweepPlan.Output(scope: scope, column: column, isTotal: isTotal, sum: Int(sums[scope])))
    column += spans * (1 + (isTotal ? 1 : 0) + (hasValues ? 1 : 0)) + 3
  }
}
