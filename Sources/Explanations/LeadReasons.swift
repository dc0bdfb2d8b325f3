import FoundationEssentials
import Models
import Parallel
import Tables

/// One column's part in a lead's probability.
public struct Reason: Codable, Sendable, Equatable {
  public let column: String
  /// Log-odds: positive where it speaks for the lead.
  public let contribution: Double
  /// What the lead has in the column, in words: `industry = Software`.
  public let text: String

  public init(column: String, contribution: Double, text: String) {
    self.column = column
    self.contribution = contribution
    self.text = text
  }
}

/// A lead model made ready to give the strongest reasons for and against each lead.
public struct LeadReasons: Sendable {
  public let explainer: LeadExplainer
  public let words: ReasonWords
  public let strongest: StrongestReasons

  /// - Parameters:
  ///   - count: reasons for, and as many against, at most.
  ///   - pool: the threads that make the tables of the trees.
  /// - Throws: ``ExplanationError`` for a model that lacks what reasons are told against.
  public init(
    _ model: LeadModel, language: ReasonLanguage = .english,
    count: Int = StrongestReasons.defaultCount, pool: WorkerPool = WorkerPool(threadCount: 1)
  ) throws(ExplanationError) {
    explainer = try LeadExplainer(model, pool: pool)
    words = ReasonWords(recipe: model.recipe, language: language)
    strongest = StrongestReasons(count: count)
  }

  /// The reasons of a table's rows, on the calling thread.
  /// - Parameter table: holds the model's columns.
  /// - Throws: `FeatureError` for a column that is missing or of another type than the model's.
  public func reasons(_ table: Table) throws -> TableReasons {
    let explanations = try explainer.explain(table)
    // The explainer has read all of them.
    let columns = explanations.columns.compactMap { table[$0] }
    return TableReasons(
      explanations: explanations, columns: columns, words: words, strongest: strongest)
  }
}

/// The reasons of a table's rows.
public struct TableReasons: Sendable {
  public let explanations: Explanations
  /// Those of the explanations.
  private let columns: [Column]
  private let words: ReasonWords
  private let strongest: StrongestReasons

  fileprivate init(
    explanations: Explanations, columns: [Column], words: ReasonWords, strongest: StrongestReasons
  ) {
    self.explanations = explanations
    self.columns = columns
    self.words = words
    self.strongest = strongest
  }

  /// The strongest reasons of a row, the strongest first.
  public func reasons(row: Int) -> (reasonsFor: [Reason], reasonsAgainst: [Reason]) {
    let places = strongest.find(in: explanations.contributions(row: row))
    return (
      places.reasonsFor.map { reason($0, row: row) },
      places.reasonsAgainst.map { reason($0, row: row) }
    )
  }

  /// All of a row's contributions as reasons, the largest first, equals in the order of columns.
  public func all(row: Int) -> [Reason] {
    let contributions = Array(explanations.contributions(row: row))
    return contributions.indices
      .sorted { (-abs(contributions[$0]), $0) < (-abs(contributions[$1]), $1) }
      .map { reason($0, row: row) }
  }

  /// The strongest reasons of a row in words, one behind the other:
  /// `12 page views in the last 30 days: +0.8; industry = Software: +0.42`.
  public func texts(row: Int) -> (reasonsFor: String, reasonsAgainst: String) {
    let contributions = explanations.contributions(row: row)
    let places = strongest.find(in: contributions)
    func text(_ places: [Int]) -> String {
      places.map {
        words.reason(
          columns[$0], row: row, contribution: contributions[contributions.startIndex + $0])
      }.joined(separator: "; ")
    }
    return (text(places.reasonsFor), text(places.reasonsAgainst))
  }

  /// The strongest reasons of a row as one line of JSON: a list, those for the lead first.
  public func json(row: Int) throws -> String {
    let (reasonsFor, reasonsAgainst) = reasons(row: row)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(reasonsFor + reasonsAgainst), as: UTF8.self)
  }

  private func reason(_ place: Int, row: Int) -> Reason {
    let contributions = explanations.contributions(row: row)
    let contribution = contributions[contributions.startIndex + place]
    return Reason(
      column: columns[place].name, contribution: contribution,
      text: words.phrase(columns[place], row: row, isFor: contribution > 0))
  }
}
