import Features
import Metrics
import Models
import Projects
import Tables
import Vocabulary
import YAMLDocuments

/// Derives what titles, e-mail addresses and countries of leads mean.
public struct DerivedWords: Sendable {
  public let recipe: LeadRecipe.Words
  private let vocabulary: Vocabulary

  /// As a model keeps it.
  /// - Throws: `VocabularyError`.
  public init(_ recipe: LeadRecipe.Words) throws {
    self.recipe = recipe
    vocabulary = try Vocabulary(recipe.additions)
  }

  /// As a project says it, the columns found among the leads'.
  /// - Returns: `nil` where no column holds any of them.
  /// - Throws: `VocabularyError`, and `YAMLError` for a file that can't be read.
  init?(_ files: [ProjectVocabulary], leads: Table) throws {
    var additions = VocabularyAdditions()
    for file in files {
      let found = VocabularyAdditions.File(
        path: file.path.written,
        contents: try YAMLDocument.text(ofFile: file.path.resolved))
      switch file.kind {
      case .titles: additions.titles = found
      case .countries: additions.countries = found
      case .domains: additions.emailDomains = found
      }
    }
    let vocabulary = try Vocabulary(additions)
    let columns = VocabularyColumns(detectedIn: leads, vocabulary: vocabulary)
    // A model file holds no path.
    additions.titles?.path = "titles"
    additions.countries?.path = "countries"
    additions.emailDomains?.path = "email_domains"
    recipe = LeadRecipe.Words(columns: columns, additions: additions)
    guard !recipe.sources.isEmpty else { return nil }
    self.vocabulary = vocabulary
  }

  /// The columns of titles, addresses and countries of which the shipped lists know what they mean. Empty
  /// where there are neither titles nor addresses: countries alone are levels as they stand.
  /// - Throws: `VocabularyError`.
  public static func sources(in leads: Table) throws -> [String] {
    let columns = VocabularyColumns(
      detectedIn: leads, vocabulary: try Vocabulary(VocabularyAdditions()))
    guard columns.title != nil || columns.email != nil else { return [] }
    return LeadRecipe.Words(columns: columns, additions: VocabularyAdditions()).sources
  }

  /// The table with the derived columns behind its own.
  public func adding(to table: Table) -> (table: Table, lines: [String]) {
    let derived = recipe.columns.columns(of: table, vocabulary: vocabulary)
    return (
      Table(columns: table.columns + derived.columns, rowCount: table.rowCount),
      derived.coverage.lines
    )
  }
}

extension VocabularyCoverage {
  /// How many values were recognised, a line a kind, with the commonest that were not.
  var lines: [String] {
    [("titles", titles), ("e-mail domains", emails), ("countries", countries)].compactMap {
      name, counts in
      guard let counts, counts.filled > 0 else { return nil }
      let shown = counts.unrecognised.prefix(5).map {
        "“\($0.text)” (\(NumberText.count($0.count)))"
      }
      return
        "\(name): \(NumberText.count(counts.recognised)) of \(NumberText.count(counts.filled)) recognised "
        + "(\(Int((100 * counts.share).rounded(.down)))%)"
        + (shown.isEmpty ? "" : "; not: " + shown.joined(separator: ", "))
    }
  }
}

extension LeadTable {
  func adding(_ words: DerivedWords) -> LeadTable {
    let (table, lines) = words.adding(to: table)
    return LeadTable(
      name: name, table: table,
      schema: TableSchema(
        columns: schema.columns
          + table.columns.dropFirst(self.table.columns.count).map {
            ColumnSchema(name: $0.name, type: $0.type)
          }, dialect: schema.dialect), skippedRows: skippedRows, notes: notes, joins: joins,
      unread: unread,
      vocabularyLines: lines)
  }
}
