import Activities
import History
import Projects

extension HistoryDefinition {
  /// What a project says otherwise than the history that a model was fitted to was made, in a sentence;
  /// `nil` where it says nothing otherwise. The model's own counts, since its features were made by it.
  public func difference(from project: Project) -> String? {
    let own = HistoryDefinition(project: project)
    var keys: [String] = []
    if project.timezone != nil, own.timeZone != timeZone { keys.append("timezone") }
    if project.created != nil, own.roles.created != roles.created { keys.append("created") }
    if project.account != nil, own.roles.account != roles.account { keys.append("account") }
    if project.activities != nil, own.activities != activities { keys.append("activities") }
    if project.changes != nil, own.changes != changes { keys.append("changes") }
    if project.events != nil, project.target == nil, own.target.outcome != target.outcome {
      keys.append("outcome")
    }
    if project.horizon != nil, own.horizon != horizon { keys.append("outcome: within") }
    if case .ages(let stated) = own.moments, case .ages(let learned) = moments,
      !learned.allSatisfy(stated.contains)
    {
      keys.append("decision: ages")
    }
    guard !keys.isEmpty else { return nil }
    return
      "The project says otherwise than the model was fitted: \(keys.joined(separator: ", ")). What the "
      + "model was fitted with counts; fit again for the project's to count."
  }
}
