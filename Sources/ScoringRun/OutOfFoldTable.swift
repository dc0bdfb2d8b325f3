import Comparison
import Parallel
import Sources
import Tables

/// A file of out-of-fold predictions as `fit` writes it: what names each lead, its outcome, its probability.
struct OutOfFoldTable: Sendable {
  let path: String
  /// 1 won, 0 lost.
  let labels: [UInt8]
  let probabilities: [Double]
  /// What names each lead: the columns before the outcome.
  let ids: [Column]
  private let table: Table

  static let outcomeColumn = "converted"
  static let probabilityColumn = "probability"
  static let ruleScoreColumn = "rule_score"

  /// - Parameters:
  ///   - numbers: columns of numbers that are needed beside the outcome and the probability.
  ///   - texts: columns whose cells are kept as they stand.
  /// - Throws: `ScoringError.notOutOfFold` where the file lacks some of it.
  init(path: String, alsoReads numbers: [String] = [], texts: [String] = [], pool: WorkerPool)
    throws
  {
    self.path = path
    var options = CSVReadOptions()
    options.keepAsText = Set(texts)
    for name in [Self.outcomeColumn, Self.probabilityColumn] + numbers {
      options.columnTypes[name] = .number
    }
    do {
      table = try readCSV(path: path, options: options, pool: pool).table
    } catch SourceError.unknownColumns(_, _, let missing, _) {
      throw ScoringError.notOutOfFold(path: path, missing: missing)
    }
    let outcomes = try Self.numbers(Self.outcomeColumn, of: table, path: path)
    guard outcomes.allSatisfy({ $0 == 0 || $0 == 1 }) else {
      throw ScoringError.notOutOfFold(
        path: path, missing: ["0 and 1 in “\(Self.outcomeColumn)”"])
    }
    labels = outcomes.map { UInt8($0) }
    probabilities = try Self.numbers(Self.probabilityColumn, of: table, path: path)
    ids = Array(table.columns.prefix { $0.name != Self.outcomeColumn })
  }

  /// - Throws: `ScoringError.notOutOfFold` where a cell of the column is no number.
  func numbers(_ name: String) throws -> [Double] {
    try Self.numbers(name, of: table, path: path)
  }

  private static func numbers(_ name: String, of table: Table, path: String) throws -> [Double] {
    guard case .number(let values) = table[name]?.values, !values.contains(where: \.isNaN) else {
      throw ScoringError.notOutOfFold(path: path, missing: ["numbers in “\(name)”"])
    }
    return values
  }

  /// The probabilities of the rules and of both together, where the fit had rules that say something.
  var combined: CombinedScores? {
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
}
