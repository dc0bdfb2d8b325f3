import Activities
import Tables

/// All that is needed to make the same columns again, for open leads as of another moment.
///
/// Nothing in it depends on who is scored. Equal recipes give equal bytes under an encoder with sorted
/// keys.
public struct HistoryRecipe: Codable, Sendable, Equatable {
  /// With the ages and the horizon that were stated or found.
  public var definition: HistoryDefinition
  /// The columns of the leads that examples carry, in order; ids first.
  public var leadColumns: [String]
  /// Those of `leadColumns` that examples have as of the export, whenever they were decided; `nil` in
  /// recipes that were written before this was kept.
  public var exportColumns: [String]?
  /// `nil` without activities and accounts.
  public var activities: ActivityRecipe?
  /// How the tables were written that the history was read from.
  public var schemas: HistorySchemas

  /// What it means live that examples had columns as of the export; `nil` where they had none.
  /// - Parameter unlearned: columns that no score rests on.
  public func liveWarning(unlearned: Set<String>) -> String? {
    ExportColumns(names: exportColumns ?? []).without(unlearned).liveWarning
  }

  /// The columns of the examples, in order.
  public var columnNames: [String] { exampleSchema.columns.map(\.name) }

  /// The columns of the examples with their types, and how they are read again from a file that they were
  /// written to: the leads' own as the leads have them, and what was added.
  public var exampleSchema: TableSchema {
    var columns = leadColumns.compactMap { schemas.leads[$0] }
    columns.append(
      ColumnSchema(name: ExampleTable.decisionTimeColumn, type: .date, dateOrder: .iso))
    columns.append(Self.numberColumn(ExampleTable.ageColumn))
    if let activities, definition.activities != nil {
      columns += activities.features.map {
        $0.isCategory ? ColumnSchema(name: $0.name, type: .category) : Self.numberColumn($0.name)
      }
    }
    columns += accountFeatureNames.map(Self.numberColumn)
    columns.append(ColumnSchema(name: ExampleTable.outcomeColumn, type: .category))
    return TableSchema(columns: columns, dialect: schemas.leads.dialect)
  }

  private static func numberColumn(_ name: String) -> ColumnSchema {
    ColumnSchema(name: name, type: .number, numberFormat: NumberFormat())
  }

  /// The columns of the account; without activities those that need none.
  var accountFeatureNames: [String] {
    guard let activities, definition.roles.account != nil else { return [] }
    guard definition.activities == nil else { return activities.accountFeatureNames }
    return activities.accountFeatures.filter { $0.scope == .account }.map(\.name)
  }
}

/// How tables of a history are written, so that they can be read again without a look at their cells.
public struct HistorySchemas: Codable, Sendable, Equatable {
  public var leads: TableSchema
  public var activities: TableSchema?
  public var changes: TableSchema?

  public init(
    leads: TableSchema, activities: TableSchema? = nil, changes: TableSchema? = nil
  ) {
    self.leads = leads
    self.activities = activities
    self.changes = changes
  }
}
