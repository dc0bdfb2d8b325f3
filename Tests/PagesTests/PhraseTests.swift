import Testing

@testable import Pages

@Suite struct PhraseTests {
  static func places(_ text: String) -> [String] {
    text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap {
      $0.split(separator: "}").first.map(String.init)
    }
    .sorted()
  }

  /// English words that are no Spanish ones.
  static let english: Set<String> = [
    "the", "of", "and", "with", "without", "that", "are", "is", "not", "than", "each", "which",
    "leads’", "buyers", "buyer", "rules", "rule", "score", "points", "share", "all", "alone",
    "model’s", "interval", "rate", "conversion", "list", "top", "by", "its", "from", "worked",
    "for",
    "these", "on", "this", "both", "either", "what", "how", "where", "if", "only", "difference",
    "found", "finds", "mean", "chance", "cell", "stage", "part", "place", "bought", "did",
  ]

  static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && $0 != "’" }.map(String.init)
  }

  @Test(arguments: Phrase.allCases)
  func everyPhraseIsInBothLanguagesWithTheSamePlaces(phrase: Phrase) {
    #expect(!phrase.english.isEmpty && !phrase.spanish.isEmpty)
    #expect(Self.places(phrase.english) == Self.places(phrase.spanish))
  }

  @Test(arguments: Phrase.allCases)
  func noEnglishIsLeftInSpanish(phrase: Phrase) {
    var text = phrase.spanish
    for place in Self.places(text) { text = text.replacing("{\(place)}", with: "") }
    let left = Self.words(text).filter(Self.english.contains)
    #expect(left.isEmpty, "\(phrase): \(left)")
  }

  /// Words that are the same in both languages, or nothing but places.
  private static let shared: Set<Phrase> = [.leads, .lead, .gainLabel, .ruleLabel, .pBelow, .pIs]

  @Test(arguments: Phrase.allCases)
  func phrasesAreTranslated(phrase: Phrase) {
    #expect((phrase.english == phrase.spanish) == Self.shared.contains(phrase), "\(phrase)")
  }
}
