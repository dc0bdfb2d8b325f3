import Tables

/// Where a table is: leads, activities, accounts and the like. What is `nil` is found from the file.
public struct TableSource: Sendable, Equatable {
  public enum Place: Sendable, Equatable {
    /// A text file, plain or gzipped.
    case csv(ProjectPath)
    /// A sheet of a workbook; `nil` for its first.
    case excel(ProjectPath, sheet: String?)
    case sqlite(ProjectPath, Selection)
    /// A connection as libpq reads it, such as `service=crm`.
    case postgresql(connection: String, Selection)
    /// Dated exports of one table: a path with one `*` where the date stands.
    case exports(ProjectPath)
  }

  /// What is read of a database.
  public enum Selection: Sendable, Equatable {
    case table(String)
    /// A file with one SELECT.
    case query(ProjectPath)
  }

  public var place: Place
  /// Of text files: one ASCII byte.
  public var separator: UInt8?
  public var encoding: TextDialect.Encoding?
  public var hasHeader: Bool?
  public var skipsBadRows: Bool

  public init(
    _ place: Place, separator: UInt8? = nil, encoding: TextDialect.Encoding? = nil,
    hasHeader: Bool? = nil, skipsBadRows: Bool = false
  ) {
    self.place = place
    self.separator = separator
    self.encoding = encoding
    self.hasHeader = hasHeader
    self.skipsBadRows = skipsBadRows
  }

  /// A file by its name: a workbook where it ends in `.xlsx` or `.xlsm`, a text file otherwise.
  public init(file: ProjectPath) {
    self.init(Self.isWorkbook(file.written) ? .excel(file, sheet: nil) : .csv(file))
  }

  public var isExcel: Bool {
    if case .excel = place { true } else { false }
  }

  private static func isWorkbook(_ path: String) -> Bool {
    let name = path.lowercased()
    return name.hasSuffix(".xlsx") || name.hasSuffix(".xlsm")
  }

  /// Files that are read, none of which may be written to.
  public var files: [ProjectPath] {
    switch place {
    case .csv(let path), .excel(let path, _), .exports(let path): [path]
    case .sqlite(let path, let selection): [path] + selection.files
    case .postgresql(_, let selection): selection.files
    }
  }

  /// What a model is called after where the project has no name: the file's name without its endings, or
  /// that of the table.
  public var stem: String {
    let name =
      switch place {
      case .csv(let path), .excel(let path, _), .exports(let path), .sqlite(let path, .query):
        path.written
      case .sqlite(_, .table(let table)), .postgresql(_, .table(let table)): table
      case .postgresql(_, .query(let path)): path.written
      }
    let last = name.split(separator: "/").last.map(String.init) ?? ""
    let first = last.split(separator: ".").first.map(String.init) ?? ""
    let end = first.lastIndex { $0.isLetter || $0.isNumber }
    return end.map { String(first[...$0].filter { $0 != "*" }) } ?? "leads"
  }
}

extension TableSource.Selection {
  fileprivate var files: [ProjectPath] {
    if case .query(let path) = self { [path] } else { [] }
  }
}

extension Project {
  /// All files that the project's tables are read from.
  public var inputFiles: [ProjectPath] {
    let sources =
      [leads, activities?.source, changes?.source].compactMap(\.self) + joins.map(\.source)
    return sources.flatMap(\.files)
  }

  /// All files of the user's that no result may take the place of: the project's own, its tables, words and
  /// rules.
  public var ownFiles: [ProjectPath] {
    [file].compactMap(\.self) + inputFiles + (vocabulary ?? []).map(\.path)
      + [rules].compactMap(\.self)
  }
}
