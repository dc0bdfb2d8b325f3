import YAMLDocuments

/// A file of words of the user's own, beside those that are shipped.
public struct ProjectVocabulary: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    /// Job titles and what seniority and department they mean.
    case titles
    case countries
    /// E-mail domains.
    case domains = "email_domains"
  }

  public var kind: Kind
  public var path: ProjectPath

  public init(kind: Kind, path: ProjectPath) {
    self.kind = kind
    self.path = path
  }

  static func list(_ node: YAMLNode, folder: String) throws -> [ProjectVocabulary] {
    if case .scalar(let text, _) = node.content, text == "standard" { return [] }
    let mapping = try node.mapping(keys: Kind.allCases.map(\.rawValue))
    return try Kind.allCases.compactMap { kind in
      try mapping[kind.rawValue].map {
        ProjectVocabulary(kind: kind, path: ProjectPath(try $0.nonEmptyString(), folder: folder))
      }
    }
  }
}
