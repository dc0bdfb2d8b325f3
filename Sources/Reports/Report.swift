import FoundationEssentials

/// What a command found out: a value that renders as text for people and as JSON for programs.
public protocol Report: Codable, Sendable, Equatable {
  /// Lines of at most `width` columns where words allow, each ended by a newline.
  func text(width: Int) -> String
}

extension Report {
  /// Text for a terminal of 100 columns.
  public func text() -> String {
    text(width: 100)
  }

  /// The report as JSON: keys sorted, indented, fractions at full precision; a figure that is not
  /// defined is absent.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}
