/// A value of a YAML file as it is written: scalars stay text until they are asked for as something
/// else, so that `NO`, `1e3` and `2024-03-07` are never turned into what was not meant.
public struct YAMLNode: Sendable, Equatable {
  public enum Content: Sendable, Equatable {
    /// `quoted` also for block scalars: then the text is never nothing.
    case scalar(String, quoted: Bool)
    case sequence([YAMLNode])
    case mapping([YAMLEntry])
  }

  public let content: Content
  public let place: YAMLPlace

  public init(content: Content, place: YAMLPlace) {
    self.content = content
    self.place = place
  }

  /// Whether nothing is written: an empty plain scalar, `~` or `null`.
  public var isNothing: Bool {
    guard case .scalar(let text, quoted: false) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// What stands here, in words, for an error: never more than forty characters of it.
  public var summary: String {
    if isNothing { return "nothing" }
    switch content {
    case .scalar(let text, _):
      let shown = text.count > 40 ? "\(text.prefix(40))…" : text
      return "'\(shown)'"
    case .sequence(let items): return "a list of \(items.count)"
    case .mapping(let entries): return "a mapping of \(entries.count)"
    }
  }
}

/// A key with its value.
public struct YAMLEntry: Sendable, Equatable {
  public let key: String
  /// Where the key stands; its path is that of the mapping.
  public let keyPlace: YAMLPlace
  public let value: YAMLNode

  public init(key: String, keyPlace: YAMLPlace, value: YAMLNode) {
    self.key = key
    self.keyPlace = keyPlace
    self.value = value
  }
}

/// A mapping whose keys have been checked.
public struct YAMLMapping: Sendable, Equatable {
  /// In file order.
  public let entries: [YAMLEntry]
  public let place: YAMLPlace

  public init(entries: [YAMLEntry], place: YAMLPlace) {
    self.entries = entries
    self.place = place
  }

  public subscript(key: String) -> YAMLNode? {
    entries.first { $0.key == key }?.value
  }

  /// - Throws: `YAMLError.missingKey`.
  public func required(_ key: String) throws -> YAMLNode {
    guard let value = self[key] else { throw YAMLError.missingKey(place, key: key) }
    return value
  }
}
