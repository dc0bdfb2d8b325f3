/// A file of words: comma- or semicolon-separated lines under a header, `#` before remarks.
struct VocabularyFile {
  struct Line: Equatable {
    let number: Int
    let cells: [String]
  }

  let path: String
  private(set) var lines: [Line] = []

  /// - Parameters:
  ///   - contents: the text of the file.
  ///   - path: for messages.
  ///   - header: the names of its columns, which are those of the first line.
  /// - Throws: `VocabularyError`.
  init(contents: String, path: String, header: [String]) throws {
    self.path = path
    var hasHeader = false
    var separator: Character = ","
    let byteOrderMark: Character = "\u{FEFF}"
    let text = contents.first == byteOrderMark ? contents.dropFirst() : contents[...]
    for (index, raw) in text.split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).enumerated() {
      let number = index + 1
      let content = trimmed(raw)
      if content.isEmpty || content.hasPrefix("#") { continue }
      if !hasHeader {
        separator = content.contains(";") && !content.contains(",") ? ";" : ","
        let names = try Self.cells(content, separator, path: path, line: number)
        guard names == header else {
          throw VocabularyError.badHeader(path: path, line: number, expected: header, found: names)
        }
        hasHeader = true
        continue
      }
      let cells = try Self.cells(content, separator, path: path, line: number)
      guard cells.count == header.count else {
        throw VocabularyError.wrongCellCount(
          path: path, line: number, expected: header.count, found: cells.count)
      }
      guard !cells[0].isEmpty else {
        throw VocabularyError.emptyCell(path: path, line: number, column: header[0])
      }
      lines.append(Line(number: number, cells: cells))
    }
    guard hasHeader else {
      throw VocabularyError.badHeader(path: path, line: 1, expected: header, found: [])
    }
  }

  private static func cells(
    _ line: Substring, _ separator: Character, path: String, line number: Int
  ) throws -> [String] {
    var cells: [String] = []
    var cell = ""
    var isQuoted = false
    var at = line.startIndex
    while at < line.endIndex {
      let character = line[at]
      let next = line.index(after: at)
      if character == "\"" {
        if isQuoted, next < line.endIndex, line[next] == "\"" {
          cell.append(character)
          at = line.index(after: next)
          continue
        }
        isQuoted.toggle()
      } else if character == separator, !isQuoted {
        cells.append(String(trimmed(cell[...])))
        cell = ""
      } else {
        cell.append(character)
      }
      at = next
    }
    guard !isQuoted else { throw VocabularyError.openQuote(path: path, line: number) }
    return cells + [String(trimmed(cell[...]))]
  }
}

/// Without white space around it.
func trimmed(_ text: Substring) -> Substring {
  var text = text
  while text.first?.isWhitespace == true { text.removeFirst() }
  while text.last?.isWhitespace == true { text.removeLast() }
  return text
}
