import CPostgreSQL
import Glibc
import Tables

/// A table or query of PostgreSQL as records, copied out by the server.
///
/// The server writes CSV itself; it is asked only to say `true` and `false`, as exports do, and to write
/// numbers with another decimal mark where a schema has one.
final class PostgreSQLBytes: RecordSource {
  /// Types of the catalogue, by their fixed numbers (`pg_type.dat`).
  private enum Kind {
    static let boolean: Oid = 16
    static let binary: Oid = 17
    static let decimals: Set<Oid> = [700, 701, 1700]
  }

  private enum State { case header, opened, copying, done }

  let numberColumns: Set<Int>
  private let connection: PostgreSQLConnection
  private let giveBack: (PostgreSQLConnection) -> Void
  private let copy: String
  private var state = State.header
  /// The row that is being given: libpq's memory, freed when it is given whole.
  private var row: UnsafeMutablePointer<CChar>?
  private var rowRange = 0..<0
  private var header = RecordChunk()

  /// Checks the query; no row is asked for.
  ///
  /// - Parameters:
  ///   - connection: inside a transaction that only reads.
  ///   - giveBack: takes the connection when it is free again; not after an error.
  init(
    connection: PostgreSQLConnection, selection: DatabaseSelection, name: String,
    decimalMarks: [String: UInt8], giveBack: @escaping (PostgreSQLConnection) -> Void
  ) throws {
    self.connection = connection
    self.giveBack = giveBack
    let query: String
    switch selection {
    case .table(let table):
      guard let found = try connection.table(named: table) else {
        throw SourceError.database(
          name: name, .tableNotFound(table: table, present: try connection.tables()))
      }
      query = "SELECT * FROM \(found)"
    case .query(let path):
      query = try QueryText(path: path, name: name).statement
    }
    let columns = try connection.describe(query)
    guard !columns.isEmpty else { throw SourceError.database(name: name, .notAQuery) }
    try checkNamesDiffer(columns.map(\.name), of: name)
    if let binary = columns.first(where: { $0.type == Kind.binary }) {
      throw SourceError.database(name: name, .binaryColumn(binary.name, row: nil))
    }
    numberColumns = Set(columns.indices.filter { Kind.decimals.contains(columns[$0].type) })
    copy =
      "COPY (\(Self.statement(query, columns, decimalMarks))\n) "
      + "TO STDOUT (FORMAT csv, ENCODING 'UTF8')"
    for column in columns { header.records.append(name: column.name) }
    header.records.endRecord()
  }

  deinit {
    PQfreemem(row)
    if state == .opened || state == .header { giveBack(connection) }
  }

  /// The query, or one around it where values are to be written otherwise than the server would.
  private static func statement(
    _ query: String, _ columns: [(name: String, type: Oid)], _ decimalMarks: [String: UInt8]
  ) -> String {
    var isChanged = false
    let cells = columns.enumerated().map { index, column -> String in
      var cell = "q.c\(index)"
      if column.type == Kind.boolean {
        cell += "::text"
      } else if Kind.decimals.contains(column.type),
        decimalMarks[column.name] == UInt8(ascii: ",")
      {
        cell = "replace(\(cell)::text, '.', ',')"
      } else if columns.count > 1 {
        return cell
      }
      isChanged = true
      // A record of one empty field would be a blank line, which is no record; an empty text is quoted.
      return columns.count == 1 ? "coalesce(\(cell)::text, '')" : cell
    }
    guard isChanged else { return query }
    let names = columns.indices.map { "c\($0)" }.joined(separator: ", ")
    return "SELECT \(cells.joined(separator: ", ")) FROM (\(query)\n) AS q(\(names))"
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if state == .header { return readHeader(into: buffer) }
    if state == .opened {
      state = .copying
      do {
        try connection.startCopy(copy)
      } catch SourceError.database(let name, .readOnly) {
        // The transaction only reads: what would write is no query.
        throw SourceError.database(name: name, .notAQuery)
      }
    }
    var written = 0
    while written < buffer.count, state == .copying {
      if rowRange.isEmpty { try nextRow() }
      let count = min(buffer.count - written, rowRange.count)
      // Bounds: `count` bytes are there on both sides.
      if let row, let base = buffer.baseAddress, count > 0 {
        memcpy(base + written, row + rowRange.lowerBound, count)
      }
      written += count
      rowRange = (rowRange.lowerBound + count)..<rowRange.upperBound
    }
    return written
  }

  private func readHeader(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = header.give(to: buffer)
    if header.isRead { state = .opened }
    return count
  }

  private func nextRow() throws {
    PQfreemem(row)
    row = nil
    rowRange = 0..<0
    let length = PQgetCopyData(connection.handle, &row, 0)
    if length > 0 {
      rowRange = 0..<Int(length)
      return
    }
    guard length == -1 else { throw connection.lost() }
    _ = try connection.finishCommand()
    state = .done
    giveBack(connection)
  }
}
