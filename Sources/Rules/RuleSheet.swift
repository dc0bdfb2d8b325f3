import Tables
import YAMLDocuments

/// The sheet of points that people have: a criterion, a field, a value and points, one a row.
public struct RuleSheet: Sendable, Equatable {
  /// One line of the sheet; empty where a cell is.
  public struct Row: Sendable, Equatable {
    /// Counted from the header, which is row 1, without empty rows.
    public var number: Int
    public var criterion = ""
    public var field = ""
    public var value = ""
    public var points = ""
    public var group = ""

    public init(number: Int) { self.number = number }
  }

  /// What a column of the sheet holds.
  public enum Heading: String, Sendable, CaseIterable {
    case criterion, field, value, points, group

    /// The words, in English and Spanish, that name such a column.
    private var words: Set<String> {
      switch self {
      case .criterion:
        [
          "criterion", "criteria", "rule", "name", "description", "criterio", "criterios", "regla",
          "nombre", "descripcion",
        ]
      case .field:
        ["field", "column", "property", "attribute", "campo", "columna", "propiedad", "atributo"]
      case .value: ["value", "values", "condition", "valor", "valores", "condicion"]
      case .points:
        ["points", "score", "scoring", "puntos", "puntuacion", "puntaje"]
      case .group: ["group", "category", "section", "grupo", "categoria", "bloque"]
      }
    }

    /// - Returns: the place of each heading among the columns; the first that a name fits.
    static func places(in columns: [String]) -> [Heading: Int] {
      var places: [Heading: Int] = [:]
      for (index, column) in columns.enumerated() where column != "column_\(index + 1)" {
        let words = Set(columnNameWords(column))
        guard let heading = allCases.first(where: { !$0.words.isDisjoint(with: words) }) else {
          continue
        }
        if places[heading] == nil { places[heading] = index }
      }
      return places
    }
  }

  /// A row that could not be read, and why.
  public struct UnreadRow: Sendable, Codable, Equatable, CustomStringConvertible {
    public let number: Int
    /// What the row calls its rule.
    public let criterion: String
    public let reason: String

    public var description: String {
      "Row \(number)\(criterion.isEmpty ? "" : ", “\(criterion)”"): \(reason)"
    }
  }

  /// A rule file made of a sheet.
  public struct Reading: Sendable, Equatable {
    /// The rule file; `RuleFile.parse` reads it.
    public let text: String
    public let ruleCount: Int
    public let unread: [UnreadRow]
  }

  public let rows: [Row]

  /// - Parameters:
  ///   - columns: the sheet's header.
  ///   - cells: its rows, as wide as the header.
  /// - Throws: `RuleSheetError.missingHeading`.
  public init(columns: [String], cells: [[String]]) throws {
    let places = Heading.places(in: columns)
    for heading in [Heading.field, .points] where places[heading] == nil {
      throw RuleSheetError.missingHeading(heading.rawValue, columns: columns)
    }
    let filled = cells.filter { !$0.allSatisfy(\.isEmpty) }
    rows = filled.enumerated().map { index, cells in
      func cell(_ heading: Heading) -> String { places[heading].map { cells[$0].trimmed } ?? "" }
      var row = Row(number: index + 2)
      row.criterion = cell(.criterion)
      row.field = cell(.field)
      row.value = cell(.value)
      row.points = cell(.points)
      row.group = cell(.group)
      return row
    }
  }

  /// The sheet as a rule file, and what of it could not be read.
  /// - Parameter source: the sheet, as the user named it.
  /// - Throws: `RuleSheetError.nothingRead`.
  public func reading(source: String) throws -> Reading {
    var groups: [SheetGroup] = []
    var unread: [UnreadRow] = []
    for row in rows
    where !(row.criterion + row.field + row.value + row.points).isEmpty {
      do throws(SheetCellProblem) {
        let rule = try SheetRule(row)
        let category = rule.isAboutEvents ? "engagement" : "fit"
        let stated = row.group.isEmpty ? (rule.isAboutEvents ? "activity" : "profile") : row.group
        let known = groups.firstIndex { $0.stated == stated && $0.category == category }
        if known == nil {
          // A group has one category: what a named one holds of both is told apart.
          let name = groups.contains { $0.stated == stated } ? "\(stated) (\(category))" : stated
          groups.append(
            SheetGroup(
              stated: stated, category: category, name: unused(name, groups.map(\.name))))
        }
        groups[known ?? groups.count - 1].add(rule)
      } catch {
        unread.append(UnreadRow(number: row.number, criterion: row.criterion, reason: error.reason))
      }
    }
    let count = groups.reduce(0) { $0 + $1.lines.count }
    guard count > 0 else { throw RuleSheetError.nothingRead(rows: rows.count, first: unread.first) }
    let most = groups.reduce(0) { $0 + $1.most }
    var text = "# Rules of \(source.split(whereSeparator: \.isNewline).joined(separator: " ")).\n"
    if most > 0 { text += "scale: {from: 0, to: 100, raw: \(pointsText(most))}\n" }
    text += "groups:\n" + groups.map(\.text).joined()
    _ = try RuleFile.parse(text, fileName: source)
    return Reading(text: text, ruleCount: count, unread: unread)
  }
}

/// The rules of a sheet that go together.
private struct SheetGroup {
  /// As the sheet calls it.
  let stated: String
  let category: String
  let name: String
  private(set) var lines: [String] = []
  /// The points of all rules that give any, in thousandths.
  private(set) var most = 0
  private var names: [String] = []

  init(stated: String, category: String, name: String) {
    self.stated = stated
    self.category = category
    self.name = name
  }

  mutating func add(_ rule: SheetRule) {
    let name = unused(rule.name, names)
    names.append(name)
    lines.append("{name: \(quoted(name)), \(rule.keys)}")
    most += max(0, rule.points)
  }

  var text: String {
    "  - name: \(quoted(name))\n    category: \(category)\n    rules:\n"
      + lines.map { "      - \($0)\n" }.joined()
  }
}

/// A name that is none of those taken: with a number behind it where it has to be.
private func unused(_ name: String, _ taken: [String]) -> String {
  var result = name
  var count = 2
  while taken.contains(result) {
    result = "\(name) (\(count))"
    count += 1
  }
  return result
}

/// What is wrong with a sheet of points.
public enum RuleSheetError: Error, Equatable, CustomStringConvertible {
  case missingHeading(String, columns: [String])
  case nothingRead(rows: Int, first: RuleSheet.UnreadRow?)

  public var description: String {
    switch self {
    case .missingHeading(let heading, let columns):
      "No column of the sheet is called “\(heading)” (or the like, in English or Spanish). It has: "
        + "\(columns.joined(separator: ", ")). Rename the column: a sheet has criterion, field, value "
        + "and points."
    case .nothingRead(let rows, let first):
      "None of the sheet's \(rows) rows could be read as a rule."
        + (first.map { " \($0)" } ?? "")
    }
  }
}

/// A text in double quotes, as YAML reads it back.
func quoted(_ text: String) -> String {
  var quoted = "\""
  for character in text.unicodeScalars {
    switch character {
    case "\"": quoted += "\\\""
    case "\\": quoted += "\\\\"
    // Line ends, and what YAML lets nobody write.
    case _ where character.value < 0x20 || (0x7F...0x9F).contains(character.value): quoted += " "
    default: quoted.unicodeScalars.append(character)
    }
  }
  return quoted + "\""
}
