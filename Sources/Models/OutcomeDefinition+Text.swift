import History

extension OutcomeDefinition {
  /// How the outcome was read, in half a sentence: `y = yes is won, y = no is lost`; of a history, by what
  /// and within which time examples are won.
  ///
  /// - Parameters:
  ///   - recipe: of the leads, where they are not one table as it stands.
  ///   - hasOpen: whether some leads are neither won nor lost.
  public func words(recipe: LeadRecipe?, hasOpen: Bool = false) -> String {
    if let history = recipe?.history { return history.definition.outcomeWords }
    return "\(column) = \(won.joined(separator: " or ")) is won, "
      + "\(column) = \(lost.joined(separator: " or ")) is lost"
      + (hasOpen ? ", anything else is open" : "")
  }
}
