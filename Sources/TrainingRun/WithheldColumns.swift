import History
import Projects
import Tables

/// Columns of a history's leads that no model learns from, and that are written to no table of examples.
struct WithheldColumns: Sendable {
  /// What the project leaves out, in the leads' order.
  let excluded: [String]
  /// Names, addresses and numbers of people, in the leads' order, the excluded ones aside.
  let personal: [(column: String, kind: PersonalDataKind)]

  /// - Parameter leads: with all that was joined; not the examples, so that two tables of examples of one
  ///   history have the same columns.
  init(project: Project, leads: Table) {
    // An id stays one where it is excluded as a feature, as in a fit.
    let names = Set(project.exclude).subtracting(project.id)
    excluded = leads.columns.map(\.name).filter(names.contains)
    personal = leads.columns.compactMap { column in
      guard !names.contains(column.name) else { return nil }
      return personalDataKind(of: column).map { (column.name, $0) }
    }
  }

  /// Of the columns that examples get beside the leads' own, those that the project leaves out; what says
  /// when a row was decided, and what came of it, stays.
  static func made(project: Project, schema: TableSchema) -> [String] {
    let names = Set(project.exclude).subtracting(project.id).subtracting([
      ExampleTable.decisionTimeColumn, ExampleTable.outcomeColumn,
    ])
    return schema.columns.map(\.name).filter(names.contains)
  }

  var names: Set<String> { Set(excluded + personal.map(\.column)) }
}
