import Explanations
import Models
import Parallel
import Tables

/// Which leads a model at large is told by.
enum ContributionSample {
  /// At most so many: means over them are known to a hundredth or two of themselves, and more would cost
  /// more than they tell.
  static let most = 5_000

  /// What each column of a model gives to its training leads; `nil` for a model that can tell no reasons.
  static func contributions(
    _ model: LeadModel, history: LeadHistory, rows: [Int], pool: WorkerPool
  ) throws -> ColumnContributions? {
    guard let explainer = try? LeadExplainer(model, pool: pool) else { return nil }
    let chosen = evenlySpread(rows.count, atMost: most).map { rows[$0] }
    let table = history.table.gathered(chosen)
    return try explainer.explain(table, pool: pool).columnContributions(
      of: table, weights: history.weights.map { all in chosen.map { all[$0] } })
  }
}

/// Some of a number of things in a row, evenly spread: their places, ascending.
func evenlySpread(_ count: Int, atMost most: Int) -> [Int] {
  count <= most ? Array(0..<count) : (0..<most).map { $0 * count / most }
}
