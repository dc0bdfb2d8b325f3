import Activities
import History
import Projects

extension HistoryDefinition {
  /// What a project says of its history; a preset and a column's outcome are filled in later, when the
  /// tables are known.
  init(project: Project) {
    let target: HistoryTarget
    if let events = project.events {
      target = HistoryTarget(
        outcome: .events(
          EventSelection(types: events.won),
          lost: events.lost.isEmpty ? nil : EventSelection(types: events.lost)))
    } else {
      // A preset finds its own event, and a column's values are settled by its cells.
      target = HistoryTarget(outcome: .events(EventSelection(types: []), lost: nil))
    }
    self.init(
      roles: HistoryRoles(ids: project.id, created: project.created, account: project.account),
      target: target,
      moments: project.decision?.ages.map { .ages($0.map(Double.init)) }
        ?? .defaultAges,
      horizon: project.horizon.map(Double.init), timeZone: project.timezone ?? "UTC",
      changes: project.changes.map {
        ChangeColumns(
          lead: $0.lead, at: $0.at, column: $0.column, old: $0.old, new: $0.new)
      }, activities: project.activities.map(ActivityColumns.init))
    if let activities = project.activities {
      if let windows = activities.windows { activityOptions.windows = windows.map(Double.init) }
      if !activities.rates.isEmpty {
        activityOptions.rates = activities.rates.map { ActivityRate(type: $0.type, of: $0.of) }
      }
    }
  }
}

extension ActivityColumns {
  init(_ activities: ProjectActivities) {
    self.init(
      lead: activities.lead, at: activities.at, type: activities.type, value: activities.value,
      recordedAt: activities.recordedAt, attributes: activities.attributes,
      byUs: Set(activities.byUs))
  }
}
