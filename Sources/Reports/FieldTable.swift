import Audit
import Metrics
import Tables

/// The fields of an audit as a table: those that are learned from by how well each tells the outcome
/// alone, then those that are left out.
struct FieldTable {
  let fields: [FieldAudit]
  let columns: [ColumnUse]
  let sampledLeads: Int?

  func add(to page: inout TextPage) {
    let uses = Dictionary(
      columns.map { ($0.column, $0) }, uniquingKeysWith: { first, _ in first })
    guard !columns.isEmpty else { return }
    let judged = fields.filter { $0.soloArea != nil }
    if judged.isEmpty {
      columns.add(to: &page)
      return
    }
    let used = columns.count(where: \.isUsed)
    page.heading("Fields: \(used) used, \(columns.count - used) left out")
    let hasDates = judged.contains { $0.lastFilled != nil }
    var table = TextTable(
      [
        .names("Field"), .text("Kind"), .number("Filled"), .number("AUC\nalone"),
        .number("95%\ninterval"), .number("Filled\ntells"),
      ] + (hasDates ? [.number("Last\nfilled")] : []))
    for field in judged.sortedByArea {
      table.add(cells(of: field) + (hasDates ? [month(field.lastFilled)] : []))
    }
    page.table(table)
    page.paragraph(legend)
    let left = columns.filter { use in
      !use.isUsed && !judged.contains { $0.column == use.column }
    }
    guard !left.isEmpty else { return }
    page.blank()
    var others = TextTable([.names("Left out"), .text("Kind"), .number("Filled"), .text("Why")])
    for use in left {
      let field = fields.first { $0.column == use.column }
      others.add([
        use.column, use.kind, field.map { NumberText.percent($0.filled) } ?? "–",
        uses[use.column]?.why ?? "",
      ])
    }
    page.table(others)
  }

  private func cells(of field: FieldAudit) -> [String] {
    let mark =
      field.severity.flatMap {
        $0 <= .suspect ? " (\(PhraseBook.current?($0.rawValue) ?? $0.rawValue))" : nil
      } ?? ""
    let levels = field.levels.map { " \(NumberText.count($0))" } ?? ""
    return [
      field.column + mark, field.type + levels, NumberText.percent(field.filled),
      FigureText.optional(field.soloArea?.value, 3), bounds(field.soloArea?.interval),
      field.fillArea.map { NumberText.fixed($0.value, 2) + (field.fillKnowsOutcome ? "!" : " ") }
        ?? "– ",
    ]
  }

  /// `.915–.927`.
  private func bounds(_ interval: ConfidenceInterval?) -> String {
    guard let interval else { return "–" }
    return [interval.low, interval.high].map { bound in
      let text = NumberText.fixed(bound, 3)
      return text.hasPrefix("0") ? String(text.dropFirst()) : text
    }.joined(separator: "–")
  }

  private func month(_ seconds: Double?) -> String {
    seconds.flatMap { CalendarMonth(seconds: $0) }.map { "\($0)" } ?? "–"
  }

  private var legend: String {
    "AUC alone: how well the field tells won from lost by itself, out of fold; 0.5 is chance. Filled "
      + "tells: the same of its being filled in; ! where that knows the outcome."
      + (sampledLeads.map {
        " Computed on \(NumberText.count($0)) closed leads, taken by hash."
      } ?? "")
  }
}

extension [FieldAudit] {
  /// The most telling first; those alike in the order of the table.
  fileprivate var sortedByArea: [FieldAudit] {
    enumerated().sorted { first, second in
      let (one, other) = (first.element.soloArea?.value ?? 0, second.element.soloArea?.value ?? 0)
      return one != other ? one > other : first.offset < second.offset
    }.map(\.element)
  }
}
