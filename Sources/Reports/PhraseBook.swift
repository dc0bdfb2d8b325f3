/// What reports say in English, and how another language says it.
///
/// A report is put together in English, whatever floor its sentences come from; a book turns what a page is
/// made of (headings, sentences, items, cells) into another language as it is laid out. What no phrase knows
/// stays as it is: names, values, and what a user has written.
public struct PhraseBook: Sendable {
  /// The book by which pages are put together at the moment; `nil` for English.
  @TaskLocal static var current: PhraseBook?

  let phrases: [PhrasePattern]
  /// What phrases begin with, so that few are tried.
  private let byStart: [UInt8: [Int]]
  private let open: [Int]
  /// Phrases of little more than places, such as `{name} ({~reason})`: what could be said in parts is not
  /// taken for one of them.
  private let wide: [Int]
  private static let fewBytes = 3

  /// Of headings alone.
  let titles: [PhrasePattern]
  /// Of what is made of columns alone.
  private let features: [PhrasePattern]

  init(
    _ entries: [(english: String, other: String)], titles: [(english: String, other: String)] = [],
    features: [(english: String, other: String)] = []
  ) {
    self.features = features.map { PhrasePattern($0.english, $0.other) }
    self.titles = titles.map { PhrasePattern($0.english, $0.other) }
    phrases = entries.map { PhrasePattern($0.english, $0.other) }
      // The most literal first: what a wide one would swallow, a narrow one says better.
      .enumerated().sorted {
        ($1.element.literalLength, $0.offset) < ($0.element.literalLength, $1.offset)
      }
      .map(\.element)
    var byStart: [UInt8: [Int]] = [:]
    var open: [Int] = []
    var wide: [Int] = []
    for (index, phrase) in phrases.enumerated() {
      if let first = phrase.firstByte {
        byStart[first, default: []].append(index)
      } else if phrase.literalLength <= Self.fewBytes, phrase.hasNames {
        wide.append(index)
      } else {
        open.append(index)
      }
    }
    self.byStart = byStart
    self.wide = wide
    self.open = open
  }

  /// A heading in the other language.
  func title(_ text: String) -> String {
    if let whole = matched(text, depth: 0) { return whole }
    for title in titles {
      if let values = title.values(in: text) { return title.filled(values.mapValues(\.1)) }
    }
    return self(text)
  }

  /// A column, as it is, or what a model has made of columns.
  public func feature(_ text: String) -> String {
    for phrase in features {
      if let values = phrase.values(in: text) {
        return phrase.filled(
          values.mapValues { kind, value in kind == .feature ? feature(value) : value })
      }
    }
    return text
  }

  /// What a table says of a column's values: ranges and the like in the other language, names as they are.
  public func level(_ text: String) -> String {
    if Self.kinds.contains(text) || NumberWords.isNumber(text) { return self(text) }
    return said(text, by: phrases.indices.filter { !phrases[$0].places.english.isEmpty }, depth: 0)
      ?? text
  }

  /// Levels that are none of the user's.
  private static let kinds: Set = ["not filled in", "(missing)", "(other)", "yes, against no"]

  /// What `body` says in the language of a book; `nil` is English.
  public static func saying(in book: PhraseBook?, _ body: () -> String) -> String {
    $current.withValue(book, operation: body)
  }

  /// A text in the other language, sentence by sentence where no phrase knows the whole.
  public func callAsFunction(_ text: String) -> String {
    whole(text, depth: 0) ?? partly(text, depth: 0)
  }

  private static let marks = [". ", "; ", ": ", ", "]
  /// Phrases within phrases; what a report says has three.
  private static let deepest = 24

  /// - Returns: `nil` unless all of it is known.
  private func whole(_ text: String, depth: Int) -> String? {
    guard depth < Self.deepest else { return nil }
    guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return text }
    if let found = matched(text, depth: depth) { return found }
    for mark in Self.marks {
      for cut in text.places(of: mark).reversed() {
        guard let first = beginning(text, cut, mark, depth: depth),
          let last = whole(String(text[cut.upperBound...]), depth: depth + 1)
        else { continue }
        return first + last
      }
    }
    return said(text, by: wide, depth: depth)
      ?? (text.hasSuffix(".")
        ? said(String(text.dropLast()), by: wide, depth: depth).map { $0 + "." } : nil)
  }

  /// What is known of a text, the rest as it is.
  private func partly(_ text: String, depth: Int) -> String {
    guard depth < Self.deepest * 4, !text.isEmpty else { return text }
    // The longest beginning that some phrase knows, up to a mark.
    for mark in Self.marks {
      for cut in text.places(of: mark).reversed() {
        guard let first = beginning(text, cut, mark, depth: 0) else { continue }
        let rest = String(text[cut.upperBound...])
        return first + (whole(rest, depth: 0) ?? partly(rest, depth: depth + 1))
      }
    }
    // A first part that is a name, such as the column that a sentence is about.
    let cuts = Self.marks.compactMap { text.places(of: $0).first }
    for cut in cuts.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      let rest = String(text[cut.upperBound...])
      let said = whole(rest, depth: 0) ?? partly(rest, depth: depth + 1)
      if said != rest { return text[..<cut.upperBound] + said }
    }
    return text
  }

  /// What stands before a mark, with the mark; the end of a sentence is part of it.
  private func beginning(
    _ text: String, _ cut: Range<String.Index>, _ mark: String, depth: Int
  ) -> String? {
    let head = String(text[..<cut.lowerBound])
    guard head.contains(where: \.isLetter) else { return nil }
    if mark == ". " { return matched(head + ".", depth: depth).map { $0 + " " } }
    let found = matched(head, depth: depth)
    // Parts of a list, each a name and what is said of it.
    return (found ?? (mark == "; " ? said(head, by: wide, depth: depth) : nil)).map { $0 + mark }
  }

  private func matched(_ text: String, depth: Int) -> String? {
    if NumberWords.isNumber(text) { return NumberWords.spanish(text) }
    // The last part of a list may end a sentence.
    if let found = saidWithOrWithoutEnd(text, depth: depth) { return found }
    // As a sentence begins with it, or as it goes on after a name.
    let lower = text.prefix(1).lowercased() + text.dropFirst()
    if lower != text {
      return saidWithOrWithoutEnd(lower, depth: depth)?.capitalisedFirst
    }
    let upper = text.capitalisedFirst
    guard upper != text, let found = saidWithOrWithoutEnd(upper, depth: depth) else { return nil }
    return found.prefix(1).lowercased() + found.dropFirst()
  }

  private func saidWithOrWithoutEnd(_ text: String, depth: Int) -> String? {
    if let found = said(text, depth: depth) { return found }
    guard text.hasSuffix(".") else { return nil }
    return said(String(text.dropLast()), depth: depth).map { $0 + "." }
  }

  /// By the first phrase that a text is, the most literal one.
  private func said(_ text: String, depth: Int) -> String? {
    guard let first = text.utf8.first else { return nil }
    return said(text, by: (byStart[first] ?? []) + open, depth: depth)
  }

  private func said(_ text: String, by candidates: [Int], depth: Int) -> String? {
    for index in candidates {
      guard let values = phrases[index].values(in: text) else { continue }
      var said: [String: String] = [:]
      for (name, (kind, value)) in values {
        said[name] =
          switch kind {
          case .name: value
          case .feature: feature(value)
          case .number, .signed: NumberWords.spanish(value)
          case .phrase: whole(value, depth: depth + 1)
          }
      }
      // Words that should be a phrase and are none: they were meant otherwise.
      if said.count == values.count { return phrases[index].filled(said) }
    }
    return nil
  }
}

extension Report {
  /// The text in the language of a book; `nil` is English.
  public func text(width: Int, in book: PhraseBook?) -> String {
    PhraseBook.saying(in: book) { text(width: width) }
  }
}

extension String {
  /// Where a mark stands, in order.
  fileprivate func places(of mark: String) -> [Range<String.Index>] {
    let (bytes, pattern) = (utf8, Array(mark.utf8))
    var places: [Range<String.Index>] = []
    var start = bytes.startIndex
    while let end = bytes.index(start, offsetBy: pattern.count, limitedBy: bytes.endIndex) {
      if bytes[start..<end].elementsEqual(pattern) { places.append(start..<end) }
      start = bytes.index(after: start)
    }
    return places
  }
}
