/// The text of a report as it is put together: headings, paragraphs, lists, tables; in the language of
/// `PhraseBook.current`.
struct TextPage {
  let width: Int
  private var lines: [String] = []

  init(width: Int) {
    // Narrower than this nothing can be laid out; such a terminal wraps by itself.
    self.width = max(40, width)
  }

  /// All lines, each ended by a newline.
  var text: String {
    lines.map { $0 + "\n" }.joined()
  }

  mutating func blank() {
    if let last = lines.last, !last.isEmpty { lines.append("") }
  }

  /// A line of its own, after a blank one.
  mutating func heading(_ text: String) {
    blank()
    lines.append(
      contentsOf: TextWidth.wrapped(PhraseBook.current?.title(text) ?? text, width: width))
  }

  mutating func paragraph(_ text: String, indent: Int = 2) {
    let margin = String(repeating: " ", count: indent)
    for line in TextWidth.wrapped(said(text), width: width - indent) { lines.append(margin + line) }
  }

  /// One item a line, what does not fit hanging below it.
  mutating func list(_ items: [String], indent: Int = 2) {
    let margin = String(repeating: " ", count: indent)
    for item in items {
      let wrapped = TextWidth.wrapped(said(item), width: width - indent - 2)
      for (index, line) in wrapped.enumerated() {
        lines.append(margin + (index == 0 ? "• " : "  ") + line)
      }
    }
  }

  mutating func table(_ table: TextTable, indent: Int = 2) {
    lines.append(
      contentsOf: table.said(by: said, levels: { PhraseBook.current?.level($0) ?? $0 }).lines(
        width: width, indent: indent))
  }

  private func said(_ text: String) -> String {
    PhraseBook.current?(text) ?? text
  }
}
