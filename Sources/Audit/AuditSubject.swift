import Features
import Tables

/// The leads to audit, with what is known about them from elsewhere. All that is optional sharpens the
/// audit; nothing is assumed in its place.
public struct AuditSubject: Sendable {
  /// One row a lead, or an example.
  public var table: Table
  /// What findings call a row: `lead` or `example`.
  public var unit = "lead"
  /// The columns to judge: those that would be features. Others are reported by fill rate alone.
  public var columns: [String]
  /// One a row: 1 won, 0 lost, -1 neither yet.
  public var outcomes: [Int8]
  /// Frequency weights, one a row; `nil` counts every row once.
  public var weights: [Double]?
  /// When each lead came in, seconds since 1970 UTC, NaN for unknown.
  public var created: [Double]?
  /// The column that `created` was read from: its own drift is no news.
  public var createdColumn: String?
  /// Rows with the same number stay together when rates are cross-fitted (an account, the examples of a
  /// lead); below 0 for a row that stands alone.
  public var groups: [Int32]?
  /// What a column's name says, where it is that of a field that is filled in or changed afterwards:
  /// `filled in when the deal closes`.
  public var laterFields: [String: String] = [:]
  /// Columns that the user keeps whatever the audit finds.
  public var kept: Set<String> = []
  /// Columns that are no features, and why.
  public var leftOut: [ColumnSelection.LeftOut] = []
  /// The leads that will be scored; `nil` takes the open ones of `table`.
  public var scored: Table?
  /// How findings call those of `scored`.
  public var scoredWords = "leads to score"
  /// When fields were filled in, where a field history or dated exports tell.
  public var fieldTimes: [FieldTimes] = []
  /// When each lead was won or lost, seconds since 1970 UTC, NaN for unknown.
  public var outcomeTimes: [Double]?
  /// Of examples: the leads that they were made of, as of the export. Evidence in time is sought there,
  /// for the columns under `asOfExport`: examples show neither open leads nor when a field was filled in.
  public var exported: ExportedLeads?
  /// Examples whose horizon has not passed, as the history counts them.
  public var immature: ImmatureLeads?
  /// Rows that are copies of another, as the run counts them.
  public var copies: CopiedLeads?
  /// Columns whose values are those of the export, not of the moment of decision.
  public var asOfExport: [String] = []
  /// Leads that were won and lost, where a lead may have several rows; `nil` counts rows.
  public var leadCounts: (won: Int, lost: Int)?
  /// Fewer won or lost leads than this can't be learned from.
  public var fewestOutcomes = 20
  /// Fewer than this are learned from with a warning.
  public var fewOutcomes = 40

  /// - Parameters:
  ///   - columns: names of `table`'s columns.
  ///   - outcomes: one a row of `table`.
  public init(table: Table, columns: [String], outcomes: [Int8]) {
    precondition(outcomes.count == table.rowCount, "one outcome a row")
    self.table = table
    self.columns = columns
    self.outcomes = outcomes
  }

  /// Whether a column of the examples was made of activities, and is no field of the leads.
  func isMade(_ column: String) -> Bool { exported.map { $0.table[column] == nil } ?? false }

  /// Whether examples have a column as it was at each decision: it can't know what came later.
  func isInTime(_ column: String) -> Bool {
    exported != nil && !asOfExport.contains(column)
  }

  /// When a field was first filled in.
  public struct FieldTimes: Sendable, Equatable {
    public var column: String
    /// One a row: seconds since 1970 UTC of the moment from which the cell was filled; NaN where it is
    /// blank, or nobody knows.
    public var firstFilled: [Double]

    public init(column: String, firstFilled: [Double]) {
      self.column = column
      self.firstFilled = firstFilled
    }
  }

  /// Leads as of the export, one a row.
  public struct ExportedLeads: Sendable {
    public var table: Table
    /// 1 won, 0 lost, -1 open.
    public var outcomes: [Int8]
    /// Seconds since 1970 UTC, NaN for unknown.
    public var created: [Double]?
    public var outcomeTimes: [Double]?
    public var fieldTimes: [FieldTimes]

    public init(
      table: Table, outcomes: [Int8], created: [Double]? = nil, outcomeTimes: [Double]? = nil,
      fieldTimes: [FieldTimes] = []
    ) {
      precondition(outcomes.count == table.rowCount, "one outcome a row")
      self.table = table
      self.outcomes = outcomes
      self.created = created
      self.outcomeTimes = outcomeTimes
      self.fieldTimes = fieldTimes
    }
  }

  /// Examples that are too young to have an outcome.
  public struct ImmatureLeads: Sendable, Equatable {
    /// Those left out of training.
    public var count: Int
    /// Of them, already won: left out too, or wins would arrive early.
    public var won: Int
    /// The horizon in days.
    public var horizonDays: Double

    public init(count: Int, won: Int, horizonDays: Double) {
      self.count = count
      self.won = won
      self.horizonDays = horizonDays
    }
  }

  /// Leads that stand more than once.
  public struct CopiedLeads: Sendable, Equatable {
    /// Rows that have a copy.
    public var rows: Int
    /// Rows in all.
    public var leads: Int
    /// What copies share: `their id (lead_id)`, `every column`.
    public var basis: String
    /// What is done: `kept in one fold`.
    public var action: String

    public init(rows: Int, leads: Int, basis: String, action: String) {
      self.rows = rows
      self.leads = leads
      self.basis = basis
      self.action = action
    }
  }
}
