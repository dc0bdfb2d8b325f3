import Metrics

extension ScoreMovement {
  /// What becomes of the score of a lead, in a sentence; `nil` where nothing is known of it.
  var movementSentence: String? {
    let counts =
      "From one decision about a lead to the next \(NumberText.count(rose)) scores rose, "
      + "\(NumberText.count(fell)) fell and \(NumberText.count(level)) stayed"
    return switch verdict {
    case .onlyUp:
      counts
        + ": the score only goes up. Points that fade, or a rule for silence, let it come down."
    case .upAndDown: counts + "."
    case .still: counts + ": the score hardly moves once it is given."
    case .unknown: nil
    }
  }

  /// What becomes of the scores of new leads, in a sentence.
  var trendSentence: String? {
    guard let trend, let trendInterval else { return nil }
    let size =
      "First scores of the later months are \(NumberText.signed(trend, 1)) points from those of the "
      + "earlier (95% interval \(FigureText.interval(trendInterval, decimals: 1, signed: true)))"
    return inflates
      ? size + ", and conversions did not rise with them: the points inflate." : size + "."
  }

  func add(to page: inout TextPage) {
    guard !steps.isEmpty || !months.isEmpty else { return }
    page.heading("How rule scores move over time")
    if let movementSentence { page.paragraph(movementSentence) }
    if !steps.isEmpty {
      var table = TextTable([
        .text("Age"), .number("Leads"), .number("Rose"), .number("Stayed"), .number("Fell"),
        .number("Score\nbefore"), .number("Score\nafter"), .number("Model\nbefore"),
        .number("Model\nafter"),
      ])
      for step in steps {
        table.add([
          step.ages, NumberText.count(step.leads), NumberText.count(step.rose),
          NumberText.count(step.level), NumberText.count(step.fell),
          NumberText.fixed(step.before, 1), NumberText.fixed(step.after, 1),
          NumberText.percent(step.probabilityBefore), NumberText.percent(step.probabilityAfter),
        ])
      }
      page.table(table)
    }
    if let trendSentence { page.paragraph(trendSentence) }
    guard !months.isEmpty else { return }
    var table = TextTable([
      .text("First decision"), .number("Leads"), .number("Mean\nscore"),
      .number("Conversion\nrate"),
      .number("Model\nexpects"),
    ])
    for month in months {
      table.add([
        month.month, NumberText.count(month.leads), FigureText.optional(month.meanScore, 1),
        month.leads > 0 ? NumberText.percent(month.conversions / month.leads) : "–",
        month.meanProbability.map { NumberText.percent($0) } ?? "–",
      ])
    }
    page.table(table)
  }
}

extension ScoreMovement.Step {
  /// `7 to 30 days`.
  fileprivate var ages: String {
    guard let fromAge, let toAge else { return "one to the next" }
    return "\(NumberText.plain(fromAge)) to \(NumberText.plain(toAge)) days"
  }
}
