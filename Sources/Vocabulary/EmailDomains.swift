/// Domains where anybody gets a mailbox, so that an address there says nothing of a company.
public struct EmailDomains: Sendable {
  private var domains: Set<String> = []
  /// Names that are meant under every country: `yahoo` for `yahoo.*`.
  private var names: Set<String> = []

  /// What comes with Kelvin: `Data/email-domains.csv`.
  public static let standard: EmailDomains = {
    let contents = String(decoding: PackageResources.email_domains_csv, as: UTF8.self)
    do {
      return try EmailDomains().extended(with: contents, path: "email-domains.csv")
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  init() {}

  static let header = ["domain"]

  /// This list with the lines of a file added.
  /// - Parameters:
  ///   - contents: one domain a line under the header `domain`; `yahoo.*` is all of Yahoo's.
  ///   - path: for messages.
  /// - Throws: `VocabularyError` with the line.
  public func extended(with contents: String, path: String) throws -> EmailDomains {
    let file = try VocabularyFile(contents: contents, path: path, header: Self.header)
    var extended = self
    for line in file.lines {
      let domain = line.cells[0].lowercased()
      let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
      guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty }),
        !domain.contains(where: { $0.isWhitespace || $0 == "@" })
      else {
        throw VocabularyError.badDomain(path: path, line: line.number, found: line.cells[0])
      }
      if labels.count == 2, labels[1] == "*" {
        extended.names.insert(String(labels[0]))
      } else if labels.contains("*") {
        throw VocabularyError.badDomain(path: path, line: line.number, found: line.cells[0])
      } else {
        extended.domains.insert(domain)
      }
    }
    return extended
  }

  /// Whether an address, or a domain alone, is of a free provider.
  /// - Returns: `nil` for a text that is neither.
  public func isFree(_ address: String) -> Bool? {
    let text = trimmed(address[...])
    let domain: Substring
    if let at = text.lastIndex(of: "@") {
      guard at != text.startIndex else { return nil }
      domain = text[text.index(after: at)...]
    } else {
      domain = text
    }
    let lower = domain.lowercased()
    let labels = lower.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty }),
      !lower.contains(where: \.isWhitespace)
    else { return nil }
    if domains.contains(lower) { return true }
    // es, com.mx, co.uk: what follows the name is short, or it is somebody else's domain.
    return names.contains(String(labels[0])) && labels.count <= 3
      && labels.dropFirst().allSatisfy { $0.count <= 3 }
  }
}
