import ArgumentParser
import Projects
import Sources

/// The flags that say where a table of leads is.
public struct OriginOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Leads: CSV, plain or gzipped, or Excel (.xlsx).", valueName: "file"))
  public var data: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Sheet of the Excel file; its first by default.", valueName: "name"))
  public var sheet: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Leads in a SQLite database; with --table or --query.", valueName: "file"))
  public var sqlite: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Leads in PostgreSQL, as libpq connects: service=crm; with --table or --query.",
      valueName: "connection"))
  public var postgresql: String?

  @Option(name: .long, help: ArgumentHelp("Table or view of the database.", valueName: "name"))
  public var table: String?

  @Option(
    name: .long, help: ArgumentHelp("File with one SELECT for the database.", valueName: "file"))
  public var query: String?

  public init() {}

  public func validate() throws {
    let values = [
      ("--data", data), ("--sheet", sheet), ("--sqlite", sqlite), ("--table", table),
      ("--query", query),
    ]
    for (flag, value) in values where value?.isEmpty == true {
      throw ValidationError("\(flag) is empty")
    }
    let places = [("--data", data), ("--sqlite", sqlite), ("--postgresql", postgresql)]
      .filter { $0.1 != nil }
    guard places.count <= 1 else {
      throw ValidationError("\(places[0].0) and \(places[1].0) exclude each other: give one")
    }
    let isDatabase = sqlite != nil || postgresql != nil
    if table != nil, query != nil {
      throw ValidationError("--table and --query exclude each other: give one")
    }
    if isDatabase, table == nil, query == nil {
      throw ValidationError("\(places[0].0) needs --table NAME, or --query FILE")
    }
    if !isDatabase, let flag = table != nil ? "--table" : query != nil ? "--query" : nil {
      throw ValidationError("\(flag) goes with --sqlite or --postgresql")
    }
    if sheet != nil, data.map({ TableSource(file: ProjectPath($0)).isExcel }) != true {
      throw ValidationError("--sheet goes with --data FILE.xlsx")
    }
  }

  /// What was given, as it was given.
  var flags: [(flag: String, value: String)] {
    [
      ("--data", data), ("--sheet", sheet), ("--sqlite", sqlite), ("--postgresql", postgresql),
      ("--table", table), ("--query", query),
    ].compactMap { flag, value in value.map { (flag, $0) } }
  }

  /// `nil` where no flag says it.
  public var source: TableSource? {
    let selection: TableSource.Selection? =
      table.map { .table($0) } ?? query.map { .query(ProjectPath($0)) }
    if let data {
      var source = TableSource(file: ProjectPath(data))
      if let sheet { source.place = .excel(ProjectPath(data), sheet: sheet) }
      return source
    }
    guard let selection else { return nil }
    return sqlite.map { TableSource(.sqlite(ProjectPath($0), selection)) }
      ?? postgresql.map { TableSource(.postgresql(connection: $0, selection)) }
  }

  /// - Throws: `ValidationError` where no flag says where the leads are.
  public func origin() throws -> TableOrigin {
    guard let origin = source?.origin else {
      throw ValidationError(
        "where are the leads? Give --data FILE, --sqlite FILE or --postgresql CONNECTION")
    }
    return origin
  }
}

extension String {
  /// As a shell reads it back: in quotes where it has more than letters, digits and the signs of paths.
  var shellWord: String {
    let isPlain =
      !isEmpty
      && unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0)
          || "/._-=:@%+,".unicodeScalars.contains($0)
      }
    return isPlain
      ? self
      : "'"
        + split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "'\\''") + "'"
  }
}
