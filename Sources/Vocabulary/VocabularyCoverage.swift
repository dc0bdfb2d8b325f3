/// How many of a column's values were recognised, and the commonest that were not.
///
/// Never personal data: of e-mail addresses only numbers are kept, and a title that holds an address or
/// many digits, or that stands in the data once, is counted but not shown.
public struct VocabularyCoverage: Codable, Sendable, Equatable {
  public struct Value: Codable, Sendable, Equatable {
    public let text: String
    public let count: Int
  }

  public struct Counts: Codable, Sendable, Equatable {
    /// Rows with a value.
    public internal(set) var filled = 0
    public internal(set) var recognised = 0
    /// The commonest that were not recognised, most frequent first, then by text.
    public internal(set) var unrecognised: [Value] = []

    public init() {}

    /// 0 to 1; 1 where nothing is filled in.
    public var share: Double { filled == 0 ? 1 : Double(recognised) / Double(filled) }
  }

  /// Titles with a seniority or a department; those with neither are shown.
  public internal(set) var titles: Counts?
  /// Of `titles`, those with a seniority and those with a department.
  public internal(set) var seniorities = 0
  public internal(set) var departments = 0
  /// Addresses with a domain.
  public internal(set) var emails: Counts?
  public internal(set) var countries: Counts?

  public init() {}

  /// How many unrecognised values are shown.
  static let shown = 10
  /// Longer ones are sentences, which may say anything.
  private static let longestShown = 60

  /// Counts titles.
  /// - Parameter counts: different titles and how many rows have each.
  public mutating func addTitles(
    _ counts: some Collection<(title: String, count: Int)>, _ vocabulary: TitleVocabulary
  ) {
    var sum = titles ?? Counts()
    var others: [Value] = []
    for (title, count) in counts {
      let reading = vocabulary.reading(title)
      sum.filled += count
      if reading.seniority != nil { seniorities += count }
      if reading.department != nil { departments += count }
      if reading.isRecognised {
        sum.recognised += count
      } else {
        others.append(Value(text: title, count: count))
      }
    }
    sum.unrecognised = Self.commonest(sum.unrecognised + others)
    titles = sum
  }

  /// Counts country names; counts as in `addTitles`.
  public mutating func addCountries(
    _ counts: some Collection<(name: String, count: Int)>, _ vocabulary: CountryNames
  ) {
    var sum = countries ?? Counts()
    var others: [Value] = []
    for (name, count) in counts {
      sum.filled += count
      if vocabulary.code(name) != nil {
        sum.recognised += count
      } else {
        others.append(Value(text: name, count: count))
      }
    }
    sum.unrecognised = Self.commonest(sum.unrecognised + others)
    countries = sum
  }

  /// Counts addresses, of which none is kept.
  public mutating func addEmails(filled: Int, recognised: Int) {
    var sum = emails ?? Counts()
    sum.filled += filled
    sum.recognised += recognised
    emails = sum
  }

  private static func commonest(_ values: [Value]) -> [Value] {
    let shown = values.filter { value in
      value.count > 1 && value.text.count <= longestShown && !value.text.contains("@")
        && value.text.count { $0.isNumber } < 5
    }
    return Array(
      shown.sorted { ($1.count, $0.text) < ($0.count, $1.text) }.prefix(Self.shown))
  }
}
