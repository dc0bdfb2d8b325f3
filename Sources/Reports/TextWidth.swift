/// How much room text takes in a terminal, and how it is broken to fit.
enum TextWidth {
  /// Columns of a terminal: one a character, two for wide East Asian characters and emoji.
  static func of(_ text: String) -> Int {
    text.reduce(0) { $0 + (isWide($1) ? 2 : 1) }
  }

  private static func isWide(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return true
    default:
      return false
    }
  }

  static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  static func trimmingEnd(_ line: String) -> String {
    var line = line[...]
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  /// Breaks text between words into lines of at most `width`; a word that is longer is cut.
  /// - Returns: at least one line.
  static func wrapped(_ text: String, width: Int) -> [String] {
    if of(text) <= width { return [text] }
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      var rest = String(word)
      if !line.isEmpty, of(line) + 1 + of(rest) <= width {
        line += " " + rest
        continue
      }
      if !line.isEmpty { lines.append(line) }
      while of(rest) > width, width > 0 {
        var (head, room) = ("", width)
        while let next = rest.first, of(String(next)) <= room {
          room -= of(String(next))
          head.append(rest.removeFirst())
        }
        // A character wider than the column gets a line of its own.
        if head.isEmpty, !rest.isEmpty { head.append(rest.removeFirst()) }
        lines.append(head)
      }
      line = rest
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }
}
