import Models
import ProjectReading
import Projects
import Sources
import Tables

/// Out-of-fold predictions as CSV: the id columns (of an example with its decision time), the outcome, the fold, the model's probability, the
/// rule score, the probabilities of each algorithm where two were fitted, and those of the rules and of both
/// together where there are rules; one line a validated lead.
struct OutOfFoldFile {
  let history: LeadHistory
  let roles: LeadRoles
  let part: JudgedModel.Part
  let folds: [Int32]
  let ruleScores: [Double]?
  /// The model and the rules together; `nil` without rules that say something.
  let combined: CombinedSide?
  /// Of each algorithm, where two were fitted, one a row of `part`.
  let byAlgorithm: [(algorithm: ProjectTraining.Algorithm, probabilities: [Double])]

  static let outcomeColumn = "converted"
  static let foldColumn = "fold"
  static let probabilityColumn = "probability"
  static let ruleScoreColumn = "rule_score"
  static let ruleProbabilityColumn = "probability_rules"
  static let combinedColumn = "probability_together"

  func write(to path: String) throws {
    let decision = roles.horizon == nil ? nil : roles.created
    let ids = (roles.ids + [decision].compactMap(\.self)).compactMap { history.table[$0] }
    let columns =
      ids.map(\.name) + [Self.outcomeColumn, Self.foldColumn, Self.probabilityColumn]
      + (ruleScores == nil ? [] : [Self.ruleScoreColumn])
      + byAlgorithm.map { "\(Self.probabilityColumn)_\($0.algorithm.rawValue)" }
      + (combined == nil ? [] : [Self.ruleProbabilityColumn, Self.combinedColumn])
    var dialect = history.source.schema.dialect
    dialect.hasHeader = true
    let writer = try CSVWriter(path: path, dialect: dialect, columns: columns)
    var records = CSVRecordBuffer(dialect: dialect)
    for (index, row) in part.rows.enumerated() {
      for id in ids {
        records.append(cell: id.values.fieldText(row))
      }
      records.append(integer: history.outcomes[row] == 1 ? 1 : 0)
      records.append(integer: Int(folds[index]) + 1)
      records.append(number: part.probabilities[index])
      if let ruleScores { records.append(number: ruleScores[row]) }
      for side in byAlgorithm { records.append(number: side.probabilities[index]) }
      if let combined {
        records.append(number: combined.ruleProbabilities[index])
        records.append(number: combined.probabilities[index])
      }
      records.endRecord()
    }
    try writer.write(records)
    try writer.finish()
  }
}
