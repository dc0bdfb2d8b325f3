import Metrics
import Models

extension ChangeReport {
  /// Leads and columns that are shown.
  private static let shown = 10
  /// Parts of a lead's move that are shown.
  private static let shownParts = 3
  /// A part that is shown moves the log-odds at least so far: below it stands nothing in two decimals.
  private static let smallestPart = 0.01

  /// - Parameter unit: what a row is: `lead` or `example`.
  func add(to page: inout TextPage, unit: String) {
    page.heading("What changed since \(before.name)")
    page.paragraph(verdict(unit: unit))
    page.list(fairness)
    let heading = unit.prefix(1).uppercased() + unit.dropFirst() + "s"
    if let judgement {
      FigureTable(
        unit: heading,
        sets: [(before.name, judgement.before), (after.name, judgement.after)]
      ).add(to: &page)
    } else {
      page.paragraph("As recorded, each by its own fit on its own \(unit)s out of fold:")
      FigureTable(
        unit: heading,
        sets: [
          (before.name, before.outOfFold.figures), (after.name, after.outOfFold.figures),
        ]
      ).add(to: &page)
    }
    addMoves(to: &page, unit: unit)
    addColumns(to: &page, unit: unit)
    guard !options.isEmpty else { return }
    page.heading("What differs in how they were fitted")
    var table = TextTable([.text(""), .text(before.name), .text(after.name)])
    for option in options { table.add([option.name, option.before ?? "–", option.after ?? "–"]) }
    page.table(table)
  }

  private func verdict(unit: String) -> String {
    guard let judgement else {
      return "Which of them is better can't be told from \(unit)s that both can be judged on."
    }
    let difference = judgement.logLossDifference
    let (low, high) = (
      difference.interval?.low ?? -.infinity, difference.interval?.high ?? .infinity
    )
    let words =
      high < 0
      ? "the new version is better beyond doubt"
      : low > 0 ? "the new version is worse beyond doubt" : "the two can't be told apart"
    return
      "On \(NumberText.count(judgement.after.leads)) \(unit)s that neither version was fitted to, the "
      + "log loss went from \(NumberText.fixed(judgement.before.logLoss, 4)) to "
      + "\(NumberText.fixed(judgement.after.logLoss, 4)) "
      + "(\(NumberText.signed(difference.value, 4)), 95% interval "
      + "\(FigureText.interval(difference.interval, decimals: 4, signed: true))): \(words)."
  }

  private func addMoves(to page: inout TextPage, unit: String) {
    page.heading("Which \(unit)s moved most")
    let whose =
      switch moves.population {
      case .open:
        "open \(unit)s, whose outcome neither version has seen"
      case .heldOut:
        "\(unit)s that were kept from the new version"
      case .training:
        "\(unit)s that the new version was fitted to, for want of open ones: part of a move is what "
          + "it remembers of their outcomes"
      }
    page.paragraph("\(NumberText.count(moves.leads)) \(whose), each scored by both as written.")
    page.list([
      "The probability moves by \(NumberText.fixed(moves.meanChange * 100, 1)) points on average; "
        + "\(NumberText.count(moves.otherBand)) "
        + "(\(NumberText.percent(of: moves.otherBand, in: moves.leads))) are in another band.",
      "Of the \(NumberText.count(moves.top)) that \(before.name) puts first, "
        + "\(NumberText.count(moves.topOfBoth)) are among the first \(NumberText.count(moves.top)) of "
        + "\(after.name).",
      "The average \(unit) stands at \(NumberText.percent(moves.averageAfter)), before at "
        + "\(NumberText.percent(moves.averageBefore)): that moves all alike.",
    ])
    guard !moves.leadsMoved.isEmpty else { return }
    var table = TextTable([
      .text(unit.prefix(1).uppercased() + unit.dropFirst()), .number("Before"), .number("Now"),
      .text("Moved by (log-odds)"),
    ])
    for lead in moves.leadsMoved.prefix(Self.shown) {
      let parts = lead.parts.prefix(Self.shownParts)
        .filter { abs($0.contribution) >= Self.smallestPart }
        .map { "\($0.text): \(NumberText.signed($0.contribution, 2))" }
      table.add([
        lead.lead.joined(separator: " "), NumberText.percent(lead.before),
        NumberText.percent(lead.after), parts.isEmpty ? "–" : parts.joined(separator: "; "),
      ])
    }
    page.table(table)
  }

  private func addColumns(to page: inout TextPage, unit: String) {
    guard !columns.isEmpty else { return }
    page.heading("Which columns gained and lost")
    page.paragraph(
      "How far each column moves the log-odds of these \(unit)s on average, in either version, and how "
        + "far apart the two lie.")
    var table = TextTable([
      .names("Column"), .number("Before"), .number("Now"), .number("Apart"), .text("Direction now"),
    ])
    // What one version alone uses stands among the first whatever it moves.
    let changed = columns.filter { $0.before == nil || $0.after == nil }
    let rest = columns.filter { $0.before != nil && $0.after != nil }.prefix(Self.shown)
    for column in changed + rest {
      table.add([
        column.column, column.before.map { NumberText.fixed($0.meanSize, 2) } ?? "new",
        column.after.map { NumberText.fixed($0.meanSize, 2) } ?? "gone",
        NumberText.fixed(column.moves, 2),
        column.after?.words(type: column.type) ?? column.whyGone ?? "–",
      ])
    }
    page.table(table)
    let hidden = columns.count - changed.count - rest.count
    if hidden > 0 {
      page.paragraph(
        "Not shown: \(NumberText.counted(hidden, "column")) that moved less; --json lists all.")
    }
  }
}
