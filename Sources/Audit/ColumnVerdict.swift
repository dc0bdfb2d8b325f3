import Metrics

/// What speaks against a column, and how much.
///
/// A **leak** has evidence in time: a field history that shows most of its cells filled at the outcome
/// or after it; or open leads that have it ten times less often than closed ones of the same months, or,
/// where months can't be compared, ten times less often while having it tells won from lost. It is a
/// leak too where it predicts beyond doubt alone and its being filled in knows the outcome, or open leads
/// have other values than closed ones; and where open, won and lost leads all have values of their own.
///
/// A **suspect** shows one of these signs without being a leak: it predicts beyond doubt alone; it is an
/// outlier among the solo areas of the table; its being filled in knows the outcome by a medium effect;
/// open leads never have it; its name is that of a field that is filled in or changed afterwards.
struct ColumnVerdict: Sendable, Equatable {
  let severity: Finding.Severity
  let kind: Finding.Kind
  let finding: String
  let evidence: String
  let figures: [String: Double]

  /// - Returns: `nil` where nothing speaks against the column.
  init?(field: FieldAudit, time: TimeEvidence, fence: OutlierFence, nameSays: String?) {
    let signs = Signs(field: field, time: time, fence: fence, nameSays: nameSays)
    guard let (severity, kind, finding) = signs.judgement else { return nil }
    self.severity = severity
    self.kind = kind
    self.finding = finding
    evidence = signs.words.joined(separator: "; ")
    figures = signs.figures
  }

  private struct Signs {
    let field: FieldAudit
    let time: TimeEvidence
    let fence: OutlierFence
    let nameSays: String?

    private var low: Double { field.soloArea?.interval?.low ?? 0 }
    private var isBeyondDoubt: Bool { low > AuditLimits.leakArea }
    private var isNearCopy: Bool {
      isBeyondDoubt && (field.soloArea?.value ?? 0) >= AuditLimits.copyArea
    }
    private var isOutlier: Bool { fence.area.map { low > $0 } ?? false }
    private var fillTellsMuch: Bool { field.fillArea?.isBeyond(AuditLimits.mediumArea) ?? false }
    private var fillKnows: Bool { field.fillKnowsOutcome || time.closing != nil }

    var judgement: (Finding.Severity, Finding.Kind, String)? {
      if time.fills?.areMostlyLate == true {
        return (.leak, .filledAfterOutcome, "filled in after the outcome")
      }
      if let closing = time.closing, closing.isMatchedByMonth || fillTellsMuch {
        return (.leak, .filledAfterOutcome, "filled in only once a lead closes")
      }
      if isBeyondDoubt, fillKnows {
        return (
          .leak, isNearCopy ? .nearCopyOfOutcome : .predictsTooWell,
          isNearCopy
            ? "nearly the outcome itself, and blank by it"
            : "tells the outcome alone, and is blank by it"
        )
      }
      if let values = time.values, isBeyondDoubt || values.divideOutcomes {
        return (.leak, .nearCopyOfOutcome, "the outcome in other words")
      }
      if isNearCopy { return (.suspect, .nearCopyOfOutcome, "nearly the outcome itself") }
      if isBeyondDoubt { return (.suspect, .predictsTooWell, "tells the outcome alone") }
      if isOutlier {
        return (.suspect, .predictsTooWell, "tells far more than any other column")
      }
      if time.closing != nil {
        return (.suspect, .filledAfterOutcome, "open leads hardly ever have it")
      }
      if fillTellsMuch {
        return (.suspect, .missingnessKnowsOutcome, "blank or not tells the outcome")
      }
      if let nameSays { return (.suspect, .nameOfLaterField, "by its name, \(nameSays)") }
      return nil
    }

    /// All that was seen, the most telling first.
    var words: [String] {
      var words: [String] = []
      if let fills = time.fills, fills.areMostlyLate {
        words.append(
          "filled at the outcome or later in \(NumberText.count(fills.afterOutcome)) of "
            + "\(NumberText.count(fills.known)) leads")
      }
      if let closing = time.closing {
        let age = closing.isMatchedByMonth ? " of the same months" : ""
        words.append(
          "filled in for \(NumberText.percent(closing.closedShare)) of \(closing.group) leads\(age), "
            + "\(NumberText.percent(closing.openShare)) of open ones")
      }
      if let values = time.values, isBeyondDoubt || values.divideOutcomes {
        words.append(values.words)
      }
      if let area = field.soloArea, isBeyondDoubt || isOutlier || nameSays != nil {
        words.append("AUC alone \(area.words)")
      }
      if isOutlier, !isBeyondDoubt, let fence = fence.area {
        words.append("others end below \(NumberText.fixed(fence, 2))")
      }
      if field.fillKnowsOutcome, let won = field.filledWon, let lost = field.filledLost {
        words.append(
          "filled in for \(NumberText.percent(won)) of won leads, \(NumberText.percent(lost)) of lost"
        )
      }
      // Said already where there is no other sign.
      if let nameSays, judgement?.1 != .nameOfLaterField {
        words.append("by its name, \(nameSays)")
      }
      return words
    }

    var figures: [String: Double] {
      var figures: [String: Double] = [:]
      figures["solo_auc"] = field.soloArea?.value
      figures["solo_auc_low"] = field.soloArea?.interval?.low
      figures["solo_auc_high"] = field.soloArea?.interval?.high
      figures["fill_auc"] = field.fillArea?.value
      figures["filled_won"] = field.filledWon
      figures["filled_lost"] = field.filledLost
      figures["filled_open"] = field.filledOpen
      figures["outlier_fence"] = fence.area
      if let fills = time.fills {
        figures["filled_after_outcome"] = Double(fills.afterOutcome)
        figures["filled_at_known_time"] = Double(fills.known)
      }
      if let values = time.values {
        figures["values_shared_with_open"] = values.sharedWithOpen
        figures["values_shared_by_outcomes"] = values.sharedByOutcomes
      }
      return figures
    }
  }
}
