import Models
import Rules
import Sources
import Tables

/// Turns a block's scores into lines of the output.
struct BlockEncoder: Sendable {
  let columns: ScoredColumns
  let scale: ScoreScale
  let modelName: String
  let rules: RuleBinding?
  let dialect: TextDialect

  /// - Parameters:
  ///   - rows: the rows of the block that are written, ascending.
  ///   - scores: of all rows of the block.
  func records(
    _ block: CSVBlock, scores: LeadScorer.Scores, rows: [Int]
  ) throws -> CSVRecordBuffer {
    var records = CSVRecordBuffer(dialect: dialect)
    var bound: BoundRules?
    var found: RuleScores?
    var points: [Double] = []
    switch rules {
    case .file(let scorer, _):
      let rules = try scorer.bind(block.table)
      found = rules.scores()
      bound = rules
    case .column: points = try rules?.rankingScores(block.table) ?? []
    case nil: break
    }
    for row in rows {
      for field in block.rawFields { records.append(raw: field[row]) }
      let raw = scores.rawPredictions[row]
      for entry in columns.entries {
        switch entry.column {
        case .probability: records.append(number: scores.probabilities[row])
        case .score: records.append(integer: scale.score(ofRawPrediction: raw))
        case .timesAverage:
          records.append(
            number: (scores.probabilities[row] / scale.baseRate * 100).rounded() / 100)
        case .band: records.append(text: ScoreScale.bandNames[scale.band(ofRawPrediction: raw)])
        case .rulePoints: records.append(number: Double(found?.points[row] ?? 0) / 1_000)
        case .ruleScore:
          if let found {
            records.append(number: found.scores[row])
          } else if points[row].isNaN {
            records.appendMissing()
          } else {
            records.append(number: points[row])
          }
        case .ruleGrade: records.append(text: found?.grade(row) ?? "")
        case .ruleStage: records.append(text: found?.stage(row) ?? "")
        case .disqualified: records.append(text: found?.disqualified[row] == true ? "yes" : "no")
        case .ruleReasons: records.append(text: bound?.ledger(row).reasons ?? "")
        case .model: records.append(text: modelName)
        }
      }
      records.endRecord()
    }
    return records
  }
}
