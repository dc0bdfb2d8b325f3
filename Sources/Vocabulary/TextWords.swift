/// A text as words that can be compared: lower case, without accents and punctuation, cut into the parts
/// that commas, slashes, brackets and spaced hyphens make.
///
/// `C.E.O.` is the word `ceo`; of `Director/a`, `Director(a)` and `Director/-a` the first form is kept.
struct TextWords {
  /// The words in order.
  private(set) var words: [String] = []
  /// The part of the text that each word stands in, from 0.
  private(set) var parts: [Int] = []

  private var part = 0

  init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    var word = ""
    var isAcronym = false
    var at = 0

    func isLetter(_ index: Int) -> Bool {
      index >= 0 && index < scalars.count && Self.isWordScalar(scalars[index])
    }
    func isSpace(_ index: Int) -> Bool {
      index < 0 || index >= scalars.count || scalars[index].properties.isWhitespace
    }

    while at < scalars.count {
      let scalar = scalars[at]
      if Self.isWordScalar(scalar) {
        Self.fold(scalar, into: &word)
        at += 1
        continue
      }
      if Self.isCombining(scalar) {
        at += 1
        continue
      }
      if let end = Self.genderEnding(scalars, at), !word.isEmpty {
        at = end
        continue
      }
      if scalar == "@", !word.isEmpty, !isLetter(at + 1) {
        // emplead@
        word.append("o")
        at += 1
        continue
      }
      // A letter, a point, a single letter: an acronym goes on.
      if scalar == ".", word.unicodeScalars.count == 1 || isAcronym, isLetter(at + 1),
        !isLetter(at + 2)
      {
        isAcronym = true
        at += 1
        continue
      }
      end(&word)
      isAcronym = false
      switch scalar {
      case "/", "|", ",", ";", "(", ")", "[", "]", "·", "•", "\n": part += 1
      case "-", "–", "—", "&", "+":
        if isSpace(at - 1) || isSpace(at + 1) { part += 1 }
      default: break
      }
      at += 1
    }
    end(&word)
  }

  private mutating func end(_ word: inout String) {
    guard !word.isEmpty else { return }
    words.append(word)
    parts.append(part)
    word = ""
  }

  /// Words joined by single spaces: equal for spellings that mean the same name.
  static func key(_ text: String) -> String {
    TextWords(text).words.joined(separator: " ")
  }

  private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case 0..<0x80: false
    default: scalar.properties.isAlphabetic && !isCombining(scalar)
    }
  }

  /// Accents written apart from their letter.
  private static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
    (0x300...0x36F).contains(scalar.value)
  }

  private static func fold(_ scalar: Unicode.Scalar, into word: inout String) {
    if scalar.isASCII {
      let isCapital = (0x41...0x5A).contains(scalar.value)
      word.unicodeScalars.append(
        isCapital ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar)
      return
    }
    for lower in scalar.properties.lowercaseMapping.unicodeScalars where !isCombining(lower) {
      if let plain = unaccented[lower] {
        word += plain
      } else {
        word.unicodeScalars.append(lower)
      }
    }
  }

  /// The index after `/a`, `(a)`, `/as`, `/-a`, `/ora` and their like; `nil` where none begins here.
  private static func genderEnding(_ scalars: [Unicode.Scalar], _ start: Int) -> Int? {
    guard scalars[start] == "/" || scalars[start] == "(" else { return nil }
    var at = start + 1
    if at < scalars.count, scalars[at] == "-" { at += 1 }
    var ending = ""
    while at < scalars.count, isWordScalar(scalars[at]) {
      guard ending.unicodeScalars.count < 3 else { return nil }
      fold(scalars[at], into: &ending)
      at += 1
    }
    guard ["a", "o", "as", "os", "ra", "ora", "e"].contains(ending) else { return nil }
    if scalars[start] == "(" {
      guard at < scalars.count, scalars[at] == ")" else { return nil }
      at += 1
    }
    return at
  }

  /// Letters with the accents of European languages, and what stands for them.
  private static let unaccented: [Unicode.Scalar: String] = {
    var letters: [Unicode.Scalar: String] = [:]
    let groups: [(plain: String, accented: String)] = [
      ("a", "áàäâãåāăą"), ("e", "éèëêēėęě"), ("i", "íìïîīįı"), ("o", "óòöôõøōő"), ("u", "úùüûūůűų"),
      ("n", "ñńňņ"), ("c", "çćčĉ"), ("y", "ýÿ"), ("s", "śšşș"), ("z", "źżž"), ("l", "ł"),
      ("g", "ğ"),
      ("t", "ţțť"), ("r", "ř"), ("d", "ďđ"), ("ss", "ß"), ("ae", "æ"), ("oe", "œ"),
    ]
    for group in groups {
      for scalar in group.accented.unicodeScalars { letters[scalar] = group.plain }
    }
    return letters
  }()
}
