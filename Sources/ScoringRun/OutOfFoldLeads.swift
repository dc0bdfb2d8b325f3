import Comparison
import Parallel
import ProjectReading
import Reports
import Sources
import Tables

/// The out-of-fold predictions that a fit wrote, with the rule scores of the same leads.
public struct OutOfFoldLeads: Sendable {
  private let labels: [UInt8]
  private let probabilities: [Double]
  private let ruleScores: [Double]
  /// Of the rules and of both together, where the fit had rules that say something.
  private let combined: CombinedScores?
  /// What names each lead: the columns before the outcome.
  private let ids: [Column]

  /// - Throws: `ScoringError.notOutOfFold` where the file lacks what a comparison needs.
  public init(path: String, pool: WorkerPool) throws {
    var options = CSVReadOptions()
    let names = ["converted", "probability", "rule_score"]
    for name in names { options.columnTypes[name] = .number }
    let table: Table
    do {
      table = try readCSV(path: path, options: options, pool: pool).table
    } catch SourceError.unknownColumns(_, _, let missing, _) {
      throw ScoringError.notOutOfFold(path: path, missing: missing)
    }
    let columns = try names.map { name in
      guard case .number(let values) = table[name]?.values, !values.contains(where: \.isNaN) else {
        throw ScoringError.notOutOfFold(path: path, missing: ["numbers in “\(name)”"])
      }
      return values
    }
    guard columns[0].allSatisfy({ $0 == 0 || $0 == 1 }) else {
      throw ScoringError.notOutOfFold(path: path, missing: ["0 and 1 in “converted”"])
    }
    labels = columns[0].map { UInt8($0) }
    probabilities = columns[1]
    ruleScores = columns[2]
    combined = Self.combined(table)
    ids = Array(table.columns.prefix { $0.name != names[0] })
  }

  private static func combined(_ table: Table) -> CombinedScores? {
    let found = ["probability_rules", "probability_together"].compactMap { name -> [Double]? in
      guard case .number(let values)? = table[name]?.values,
        values.allSatisfy({ (0...1).contains($0) })
      else { return nil }
      return values
    }
    guard found.count == 2 else { return nil }
    return CombinedScores(
      combination: nil, probabilities: found[1], ruleProbabilities: found[0])
  }

  /// How rules and model rank these leads, with what can be told of scores alone.
  public func comparison(
    _ options: ComparisonOptions = ComparisonOptions(), pool: WorkerPool
  ) throws -> ComparisonReport {
    var leads = ComparedLeads(
      labels: labels, probabilities: probabilities, ruleScores: ruleScores)
    leads.combined = combined
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
