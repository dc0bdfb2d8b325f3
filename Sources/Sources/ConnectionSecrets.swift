import CPostgreSQL
import Glibc

/// What must not be seen of a connection string, and messages without it.
///
/// libpq echoes parts of a string that it cannot read, and those may be of the password: `host=a
/// password=my secret` fails with `missing "=" after "secret"`. Where a string is not plainly what it
/// seems, everything that a message quotes from it is left out.
struct ConnectionSecrets {
  private static let hidden = "…"

  /// What libpq says of a string that it cannot read; `nil` for one that it can.
  private(set) var problem: String?
  private let connection: String
  private let isPlain: Bool
  private var passwords: [String] = []

  init(_ connection: String) {
    self.connection = connection
    if let value = getenv("PGPASSWORD") { passwords.append(String(cString: value)) }
    // Without either, libpq takes it for the name of a database.
    guard connection.contains("=") || connection.contains("://") else {
      isPlain = true
      return
    }
    var message: UnsafeMutablePointer<CChar>?
    // Lifetime: the options and the message are libpq's until they are freed here.
    let options = PQconninfoParse(connection, &message)
    defer {
      PQconninfoFree(options)
      PQfreemem(message)
    }
    isPlain = options != nil && !Self.hasStrayAt(connection)
    var option = options
    while let current = option, let keyword = current.pointee.keyword {
      if let value = current.pointee.val, String(cString: keyword).hasSuffix("password") {
        passwords.append(String(cString: value))
      }
      option = current.successor()
    }
    if options == nil {
      problem = redacted(message.map { String(cString: $0) } ?? "out of memory")
    }
  }

  /// Adds a password that came from elsewhere: `~/.pgpass` or a service file.
  mutating func add(_ password: String) {
    passwords.append(password)
  }

  /// Whether a URI has an `@` that does not end its user and password: one that was not written `%40`, or
  /// stands behind a `/`, `?` or `#` of the password.
  private static func hasStrayAt(_ connection: String) -> Bool {
    guard let scheme = connection.utf8.firstRange(of: Array("://".utf8)) else { return false }
    let rest = connection.utf8[scheme.upperBound...]
    let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    let ats = rest.count { $0 == UInt8(ascii: "@") }
    return ats > 1 || ats == 1 && !authority.contains(UInt8(ascii: "@"))
  }

  /// The first line of a message, without passwords.
  func redacted(_ message: String) -> String {
    var line = String(
      message.drop { $0.isWhitespace }.prefix { !$0.isNewline })
    // Longer ones first: one may hold another.
    for password in passwords.sorted(by: { $0.utf8.count > $1.utf8.count }) where !password.isEmpty
    {
      line = Self.replacing(password, in: line)
    }
    guard !isPlain else { return line }
    return Self.mapQuoted(line) { connection.contains($0) ? Self.hidden : $0 }
  }

  /// A message without what it quotes: values of cells.
  static func withoutQuotes(_ message: String) -> String {
    mapQuoted(message) { _ in hidden }
  }

  private static func replacing(_ secret: String, in text: String) -> String {
    var result = ""
    var rest = text[...]
    while !rest.isEmpty {
      if rest.hasPrefix(secret) {
        result += hidden
        rest = rest.dropFirst(secret.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }

  /// The text with each part between double quotes changed.
  private static func mapQuoted(_ text: String, _ change: (String) -> String) -> String {
    var result = ""
    for (index, part) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
    {
      if index > 0 { result += "\"" }
      result += index % 2 == 1 && !part.isEmpty ? change(String(part)) : String(part)
    }
    return result
  }
}
