/// The phrases found in a title, and what they say together.
struct TitleMatches {
  private struct Match {
    let meaning: TitleMeaning
    let part: Int
    /// Whether `de`, `del` or `of` stands between the phrase before and this one.
    let isOfBefore: Bool
  }

  private var matches: [Match] = []

  private static let links: Set<String> = ["de", "del", "of"]

  init(_ title: String, in vocabulary: TitleVocabulary) {
    let text = TextWords(title)
    var start = 0
    while start < text.words.count {
      let part = text.parts[start]
      let end = text.parts[start...].firstIndex { $0 != part } ?? text.words.count
      if let meaning = vocabulary.whole(text.words[start..<end]) {
        matches.append(Match(meaning: meaning, part: part, isOfBefore: false))
      } else {
        addPhrases(text.words, start..<end, part, vocabulary)
      }
      start = end
    }
  }

  private mutating func addPhrases(
    _ words: [String], _ range: Range<Int>, _ part: Int, _ vocabulary: TitleVocabulary
  ) {
    var at = range.lowerBound
    var endBefore: Int?
    while at < range.upperBound {
      guard let match = vocabulary.match(words, at: at, partEnd: range.upperBound) else {
        at += 1
        continue
      }
      let isOfBefore = endBefore.map { $0 == at - 1 && Self.links.contains(words[at - 1]) } ?? false
      matches.append(Match(meaning: match.meaning, part: part, isOfBefore: isOfBefore))
      at += match.count
      endBefore = at
    }
  }

  var reading: TitleReading {
    var matches = matches
    let formerParts = Set(matches.filter { $0.meaning.role == .former }.map(\.part))
    matches.removeAll { formerParts.contains($0.part) }
    // What follows "assistant to" belongs to somebody else.
    if let index = matches.firstIndex(where: { $0.meaning.role == .assistantTo }) {
      let department = matches[...index].lazy.compactMap(\.meaning.department).first
      return TitleReading(seniority: .staff, department: department)
    }
    var best: (index: Int, seniority: Seniority)?
    for (index, match) in matches.enumerated() {
      guard case .level(let level) = match.meaning.role else { continue }
      let isDeputy = matches.contains { $0.part == match.part && $0.meaning.role == .deputy }
      let seniority = isDeputy ? level.below : level
      if best.map({ seniority > $0.seniority }) ?? true { best = (index, seniority) }
    }
    let isTrainee = matches.contains { $0.meaning.role == .trainee }
    return TitleReading(
      seniority: isTrainee ? .staff : best?.seniority,
      department: department(matches, best: best?.index))
  }

  /// The department of the phrase that gives the seniority, or else the nearest after or before it in its
  /// part, or else the first of all.
  private func department(_ matches: [Match], best: Int?) -> Department? {
    guard let best else { return matches.lazy.compactMap(\.meaning.department).first }
    let part = matches[best].part
    let own = matches[best].meaning.department
    if own == .generalManagement, best + 1 < matches.count {
      // A director general of operations directs operations.
      let next = matches[best + 1]
      if next.part == part, next.isOfBefore, let department = next.meaning.department {
        return department
      }
    }
    if let own { return own }
    let inPart = matches.filter { $0.part == part }.lazy.compactMap(\.meaning.department).first
    return inPart ?? matches.lazy.compactMap(\.meaning.department).first
  }
}
