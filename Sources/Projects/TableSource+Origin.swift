import Sources

extension TableSource {
  /// Where to read from, its paths as they are opened; `nil` for dated exports, which are several.
  public var origin: TableOrigin? { origin(path: \.resolved) }

  /// A table of the same database to write to; `nil` for what is no database, and where neither a name is
  /// given nor the source is a table.
  public func target(table name: String?) -> DatabaseTarget? {
    func table(_ selection: Selection) -> String? {
      if let name { return name }
      if case .table(let own) = selection { return own }
      return nil
    }
    return switch place {
    case .sqlite(let file, let chosen):
      table(chosen).map { .sqlite(path: file.resolved, table: $0) }
    case .postgresql(let connection, let chosen):
      table(chosen).map { .postgresql(connection: connection, table: $0) }
    case .csv, .excel, .exports: nil
    }
  }

  /// As the user named it: never a connection string.
  public var name: String {
    if case .exports(let path) = place { return path.written }
    return origin(path: \.written)?.name ?? ""
  }

  private func origin(path: (ProjectPath) -> String) -> TableOrigin? {
    func selection(_ selection: Selection) -> DatabaseSelection {
      switch selection {
      case .table(let table): .table(table)
      case .query(let file): .query(path: path(file))
      }
    }
    return switch place {
    case .csv(let file): .csv(path: path(file))
    case .excel(let file, let sheet): .excel(path: path(file), sheet: sheet)
    case .sqlite(let file, let chosen): .sqlite(path: path(file), selection(chosen))
    case .postgresql(let connection, let chosen):
      .postgresql(connection: connection, selection(chosen))
    case .exports: nil
    }
  }

  /// How a text file is written, so far as that was said.
  public var readOptions: CSVReadOptions {
    var options = CSVReadOptions()
    options.separator = separator
    options.encoding = encoding
    options.hasHeader = hasHeader ?? true
    options.skipBadRows = skipsBadRows
    return options
  }
}
