/// An e-mail address in the form in which two spellings of it are the same.
///
/// Case, spaces around it, angle brackets and `mailto:` do not count. With providers of which it is known
/// that they deliver `ana+news@gmail.com` to `ana@gmail.com`, neither does the tag; with Google the
/// points in the name do not either. What is no address is none: free text, `unknown`, a name.
public struct EmailAddress: Hashable, Sendable {
  /// For comparison only; may differ from any address that was written.
  public let normalized: String

  public init?(_ cell: String) {
    var cell = cell
    guard let found = cell.withUTF8({ EmailAddress($0) }) else { return nil }
    self = found
  }

  /// - Parameter cell: UTF-8.
  /// - Returns: `nil` for what is neither an address nor the hash of one.
  public init?(_ cell: some Sequence<UInt8>) {
    // Letters beyond ASCII are left alone: a domain in them is rare, and its case is kept by whoever
    // writes it.
    let bytes = cell.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    var text = Self.trimmed(bytes[...])
    if text.starts(with: "mailto:".utf8) { text = Self.trimmed(text.dropFirst(7)) }
    if Self.isHash(text) {
      normalized = String(decoding: text, as: UTF8.self)
      return
    }
    guard CellShape.isEmail(text), let at = text.firstIndex(of: UInt8(ascii: "@")) else {
      return nil
    }
    let name = text[..<at]
    let domain = String(decoding: text[(at + 1)...], as: UTF8.self)
    guard Self.taggingDomains.contains(domain) else {
      normalized = String(decoding: text, as: UTF8.self)
      return
    }
    var mailbox = Array(name)
    if let plus = name.firstIndex(of: UInt8(ascii: "+")), plus > name.startIndex {
      mailbox = Array(name[..<plus])
    }
    let isGoogle = domain == "gmail.com" || domain == "googlemail.com"
    if isGoogle { mailbox.removeAll { $0 == UInt8(ascii: ".") } }
    normalized =
      String(decoding: mailbox, as: UTF8.self) + "@" + (isGoogle ? "gmail.com" : domain)
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isMargin(_ byte: UInt8) -> Bool {
      byte <= 0x20 || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
    }
    guard let first = text.firstIndex(where: { !isMargin($0) }),
      let last = text.lastIndex(where: { !isMargin($0) })
    else { return [] }
    return text[first...last]
  }

  /// Domains with tags behind a plus sign, by their providers' own help pages.
  private static let taggingDomains: Set<String> = [
    "gmail.com", "googlemail.com", "outlook.com", "outlook.es", "hotmail.com", "hotmail.es",
    "live.com", "msn.com", "icloud.com", "me.com", "mac.com", "proton.me", "protonmail.com",
    "pm.me",
    "fastmail.com",
  ]

  /// MD5, SHA-1, SHA-256 or SHA-512 in hexadecimal digits, as which addresses are exported for privacy.
  private static func isHash(_ text: ArraySlice<UInt8>) -> Bool {
    [32, 40, 64, 128].contains(text.count)
      && text.allSatisfy { $0 &- 0x30 <= 9 || $0 >= 0x61 && $0 <= 0x66 }
  }
}
