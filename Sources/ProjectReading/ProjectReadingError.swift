/// Why a project's tables could not be put together.
public enum ProjectReadingError: Error, Equatable, CustomStringConvertible {
  case noLeads
  /// The model's history was joined from other tables than the project names.
  case otherJoins(model: Int, project: Int)
  /// The model was fitted to a history, and the project has no such table, or the other way round.
  case otherTables(table: String, isInModel: Bool)
  /// Activities or changes, and not one of a lead that is there; an example of the ids of either side,
  /// `nil` where they are personal data.
  case noRowOfAnyLead(
    table: String, rows: Int, kind: String, column: String, example: String?, leadColumn: String,
    leadExample: String?)
  /// A type of activity that `by_us` or `rates` name and none has.
  case unknownType(place: String, type: String, nearest: String?, present: [String])
  /// A product that no activity names.
  case unknownProduct(
    place: String, product: String, attribute: String, nearest: String?, present: [String])
  /// A column that is to say when something was, and no cell of it is a date.
  case noDates(role: String, column: String, rows: Int)
  /// Dated exports of which no file is there.
  case noExports(pattern: String)
  /// A dated export of a day that has not come.
  case futureExport(path: String)
  case badMoment(flag: String, text: String)
  /// More cells than allowed do not read as they did when the model was fitted.
  case tooManyUnread(UnreadCells, limit: Double)
  /// An earlier export with most of a column's cells written otherwise.
  case otherFormat(UnreadCells, newest: String)

  public var description: String {
    switch self {
    case .noLeads:
      "no leads are given: say where they are, as in leads: {csv: leads.csv}"
    case .otherJoins(let model, let project):
      "the model was fitted to leads with \(model) joined tables, and the project has \(project): "
        + "predict with the project that it was fitted from, or fit again"
    case .otherTables(let table, let isInModel):
      isInModel
        ? "the model was fitted with \(table), and the project has none: predict with the project that "
          + "it was fitted from"
        : "the project has \(table), and the model was fitted without: fit again, or take the key away"
    case .noRowOfAnyLead(
      let table, let rows, let kind, let column, let example, let leadColumn, let leadExample):
      "\(table): none of \(rows) \(kind) is of a lead in the table of leads. Its “\(column)” holds "
        + Self.ids(example)
        + ", the leads' “\(leadColumn)” \(Self.ids(leadExample)): name the columns "
        + "that hold the same ids, or write them alike; capitals and leading zeros count"
    case .unknownType(let place, let type, let nearest, let present):
      "\(place): no activity is of the type “\(type)”"
        + (nearest.map { "; did you mean “\($0)”? " } ?? ". ") + "There are "
        + present.prefix(20).map { "“\($0)”" }.joined(separator: ", ")
    case .unknownProduct(let place, let product, let attribute, let nearest, let present):
      "\(place): no activity has “\(product)” as its “\(attribute)”"
        + (nearest.map { "; did you mean “\($0)”? " } ?? ". ") + "There are "
        + present.prefix(20).map { "“\($0)”" }.joined(separator: ", ")
    case .noDates(let role, let column, let rows):
      "the column “\(column)”, named as `\(role)`, holds no date in any of \(rows) rows: name the column "
        + "that says when, or say how its dates are written, as in columns: {\(column): {type: date, "
        + "dates: day-first}}"
    case .noExports(let pattern):
      "no file is called \(pattern): dated exports are found by their names, such as leads-2025-01.csv"
    case .tooManyUnread(let cells, let limit):
      "\(cells.source): \(cells.count) of \(cells.rows) cells of column “\(cells.column)” do not read as "
        + "they did when the model was fitted, more than the \((limit * 1_000).rounded() / 10)% allowed; "
        + "nothing was written. Has its format changed? If it is right so, fit again, or allow more with "
        + "--max-unparsed"
    case .otherFormat(let cells, let newest):
      "\(cells.source): \(cells.count) of \(cells.rows) cells of column “\(cells.column)” do not read as "
        + "those of the newest export do, \(newest). Write them as there, leave the column out with "
        + "--exclude, or move the older export away"
    case .futureExport(let path):
      "\(path) is a dated export of a day that has not come: it would be taken for the newest. Correct its "
        + "name, or move it away"
    case .badMoment(let flag, let text):
      "\(flag) is “\(text)”; expected a date such as 2025-06-30, or a time such as "
        + "2025-06-30T12:00:00"
    }
  }

  private static func ids(_ example: String?) -> String {
    example.map { "ids such as “\($0)”" } ?? "ids that are not shown, being personal data"
  }
}
