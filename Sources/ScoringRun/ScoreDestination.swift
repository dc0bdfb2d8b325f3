import Sources
import Tables

/// Where scored leads go.
public enum ScoreDestination: Sendable, Equatable {
  /// CSV, or a workbook where the path ends in `.xlsx`.
  case file(String)
  /// All or none, changed rows only, by the leads' ids.
  case table(DatabaseTarget)

  var isTable: Bool {
    if case .table = self { true } else { false }
  }

  /// - Parameters:
  ///   - carried: what names a lead.
  ///   - dialect: of a CSV file.
  func writer(
    carried: [LeadColumn], columns: [ScoredColumns.Entry], dialect: TextDialect, model: String,
    now: Double
  ) throws -> any LeadWriter {
    switch self {
    case .file(let path):
      return try leadFileWriter(
        path: path, dialect: dialect,
        columns: carried + columns.map { LeadColumn(name: $0.title, kind: $0.column.kind) })
    case .table(let target):
      // The moment as of which a lead was scored is a value: a lead has one row.
      let keys = carried.map(\.name).filter { $0 != ProjectLeads.momentColumn }
      let moment = carried.map(\.name).filter { $0 == ProjectLeads.momentColumn }
      let values =
        moment.map { ScoredTableColumns.Value(name: $0, type: .text) }
        + columns.map { ScoredTableColumns.Value(name: $0.title, type: $0.column.tableType) }
      return TableOfScores(
        try ScoredTableWriter(
          target, columns: ScoredTableColumns(keys: keys, values: values), model: model,
          scoredAt: now))
    }
  }

  /// For the report: where the scores went, and what became of a table's rows.
  func name(_ writer: any LeadWriter) -> String {
    switch self {
    case .file(let path): path
    case .table(let target):
      target.name
        + ((writer as? TableOfScores)?.counts.map {
          " (\($0.inserted) added, \($0.updated) changed, \($0.unchanged) as they were)"
        } ?? "")
    }
  }
}

/// A table of a database as a writer of scored leads.
private final class TableOfScores: LeadWriter {
  private let writer: ScoredTableWriter
  private(set) var counts: ScoredTableCounts?

  init(_ writer: ScoredTableWriter) { self.writer = writer }

  var emptyRecords: CSVRecordBuffer { ScoredTableWriter.makeRecords() }

  func write(_ records: CSVRecordBuffer) throws { try writer.write(records) }

  func finish() throws { counts = try writer.finish() }
}

extension ScoredColumn {
  fileprivate var tableType: ScoredTableColumns.ValueType {
    switch self {
    case .probability, .probabilityLow, .probabilityHigh, .timesAverage, .rulePoints, .ruleScore:
      .number
    case .score: .integer
    case .band, .ruleGrade, .ruleStage, .disqualified, .nextStep, .callAtRandom, .novelty,
      .reasonsFor, .reasonsAgainst, .reasonsJSON,
      .ruleReasons, .model:
      .text
    }
  }
}
