import Models
import Parallel
import Projects
import Sources
import Tables

/// Reads a project's leads and what is joined to them.
public struct LeadReader: Sendable {
  let project: Project
  let snapshot: DatabaseSnapshot
  let pool: WorkerPool

  public init(project: Project, snapshot: DatabaseSnapshot, pool: WorkerPool) {
    self.project = project
    self.snapshot = snapshot
    self.pool = pool
  }

  /// Reads with types found from the cells.
  ///
  /// - Parameters:
  ///   - options: what is known of columns, whichever table they are in.
  ///   - source: where the leads are.
  /// - Returns: the leads, and how the joined tables are read again.
  /// - Throws: `SourceError`, `TableError`.
  public func read(
    _ source: TableSource, options: CSVReadOptions
  ) throws -> (leads: LeadTable, recipe: LeadRecipe) {
    guard let origin = source.origin else { throw ProjectReadingError.noLeads }
    var options = options
    for join in project.joins where options.statesNothing(of: join.leadsColumn) {
      // Keys are compared as they are written.
      options.columnTypes[join.leadsColumn] = .category
    }
    let base = try readPart(origin, options: options, textFile: source)
    var (table, columns, notes) = (base.table, base.schema.columns, base.notes)
    var reports: [JoinReport] = []
    var recipes: [LeadRecipe.Join] = []
    for join in project.joins {
      let found = try join.reading { origin in
        var own = options
        own.keepAsText.remove(join.tableColumn)
        own.columnTypes[join.tableColumn] = .category
        return try readPart(origin, options: own, textFile: join.source)
      }
      let definition = join.definition
      let (joined, report) = try definition.joining(table, with: found.table)
      let names = Set(joined.columns.map(\.name)).subtracting(table.columns.map(\.name))
      columns += found.schema.columns.compactMap { column in
        var column = column
        column.name = definition.prefix + column.name
        return names.contains(column.name) ? column : nil
      }
      table = joined
      reports.append(report)
      // A model file holds no path.
      var kept = definition
      kept.name = join.source.stem
      recipes.append(LeadRecipe.Join(join: kept, schema: found.schema))
      notes += found.notes
    }
    try checkNames(options, table: table, name: source.name)
    let leads = LeadTable(
      name: source.name, table: table,
      schema: TableSchema(columns: columns, dialect: base.schema.dialect),
      skippedRows: base.skippedRows, notes: notes, joins: reports)
    let words = try project.vocabulary.flatMap { try DerivedWords($0, leads: table) }
    return (
      words.map { leads.adding($0) } ?? leads,
      LeadRecipe(joins: recipes, vocabulary: words?.recipe)
    )
  }

  /// Reads as a model's history was read.
  ///
  /// - Parameters:
  ///   - schema: of the leads with all that was joined.
  ///   - needed: columns that have to be there.
  ///   - limit: `nil` where cells that can't be read are only counted.
  /// - Throws: `SourceError`, `TableError`, `ProjectReadingError`.
  public func read(
    _ source: TableSource, schema: TableSchema, recipe: LeadRecipe, needed: [String],
    limit: UnreadLimit? = nil
  ) throws -> LeadTable {
    let joins = recipe.joins
    let words = try recipe.vocabulary.map(DerivedWords.init)
    guard let origin = source.origin else { throw ProjectReadingError.noLeads }
    guard joins.count == project.joins.count else {
      throw ProjectReadingError.otherJoins(model: joins.count, project: project.joins.count)
    }
    // What a join brings is not among the leads' own.
    let brought = Set(
      joins.flatMap(\.columnNames) + (words == nil ? [] : LeadRecipe.Words.names))
    let keys = joins.flatMap { $0.join.on.map(\.left) }.filter { !brought.contains($0) }
    var own = needed.filter { !brought.contains($0) }
    for key in keys + (recipe.vocabulary?.sources ?? [])
    where !own.contains(key) && !brought.contains(key) {
      own.append(key)
    }
    let ownSchema = TableSchema(
      columns: schema.columns.filter { !brought.contains($0.name) }, dialect: schema.dialect)
    let base = try readTypedTable(
      origin, schema: ownSchema, needed: own, skipBadRows: source.skipsBadRows, pool: pool,
      snapshot: snapshot)
    var (table, columns) = (base.table, base.schema.columns)
    var unread = base.unread(source: source.name)
    for cells in unread where limit?.columns.contains(cells.column) ?? false {
      try limit?.check(cells)
    }
    var reports: [JoinReport] = []
    for (made, join) in zip(joins, project.joins) {
      let other = try join.reading { origin in
        try readTypedTable(
          origin, schema: made.schema, needed: made.neededColumns,
          skipBadRows: join.source.skipsBadRows, pool: pool, snapshot: snapshot)
      }
      for cells in other.unread(source: join.source.name) {
        unread.append(cells)
        if limit?.columns.contains(made.join.prefix + cells.column) ?? false {
          try limit?.check(cells)
        }
      }
      var definition = made.join
      definition.name = join.source.name
      let (joined, report) = try definition.joining(table, with: other.table)
      columns += joined.columns.dropFirst(table.columns.count).compactMap { schema[$0.name] }
      table = joined
      reports.append(report)
    }
    let leads = LeadTable(
      name: source.name, table: table,
      schema: TableSchema(columns: columns, dialect: base.schema.dialect),
      skippedRows: base.skippedRows, joins: reports, unread: unread)
    return words.map { leads.adding($0) } ?? leads
  }

  /// Reads one table with those options that speak of its columns.
  private func readPart(
    _ origin: TableOrigin, options: CSVReadOptions, textFile: TableSource
  ) throws -> CSVTable {
    var options = options
    let written = textFile.readOptions
    options.separator = written.separator
    options.encoding = written.encoding
    options.hasHeader = written.hasHeader
    options.skipBadRows = written.skipBadRows
    do {
      return try readTable(origin, options: options, pool: pool, snapshot: snapshot)
    } catch SourceError.unknownColumns(_, _, _, let present) where !project.joins.isEmpty {
      return try readTable(
        origin, options: options.restricted(to: present), pool: pool, snapshot: snapshot)
    }
  }

  /// With joins, a column that is spoken of may be in any of the tables, but in one it must be.
  private func checkNames(_ options: CSVReadOptions, table: Table, name: String) throws {
    let unknown = options.allNamedColumns.filter { table[$0] == nil }
    guard unknown.isEmpty else {
      throw SourceError.unknownColumns(
        path: name, option: "columns", names: unknown, present: table.columns.map(\.name))
    }
  }
}

extension ProjectJoin {
  /// As the join itself knows it.
  var definition: TableJoin {
    var join = TableJoin(
      name: source.name, on: [TableJoin.Key(left: leadsColumn, right: tableColumn)])
    join.columns = columns ?? []
    join.prefix = prefix
    join.several =
      switch several {
      case .refuse: .refused
      case .earliest(let column): .first(by: column)
      case .latest(let column): .last(by: column)
      case .largest(let column): .largest(of: column)
      }
    join.wonFirst = wonFirst.map { TableJoin.WonRows(column: $0.column, values: $0.values) }
    return join
  }

  func reading<Result>(_ read: (TableOrigin) throws -> Result) throws -> Result {
    guard let origin = source.origin else { throw ProjectReadingError.noLeads }
    return try read(origin)
  }
}

extension CSVReadOptions {
  func statesNothing(of column: String) -> Bool {
    columnTypes[column] == nil && numberFormats[column] == nil && dateOrders[column] == nil
      && !keepAsText.contains(column)
  }

  /// All columns that are spoken of, each once, in order.
  var allNamedColumns: [String] {
    Set(columnMissingTokens.keys).union(columnTypes.keys).union(numberFormats.keys)
      .union(dateOrders.keys).union(keepAsText).sorted()
  }

  /// Without what is said of other columns.
  func restricted(to columns: [String]) -> CSVReadOptions {
    let present = Set(columns)
    var options = self
    options.columnMissingTokens = columnMissingTokens.filter { present.contains($0.key) }
    options.columnTypes = columnTypes.filter { present.contains($0.key) }
    options.numberFormats = numberFormats.filter { present.contains($0.key) }
    options.dateOrders = dateOrders.filter { present.contains($0.key) }
    options.keepAsText = keepAsText.intersection(present)
    return options
  }
}
