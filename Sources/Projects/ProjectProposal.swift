import Sources
import Tables
import YAMLDocuments

/// A project file proposed from an export, for a person to read and correct.
public struct ProjectProposal: Sendable, Equatable {
  /// A column that is left out, and why.
  public struct Exclusion: Sendable, Equatable {
    public let column: String
    public let reason: String
  }

  /// The file, with comments; `Project.parse` reads it.
  public let text: String
  public let id: [String]
  public let account: String?
  public let created: String?
  /// The column that most likely holds the outcome; `nil` where none is plausible.
  public let outcome: OutcomeProposal?
  /// Other columns that could hold it, the likelier first.
  public let otherOutcomes: [String]
  public let exclusions: [Exclusion]
  /// Tokens that mean "not filled in".
  public let missing: [String]
  /// Whether the file's first row looks like a lead rather than like names of columns.
  public let hasUnlikelyHeader: Bool
  /// What a person has to settle before the file can be used.
  public let questions: [ColumnQuestion]
}

/// Proposes a project file from an export that has been read.
/// - Parameters:
///   - fileName: the path to the export as the project file should name it.
///   - table: all of its rows.
///   - schema: how it was read.
///   - questions: what no cell settled, and was read as one of its answers.
///   - source: where the leads are, where the file name does not tell: a sheet, a table of a database.
///   - tables: of the database that holds them, activities perhaps among them.
///   - words: columns of which the vocabulary knows what their cells mean.
public func proposeProject(
  fileName: String, table: Table, schema: TableSchema, questions: [ColumnQuestion] = [],
  source: TableSource? = nil, tables: [DatabaseTable] = [], words: [String] = []
) -> ProjectProposal {
  let outcomes = outcomeProposals(table)
  let outcome = outcomes.first
  var free = table.columns.filter { $0.name != outcome?.column }
  let ids = identifierColumns(free, rowCount: table.rowCount)
  free.removeAll { $0.name == ids.first }
  let created = createdColumn(free)
  free.removeAll { $0.name == created }
  let account = accountColumn(free)
  free.removeAll { $0.name == account }

  var exclusions: [ProjectProposal.Exclusion] = []
  for column in free {
    let reason: String? =
      if let found = postOutcomeColumn(named: column.name) {
        found.words
      } else if outcomes.contains(where: { $0.column == column.name && $0.strength >= 5 }) {
        "looks like the outcome too"
      } else if let kind = personalDataKind(of: column) {
        "personal data (\(kind.rawValue))"
      } else if ids.contains(column.name) {
        "an identifier: another value in every row"
      } else if !column.hasTwoValues {
        column.isEmpty ? "empty" : "the same value in every row"
      } else {
        nil
      }
    if let reason { exclusions.append(.init(column: column.name, reason: reason)) }
  }
  let missing = missingTokens(table, schema: schema, outcome: outcome?.column)
  let score = free.first {
    $0.type == .number && postOutcomeColumn(named: $0.name)?.reason == .score
  }
  let writer = ProposalWriter(
    fileName: fileName, source: source ?? TableSource(file: ProjectPath(fileName)),
    activities: ActivityProposal(among: tables, id: ids.first), table: table, schema: schema,
    id: ids.first, account: account,
    created: created, outcome: outcome, otherOutcomes: outcomes.dropFirst().map(\.column),
    exclusions: exclusions, missing: missing, scoreColumn: score?.name,
    questions: questions, words: words)
  return ProjectProposal(
    text: writer.text(), id: ids.first.map { [$0] } ?? [], account: account, created: created,
    outcome: outcome, otherOutcomes: outcomes.dropFirst().map(\.column), exclusions: exclusions,
    missing: missing,
    hasUnlikelyHeader: schema.dialect.hasHeader && headerLooksLikeCells(table),
    questions: questions)
}

/// Columns with another value in every row whose name or type says identifier; the one that names
/// the lead best first.
private func identifierColumns(_ columns: [Column], rowCount: Int) -> [String] {
  guard rowCount > 1 else { return [] }
  var named: [(name: String, rank: Int)] = []
  for column in columns where personalDataKind(of: column) == nil {
    let words = columnNameWords(column.name)
    let isNamed = words.contains(where: identifierWords.contains) || isIdentifierName(words)
    let isText = column.type == .category || column.type == .text
    guard isNamed || isText, column.isUnique else {
      continue
    }
    named.append((column.name, isNamed ? 0 : 1))
  }
  return named.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
    .map(\.element.name)
}

private let identifierWords: Set<String> = [
  "id", "ids", "uuid", "guid", "key", "identifier", "identificador", "clave", "codigo", "ref",
  "reference", "referencia",
]

/// `Lead Number`, `Número de lead`, `customerID`, `leadid`.
private func isIdentifierName(_ words: [String]) -> Bool {
  let joined = words.joined()
  return ["number", "no", "num", "nr", "numero"].contains { words.contains($0) }
    || ["leadid", "recordid", "contactid", "dealid", "customerid"].contains(joined)
}

/// A date column whose name says that the lead came into being then.
private func createdColumn(_ columns: [Column]) -> String? {
  let dates = columns.filter { $0.type == .date && postOutcomeColumn(named: $0.name) == nil }
  for name in createdNames {
    if let found = dates.first(where: { columnNameWords($0.name).joined() == name }) {
      return found.name
    }
  }
  let stems = ["creat", "creaci", "cread", "registr", "alta", "signup", "engage"]
  return dates.first { column in
    columnNameWords(column.name).contains { word in stems.contains { word.hasPrefix($0) } }
  }?.name
}

/// The likelier first.
private let createdNames = [
  "created", "createdat", "createdate", "createddate", "createdon", "creationdate", "datecreated",
  "leadcreated", "leadcreateddate", "dealcreated", "addtime", "creado", "creada", "creadoel",
  "fechadecreacion", "fechacreacion", "fechadealta", "fechaalta", "fechaderegistro", "dateadded",
  "signupdate", "signup", "registered", "registrationdate", "engagedate", "opened", "opendate",
  "openedat", "startdate", "firstseen", "leaddate", "fecha", "date",
]

/// A column that names the lead's company and repeats.
private func accountColumn(_ columns: [Column]) -> String? {
  for name in accountNames {
    for column in columns where columnNameWords(column.name).joined() == name {
      if column.type != .flag, column.type != .date, column.hasTwoValues, !column.isUnique {
        return column.name
      }
    }
  }
  return nil
}

private let accountNames = [
  "accountid", "companyid", "organizationid", "organisationid", "associatedcompanyid",
  "primaryassociatedcompany", "iddecuenta", "iddelaempresa", "iddeempresa", "account",
  "accountname", "company", "companyname", "associatedcompany", "organization", "organisation",
  "organizationname", "cuenta", "nombredelacuenta", "empresa", "nombredelaempresa", "compania",
  "organizacion",
]

/// The tokens that the file was read with, and placeholders found among its categories.
private func missingTokens(_ table: Table, schema: TableSchema, outcome: String?) -> [String] {
  var tokens: [String] = []
  for token in schema.columns.flatMap(\.missingTokens) + placeholders(table, outcome: outcome)
  where !tokens.contains(token) {
    tokens.append(token)
  }
  return tokens.isEmpty ? [""] : tokens
}

private func placeholders(_ table: Table, outcome: String?) -> [String] {
  var found: [String] = []
  for column in table.columns where column.name != outcome {
    guard case .category(let values) = column.values else { continue }
    found += values.levels.filter { level in
      placeholderWords.contains(columnNameWords(level).joined(separator: " "))
        || ["-", "--", "?", ".", "—"].contains(level)
    }
  }
  return found
}

/// What forms leave behind when nothing was chosen.
private let placeholderWords: Set<String> = [
  "select", "please select", "unknown", "n a", "na", "null", "not set", "not specified",
  "not provided", "not available", "undefined", "blank", "seleccionar", "seleccione", "desconocido",
  "desconocida", "sin especificar", "no especificado", "no especificada", "sin datos",
  "sin informacion", "no disponible", "en blanco", "no informado",
]

extension Column {
  /// Whether no cell is filled in.
  var isEmpty: Bool { (0..<count).allSatisfy { values.isMissing($0) } }

  /// Whether there are at least two different values, missing aside.
  var hasTwoValues: Bool {
    switch values {
    case .category(let cells):
      guard let first = cells.codes.first(where: { $0 >= 0 }) else { return false }
      return cells.codes.contains { $0 >= 0 && $0 != first }
    case .flag(let cells): return cells.contains(0) && cells.contains(1)
    case .number(let cells), .date(let cells):
      guard let first = cells.first(where: { !$0.isNaN }) else { return false }
      return cells.contains { !$0.isNaN && $0 != first }
    case .text(let cells):
      guard let first = (0..<cells.count).first(where: { !cells.isMissing($0) }) else {
        return false
      }
      let text = cells[first]
      return (first..<cells.count).contains { !cells.isMissing($0) && cells[$0] != text }
    }
  }

  /// Whether every row is filled in, each with another value.
  var isUnique: Bool {
    switch values {
    case .category(let cells):
      var seen = Array(repeating: false, count: cells.levels.count)
      for code in cells.codes {
        guard code >= 0, !seen[Int(code)] else { return false }
        seen[Int(code)] = true
      }
      return true
    case .flag, .date: return false
    case .number(let cells):
      var seen: Set<Double> = []
      // A measure may differ in every row too, but an identifier is whole.
      return cells.allSatisfy { $0 == $0.rounded() && seen.insert($0).inserted }
    case .text(let cells):
      var seen: Set<String> = []
      return (0..<cells.count).allSatisfy { row in
        cells[row].map { seen.insert($0).inserted } ?? false
      }
    }
  }
}
