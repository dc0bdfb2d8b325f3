import Activities
import Tables

extension HistoryRecipe {
  /// For a recipe that was read from a file, which may hold anything: what passes can be used without a
  /// trap, on whatever tables.
  /// - Throws: `HistoryError` and `ActivityError` for parts that are out of range or contradict each other.
  public func validated() throws -> HistoryRecipe {
    _ = try definition.validated()
    if let activities {
      _ = try activities.validated()
      try check(
        activities.columns == definition.activities ?? HistoryInputs.noActivities,
        "its activities have other columns than its features")
      try check(
        definition.activities != nil || definition.roles.account != nil,
        "it has features of activities, and neither activities nor accounts")
    } else {
      try check(definition.activities == nil, "it has activities, and no features of them")
    }
    let ids = definition.roles.ids
    try check(
      definition.roles.leadID.map(ids.contains) ?? true, "the lead's id is not among the ids")
    try check(
      !definition.timeZone.isEmpty && definition.timeZone.utf8.count <= 255,
      "its time zone has no name")
    try check(
      leadColumns.starts(with: ids), "the columns of the examples do not begin with the ids")
    for name in leadColumns {
      try check(schemas.leads[name] != nil, "nothing is known of the column \"\(name)\"")
    }
    try check(schemas.leads, of: [])
    try check(
      (schemas.activities != nil) == (definition.activities != nil)
        && (schemas.changes != nil) == (definition.changes != nil),
      "it does not say how its tables are written")
    if let schema = schemas.activities { try check(schema, of: definition.activities?.names ?? []) }
    if let schema = schemas.changes { try check(schema, of: definition.changes?.names ?? []) }
    try checkNames()
    return self
  }

  /// No two columns of the examples have one name.
  /// - Throws: `HistoryError.reservedColumn`.
  func checkNames() throws {
    var seen: Set<String> = []
    // What is added stands behind the leads' own columns.
    for name in columnNames where !seen.insert(name).inserted {
      throw HistoryError.reservedColumn(name: name)
    }
  }

  private func check(_ schema: TableSchema, of names: [String]) throws {
    let present = schema.columns.map(\.name)
    try check(Set(present).count == present.count, "a column of a table stands twice")
    for name in names {
      try check(schema[name] != nil, "nothing is known of the column \"\(name)\"")
    }
    let marks =
      [schema.dialect.decimalMark] + schema.columns.compactMap(\.numberFormat?.decimalMark)
    try check(
      marks.allSatisfy { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") },
      "a decimal mark is neither point nor comma")
    try check(
      ",;\t|".utf8.contains(schema.dialect.separator), "a separator is none that files have")
  }

  private func check(_ holds: Bool, _ reason: String) throws {
    guard holds else { throw HistoryError.badRecipe(reason: reason) }
  }
}
