/// What SQLite and PostgreSQL are told in the same words.
struct ScoredTableSQL {
  let columns: ScoredTableColumns
  /// The table as SQL writes it.
  let table: String
  /// Where records are gathered.
  let gathered: String

  /// What the types of values and of the time are called.
  struct TypeNames {
    let number: String
    let integer: String
    let text: String
    let time: String

    subscript(type: ScoredTableColumns.ValueType) -> String {
      switch type {
      case .number: number
      case .integer: integer
      case .text: text
      }
    }
  }

  private static func list(_ names: [String], before: String = "") -> String {
    names.map { before + quotedName($0) }.joined(separator: ", ")
  }

  var keys: String { Self.list(columns.keys) }
  var recordColumns: String { Self.list(columns.recordNames) }

  func createTable(_ types: TypeNames) -> String {
    let columns = [
      self.columns.keys.map { "\(quotedName($0)) \(types.text) NOT NULL" },
      self.columns.values.map { "\(quotedName($0.name)) \(types[$0.type])" },
      [
        "\(quotedName(ScoredTableColumns.modelColumn)) \(types.text) NOT NULL",
        "\(quotedName(ScoredTableColumns.timeColumn)) \(types.time) NOT NULL",
        "PRIMARY KEY (\(keys))",
      ],
    ]
    return "CREATE TABLE \(table) (\(columns.joined().joined(separator: ", ")))"
  }

  /// The table that gathers records, with the types of the target or, where there is none, its own.
  func createGathered(_ types: TypeNames, like exists: Bool, _ ending: String) -> String {
    let name = gathered.split(separator: ".").last ?? ""
    if exists {
      return
        "CREATE TEMP TABLE \(name) \(ending) AS SELECT \(recordColumns) FROM \(table) WHERE 1 = 0"
    }
    let columns =
      self.columns.keys.map { "\(quotedName($0)) \(types.text)" }
      + self.columns.values.map { "\(quotedName($0.name)) \(types[$0.type])" }
    return "CREATE TEMP TABLE \(name) (\(columns.joined(separator: ", "))) \(ending)"
  }

  /// How many gathered rows lack a part of their key.
  var countEmptyKeys: String {
    let tests = columns.keys.map { "\(quotedName($0)) IS NULL" }.joined(separator: " OR ")
    return "SELECT count(*) FROM \(gathered) WHERE \(tests)"
  }

  /// How many keys were gathered more than once.
  var countRepeatedKeys: String {
    "SELECT count(*) FROM (SELECT 1 FROM \(gathered) GROUP BY \(keys) HAVING count(*) > 1) AS r"
  }

  /// Fails where the keys are not unique together in the table; changes nothing, and is only planned.
  var testUniqueKeys: String {
    "INSERT INTO \(table) (\(keys)) SELECT \(keys) FROM \(gathered) "
      + "ON CONFLICT (\(keys)) DO NOTHING"
  }

  var countGathered: String { "SELECT count(*) FROM \(gathered)" }

  /// How many gathered rows the table has already.
  var countPresent: String {
    "SELECT count(*) FROM \(gathered) JOIN \(table) USING (\(keys))"
  }

  /// Inserts rows that are new and changes those that differ.
  ///
  /// Equal rows are left out before the conflict, not by a condition behind it: both databases lock or
  /// visit each row that conflicts, and PostgreSQL writes the lock to the row.
  /// - Parameters:
  ///   - model, time: what stands for them in the statement.
  ///   - differs: the operator that tells rows apart, NULL being equal to itself.
  func upsert(model: String, time: String, differs: String) -> String {
    let extra = [ScoredTableColumns.modelColumn, ScoredTableColumns.timeColumn]
    let values = columns.values.map(\.name)
    let changes = (values + extra).map { "\(quotedName($0)) = excluded.\(quotedName($0))" }
    let stands = Self.list(values + [ScoredTableColumns.modelColumn], before: "held.")
    return """
      INSERT INTO \(table) (\(recordColumns), \(Self.list(extra)))
      SELECT \(Self.list(columns.recordNames, before: "fresh.")), \(model), \(time)
      FROM \(gathered) AS fresh LEFT JOIN \(table) AS held USING (\(keys))
      WHERE held.\(quotedName(columns.keys[0])) IS NULL
        OR (\(stands)) \(differs) (\(Self.list(values, before: "fresh.")), \(model))
      ON CONFLICT (\(keys)) DO UPDATE SET \(changes.joined(separator: ", "))
      """
  }

  /// Changes rows that stand in the table and differ.
  ///
  /// With `insertNew` this does what `upsert` does where nobody else writes to the table meanwhile; an
  /// `ON CONFLICT` makes PostgreSQL log each new row twice, in more than twice the time.
  func updateChanged(model: String, time: String) -> String {
    let values = columns.values.map(\.name)
    let changes =
      values.map { "\(quotedName($0)) = fresh.\(quotedName($0))" } + [
        "\(quotedName(ScoredTableColumns.modelColumn)) = \(model)",
        "\(quotedName(ScoredTableColumns.timeColumn)) = \(time)",
      ]
    let stands = Self.list(values + [ScoredTableColumns.modelColumn], before: "held.")
    return """
      UPDATE \(table) AS held SET \(changes.joined(separator: ", "))
      FROM \(gathered) AS fresh WHERE \(sameKeys)
        AND (\(stands)) IS DISTINCT FROM (\(Self.list(values, before: "fresh.")), \(model))
      """
  }

  /// Adds rows that the table does not have.
  func insertNew(model: String, time: String) -> String {
    let extra = [ScoredTableColumns.modelColumn, ScoredTableColumns.timeColumn]
    return """
      INSERT INTO \(table) (\(recordColumns), \(Self.list(extra)))
      SELECT \(Self.list(columns.recordNames, before: "fresh.")), \(model), \(time)
      FROM \(gathered) AS fresh
      WHERE NOT EXISTS (SELECT 1 FROM \(table) AS held WHERE \(sameKeys))
      """
  }

  private var sameKeys: String {
    columns.keys.map { "held.\(quotedName($0)) = fresh.\(quotedName($0))" }
      .joined(separator: " AND ")
  }
}
