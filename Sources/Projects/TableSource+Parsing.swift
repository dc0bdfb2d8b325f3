import Tables
import YAMLDocuments

extension TableSource {
  /// A file's path, or a mapping that says more.
  /// - Parameter allowsExports: whether dated exports of the table can stand here.
  init(_ node: YAMLNode, folder: String, allowsExports: Bool = false) throws {
    if case .scalar = node.content {
      self.init(file: ProjectPath(try node.nonEmptyString(), folder: folder))
      return
    }
    let places = ["csv", "excel", "sqlite", "postgresql"] + (allowsExports ? ["exports"] : [])
    let mapping = try node.mapping(
      keys: places + [
        "sheet", "table", "query", "separator", "encoding", "header", "skip_bad_rows",
      ])
    let given = mapping.entries.filter { places.contains($0.key) }
    guard let first = given.first else {
      throw node.unexpected("one of `\(places.joined(separator: "`, `"))`")
    }
    if given.count > 1 {
      throw ProjectError.twoPlaces(given[1].keyPlace, first: first.key, second: given[1].key)
    }
    // An empty connection is libpq's own: its defaults and the PG… variables.
    let text =
      try first.key == "postgresql" ? first.value.string() : first.value.nonEmptyString()
    let path = ProjectPath(text, folder: folder)
    let place: Place
    switch first.key {
    case "excel": place = .excel(path, sheet: try mapping["sheet"]?.nonEmptyString())
    case "sqlite": place = .sqlite(path, try Selection(mapping, folder: folder))
    case "postgresql":
      place = .postgresql(connection: text, try Selection(mapping, folder: folder))
    case "exports":
      guard path.written.count(where: { $0 == "*" }) == 1 else {
        throw first.value.unexpected("a path with one * where the date stands: leads-*.csv")
      }
      place = .exports(path)
    default: place = .csv(path)
    }
    try Self.checkKeys(mapping, of: first.key)
    self.init(
      place,
      separator: try mapping["separator"]?.mark(
        "separator", [",", ";", "|", "tab"], spelled: ["\t": "tab", "\\t": "tab"]),
      encoding: try mapping["encoding"]?.word("encoding", TextDialect.Encoding.self),
      hasHeader: try mapping["header"]?.bool(),
      skipsBadRows: try mapping["skip_bad_rows"]?.bool() ?? false)
  }

  /// A key that belongs to another kind of place would do nothing.
  private static func checkKeys(_ mapping: YAMLMapping, of place: String) throws {
    let own: Set<String>
    switch place {
    case "csv", "exports": own = ["separator", "encoding", "header", "skip_bad_rows"]
    case "excel": own = ["sheet"]
    default: own = ["table", "query"]
    }
    for entry in mapping.entries where entry.key != place && !own.contains(entry.key) {
      throw ProjectError.keyOfAnotherPlace(entry.keyPlace, key: entry.key, place: place)
    }
  }
}

extension TableSource.Selection {
  fileprivate init(_ mapping: YAMLMapping, folder: String) throws {
    switch (mapping["table"], mapping["query"]) {
    case (let table?, nil): self = .table(try table.nonEmptyString())
    case (nil, let query?): self = .query(ProjectPath(try query.nonEmptyString(), folder: folder))
    case (nil, nil): throw ProjectError.noSelection(mapping.place)
    case (_?, let query?):
      throw ProjectError.twoPlaces(query.place, first: "table", second: "query")
    }
  }
}
