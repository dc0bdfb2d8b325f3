import Tables
import YAMLDocuments

extension YAMLNode {
  /// One name or a list of different ones.
  func names() throws -> [String] {
    var names: [String] = []
    for item in try sequenceOrOne() {
      let name = try item.nonEmptyString()
      guard !names.contains(name) else { throw item.unexpected("each value once") }
      names.append(name)
    }
    return names
  }

  /// Tokens, of which one may be empty if it is quoted.
  func tokens() throws -> [String] {
    try sequenceOrOne().map { item in
      guard case .scalar(let text, let quoted) = item.content, quoted || !text.isEmpty else {
        throw item.unexpected("a token such as Select, or \"\" in quotes for an empty cell")
      }
      return text
    }
  }

  /// One of the words that an enumeration is written with.
  func word<Word: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ type: Word.Type
  ) throws -> Word {
    let text = try nonEmptyString()
    if let word = Word(rawValue: text.lowercased()) { return word }
    let known = Word.allCases.map(\.rawValue)
    throw ProjectError.valueNotKnown(
      place, key: key, found: String(text.prefix(40)),
      nearest: nearestName(to: text, among: known), known: known)
  }

  /// A mark as its ASCII byte.
  func mark(
    _ key: String, _ known: [String], spelled: [String: String] = [:]
  ) throws -> UInt8 {
    guard case .scalar(let text, _) = content else { throw unexpected("one mark in quotes") }
    let name = spelled[text] ?? text
    guard known.contains(name) else {
      throw ProjectError.valueNotKnown(
        place, key: key, found: String(text.prefix(40)), nearest: nil,
        known: known.map { $0.count == 1 ? "\"\($0)\"" : $0 })
    }
    switch name {
    case "tab": return UInt8(ascii: "\t")
    case "space": return UInt8(ascii: " ")
    default: return name.utf8.first ?? UInt8(ascii: ",")
    }
  }
}
