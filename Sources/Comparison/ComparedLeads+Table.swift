import Projects
import Reports
import Rules
import Tables

/// Columns that a comparison looks at beside the scores.
public struct ComparisonFacets: Sendable, Equatable {
  /// Whose values part the leads; empty takes those that suit.
  public var segments: [String] = []
  /// Says who was contacted: a flag, or anything that is filled in for those who were.
  public var contacted: String?
  /// Says it by what was done, where there are activities.
  public var contactEvent: ContactEvent?
  /// What each lead is worth if it converts.
  public var value: String?

  public init() {}

  /// Says who was contacted.
  public mutating func read(_ said: ProjectContacted) {
    switch said {
    case .column(let name): contacted = name
    case .after(let types): contactEvent = ContactEvent(types: types, moment: .after)
    case .before(let types): contactEvent = ContactEvent(types: types, moment: .before)
    }
  }

  /// The same, and what a project says where nothing was said yet.
  public func adding(_ project: Project?) -> ComparisonFacets {
    guard contacted == nil, contactEvent == nil, let said = project?.contacted else { return self }
    var facets = self
    facets.read(said)
    return facets
  }

  public var columns: [String] { segments + [contacted, value].compactMap(\.self) }

  /// The flag that asked for a column.
  public func flag(of column: String) -> String {
    column == contacted ? "--contacted" : column == value ? "--value" : "--segment"
  }
}

/// The activities that make a lead a contacted one.
public struct ContactEvent: Sendable, Equatable {
  /// At least one.
  public let types: [String]
  public let moment: ContactMoment

  public init(types: [String], moment: ContactMoment) {
    self.types = types
    self.moment = moment
  }

  public var name: String { types.joined(separator: ", ") }
}

extension ComparedLeads {
  /// Adds what the rules of a file say of each lead.
  ///
  /// - Parameters:
  ///   - scores: one a lead.
  ///   - outcome: the column that tells won from lost.
  ///   - ledgers: gives the ledger of each lead to its argument.
  public mutating func add(
    _ rules: RuleFile, scores: RuleScores, outcome: String,
    ledgers: (_ visit: (_ row: Int, _ ledger: Ledger) -> Void) -> Void
  ) {
    if !scores.stages.isEmpty {
      stages = CategoryValues(codes: scores.stageCodes, levels: scores.stages)
    }
    let graded = rules.categories.filter { !$0.grades.isEmpty }
    if graded.count == 1 || graded.count == 2 {
      grades = Grades(
        rowCategory: graded.count == 2 ? graded[0].name : nil,
        columnCategory: graded[graded.count - 1].name,
        rows: graded.count == 2 ? graded[0].grades.map(\.name) : [""],
        columns: graded[graded.count - 1].grades.map(\.name), codes: scores.gradeCodes)
    }
    var hits = HitsByRule(rules)
    ledgers { row, ledger in hits.add(ledger, row: row) }
    self.rules = hits.all
    lateColumns = Self.lateColumns(rules.requiredColumns.map(\.name), outcome: outcome)
  }

  /// Those of the columns that are filled when or after the outcome is known, as their names tell.
  public static func lateColumns(_ names: [String], outcome: String) -> [LateColumn] {
    names.compactMap { name in
      name == outcome || postOutcomeColumn(named: name) != nil
        ? LateColumn(column: name, isOutcome: name == outcome) : nil
    }
  }

  /// Adds what the columns of a comparison's own say.
  ///
  /// - Parameters:
  ///   - candidates: columns that may part the leads where none were asked for, the likeliest first.
  /// - Throws: `ComparisonError` for a column that is not there or can't serve.
  public mutating func add(_ facets: ComparisonFacets, table: Table, candidates: [String]) throws {
    if let name = facets.contacted {
      contacted = (name, Self.filled(try Self.values(name, "--contacted", table)))
    }
    if let name = facets.value {
      guard case .number(let amounts) = try Self.values(name, "--value", table) else {
        throw ComparisonError.notNumbers(column: name)
      }
      values = (name, Self.completed(amounts))
    }
    if facets.segments.isEmpty {
      segments = Self.suited(candidates, table: table)
    } else {
      segments = try facets.segments.map { name in
        let values = try Self.values(name, "--segment", table)
        guard let column = Self.segment(name, values) else {
          throw ComparisonError.noSegments(column: name)
        }
        return column
      }
    }
  }

  private static func values(
    _ name: String, _ flag: String, _ table: Table
  ) throws -> ColumnValues {
    guard let column = table[name] else {
      throw ComparisonError.unknownColumn(
        flag: flag, name: name, available: table.columns.map(\.name))
    }
    return column.values
  }

  /// Whether a cell says yes, or holds anything that is not no: the date of the call, who made it.
  private static func filled(_ values: ColumnValues) -> [Bool] {
    let no: Set<String> = ["no", "n", "false", "0", "never", "nunca", "not contacted"]
    switch values {
    case .flag(let flags): return flags.map { $0 == 1 }
    case .number(let numbers): return numbers.map { $0 > 0 }
    case .category(let cells):
      let says = cells.levels.map { !no.contains($0.lowercased()) }
      return cells.codes.map { $0 >= 0 && says[Int($0)] }
    case .date, .text: return (0..<values.count).map { !values.isMissing($0) }
    }
  }

  /// A lead without a value counts as the mean of those that have one.
  private static func completed(_ amounts: [Double]) -> [Double] {
    let known = amounts.filter(\.isFinite)
    let mean = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
    return amounts.map { $0.isFinite ? $0 : mean }
  }

  // MARK: Segments

  /// Columns that are shown where none were asked for.
  private static let mostSegments = 4
  private static let mostLevels = 12
  /// What people part their leads by, in the words of column names.
  private static let usual: Set<String> = [
    "source", "channel", "medium", "campaign", "country", "region", "industry", "sector", "product",
    "month", "origen", "fuente", "canal", "medio", "campaña", "campana", "pais", "provincia",
    "industria", "producto", "mes",
  ]

  private static func suited(_ candidates: [String], table: Table) -> [SegmentColumn] {
    let fitting = candidates.compactMap { name -> SegmentColumn? in
      guard let values = table[name]?.values, let column = segment(name, values),
        column.isOrdered || (2...mostLevels).contains(column.values.levels.count),
        values.type == .category || values.type == .date
      else { return nil }
      return column
    }
    func isUsual(_ column: SegmentColumn) -> Bool {
      column.isOrdered || columnNameWords(column.name).contains(where: usual.contains)
    }
    return Array((fitting.filter(isUsual) + fitting.filter { !isUsual($0) }).prefix(mostSegments))
  }

  /// - Returns: `nil` for a column of too many values to part anything.
  private static func segment(_ name: String, _ values: ColumnValues) -> SegmentColumn? {
    switch values {
    case .category(let cells): return SegmentColumn(name: name, values: cells)
    case .flag(let flags):
      return SegmentColumn(
        name: name,
        values: CategoryValues(codes: flags.map { Int32($0) }, levels: ["no", "yes"]))
    case .date(let dates):
      let months = dates.map { $0.isNaN ? nil : CalendarMonth(seconds: $0) }
      return ordered(name, months.map { $0.map { ($0.index, $0.description) } })
    case .number(let numbers):
      guard Set(numbers.filter { !$0.isNaN }).count <= mostLevels else { return nil }
      let sorted = Set(numbers.filter { !$0.isNaN }).sorted()
      return ordered(
        name,
        numbers.map { number in
          sorted.firstIndex(of: number).map { ($0, NumberLevel.text(number)) }
        })
    case .text: return nil
    }
  }

  private static func ordered(_ name: String, _ keys: [(Int, String)?]) -> SegmentColumn {
    var names: [Int: String] = [:]
    for case (let key, let text)? in keys { names[key] = text }
    let order = names.keys.sorted()
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, Int32($0)) })
    return SegmentColumn(
      name: name,
      values: CategoryValues(
        codes: keys.map { $0.flatMap { places[$0.0] } ?? -1 },
        levels: order.compactMap { names[$0] }), isOrdered: true)
  }
}

private enum NumberLevel {
  /// Whole where it is whole.
  static func text(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? String(value)
  }
}

/// The rows that each rule holds of, gathered lead by lead.
private struct HitsByRule {
  private struct Key: Hashable {
    let group: String
    let rule: String
  }

  private var keys: [Key] = []
  private var places: [Key: Int] = [:]
  private var rows: [[Int32]] = []
  private var thousandths: [Int] = []

  /// In the order of the file, also rules that hold of nobody.
  init(_ file: RuleFile) {
    for group in file.groups {
      for rule in group.rules { _ = place(Key(group: group.name, rule: rule.name)) }
    }
  }

  private mutating func place(_ key: Key) -> Int {
    if let place = places[key] { return place }
    places[key] = keys.count
    keys.append(key)
    rows.append([])
    thousandths.append(0)
    return keys.count - 1
  }

  mutating func add(_ ledger: Ledger, row: Int) {
    for line in ledger.lines where line.kind == .points || line.kind == .disqualifies {
      guard let group = line.group, let rule = line.rule else { continue }
      let place = place(Key(group: group, rule: rule))
      if rows[place].last != Int32(row) { rows[place].append(Int32(row)) }
      thousandths[place] += line.thousandths
    }
  }

  var all: [ComparedLeads.RuleHits] {
    keys.indices.map { index in
      ComparedLeads.RuleHits(
        rule: keys[index].rule, group: keys[index].group,
        points: rows[index].isEmpty
          ? 0 : Double(thousandths[index]) / 1_000 / Double(rows[index].count),
        rows: rows[index])
    }
  }
}
