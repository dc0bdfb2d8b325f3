import Parallel
import Tables

/// The leads as of the end of a history, with what became of each by then: what examples do not show,
/// and an audit asks of their columns.
///
/// One row a lead that was in the population, in the order of the table of leads.
public struct ExportedLeads: Sendable {
  /// When a field was first filled in.
  public struct FieldTimes: Sendable, Equatable {
    public let column: String
    /// Seconds since 1970, one a row; NaN where the field is blank, or nobody knows.
    public let firstFilled: [Double]
  }

  /// The columns that examples carry, as of the export.
  public let table: Table
  /// 1 the target was met by the end of the data, 0 it no longer can be, -1 open.
  public let outcomes: [Int8]
  /// Seconds since 1970; NaN where it is not known.
  public let created: [Double]
  /// When the outcome came; NaN for none, or at an unknown time.
  public let outcomeTimes: [Double]
  /// Of the columns whose past is known.
  public let fieldTimes: [FieldTimes]

  /// - Parameter recipe: of the examples.
  /// - Throws: `HistoryError`, `ActivityError`.
  public init(_ recipe: HistoryRecipe, inputs: HistoryInputs, pool: WorkerPool) throws {
    let definition = recipe.definition
    let target = definition.target
    let events = try inputs.events(of: target, pool: pool)
    let leads = try inputs.leadsWithMoments(definition)
    let end = try EndOfData.find(definition, inputs: inputs, leads: leads, events: events)
    let timelines = try LeadTimelines(
      definition, leads: leads, events: events, end: end, latest: inputs.latest)
    let rows = timelines.entry.indices.filter {
      !timelines.entry[$0].isNaN || (!timelines.isDated && timelines.status[$0] >= 0)
    }
    let closed = timelines.entry.indices.map { row in
      let time = min(timelines.events.first(row), timelines.exit[row])
      return time.isFinite ? time : .nan
    }
    let columns = recipe.leadColumns.compactMap { inputs.leads[$0] }
    table = Table(
      columns: columns.map { Column(name: $0.name, values: $0.values.gathered(rows)) },
      rowCount: rows.count)
    outcomes = rows.map { row in
      let status = timelines.status[row]
      // Where not happening is the target, who had the event has missed it, and the others are open.
      return target.isAbsence && status == 1 ? 0 : status
    }
    created = rows.map { timelines.created[$0] }
    outcomeTimes = rows.map { closed[$0] }
    let fields = try FieldsInTime(definition, inputs: inputs)
    fieldTimes = columns.compactMap { column in
      fields.firstFilled(column, created: timelines.created, closed: closed).map { times in
        FieldTimes(column: column.name, firstFilled: rows.map { times[$0] })
      }
    }
  }
}
