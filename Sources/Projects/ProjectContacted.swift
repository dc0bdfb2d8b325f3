import YAMLDocuments

/// Who of the leads was contacted: a comparison of rules and model is then also made among those alone.
public enum ProjectContacted: Sendable, Equatable {
  /// A column: yes, a number above 0, or anything filled in but no.
  case column(String)
  /// Activities of these types from the decision on, before the outcome.
  case after(types: [String])
  /// Activities of these types before the decision.
  case before(types: [String])

  /// In the words of a flag, or of a key that is one text: `called_at`, `event:call`, `before:call,email`.
  /// - Returns: `nil` where it names nothing.
  public init?(flag: String) {
    for (prefix, make) in Self.kinds where flag.hasPrefix(prefix + ":") {
      let types = flag.dropFirst(prefix.count + 1).split(separator: ",").map { trimmed($0) }
        .filter { !$0.isEmpty }
      guard !types.isEmpty else { return nil }
      self = make(types)
      return
    }
    guard !trimmed(flag).isEmpty else { return nil }
    self = .column(flag)
  }

  /// One of two keys or a text: `{event: call}`, `{before: [call, email]}`, `called_at`.
  init(_ node: YAMLNode, hasActivities: Bool) throws {
    self = try Self.said(node)
    if case .column = self { return }
    guard hasActivities else {
      throw node.unexpected("a column: this project has no `activities` that could say it")
    }
  }

  private static func said(_ node: YAMLNode) throws -> ProjectContacted {
    if case .scalar = node.content {
      guard let said = Self(flag: try node.nonEmptyString()) else {
        throw node.unexpected("a column, or types of activity such as {event: call}")
      }
      return said
    }
    let mapping = try node.mapping(keys: Self.kinds.map(\.key))
    guard mapping.entries.count == 1, let entry = mapping.entries.first,
      let kind = Self.kinds.first(where: { $0.key == entry.key })
    else { throw node.unexpected("a column, or one of {event: …} and {before: …}") }
    return kind.make(try entry.value.names())
  }

  private static let kinds: [(key: String, make: @Sendable ([String]) -> ProjectContacted)] = [
    ("event", { .after(types: $0) }), ("before", { .before(types: $0) }),
  ]
}
