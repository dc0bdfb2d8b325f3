/// Country names and codes in Spanish and English, and the ISO 3166-1 code of two letters that they mean.
public struct CountryNames: Sendable {
  private var codes: [String: String] = [:]

  /// What comes with Kelvin: `Data/countries.csv`.
  public static let standard: CountryNames = {
    let contents = String(decoding: PackageResources.countries_csv, as: UTF8.self)
    do {
      return try CountryNames().extended(with: contents, path: "countries.csv")
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  init() {}

  static let header = ["code", "code3", "spanish", "english", "others"]

  /// This list with the lines of a file added; where a name stands in both, the file's meaning counts.
  /// - Parameters:
  ///   - contents: lines of `code,code3,spanish,english,others` under a header of these names; cells but
  ///     the first may be empty, and `others` holds several names parted by `|`.
  ///   - path: for messages.
  /// - Throws: `VocabularyError` with the line.
  public func extended(with contents: String, path: String) throws -> CountryNames {
    let file = try VocabularyFile(contents: contents, path: path, header: Self.header)
    var extended = self
    var firstLines: [String: (line: Int, code: String)] = [:]
    for line in file.lines {
      for (column, length) in [(0, 2), (1, 3)] {
        let code = line.cells[column]
        let isCode = code.count == length && code.allSatisfy { $0.isASCII && $0.isLetter }
        guard isCode || (column == 1 && code.isEmpty) else {
          throw VocabularyError.badCountryCode(
            path: path, line: line.number, column: Self.header[column], found: code)
        }
      }
      let code = line.cells[0].uppercased()
      let others = line.cells[4].split(separator: "|").map(String.init)
      for name in line.cells.prefix(4) + others {
        let key = TextWords.key(name)
        if key.isEmpty { continue }
        if let earlier = firstLines.updateValue((line.number, code), forKey: key),
          earlier.code != code
        {
          throw VocabularyError.standsTwice(
            path: path, line: line.number, phrase: name, firstLine: earlier.line)
        }
        extended.codes[key] = code
      }
    }
    return extended
  }

  /// The code of two capital letters of a country's name or code.
  /// - Returns: `nil` for a text that is neither.
  public func code(_ name: String) -> String? {
    codes[TextWords.key(name)]
  }
}
