import Activities
import History
import Models
import Projects
import Tables

extension HistoryReader {
  /// What examples of a later period need: every table read as a model's recipe says, with the earlier
  /// of dated exports, so that fields can be looked at as of each decision.
  /// - Parameter asOf: the end of the data; `nil` for the newest moment of which they tell.
  public func readPast(
    _ recipe: LeadRecipe, history: HistoryRecipe, asOf: Double?
  ) throws -> (leads: LeadTable, inputs: HistoryInputs) {
    var (leads, inputs) = try read(recipe, history: history, asOf: asOf)
    guard let source = project.leads, case .exports(let pattern) = source.place else {
      return (leads, inputs)
    }
    let reader = LeadReader(project: project, snapshot: snapshot, pool: pool)
    let zone = try NamedTimeZone(history.definition.timeZone)
    inputs.exports = try files(of: pattern, zone: zone)
      .filter { $0.time <= asOf ?? .infinity }
      .map { export in
        var file = source
        file.place = .csv(ProjectPath(export.path))
        let table = try reader.read(
          file, schema: history.schemas.leads, recipe: recipe, needed: project.id, limit: limit)
        leads.unread += table.unread
        return DatedExport(name: export.path, time: export.time, leads: table.table)
      }
    return (leads, inputs)
  }
}
