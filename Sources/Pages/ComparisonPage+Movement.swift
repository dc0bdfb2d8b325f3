import Metrics
import Reports

extension ComparisonPage {
  /// How rule scores move over time; `nil` for leads that are decided on once.
  func movementSection(_ details: ComparisonDetails) -> String? {
    guard let movement = details.movement, !movement.steps.isEmpty || !movement.months.isEmpty
    else { return nil }
    return section(
      text(.movementTitle),
      lead: [moves(movement), trend(movement)].compactMap(\.self).joined(separator: " "),
      (movement.steps.isEmpty ? "" : stepTable(movement).html)
        + (movement.months.isEmpty ? "" : monthTable(movement).html), table: nil,
      help: text(.movementHelp))
  }

  private func moves(_ movement: ScoreMovement) -> String? {
    guard !movement.steps.isEmpty else { return nil }
    let phrase: Phrase =
      switch movement.verdict {
      case .onlyUp: .movementOnlyUp
      case .upAndDown: .movementUpAndDown
      case .still: .movementStill
      case .unknown: .movementUnknown
      }
    return text(
      phrase,
      [
        "rose": text.count(movement.rose), "fell": text.count(movement.fell),
        "level": text.count(movement.level),
      ])
  }

  private func trend(_ movement: ScoreMovement) -> String? {
    movement.trend.map { trend in
      text(
        movement.inflates ? .movementInflates : .movementTrend,
        [
          "trend": text.signed(trend, 1),
          "interval": text.interval(movement.trendInterval) { text.signed($0, 1) },
        ])
    }
  }

  /// A column from one age to the next: there are few of them.
  private func stepTable(_ movement: ScoreMovement) -> PageTable {
    let steps = movement.steps
    var table = PageTable(
      [words(text(.movementAge))]
        + steps.map { step in
          let ages = step.fromAge.flatMap { from in
            step.toAge.map { to in
              text(.movementAges, ["from": text.plain(from), "to": text.plain(to)])
            }
          }
          return number(ages ?? text(.movementNext))
        })
    func add(_ phrase: Phrase, _ cell: (ScoreMovement.Step) -> String) {
      table.add([text(phrase)] + steps.map(cell))
    }
    add(.leads) { text.count($0.leads) }
    add(.movementRose) { text.count($0.rose) }
    add(.movementStayed) { text.count($0.level) }
    add(.movementFell) { text.count($0.fell) }
    add(.movementBefore) { text.fixed($0.before, 1) }
    add(.movementAfter) { text.fixed($0.after, 1) }
    add(.interval) { text.interval($0.interval) { text.signed($0, 1) } }
    add(.movementModelBefore) { text.percent($0.probabilityBefore) }
    add(.movementModelAfter) { text.percent($0.probabilityAfter) }
    return table
  }

  private func monthTable(_ movement: ScoreMovement) -> PageTable {
    var table = PageTable(
      [
        words(text(.movementMonth)), number(text(.leads)), number(text(.meanScore)),
        number(text(.conversionRate)), number(text(.modelExpects)),
      ], caption: text(.movementMonths))
    for month in movement.months {
      table.add([
        month.month, text.count(month.leads), text.optional(month.meanScore) { text.fixed($0, 1) },
        month.leads > 0 ? text.percent(month.conversions / month.leads) : "–",
        text.optional(month.meanProbability) { text.percent($0) },
      ])
    }
    return table
  }
}
