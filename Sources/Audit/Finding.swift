/// Something that a reader must know about the leads before a model of them is trusted.
public struct Finding: Codable, Sendable, Equatable {
  /// The most serious first.
  public enum Severity: String, Codable, Sendable, CaseIterable, Comparable {
    /// Known only once the outcome is: left out unless it is kept by name.
    case leak
    /// May be one: kept, with the question that only a person can answer.
    case suspect
    /// The figures, or scores to come, may mislead.
    case warning
    /// Good to know.
    case note

    public static func < (left: Severity, right: Severity) -> Bool {
      left.rank < right.rank
    }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// What a finding is about, for programs.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case filledAfterOutcome = "filled_after_outcome"
    case predictsTooWell = "predicts_too_well"
    case nearCopyOfOutcome = "near_copy_of_outcome"
    case missingnessKnowsOutcome = "missingness_knows_outcome"
    case nameOfLaterField = "name_of_later_field"
    case identifier
    case constant
    case neverFilled = "never_filled"
    case duplicateColumn = "duplicate_column"
    case duplicateLeads = "duplicate_leads"
    case staleField = "stale_field"
    case baseRateDrift = "base_rate_drift"
    case immatureLeads = "immature_leads"
    case openLeads = "open_leads"
    case lateLevels = "late_levels"
    case differsFromHistory = "differs_from_history"
    case unseenSegment = "unseen_segment"
    case fewOutcomes = "few_outcomes"
    case asOfExport = "as_of_export"
    case unlikelyHeader = "unlikely_header"
    case unreadableRows = "unreadable_rows"
    case joinWithoutMatch = "join_without_match"
  }

  public let severity: Severity
  public let kind: Kind
  /// In the order of the table; empty for a finding about the leads as a whole.
  public let columns: [String]
  /// What is the matter, in a few words: `filled in only after the outcome`.
  public let finding: String
  /// The figures that show it: `filled in for 98.2% of won leads and 1.1% of lost ones`.
  public let evidence: String
  /// The same figures for programs: shares between 0 and 1, counts, areas.
  public let figures: [String: Double]
  /// What was done: `left out; --keep-column "Tags" keeps it`.
  public let action: String

  public init(
    severity: Severity, kind: Kind, columns: [String] = [], finding: String, evidence: String,
    figures: [String: Double] = [:], action: String
  ) {
    self.severity = severity
    self.kind = kind
    self.columns = columns
    self.finding = finding
    self.evidence = evidence
    self.figures = figures
    self.action = action
  }
}
