import Activities
import Tables

extension Table {
  /// The same table with moments in some of its date columns.
  ///
  /// Cells that say their zone are moments as they were read; others are what clocks in `zone` showed,
  /// as CRMs export them.
  /// - Parameters:
  ///   - names: those that are not there, or hold no dates, are left alone.
  ///   - schema: how the table is written.
  public func withMoments(
    in names: [String], schema: TableSchema?, zone: NamedTimeZone
  ) -> Table {
    guard zone != .utc else { return self }
    let local = names.filter { schema?[$0]?.hasZone != true }
    guard !local.isEmpty else { return self }
    return Table(
      columns: columns.map { column in
        guard local.contains(column.name), case .date(let clocks) = column.values else {
          return column
        }
        return Column(name: column.name, values: .date(zone.moments(ofClocks: clocks)))
      }, rowCount: rowCount)
  }
}

extension HistoryInputs {
  /// The leads with moments where times decide who is at risk when; their fields keep what was written.
  func leadsWithMoments(_ definition: HistoryDefinition) throws -> Table {
    leads.withMoments(
      in: definition.timeColumns, schema: schemas.leads,
      zone: try NamedTimeZone(definition.timeZone))
  }
}
