/// What a phrase says of the title that it stands in.
struct TitleMeaning: Equatable, Sendable {
  enum Role: Equatable, Sendable {
    /// Of the person.
    case level(Seniority)
    /// Staff; who is named after it is somebody else.
    case assistantTo
    /// Staff, whatever else is said.
    case trainee
    /// One step below what the same part of the title says.
    case deputy
    /// What the same part of the title says is over.
    case former
    /// Of the department alone, or of nothing.
    case none
  }

  var role: Role
  var department: Department?

  /// The words that a vocabulary file has in its column `seniority`.
  static let roleNames =
    Seniority.allCases.reversed().map(\.rawValue)
    + ["assistant_to", "trainee", "deputy", "former", "none"]

  /// - Returns: `nil` for a word that is none of `roleNames`.
  static func role(named name: String) -> Role? {
    switch name {
    case "", "none": Role.none
    case "assistant_to": .assistantTo
    case "trainee": .trainee
    case "deputy": .deputy
    case "former": .former
    default: Seniority(rawValue: name).map { .level($0) }
    }
  }
}
