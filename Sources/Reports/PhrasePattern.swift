/// A phrase with places in braces, in English and in another language.
///
/// `{name}` stands for anything that stays as it is, `{#name}` for a number, which gets the other language's
/// marks, `{+name}` for one with its sign, `{~name}` for words that are a phrase of their own,
/// `{=name}` for a column, or what a model has made of columns;
/// `{{}` and `{}` are braces.
struct PhrasePattern: Sendable {
  enum Kind: Sendable { case name, feature, number, signed, phrase }

  private enum Part: Sendable {
    case literal([UInt8])
    case place(String, Kind)
  }

  let english: String
  let other: String
  private let parts: [Part]
  private let answer: [Part]

  init(_ english: String, _ other: String) {
    self.english = english
    self.other = other
    parts = Self.parts(of: english)
    answer = Self.parts(of: other)
  }

  private static let ends = [Array(". ".utf8), Array("; ".utf8)]

  private static let kinds: [Character: Kind] = [
    "#": .number, "+": .signed, "~": .phrase, "=": .feature,
  ]

  private static func parts(of text: String) -> [Part] {
    var parts: [Part] = []
    var literal: [UInt8] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      literal += Array(rest[..<open].utf8)
      let inside = rest[rest.index(after: open)..<close]
      rest = rest[rest.index(after: close)...]
      if inside.isEmpty || inside == "{" {
        literal.append(inside.isEmpty ? UInt8(ascii: "}") : UInt8(ascii: "{"))
        continue
      }
      if !literal.isEmpty { parts.append(.literal(literal)) }
      literal = []
      let kind = inside.first.flatMap { kinds[$0] } ?? .name
      parts.append(.place(String(kind == .name ? inside : inside.dropFirst()), kind))
    }
    literal += Array(rest.utf8)
    if !literal.isEmpty { parts.append(.literal(literal)) }
    return parts
  }

  /// Bytes that are said word by word.
  var literalLength: Int {
    parts.reduce(0) { sum, part in
      if case .literal(let bytes) = part { sum + bytes.count } else { sum }
    }
  }

  /// What a text has to begin with; `nil` for a phrase that begins with a place.
  var firstByte: UInt8? {
    if case .literal(let bytes)? = parts.first { bytes.first } else { nil }
  }

  /// Whether a place may hold anything.
  var hasNames: Bool {
    parts.contains {
      if case .place(_, let kind) = $0 { kind == .name || kind == .feature } else { false }
    }
  }

  /// The names of the places, in English and in the other language, for tests.
  var places: (english: Set<String>, other: Set<String>) {
    func names(_ parts: [Part]) -> Set<String> {
      Set(parts.compactMap { if case .place(let name, _) = $0 { name } else { nil } })
    }
    return (names(parts), names(answer))
  }

  /// The words of the other language, without what stands in places.
  var otherWords: String {
    answer.map { part in
      if case .literal(let bytes) = part { String(decoding: bytes, as: UTF8.self) } else { " " }
    }.joined()
  }

  /// What stands in the places of a text; `nil` where it is another phrase.
  func values(in text: String) -> [String: (Kind, String)]? {
    let bytes = Array(text.utf8)
    var values: [String: (Kind, String)] = [:]
    return matches(bytes, at: 0, part: 0, &values) ? values : nil
  }

  private func matches(
    _ bytes: [UInt8], at start: Int, part index: Int, _ values: inout [String: (Kind, String)]
  ) -> Bool {
    guard index < parts.count else { return start == bytes.count }
    switch parts[index] {
    case .literal(let literal):
      guard bytes.count - start >= literal.count,
        bytes[start..<start + literal.count].elementsEqual(literal)
      else { return false }
      return matches(bytes, at: start + literal.count, part: index + 1, &values)
    case .place(let name, let kind):
      var end = start + 1
      while end <= bytes.count {
        if kind == .number || kind == .signed, !NumberWords.isPart(bytes[start..<end]) {
          return false
        }
        if kind == .signed, !NumberWords.isSigned(bytes[start..<end]) { return false }
        // A name does not reach into the next sentence, or the next part of a list.
        if kind == .name || kind == .feature,
          Self.ends.contains(where: bytes[start..<end].suffix(2).elementsEqual)
        {
          return false
        }
        let value = bytes[start..<end]
        if isNext(bytes, at: end, after: index),
          (kind != .number && kind != .signed) || NumberWords.isWhole(value)
        {
          values[name] = (kind, String(decoding: value, as: UTF8.self))
          if matches(bytes, at: end, part: index + 1, &values) { return true }
        }
        end += 1
      }
      return false
    }
  }

  /// Whether what comes after a place may stand here: spares most of the tries.
  private func isNext(_ bytes: [UInt8], at start: Int, after index: Int) -> Bool {
    guard index + 1 < parts.count else { return start == bytes.count }
    guard case .literal(let literal) = parts[index + 1] else { return true }
    return start < bytes.count && bytes[start] == literal[0]
  }

  func filled(_ values: [String: String]) -> String {
    answer.map { part in
      switch part {
      case .literal(let bytes): String(decoding: bytes, as: UTF8.self)
      case .place(let name, _): values[name] ?? ""
      }
    }.joined()
  }
}

/// Numbers as `NumberText` writes them, told from other words.
enum NumberWords {
  private static let marks = Set("0123456789.,+-±<e%×∞–".utf8)

  /// Whether bytes may be the beginning of a number.
  static func isPart(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.allSatisfy(marks.contains) }

  /// Whether they are one, and do not end in a mark between numbers or sentences.
  static func isWhole(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let last = bytes.last else { return false }
    return last != UInt8(ascii: ".") && last != UInt8(ascii: ",") && last != UInt8(ascii: "e")
  }

  /// Whether they begin with a sign, or are a zero, which has none.
  static func isSigned(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-")
      || bytes.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
  }

  static func isNumber(_ text: String) -> Bool {
    let bytes = Array(text.utf8)[...]
    return isPart(bytes) && isWhole(bytes) && bytes.contains { (48...57).contains($0) }
  }

  /// A decimal comma, points between thousands, and a space before the sign of a percentage that does not
  /// break. Months and days, which have two hyphens or a zero after one, keep theirs: they have no marks.
  static func spanish(_ text: String) -> String {
    let marked = String(text.map { $0 == "." ? "," : $0 == "," ? "." : $0 })
    return marked.hasSuffix("%") ? marked.dropLast() + "\u{A0}%" : marked
  }
}
