import Models
import Projects
import Sources
import Tables

/// Out-of-fold predictions as CSV: the id columns, the outcome, the fold, the model's probability, the
/// rule score, and the probabilities of each algorithm where two were fitted; one line a validated lead.
struct OutOfFoldFile {
  let history: LeadHistory
  let roles: LeadRoles
  let part: JudgedModel.Part
  let folds: [Int32]
  let ruleScores: [Double]?
  /// Of each algorithm, where two were fitted, one a row of `part`.
  let byAlgorithm: [(algorithm: ProjectTraining.Algorithm, probabilities: [Double])]

  static let outcomeColumn = "converted"
  static let foldColumn = "fold"
  static let probabilityColumn = "probability"
  static let ruleScoreColumn = "rule_score"

  func write(to path: String) throws {
    let ids = roles.ids.compactMap { history.table[$0] }
    let columns =
      ids.map(\.name) + [Self.outcomeColumn, Self.foldColumn, Self.probabilityColumn]
      + (ruleScores == nil ? [] : [Self.ruleScoreColumn])
      + byAlgorithm.map { "\(Self.probabilityColumn)_\($0.algorithm.rawValue)" }
    var dialect = history.source.schema.dialect
    dialect.hasHeader = true
    let writer = try CSVWriter(path: path, dialect: dialect, columns: columns)
    var records = CSVRecordBuffer(dialect: dialect)
    for (index, row) in part.rows.enumerated() {
      for id in ids {
        guard case .text(let values) = id.values else { continue }
        records.append(text: values[row] ?? "")
      }
      records.append(integer: history.outcomes[row] == 1 ? 1 : 0)
      records.append(integer: Int(folds[index]) + 1)
      records.append(number: part.probabilities[index])
      if let ruleScores { records.append(number: ruleScores[row]) }
      for side in byAlgorithm { records.append(number: side.probabilities[index]) }
      records.endRecord()
    }
    try writer.write(records)
    try writer.finish()
  }
}
