import CPostgreSQL

/// A connection to PostgreSQL by libpq's own rules: strings and URIs, `service=`, `PG…` variables,
/// `~/.pgpass`.
///
/// `@unchecked Sendable`: libpq lets any thread use a connection, one at a time; a snapshot hands each to
/// one reader at a time.
final class PostgreSQLConnection: @unchecked Sendable {
  /// Settings that decide how values are written and in which order rows come, so that the same rows are
  /// the same bytes on every server, and again when they are read again.
  private static let settings = [
    ("TimeZone", "UTC"), ("DateStyle", "ISO, YMD"), ("IntervalStyle", "iso_8601"),
    ("extra_float_digits", "1"), ("bytea_output", "hex"), ("lc_monetary", "C"),
    ("standard_conforming_strings", "on"), ("synchronize_seqscans", "off"),
    ("max_parallel_workers_per_gather", "0"), ("idle_in_transaction_session_timeout", "0"),
  ]

  /// For messages: without the connection string.
  var name: String
  let handle: OpaquePointer
  private let secrets: ConnectionSecrets

  /// - Throws: `SourceError.database`; no password is in it.
  init(_ connection: String, name: String) throws {
    self.name = name
    var secrets = ConnectionSecrets(connection)
    if let problem = secrets.problem {
      throw SourceError.database(name: name, .cannotConnect(reason: problem))
    }
    // What is named later goes before what is named in `dbname`, which may be a whole string.
    let keywords = ["dbname", "client_encoding", "fallback_application_name"]
    let values = [connection, "UTF8", "kelvin"]
    let opened = withCStrings(keywords) { keywords in
      withCStrings(values) { values in PQconnectdbParams(keywords, values, 1) }
    }
    guard let opened else {
      throw SourceError.database(name: name, .cannotConnect(reason: "out of memory"))
    }
    if let password = PQpass(opened) { secrets.add(String(cString: password)) }
    guard PQstatus(opened) == CONNECTION_OK else {
      let reason = secrets.redacted(String(cString: PQerrorMessage(opened)))
      PQfinish(opened)
      throw SourceError.database(name: name, .cannotConnect(reason: reason))
    }
    handle = opened
    self.secrets = secrets
    // Notices would go to standard error.
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
    let settings = Self.settings.map { "set_config('\($0.0)', '\($0.1)', false)" }
    try run("SELECT " + settings.joined(separator: ", "))
  }

  deinit {
    PQfinish(handle)
  }

  /// Runs one statement; more than one is an error.
  @discardableResult
  func run(_ sql: String, _ parameters: [String] = []) throws -> PostgreSQLResult {
    let result = send(sql, parameters)
    switch result.status {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return result
    default: throw fault(result)
    }
  }

  /// - Parameter sql: a `COPY` to or from the client.
  func startCopy(_ sql: String) throws {
    let result = send(sql, [])
    switch result.status {
    case PGRES_COPY_IN, PGRES_COPY_OUT: return
    default: throw fault(result)
    }
  }

  /// What is left of a command: the outcome of a `COPY`.
  func finishCommand() throws -> PostgreSQLResult {
    let outcome = PostgreSQLResult(PQgetResult(handle))
    while let more = PQgetResult(handle) { PQclear(more) }
    guard outcome.status == PGRES_COMMAND_OK else { throw fault(outcome) }
    return outcome
  }

  /// The columns of a query's result: names and types. The query is not run.
  func describe(_ sql: String) throws -> [(name: String, type: Oid)] {
    let prepared = PostgreSQLResult(PQprepare(handle, "", sql, 0, nil))
    guard prepared.status == PGRES_COMMAND_OK else { throw fault(prepared) }
    let description = PostgreSQLResult(PQdescribePrepared(handle, ""))
    guard description.status == PGRES_COMMAND_OK else { throw fault(description) }
    return description.columns
  }

  private func send(_ sql: String, _ parameters: [String]) -> PostgreSQLResult {
    withCStrings(parameters) { values in
      PostgreSQLResult(
        PQexecParams(handle, sql, Int32(parameters.count), nil, values, nil, nil, 0))
    }
  }

  /// What a result that is an error says.
  func fault(_ result: PostgreSQLResult) -> SourceError {
    let state = result.field(.state) ?? ""
    let message = secrets.redacted(
      result.field(.message) ?? String(cString: PQerrorMessage(handle)))
    if PQstatus(handle) != CONNECTION_OK || state.hasPrefix("08") || state.hasPrefix("57P") {
      return .database(name: name, .connectionLost(reason: message))
    }
    let fault: DatabaseFault =
      switch state {
      case "42501": .permissionDenied(reason: message)
      case "25006": .readOnly
      case "55P03": .busy
      // Data exceptions quote values of cells. A COPY tells the column: "COPY t, line 1, column c: …".
      case let state where state.hasPrefix("22"):
        Self.copiedColumn(result.field(.context)).map {
          .valueRefused(column: $0, reason: ConnectionSecrets.withoutQuotes(message))
        } ?? .failed(reason: ConnectionSecrets.withoutQuotes(message))
      case "": .connectionLost(reason: message)
      default: .failed(reason: message)
      }
    return .database(name: name, fault)
  }

  private static func copiedColumn(_ context: String?) -> String? {
    guard let context, context.hasPrefix("COPY"),
      let start = context.firstRange(of: ", column ")?.upperBound
    else { return nil }
    let rest = context[start...]
    return rest.firstRange(of: ":").map { String(rest[..<$0.lowerBound]) }
  }

  /// What the connection says after a call that gave no result.
  func lost() -> SourceError {
    .database(
      name: name,
      .connectionLost(reason: secrets.redacted(String(cString: PQerrorMessage(handle)))))
  }

  /// Tables and views that may be read, those outside the search path with their schema.
  func tables() throws -> [String] {
    let found = try run(
      """
      SELECT CASE WHEN pg_table_is_visible(c.oid) THEN c.relname
        ELSE n.nspname || '.' || c.relname END
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND n.nspname <> 'information_schema'
        AND n.nspname !~ '^pg_' AND has_table_privilege(c.oid, 'SELECT') ORDER BY 1
      """)
    return (0..<found.rowCount).map { found.text($0, 0) }
  }

  /// The table as SQL writes it; `nil` where there is none.
  ///
  /// - Parameter name: spelt exactly; with a schema before a point or in the search path.
  func table(named name: String) throws -> String? {
    var spellings = [quotedName(name)]
    if let point = name.firstIndex(of: ".") {
      spellings.append(
        quotedName(String(name[..<point])) + "."
          + quotedName(String(name[name.index(after: point)...])))
    }
    for spelling in spellings {
      let found = try run("SELECT to_regclass($1) IS NOT NULL", [spelling])
      if found.text(0, 0) == "t" { return spelling }
    }
    return nil
  }
}

/// What a command gave back.
final class PostgreSQLResult {
  private let handle: OpaquePointer?

  /// - Parameter handle: `nil` where libpq had none to give.
  init(_ handle: OpaquePointer?) {
    self.handle = handle
  }

  deinit {
    PQclear(handle)
  }

  var status: ExecStatusType { PQresultStatus(handle) }
  var rowCount: Int { Int(PQntuples(handle)) }
  /// Rows that the command wrote.
  var affectedCount: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }

  var columns: [(name: String, type: Oid)] {
    (0..<PQnfields(handle)).map { column in
      (PQfname(handle, column).map { String(cString: $0) } ?? "", PQftype(handle, column))
    }
  }

  func text(_ row: Int, _ column: Int) -> String {
    PQgetvalue(handle, Int32(row), Int32(column)).map { String(cString: $0) } ?? ""
  }

  /// Parts of an error, by the letters of the protocol (`PG_DIAG_…` in libpq).
  enum Field: Unicode.Scalar {
    case state = "C"
    case message = "M"
    case context = "W"
  }

  func field(_ field: Field) -> String? {
    PQresultErrorField(handle, Int32(field.rawValue.value)).map { String(cString: $0) }
  }
}

/// Calls `body` with the strings as C has them, and a null pointer behind the last.
///
/// Lifetime: the strings stand until `body` returns.
func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
) -> Result {
  var bytes: [CChar] = []
  var starts: [Int] = []
  for string in strings {
    starts.append(bytes.count)
    bytes += string.utf8CString
  }
  return bytes.withUnsafeBufferPointer { bytes in
    // Bounds: each start is that of a string within the buffer, which ends with a zero.
    var pointers = starts.map { start in bytes.baseAddress.map { $0 + start } }
    pointers.append(nil)
    return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
