/// A recipe in the terms of one log: which scopes an activity counts in, and where their columns stand.
struct SweepPlan: Sendable {
  /// One scope's columns, in the order of `ActivityRecipe.features`.
  struct Output: Sendable {
    /// The place of its first column.
    let column: Int
    let isTotal: Bool
    /// The place of its sums, or -1.
    let sum: Int
    let scope: Int
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
  /// By the log's types, and last a missing type: the scope of its own, or -1.
  let scopeOfType: [Int]
  let isOurs: [Bool]
  /// The place of the sums, a scope; -1 for none.
  let sumOfScope: [Int]
  /// By attribute, by the log's levels: the scope, or -1.
  let scopeOfLevel: [[Int]]
  let outputs: [Output]
  let ratios: [Ratio]
  let numberCount: Int
  /// By the log's types, and last a missing type: the level of a touch.
  let touchOfType: [Int32]
  /// By attribute, by the log's levels: the level of a touch.
  let touchOfLevel: [[Int32]]
  /// Attributes with touches; the type's touches come first.
  let touchAttributes: [Int]
  let hasTypeTouches: Bool
  let zone: NamedTimeZone

  /// First touches and last touches.
  var touchCount: Int { 2 * ((hasTypeTouches ? 1 : 0) + touchAttributes.count) }

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

    // Names are compared by their bytes, as the log tells them apart.
    func bytes(_ name: String) -> [UInt8] { Array(name.utf8) }

    // Scopes: the two totals, types of the recipe, other types of rates, levels.
    var scopes: [[UInt8]: Int] = [:]
    var scopeCount = 2
    let names = recipe.types.map(\.name) + recipe.rates.flatMap { [$0.type, $0.of] }
    for name in names.map(bytes) where scopes[name] == nil {
      scopes[name] = scopeCount
      scopeCount += 1
    }
    scopeOfType = log.types.map { scopes[bytes($0)] ?? -1 } + [-1]
    isOurs = log.types.map { recipe.columns.byUs.contains($0) } + [false]
    var scopeOfLevel: [[Int]] = []
    var levelScopes: [Int] = []
    for (attribute, counted) in zip(recipe.attributes, log.summary.attributes) {
      var own: [[UInt8]: Int] = [:]
      for level in attribute.levels {
        own[bytes(level)] = scopeCount
        levelScopes.append(scopeCount)
        scopeCount += 1
      }
      scopeOfLevel.append(counted.levels.map { own[bytes($0)] ?? -1 })
    }
    self.scopeOfLevel = scopeOfLevel
    self.scopeCount = scopeCount

    var sums = [Int](repeating: -1, count: scopeCount)
    var sumCount = 0
    var outputs: [Output] = []
    var column = 0
    let spans = recipe.spans.count
    func add(_ scope: Int, isTotal: Bool, hasValues: Bool) {
      if hasValues {
        sums[scope] = sumCount
        sumCount += 1
      }
      outputs.append(Output(column: column, isTotal: isTotal, sum: sums[scope], scope: scope))
      column += spans * (1 + (isTotal ? 1 : 0) + (hasValues ? 1 : 0)) + 3
    }
    add(Self.lead, isTotal: true, hasValues: recipe.hasLeadValues)
    if !recipe.columns.byUs.isEmpty { add(Self.us, isTotal: true, hasValues: recipe.hasOurValues) }
    for type in recipe.types {
      add(scopes[bytes(type.name)] ?? 0, isTotal: false, hasValues: type.hasValues)
    }
    for scope in levelScopes { add(scope, isTotal: false, hasValues: false) }
    var ratios: [Ratio] = []
    for rate in recipe.rates {
      ratios.append(
        Ratio(
          column: column, type: scopes[bytes(rate.type)] ?? 0,
          of: scopes[bytes(rate.of)] ?? 0))
      column += spans
    }
    self.outputs = outputs
    self.ratios = ratios
    numberCount = column
    sumOfScope = sums
    self.sumCount = sumCount

    let typePlaces = Dictionary(
      uniqueKeysWithValues: recipe.types.enumerated().map { (bytes($1.name), Int32($0)) })
    let otherType = Int32(recipe.types.count)
    touchOfType = log.types.map { typePlaces[bytes($0)] ?? otherType } + [otherType]
    hasTypeTouches = !recipe.types.isEmpty
    touchOfLevel = zip(recipe.attributes, log.summary.attributes).map { attribute, counted in
      let places = Dictionary(
        uniqueKeysWithValues: attribute.levels.enumerated().map { (bytes($1), Int32($0)) })
      return counted.levels.map { places[bytes($0)] ?? Int32(attribute.levels.count) }
    }
    touchAttributes = recipe.attributes.indices.filter { !recipe.attributes[$0].levels.isEmpty }
  }

  /// The levels of the touches' columns, in the order of the columns.
  static func touchLevels(_ recipe: ActivityRecipe) -> [[String]] {
    var levels: [[String]] = []
    if !recipe.types.isEmpty { levels.append(recipe.types.map(\.name)) }
    levels += recipe.attributes.map(\.levels).filter { !$0.isEmpty }
    return (levels + levels).map { $0 + [ActivityRecipe.otherLevel] }
  }
}
