import Activities
import Metrics

extension ExampleReport {
  /// What was done, a line each.
  public var lines: [String] {
    var lines = [
      "examples: \(NumberText.count(examples)), of \(NumberText.count(leadsWithExamples)) of the "
        + "\(NumberText.counted(leads, "lead")); \(NumberText.count(met)) met the target",
      "end of the data: \(zone.text(end))",
    ]
    if let horizon {
      lines.append(
        "horizon: \(ReadableDurations.words(horizon))"
          + (horizonIsFound ? ", by which nine of ten wins have come" : ""))
    }
    lines.append(
      "decisions: \(moments.words)"
        + (agesAreFound ? " (the ages of the leads to be scored)" : ""))
    lines += leftOutLines + activityLines + fieldLines
    if case .ages(let asked) = moments, asked.count > ages.count {
      let without = asked.filter { !ages.contains($0) }.map(ReadableDurations.words)
      lines.append(
        "no example at the age of \(without.joined(separator: ", ")): no lead was open then with a whole "
          + "horizon after it")
    }
    if openLeads > 0, let least = ages.min(), let most = ages.max() {
      lines.append(
        "open leads: \(NumberText.count(openLeads)), of which \(NumberText.count(openOutsideAges)) "
          + "(\(Self.percent(openOutsideAges, openLeads))) are younger than "
          + "\(ReadableDurations.words(least)) or older than \(ReadableDurations.words(most))")
    }
    return lines
  }

  /// What makes the figures worse live than they look here, a line each, the worst first.
  public var warnings: [String] {
    var lines: [String] = []
    if isAsOfExport {
      lines.append(
        "Each example is its lead as of the export: what came after the outcome counts too; expect "
          + "much worse live.")
    }
    if outcomeHasNoDate {
      lines.append(
        "Outcomes have no date, so the label is the outcome by the export, without a horizon.")
    }
    lines += [ExportColumns(names: columnsAsOfExport).liveWarning].compactMap(\.self)
    lines += activityWarnings
    if goneLeads > 0 {
      lines.append(
        "\(NumberText.counted(goneLeads, "lead")) of earlier exports \(goneLeads == 1 ? "is" : "are") not in "
          + "the newest, and left out: if lost leads are deleted, the rates of conversion are too high."
      )
    }
    if openLeads > 0, openOutsideAges * 5 > openLeads {
      lines.append(
        "\(Self.percent(openOutsideAges, openLeads)) of the open leads are younger or older than "
          + "any example: their probabilities are extrapolated.")
    }
    return lines
  }

  /// Immature decisions by month, a line each; empty where there are none.
  public var immatureLines: [String] {
    guard immature > 0 else { return [] }
    return ["month    examples  met  immature  already met"]
      + months.map { month in
        [
          (month.month, 7), (NumberText.count(month.examples), 10),
          (NumberText.count(month.met), 5),
          (NumberText.count(month.immature), 10), (NumberText.count(month.immatureMet), 13),
        ].map { text, width in String(repeating: " ", count: max(0, width - text.count)) + text }
          .joined()
      }
  }

  private var leftOutLines: [String] {
    let causes: [(Int, String)] = [
      (
        immature,
        "immature decisions, whose horizon has not passed "
          + "(\(NumberText.count(immatureMet)) of them met the target already)"
      ),
      (notReached, "decisions that lie after the end of the data"),
      (closed, "decisions after the lead was won, lost or gone"),
      (closedAtUnknownTime, "decisions about leads that were lost nobody knows when"),
      (withoutID, "leads without an id"),
      (withoutCreation, "leads without a date of creation"),
      (createdAfterEnd, "leads that were created after the end of the data"),
      (closedBeforeCreation, "leads that were won or lost before they were created"),
      (closedAfterEnd, "leads that are closed with a date after the end of the data"),
      (undatedWon, "won leads without a date"),
      (undatedLost, "lost leads without a date"),
      (outsidePopulation, "leads that never came into the population"),
    ]
    return causes.compactMap { count, words in
      count > 0 ? "left out: \(NumberText.count(count)) \(words)" : nil
    }
  }

  private var activityLines: [String] {
    guard let activities else { return [] }
    let causes: [(Int, String)] = [
      (activities.planned, "planned activities"),
      (activities.unknownLead, "activities of leads that are not in the table"),
      (activities.missingLead, "activities without a lead"),
      (activities.missingTime, "activities without a time"),
    ]
    var lines = [
      "activities: \(NumberText.count(activities.kept)) of \(NumberText.count(activities.read))"
    ]
    lines += causes.compactMap { count, words in
      count > 0 ? "left out: \(NumberText.count(count)) \(words)" : nil
    }
    if activities.late > 0 {
      lines.append(
        "recorded late: \(NumberText.count(activities.late)) activities count only from then on")
    }
    if activities.recordedLater > 0 {
      lines.append(
        "\(NumberText.count(activities.recordedLater)) activities have a time of recording that has "
          + "not come: they tell nothing of the export, and do not count until then")
    }
    return lines
  }

  private var fieldLines: [String] {
    var lines: [String] = []
    if changes > 0 {
      lines.append(
        "fields in time: \(NumberText.counted(columnsInTime.count, "column")) by "
          + "\(NumberText.counted(changes, "change")), "
          + "\(columnsAsOfExport.count) as of the export")
    } else if exports > 0 {
      lines.append("fields in time: by \(NumberText.counted(exports, "dated export"))")
    }
    let causes: [(Int, String)] = [
      (changeContradictions, "changes contradict the one before, or the export"),
      (changesOfUnknownLeads, "changes are of leads that are not in the table"),
      (incompleteChanges, "changes lack a lead or a column"),
      (
        untimedChanges,
        "changes have no time: they tell what a field was before it changed, or it is missing until "
          + "a change that has one"
      ),
      (plannedChanges, "changes lie after the moment at which the data were read"),
      (examplesBeforeChanges, "examples were decided before the first change of all"),
      (examplesWithoutExport, "examples are of leads that no earlier export has: fields missing"),
    ]
    lines += causes.compactMap { count, words in
      count > 0 ? "\(NumberText.count(count)) \(words)" : nil
    }
    lines += unreadableValues.map(\.line) + lackingColumns.map(\.line)
    if !changedColumnsUnknown.isEmpty {
      lines.append("changes of columns that the leads lack: \(changedColumnsUnknown.briefly)")
    }
    return lines
  }

  private static func percent(_ part: Int, _ whole: Int) -> String {
    "\(Int((100 * Double(part) / Double(whole)).rounded()))%"
  }
}
