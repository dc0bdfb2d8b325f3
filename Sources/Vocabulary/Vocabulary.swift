/// What messy values mean: titles, mail domains, countries.
public struct Vocabulary: Sendable {
  public var titles = TitleVocabulary.standard
  public var emailDomains = EmailDomains.standard
  public var countries = CountryNames.standard

  public static let standard = Vocabulary()

  private init() {}

  /// The standard lists with files of one's own added.
  /// - Throws: `VocabularyError` with file and line.
  public init(_ additions: VocabularyAdditions) throws {
    if let file = additions.titles {
      titles = try titles.extended(with: file.contents, path: file.path)
    }
    if let file = additions.emailDomains {
      emailDomains = try emailDomains.extended(with: file.contents, path: file.path)
    }
    if let file = additions.countries {
      countries = try countries.extended(with: file.contents, path: file.path)
    }
  }
}

/// Files of words that a user adds to the standard ones. A model keeps them, so that titles are read at
/// scoring as they were at training.
public struct VocabularyAdditions: Codable, Sendable, Equatable {
  public struct File: Codable, Sendable, Equatable {
    /// For messages: the name that the user gave.
    public var path: String
    public var contents: String

    public init(path: String, contents: String) {
      self.path = path
      self.contents = contents
    }
  }

  public var titles: File?
  public var emailDomains: File?
  public var countries: File?

  public init(titles: File? = nil, emailDomains: File? = nil, countries: File? = nil) {
    self.titles = titles
    self.emailDomains = emailDomains
    self.countries = countries
  }

  public var isEmpty: Bool { titles == nil && emailDomains == nil && countries == nil }
}
