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

  private func stepTable(_ movement: ScoreMovement) -> PageTable {
    var table = PageTable([
      words(text(.movementAge)), number(text(.leads)), number(text(.movementRose)),
      number(text(.movementStayed)), number(text(.movementFell)), number(text(.movementBefore)),
      number(text(.movementAfter)), number(text(.interval)), number(text(.movementModelBefore)),
      number(text(.movementModelAfter)),
    ])
    for step in movement.steps {
      let ages = step.fromAge.flatMap { from in
        step.toAge.map { to in
          text(.movementAges, ["from": text.plain(from), "to": text.plain(to)])
        }
      }
      table.add([
        ages ?? text(.movementNext), text.count(step.leads), text.count(step.rose),
        text.count(step.level), text.count(step.fell), text.fixed(step.before, 1),
        text.fixed(step.after, 1), text.interval(step.interval) { text.signed($0, 1) },
        text.percent(step.probabilityBefore), text.percent(step.probabilityAfter),
      ])
    }
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
