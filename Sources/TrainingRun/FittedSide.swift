import Models
import Parallel
import Projects
import Tables

/// One algorithm fitted: in the folds of a plan, and to all of its training leads.
///
/// All sides of a run share the plan, so that their predictions are of the same leads.
protocol FittedSide: Sendable {
  /// As a project asks for it; `nil` for what is made of others.
  var algorithm: ProjectTraining.Algorithm? { get }
  /// As reports and the model file call it.
  var name: String { get }
  /// Out-of-fold log-odds, one a row of `FoldPlan.validatedRows`.
  var rawPredictions: [Double] { get }
  /// What a reader must know before trusting it.
  var warnings: [String] { get }
  /// What scores new leads: fitted to all training leads.
  var predictor: Predictor { get }

  /// Log-odds of rows of the table by what was fitted to all training leads.
  func rawPredictions(_ table: Table, rows: [Int], pool: WorkerPool) throws -> [Double]
}
