import Models
import Tables

/// Columns that were to be used and of which nothing could be made, each with the reason.
///
/// - Parameters:
///   - used: columns meant as features.
///   - rows: the rows that the predictor was fitted to.
func unencodedColumns(
  _ used: [String], by predictor: Predictor, table: Table, rows: [Int]
) -> [TrainingRecord.LeftOutColumn] {
  let encoded = Set(predictor.requiredColumns)
  return used.filter { !encoded.contains($0) }.map { name in
    TrainingRecord.LeftOutColumn(
      column: name, reason: reason(table[name]?.values, rows: rows))
  }
}

/// Why an encoder found nothing to tell leads apart by.
private func reason(_ values: ColumnValues?, rows: [Int]) -> String {
  let same = "the same value in every training lead"
  switch values {
  case .number(let numbers):
    let finite = rows.lazy.map { numbers[$0] }.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), low < high else { return same }
    // Only a logistic regression has to standardise a column.
    return "its numbers lie too far apart to be standardised; boosted trees could use it"
  case .category(let categories):
    let codes = Set(rows.lazy.map { categories.codes[$0] })
    return codes.count > 1 ? "none of its values has enough leads to learn from" : same
  default:
    return same
  }
}
