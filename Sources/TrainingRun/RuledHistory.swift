import Features
import Parallel
import PointLearning
import ProjectReading
import Projects
import Rules
import Tables
import Vocabulary
import YAMLDocuments

/// What the rules of a file say of every lead of a history, and which of them may get other points.
struct RuledHistory: Sendable {
  /// `nil` for points from nothing.
  let file: RuleFile?
  /// The file as it is written.
  let text: String
  /// One array a rule, group by group: the rows of which it holds, ascending.
  let holding: [[Int32]]
  /// Of all rows of the table, by what each rule gives for one point.
  let patterns: PointPatterns
  let scheme: PointScheme
  /// Why a rule keeps its points whatever history says, one a rule; `nil` for the others.
  let fixed: [String?]
  /// One a row of the table; leads that stand below all others whatever their points.
  let disqualified: [Bool]
  let warnings: [String]

  /// The rules of the file, group by group.
  var rules: [(group: RuleGroup, rule: Rule)] { file?.flatRules ?? [] }

  /// - Throws: `RuleError` and `YAMLError` for what is wrong with the file.
  init(project: Project, leads: AuditedLeads, pool: WorkerPool) throws {
    let table = leads.history.table
    guard let path = project.rules,
      let scored = try leads.read.rules
        ?? ScoredRules(project: project, leads: leads.history.source, recipe: leads.read.recipe)
    else {
      file = nil
      text = ""
      holding = []
      patterns = PointPatterns(rowCount: table.rowCount)
      scheme = PointScheme(rules: [], groups: [], categories: [], top: nil)
      fixed = []
      disqualified = [Bool](repeating: false, count: table.rowCount)
      warnings = []
      return
    }
    let file = scored.scorer.file
    self.file = file
    text = try YAMLDocument.text(ofFile: path.resolved)
    let amounts: [[Double]]
    if let verdicts = scored.verdicts {
      (holding, amounts) = Self.amounts(verdicts, of: file)
    } else {
      holding = try scored.scorer.bind(table).rowsHolding(pool: pool).flatMap { $0 }
      amounts = holding.map { rows in
        var amounts = [Double](repeating: 0, count: table.rowCount)
        for row in rows { amounts[Int(row)] = 1 }
        return amounts
      }
    }
    patterns = PointPatterns(rowCount: table.rowCount, amounts: amounts)
    let reasons = Self.reasons(file, leads: leads)
    fixed = reasons
    scheme = PointScheme(file, isFixed: reasons.map { $0 != nil })
    disqualified = scored.scores.disqualified
    warnings = scored.unknownTypes
  }

  /// By the ledgers of leads whose activities are no longer at hand: what a rule gave, before its own cap
  /// and floor, for each of its points.
  private static func amounts(
    _ verdicts: RuleVerdicts, of file: RuleFile
  ) -> (holding: [[Int32]], amounts: [[Double]]) {
    let rules = file.flatRules
    let count = verdicts.scores.count
    var holding = [[Int32]](repeating: [], count: rules.count)
    var given = [[Int]](repeating: [Int](repeating: 0, count: count), count: rules.count)
    let places = Dictionary(
      rules.enumerated().map { ([$1.group.name, $1.rule.name], $0) },
      uniquingKeysWith: { first, _ in first })
    verdicts.forEachLedger { row, ledger in
      for line in ledger.lines {
        guard let group = line.group, let name = line.rule, let rule = places[[group, name]] else {
          continue
        }
        switch line.kind {
        case .points, .fade, .decay: given[rule][row] += line.thousandths
        default: break
        }
        let isFirst = holding[rule].last.map { Int($0) != row } ?? true
        if isFirst { holding[rule].append(Int32(truncatingIfNeeded: row)) }
      }
    }
    let amounts = rules.indices.map { rule -> [Double] in
      let points = rules[rule].rule.points
      if points != 0 { return given[rule].map { Double($0) / Double(points) } }
      var amounts = [Double](repeating: 0, count: count)
      for row in holding[rule] { amounts[Int(row)] = 1 }
      return amounts
    }
    return (holding, amounts)
  }

  private static func reasons(_ file: RuleFile, leads: AuditedLeads) -> [String?] {
    var withheld: [String: String] = [:]
    for column in leads.selection.leftOut {
      switch column.reason {
      case .leak, .role: withheld[column.column] = column.reason.text
      default: break
      }
    }
    let rules = file.flatRules.map(\.rule)
    return rules.map { rule in
      if rule.disqualifies { return "it disqualifies, whatever its points" }
      if rule.event != nil, rule.points == 0 {
        return "it gives no points, so that their fade is not known"
      }
      guard let column = file.columns(of: rule).sorted().first(where: { withheld[$0] != nil }),
        let why = withheld[column]
      else { return nil }
      return "“\(column)” is left out (\(why))"
    }
  }
}

extension RuleFile {
  /// All rules, group by group.
  var flatRules: [(group: RuleGroup, rule: Rule)] {
    groups.flatMap { group in group.rules.map { (group, $0) } }
  }
}

extension PointScheme {
  /// The groups, bounds and points of a rule file.
  /// - Parameter isFixed: one a rule, group by group.
  init(_ file: RuleFile, isFixed: [Bool]) {
    var rules: [Rule] = []
    for (index, group) in file.groups.enumerated() {
      for rule in group.rules {
        rules.append(
          Rule(
            group: index, bounds: Bounds(rule.bounds), own: Double(rule.points) / 1_000,
            isFixed: isFixed[rules.count]))
      }
    }
    self.init(
      rules: rules,
      groups: file.groups.map { Group(category: $0.category, bounds: Bounds($0.bounds)) },
      categories: file.categories.map {
        Category(
          bounds: Bounds($0.bounds), needed: Double($0.grades.first?.lowerBound ?? 0) / 1_000)
      },
      // The top of the scale, and with it every stage.
      needed: Double(file.scale.raw) / 1_000,
      top: Double(file.scale.raw) / 1_000)
  }

  /// With suggested rules in a group and a category of their own behind the others.
  func adding(suggested count: Int) -> PointScheme {
    guard count > 0 else { return self }
    let group = groups.count
    return PointScheme(
      rules: rules
        + (0..<count).map { _ in Rule(group: group, own: 0, isSuggested: true) },
      groups: groups + [Group(category: categories.count)],
      categories: categories + [Category()], needed: needed, top: top)
  }
}

extension PointScheme.Bounds {
  fileprivate init(_ bounds: RuleBounds) {
    self.init(
      cap: bounds.cap.map { Double($0) / 1_000 }, floor: bounds.floor.map { Double($0) / 1_000 })
  }
}
