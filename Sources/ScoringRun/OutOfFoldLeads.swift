import Comparison
import Parallel
import ProjectReading
import Reports

/// The out-of-fold predictions that a fit wrote, with the rule scores of the same leads.
public struct OutOfFoldLeads: Sendable {
  private let file: OutOfFoldTable
  private let ruleScores: [Double]

  /// - Throws: `ScoringError.notOutOfFold` where the file lacks what a comparison needs.
  public init(path: String, pool: WorkerPool) throws {
    file = try OutOfFoldTable(path: path, alsoReads: [OutOfFoldTable.ruleScoreColumn], pool: pool)
    ruleScores = try file.numbers(OutOfFoldTable.ruleScoreColumn)
  }

  /// How rules and model rank these leads, with what can be told of scores alone.
  public func comparison(
    _ options: ComparisonOptions = ComparisonOptions(), pool: WorkerPool
  ) throws -> ComparisonReport {
    var leads = ComparedLeads(
      labels: file.labels, probabilities: file.probabilities, ruleScores: ruleScores)
    leads.combined = file.combined
    let ids = file.ids
    return try compare(
      leads,
      population: .outOfFold, options: options, pool: pool
    ) { rows in
      rows.map { row in
        LeadDescription(
          id: ids.isEmpty
            ? String(row + 1) : ids.map { $0.values.idText(row) }.joined(separator: " "),
          reasons: "", ruleReasons: "")
      }
    }
  }
}
