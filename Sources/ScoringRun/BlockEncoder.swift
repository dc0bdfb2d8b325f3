import Explanations
import Models
import Rules
import Sources
import Tables

/// Turns a block's scores into lines of the output.
struct BlockEncoder: Sendable {
  let columns: ScoredColumns
  let model: LeadModel
  let modelName: String
  let rules: RuleBinding?
  /// What reasons are written in.
  var language = ReasonLanguage.english
  /// How the output's records are laid out.
  let emptyRecords: CSVRecordBuffer
  /// Whether what names a lead is written as it reads, rather than byte for byte.
  var carriesText = false
  /// Who is marked to be called at random; `nil` marks nobody.
  var randomCalls: RandomCalls?

  /// - Parameters:
  ///   - rows: the rows of the block that are written, ascending.
  ///   - scores: of all rows of the block.
  ///   - reasons: likewise; `nil` where no column needs them.
  func records(
    _ block: LeadBlock, scores: LeadScorer.Scores, reasons: TableReasons?, rows: [Int]
  ) throws -> EncodedBlock {
    var records = emptyRecords
    var ends: [Int] = []
    if block.carried.isEmpty { ends.reserveCapacity(rows.count) }
    var bound: BoundRules?
    var found: RuleScores?
    var points: [Double] = []
    switch rules {
    case .file(let scorer, _):
      let rules = try scorer.bind(block.table, events: block.events)
      found = rules.scores()
      bound = rules
    case .column: points = try rules?.rankingScores(block.table) ?? []
    case nil: break
    }
    let scale = model.scale
    let novelty =
      columns.entries.contains { $0.column == .novelty }
      ? model.novelty?.findings(in: block.table) : nil
    func bounds(_ row: Int) -> ProbabilityInterval.Bounds? {
      model.calibration?.bounds(
        rawPrediction: scores.rawPredictions[row], logOdds: scores.logOdds[row])
    }
    let ruleReasons =
      columns.entries.contains { $0.column == .ruleReasons }
      ? bound?.reasons(in: .init(language)) : nil
    let hasReasonTexts = columns.entries.contains {
      $0.column == .reasonsFor || $0.column == .reasonsAgainst
    }
    for row in rows {
      for carried in block.carried { append(carried, row: row, to: &records) }
      let raw = scores.rawPredictions[row]
      let texts = hasReasonTexts ? reasons?.texts(row: row) : nil
      for entry in columns.entries {
        switch entry.column {
        case .probability: records.append(number: scores.probabilities[row])
        case .probabilityLow: append(bounds(row)?.low, to: &records)
        case .probabilityHigh: append(bounds(row)?.high, to: &records)
        case .novelty: records.append(text: novelty?.text(row: row, in: .init(language)) ?? "")
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
        case .callAtRandom:
          let isMarked = randomCalls?.marks(block.carried.map { $0.text(row) }) ?? false
          records.append(text: isMarked ? "yes" : "no")
        case .reasonsFor: records.append(text: texts?.reasonsFor ?? "")
        case .reasonsAgainst: records.append(text: texts?.reasonsAgainst ?? "")
        case .reasonsJSON: records.append(text: try reasons?.json(row: row) ?? "")
        case .nextStep: records.append(text: found?.nextStep(row) ?? "")
        case .ruleReasons: records.append(text: ruleReasons?[row] ?? "")
        case .model: records.append(text: modelName)
        }
      }
      if block.carried.isEmpty { ends.append(records.bytes.count) }
      records.endRecord()
    }
    return EncodedBlock(
      records: records, rows: rows, ends: ends,
      rulePoints: rows.map { row in
        if let found { return found.disqualified[row] ? nil : Double(found.points[row]) / 1_000 }
        return points.isEmpty || points[row].isNaN ? nil : points[row]
      })
  }
}

extension BlockEncoder {
  private func append(_ number: Double?, to records: inout CSVRecordBuffer) {
    if let number {
      records.append(number: number)
    } else {
      records.appendMissing()
    }
  }
}

/// A block's lines, which lack their row numbers where leads have no id: a block does not know how many
/// rows came before it.
struct EncodedBlock: Sendable {
  let records: CSVRecordBuffer
  /// The rows of the block that the lines are of.
  let rows: [Int]
  /// Where each line ends in `records`, its line end not counted; empty where leads have ids.
  let ends: [Int]
  /// Of each line, for accounts; `nil` for a lead without points, or one that is disqualified.
  let rulePoints: [Double?]

  /// The lines with each row's number in the file, from 1, before the rest.
  /// - Parameter emptyRecords: those that the lines were made from.
  func numbered(after rowsBefore: Int, emptyRecords: CSVRecordBuffer) -> CSVRecordBuffer {
    var numbered = emptyRecords
    numbered.reserveCapacity(records.bytes.count + 8 * rows.count)
    let lineEnd = emptyRecords.lineEnd.count
    var start = 0
    for (row, end) in zip(rows, ends) {
      numbered.append(integer: rowsBefore + row + 1)
      numbered.append(raw: records.bytes[start..<end])
      numbered.endRecord()
      start = end + lineEnd
    }
    return numbered
  }
}
