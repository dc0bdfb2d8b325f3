import Comparison
import History
import Models
import Parallel
import ProjectReading
import Reports
import Tables

/// The probabilities that a fit gave its own leads out of fold, found again by what names a lead: its id, and of
/// a history the decision time.
public struct OutOfFoldPredictions: Sendable {
  let path: String
  let labels: [UInt8]
  let probabilities: [Double]
  let combined: CombinedScores?
  /// Columns whose cells name a lead, or an example.
  private let keyColumns: [String]
  private let places: [String: Int32]

  /// - Parameter model: of the fit that wrote the file.
  /// - Throws: `ScoringError.notOutOfFold` where the file lacks what names the model's leads, and
  ///   `ScoringError.outOfFoldTwice` where two lines have one name.
  public init(path: String, model: LeadModel, pool: WorkerPool) throws {
    guard !model.idColumns.isEmpty else { throw ScoringError.outOfFoldWithoutIDs(path: path) }
    let isDated = model.recipe?.history?.definition.horizon != nil
    keyColumns = model.idColumns + (isDated ? [ExampleTable.decisionTimeColumn] : [])
    let file = try OutOfFoldTable(path: path, texts: keyColumns, pool: pool)
    self.path = path
    labels = file.labels
    probabilities = file.probabilities
    combined = file.combined
    let (keys, names) = (keyColumns, file.ids.map(\.name))
    let missing = keys.filter { !names.contains($0) }
    guard missing.isEmpty else { throw ScoringError.notOutOfFold(path: path, missing: missing) }
    let key = Self.key(keys, file.ids)
    var places: [String: Int32] = [:]
    for row in file.labels.indices {
      guard places.updateValue(Int32(row), forKey: key(row)) == nil else {
        throw ScoringError.outOfFoldTwice(path: path, line: row + 2)
      }
    }
    self.places = places
  }

  var count: Int { labels.count }

  /// Where each row of a table stands in the file; `nil` where it is not there.
  func places(of table: Table) -> [Int?] {
    let key = Self.key(keyColumns, table.columns)
    return (0..<table.rowCount).map { places[key($0)].map(Int.init) }
  }

  /// The cells of the key columns of a row, side by side: a sign between them that no cell has.
  private static func key(_ names: [String], _ columns: [Column]) -> (Int) -> String {
    let values = names.compactMap { name in columns.first { $0.name == name }?.values }
    return { row in values.map { $0.fieldText(row) }.joined(separator: "\u{1F}") }
  }

  /// - Throws: `ScoringError.outOfFoldOfOthers` where none of the leads is in the file, and
  ///   `ScoringError.outcomesChanged` where some are another outcome's there.
  func check(_ judged: JudgedLeads, leads: Int, source: String) throws {
    if judged.labels.isEmpty, leads > 0 {
      throw ScoringError.outOfFoldOfOthers(path: path, source: source)
    }
    if judged.otherOutcomes > 0 {
      throw ScoringError.outcomesChanged(
        path: path, changed: judged.otherOutcomes, leads: judged.labels.count, source: source)
    }
  }

  /// What of the file is not among the leads.
  func cautions(_ judged: JudgedLeads) -> [ComparisonCaution] {
    let lost = count - Set(judged.predictionPlaces).count
    return lost > 0 ? [.predictionsWithoutLeads(path: path, missing: lost, of: count)] : []
  }
}
