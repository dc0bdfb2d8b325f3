import Models
import Rules
import YAMLDocuments

/// A column that `predict` writes beside the ids, in the order in which they stand.
public enum ScoredColumn: String, Sendable, CaseIterable {
  case probability
  case score
  case timesAverage = "times_average"
  case band
  case rulePoints = "rule_points"
  case ruleScore = "rule_score"
  case ruleGrade = "rule_grade"
  case ruleStage = "rule_stage"
  case disqualified
  case ruleReasons = "rule_reasons"
  case model

  /// Whether the column needs a rule file, rather than a column of points or nothing.
  var needsRuleFile: Bool {
    switch self {
    case .rulePoints, .ruleGrade, .ruleStage, .disqualified, .ruleReasons: true
    default: false
    }
  }
}

/// Which columns are written, and under which names.
struct ScoredColumns: Sendable, Equatable {
  struct Entry: Sendable, Equatable {
    let title: String
    let column: ScoredColumn
  }

  let entries: [Entry]

  /// - Parameters:
  ///   - choice: `probability`, or `Prob=probability` to rename it; empty for all that can be filled.
  ///   - rules: what scores by rules, if anything.
  /// - Throws: `ScoringError.unknownOutputColumn`.
  init(choice: [String], rules: RuleBinding?) throws {
    let available = ScoredColumn.allCases.filter { column in
      switch rules {
      case .none: !column.needsRuleFile && column != .ruleScore
      case .column: !column.needsRuleFile
      case .file(let scorer, _):
        switch column {
        case .ruleGrade: scorer.file.categories.contains { !$0.grades.isEmpty }
        case .ruleStage: !scorer.file.stages.isEmpty
        case .disqualified: scorer.file.groups.contains { $0.rules.contains(where: \.disqualifies) }
        default: true
        }
      }
    }
    guard !choice.isEmpty else {
      entries = available.map { Entry(title: $0.rawValue, column: $0) }
      return
    }
    entries = try choice.map { item in
      let parts = item.split(separator: "=", maxSplits: 1).map(String.init)
      let name = parts.last ?? ""
      guard let column = available.first(where: { $0.rawValue == name }) else {
        let names = available.map(\.rawValue)
        throw ScoringError.unknownOutputColumn(
          name: name, nearest: nearestName(to: name, among: names), available: names)
      }
      return Entry(title: parts.first ?? name, column: column)
    }
  }
}
