import YAMLDocuments

/// At which ages leads are looked at.
public struct ProjectDecision: Sendable, Equatable {
  /// Seconds after a lead's creation, ascending; `nil` to take them from the open leads.
  public var ages: [Int]?

  public init(ages: [Int]? = nil) {
    self.ages = ages
  }
}

/// A field-history table: what a lead's fields held before and after each change.
public struct ProjectChanges: Sendable, Equatable {
  public var source: TableSource
  /// Columns: the lead's id, when it changed, which of the leads' columns, its value before and after.
  public var lead: String
  public var at: String
  public var column: String
  public var old: String
  public var new: String

  public init(
    source: TableSource, lead: String, at: String, column: String, old: String, new: String
  ) {
    self.source = source
    self.lead = lead
    self.at = at
    self.column = column
    self.old = old
    self.new = new
  }

  init(_ node: YAMLNode, folder: String) throws {
    let mapping = try node.mapping(keys: ["from", "lead", "at", "column", "old", "new"])
    try checkDistinct(mapping.columnRoles(["lead", "at", "column", "old", "new"]))
    self.init(
      source: try TableSource(mapping.required("from"), folder: folder),
      lead: try mapping.required("lead").nonEmptyString(),
      at: try mapping.required("at").nonEmptyString(),
      column: try mapping.required("column").nonEmptyString(),
      old: try mapping.required("old").nonEmptyString(),
      new: try mapping.required("new").nonEmptyString())
  }
}

/// A table whose columns are added to the leads', row by matching row.
public struct ProjectJoin: Sendable, Equatable {
  /// What to do where a lead matches several rows.
  public enum Several: Sendable, Equatable {
    /// An error that says how many.
    case refuse
    /// The row with the least or the greatest value in a column.
    case earliest(by: String)
    case latest(by: String)
    case largest(of: String)
  }

  /// Rows that go before others, each lead's deals in mind: those that were won.
  public struct WonFirst: Sendable, Equatable {
    public var column: String
    public var values: [String]

    public init(column: String, values: [String]) {
      self.column = column
      self.values = values
    }
  }

  public var source: TableSource
  /// The leads' column, and the table's, whose cells must be equal.
  public var leadsColumn: String
  public var tableColumn: String
  /// Those that are added; `nil` for all but the one that is matched.
  public var columns: [String]?
  /// Put before the names of the columns that are added.
  public var prefix: String
  public var several: Several
  public var wonFirst: WonFirst?
  /// Where the join is written; `nil` outside a file.
  public var place: YAMLPlace?

  public init(
    source: TableSource, leadsColumn: String, tableColumn: String, columns: [String]? = nil,
    prefix: String = "", several: Several = .refuse, wonFirst: WonFirst? = nil,
    place: YAMLPlace? = nil
  ) {
    self.source = source
    self.leadsColumn = leadsColumn
    self.tableColumn = tableColumn
    self.columns = columns
    self.prefix = prefix
    self.several = several
    self.wonFirst = wonFirst
    self.place = place
  }

  init(_ node: YAMLNode, folder: String) throws {
    let mapping = try node.mapping(keys: [
      "from", "file", "on", "columns", "prefix", "several", "won_first",
    ])
    guard let from = mapping["from"] ?? mapping["file"] else {
      throw YAMLError.missingKey(mapping.place, key: "from")
    }
    if mapping["from"] != nil, let file = mapping["file"] {
      throw ProjectError.twoPlaces(file.place, first: "from", second: "file")
    }
    let on = try mapping.required("on")
    let columns: (leads: String, table: String)
    if case .mapping(let entries) = on.content {
      guard entries.count == 1, let entry = entries.first else {
        throw on.unexpected("one pair of columns: `{leads' column: its column}`")
      }
      columns = (entry.key, try entry.value.nonEmptyString())
    } else {
      let name = try on.nonEmptyString()
      columns = (name, name)
    }
    self.init(
      source: try TableSource(from, folder: folder), leadsColumn: columns.leads,
      tableColumn: columns.table, columns: try mapping["columns"]?.names(),
      prefix: try mapping["prefix"]?.nonEmptyString() ?? "",
      several: try mapping["several"].map(Several.init) ?? .refuse,
      wonFirst: try mapping["won_first"].map { node in
        let won = try node.mapping(keys: ["column", "values"])
        return WonFirst(
          column: try won.required("column").nonEmptyString(),
          values: try won.required("values").names())
      }, place: mapping.place)
  }
}

extension ProjectJoin.Several {
  fileprivate init(_ node: YAMLNode) throws {
    if case .scalar(let text, _) = node.content, text == "refuse" {
      self = .refuse
      return
    }
    let expected = "`refuse`, `{earliest: column}`, `{latest: column}` or `{largest: column}`"
    guard case .mapping(let entries) = node.content, entries.count == 1 else {
      throw node.unexpected(expected)
    }
    let mapping = try node.mapping(keys: ["earliest", "latest", "largest"])
    let column = try mapping.entries[0].value.nonEmptyString()
    switch mapping.entries[0].key {
    case "earliest": self = .earliest(by: column)
    case "latest": self = .latest(by: column)
    default: self = .largest(of: column)
    }
  }
}

/// What is to be foretold, where it is one of the usual questions.
public struct ProjectTarget: Sendable, Equatable {
  public enum Preset: String, Sendable, CaseIterable {
    /// Who becomes a customer.
    case acquisition
    /// Which customer takes one more product.
    case expansion
    /// Which customer stays.
    case retention
    /// Which customer begins to use what was bought.
    case adoption
  }

  public var preset: Preset
  public var product: String?
  public var place: YAMLPlace?

  public init(preset: Preset, product: String? = nil, place: YAMLPlace? = nil) {
    self.preset = preset
    self.product = product
    self.place = place
  }

  init(_ node: YAMLNode) throws {
    let short: Bool
    if case .scalar = node.content { short = true } else { short = false }
    if short {
      self.init(preset: try node.word("target", Preset.self), place: node.place)
      return
    }
    let mapping = try node.mapping(keys: ["preset", "product"])
    self.init(
      preset: try mapping.required("preset").word("preset", Preset.self),
      product: try mapping["product"]?.nonEmptyString(), place: mapping.place)
    if product != nil, preset != .expansion, preset != .adoption, let node = mapping["product"] {
      throw node.unexpected("no `product` for \(preset.rawValue), which asks about the whole lead")
    }
  }
}

/// An outcome that is an event: which activities mean won and lost.
public struct ProjectEvents: Sendable, Equatable {
  /// Types of activity.
  public var won: [String]
  public var lost: [String]
  public var place: YAMLPlace?

  public init(won: [String], lost: [String] = [], place: YAMLPlace? = nil) {
    self.won = won
    self.lost = lost
    self.place = place
  }
}

/// Where scores are written beside the file: a table of a database.
public struct ProjectScores: Sendable, Equatable {
  public var source: TableSource

  public init(source: TableSource) {
    self.source = source
  }

  init(_ node: YAMLNode, folder: String) throws {
    source = try TableSource(node, folder: folder)
    switch source.place {
    case .sqlite(_, .table), .postgresql(_, .table): break
    default: throw node.unexpected("a table to write to: `{postgresql: …, table: lead_scores}`")
    }
  }
}
