/// Reads job titles in Spanish and English: how far up, and in what department.
///
/// Phrases are looked up in a list, the longest first. The highest seniority in a title counts, but
/// not that of the person whose assistant somebody is.
public struct TitleVocabulary: Sendable {
  /// By the words of the phrase, joined by spaces.
  private var phrases: [String: TitleMeaning] = [:]
  /// Phrases that count only as the whole of a part.
  private var wholes: [String: TitleMeaning] = [:]
  /// How many words the longest phrase has that starts with a word.
  private var longest: [String: Int] = [:]

  /// What comes with Kelvin: `Data/titles.csv`.
  public static let standard: TitleVocabulary = {
    let contents = String(decoding: PackageResources.titles_csv, as: UTF8.self)
    do {
      return try TitleVocabulary().extended(with: contents, path: "titles.csv")
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  init() {}

  static let header = ["title", "seniority", "department"]

  /// This list with the lines of a file added; where a phrase stands in both, the file's meaning counts.
  /// - Parameters:
  ///   - contents: lines of `title,seniority,department` under a header of these names.
  ///   - path: for messages.
  /// - Throws: `VocabularyError` with the line.
  public func extended(with contents: String, path: String) throws -> TitleVocabulary {
    let file = try VocabularyFile(contents: contents, path: path, header: Self.header)
    var extended = self
    var firstLines: [String: (line: Int, meaning: TitleMeaning)] = [:]
    for line in file.lines {
      let isWhole = line.cells[0].hasPrefix("=")
      let meaning = try Self.meaning(line, path: path)
      for words in Self.spellings(isWhole ? line.cells[0].dropFirst() : line.cells[0][...]) {
        guard let first = words.first else {
          throw VocabularyError.emptyCell(path: path, line: line.number, column: Self.header[0])
        }
        let phrase = words.joined(separator: " ")
        let key = (isWhole ? "=" : "") + phrase
        if let earlier = firstLines.updateValue((line.number, meaning), forKey: key),
          earlier.meaning != meaning
        {
          throw VocabularyError.standsTwice(
            path: path, line: line.number, phrase: key, firstLine: earlier.line)
        }
        if isWhole {
          extended.wholes[phrase] = meaning
        } else {
          extended.phrases[phrase] = meaning
          extended.longest[first] = max(extended.longest[first] ?? 0, words.count)
        }
      }
    }
    return extended
  }

  private static func meaning(_ line: VocabularyFile.Line, path: String) throws -> TitleMeaning {
    let seniority = line.cells[1]
    guard let role = TitleMeaning.role(named: seniority) else {
      throw VocabularyError.unknownSeniority(
        path: path, line: line.number, found: seniority, known: TitleMeaning.roleNames)
    }
    let department = line.cells[2]
    guard department.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") })
    else {
      throw VocabularyError.badDepartment(path: path, line: line.number, found: department)
    }
    return TitleMeaning(
      role: role, department: department.isEmpty ? nil : Department(rawValue: department))
  }

  /// `director|directora general` in full: each way to choose one spelling a word.
  private static func spellings(_ phrase: Substring) -> [[String]] {
    var spellings: [[String]] = [[]]
    for word in phrase.split(separator: " ") {
      let choices = word.split(separator: "|").map { TextWords(String($0)).words }
      spellings = spellings.flatMap { start in choices.map { start + $0 } }
    }
    return spellings
  }

  /// The departments that titles are read as.
  public var departments: Set<String> {
    Set([phrases, wholes].flatMap { $0.values.compactMap { $0.department?.rawValue } })
  }

  /// What a title says of the person who has it.
  public func reading(_ title: String) -> TitleReading {
    TitleMatches(title, in: self).reading
  }

  /// The phrase that begins at a word: its meaning and its number of words.
  func match(_ words: [String], at start: Int, partEnd: Int) -> (meaning: TitleMeaning, count: Int)?
  {
    guard let most = longest[words[start]] else { return nil }
    var count = min(most, partEnd - start)
    while count > 0 {
      if let meaning = phrases[words[start..<start + count].joined(separator: " ")] {
        return (meaning, count)
      }
      count -= 1
    }
    return nil
  }

  func whole(_ words: ArraySlice<String>) -> TitleMeaning? {
    wholes[words.joined(separator: " ")]
  }
}
