import Tables
import YAMLDocuments

extension Project {
  /// Reads a project file.
  /// - Parameters:
  ///   - text: its contents.
  ///   - fileName: its path; relative paths in it start from its folder, and errors name it.
  /// - Throws: `YAMLError` for how it is written, `ProjectError` for what it says; with the line.
  public static func parse(_ text: String, fileName: String) throws -> Project {
    let root = try YAMLDocument.parse(text, fileName: fileName)
    let mapping = try root.mapping(
      keys: [
        "name", "leads", "id", "account", "created", "missing", "exclude", "keep", "columns",
        "weight",
        "outcome", "target", "activities", "changes", "joins", "timezone", "decision", "vocabulary",
        "scores", "training", "rules", "rule_score", "contacted",
      ])
    let folder = fileName.lastIndex(of: "/").map { String(fileName[...$0]) } ?? ""
    var project = Project()
    project.name = try mapping["name"]?.nonEmptyString()
    project.leads = try mapping["leads"].map {
      try TableSource($0, folder: folder, allowsExports: true)
    }
    project.id = try mapping["id"]?.names() ?? []
    project.account = try mapping["account"]?.nonEmptyString()
    project.created = try mapping["created"]?.nonEmptyString()
    project.missing = try mapping["missing"]?.tokens()
    project.exclude = try mapping["exclude"]?.names() ?? []
    project.keep = try mapping["keep"]?.names() ?? []
    if let column = project.keep.first(where: project.exclude.contains),
      let place = mapping["keep"]?.place
    {
      throw ProjectError.columnTwice(place, column: column, first: "exclude", second: "keep")
    }
    project.columns = try mapping["columns"]?.mapping().entries.map(ProjectColumn.init) ?? []
    project.weight = try mapping["weight"]?.nonEmptyString()
    if let node = mapping["outcome"] { try project.readOutcome(node) }
    try project.readHistory(mapping, folder: folder)
    project.training = try ProjectTraining(mapping["training"])
    project.rules = try mapping["rules"].map {
      ProjectPath(try $0.nonEmptyString(), folder: folder)
    }
    project.ruleScore = try mapping["rule_score"]?.nonEmptyString()
    if project.rules != nil, let node = mapping["rule_score"] {
      throw ProjectError.rulesTwice(node.place)
    }
    project.contacted = try mapping["contacted"].map {
      try ProjectContacted($0, hasActivities: project.activities != nil)
    }
    try project.checkRoles(mapping)
    return project
  }

  /// No column can be two things at once.
  private func checkRoles(_ mapping: YAMLMapping) throws {
    var roles: [(role: String, column: String)] = id.map { ("id", $0) }
    for (role, column) in [
      ("outcome", outcome?.column), ("weight", weight), ("created", created),
    ] {
      if let column { roles.append((role, column)) }
    }
    var roleByColumn: [String: String] = [:]
    for (role, column) in roles {
      if let first = roleByColumn.updateValue(role, forKey: column) {
        throw ProjectError.columnTwice(
          mapping[role]?.place ?? mapping.place, column: column, first: first, second: role)
      }
    }
    if let outcome, outcome.column == account {
      throw ProjectError.columnTwice(
        mapping["account"]?.place ?? mapping.place, column: outcome.column, first: "outcome",
        second: "account")
    }
  }
}

extension ProjectColumn {
  fileprivate init(_ entry: YAMLEntry) throws {
    self.init(name: entry.key)
    if case .scalar = entry.value.content {
      type = try entry.value.word("type", ColumnType.self)
      return
    }
    let mapping = try entry.value.mapping(
      keys: ["type", "decimal", "thousands", "dates", "missing", "monotone"])
    type = try mapping["type"]?.word("type", ColumnType.self)
    decimalMark = try mapping["decimal"]?.mark("decimal", [".", ","])
    groupingMark = try mapping["thousands"]?.mark(
      "thousands", [".", ",", "'", "space"], spelled: [" ": "space"])
    dateOrder = try mapping["dates"]?.word("dates", DateOrder.self)
    missing = try mapping["missing"]?.tokens()
    monotone = try mapping["monotone"]?.word("monotone", Monotone.self)
    monotonePlace = mapping["monotone"]?.place
    if let decimalMark, decimalMark == groupingMark, let node = mapping["thousands"] {
      throw node.unexpected("another mark than `decimal`")
    }
    // Marks and a direction belong to numbers and an order to dates: said of another type, they would do nothing.
    if let type, type != .number,
      let node = mapping["decimal"] ?? mapping["thousands"] ?? mapping["monotone"]
    {
      throw node.unexpected("no such key in a \(type.rawValue) column")
    }
    if let type, type != .date, let node = mapping["dates"] {
      throw node.unexpected("no such key in a \(type.rawValue) column")
    }
  }
}
