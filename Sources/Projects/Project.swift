import Tables
import YAMLDocuments

/// What a user says about a history of leads: where it is, which columns are what, and how to
/// train (Docs/ProjectFile.md).
public struct Project: Sendable, Equatable {
  /// Where it was read from; `nil` outside a file.
  public var file: ProjectPath?
  /// The name that models are kept under; `nil` to take it from the leads' file.
  public var name: String?
  public var leads: TableSource?
  /// Columns that are carried to the output byte for byte, and never features.
  public var id: [String]
  public var account: String?
  public var created: String?
  /// Tokens that mean "not filled in"; `nil` for the usual ones.
  public var missing: [String]?
  public var exclude: [String]
  /// Columns that are learned from even where the audit takes them for leaks or identifiers.
  public var keep: [String]
  public var columns: [ProjectColumn]
  public var weight: String?
  /// From a column of the leads; `nil` where it is an event.
  public var outcome: ProjectOutcome?
  /// From activities; `nil` where a column says it.
  public var events: ProjectEvents?
  /// Seconds after the decision within which a lead must be won; `nil` for no limit.
  public var horizon: Int?
  public var target: ProjectTarget?
  public var activities: ProjectActivities?
  public var changes: ProjectChanges?
  /// In the order in which they are made.
  public var joins: [ProjectJoin]
  /// Rules what a day is; `nil` for UTC.
  public var timezone: String?
  public var decision: ProjectDecision?
  /// Files of words of the user's own beside the shipped ones; empty for the shipped ones alone, and
  /// `nil` where titles, e-mail addresses and countries are not read.
  public var vocabulary: [ProjectVocabulary]?
  /// A table that scores are written to.
  public var scores: ProjectScores?
  public var training: ProjectTraining
  public var rules: ProjectPath?
  /// A column with points that another system computed.
  public var ruleScore: String?
  /// `nil` where nobody knows.
  public var contacted: ProjectContacted?

  public init(
    name: String? = nil, leads: TableSource? = nil, id: [String] = [], account: String? = nil,
    created: String? = nil, missing: [String]? = nil, exclude: [String] = [],
    keep: [String] = [],
    columns: [ProjectColumn] = [], weight: String? = nil, outcome: ProjectOutcome? = nil,
    events: ProjectEvents? = nil, horizon: Int? = nil, target: ProjectTarget? = nil,
    activities: ProjectActivities? = nil, changes: ProjectChanges? = nil,
    joins: [ProjectJoin] = [], timezone: String? = nil, decision: ProjectDecision? = nil,
    vocabulary: [ProjectVocabulary]? = nil, scores: ProjectScores? = nil,
    training: ProjectTraining = ProjectTraining(), rules: ProjectPath? = nil,
    ruleScore: String? = nil, contacted: ProjectContacted? = nil
  ) {
    self.name = name
    self.leads = leads
    self.id = id
    self.account = account
    self.created = created
    self.missing = missing
    self.exclude = exclude
    self.keep = keep
    self.columns = columns
    self.weight = weight
    self.outcome = outcome
    self.events = events
    self.horizon = horizon
    self.target = target
    self.activities = activities
    self.changes = changes
    self.joins = joins
    self.timezone = timezone
    self.decision = decision
    self.vocabulary = vocabulary
    self.scores = scores
    self.training = training
    self.rules = rules
    self.ruleScore = ruleScore
    self.contacted = contacted
  }

  /// What is said about a column, if anything.
  public subscript(column name: String) -> ProjectColumn? {
    columns.first { $0.name == name }
  }
}

/// A path as it was written, and the folder that it starts from.
public struct ProjectPath: Sendable, Equatable {
  public var written: String
  /// Of the project file; empty for the working folder.
  public var folder: String

  public init(_ written: String, folder: String = "") {
    self.written = written
    self.folder = folder
  }

  /// The path to open: relative paths start from the project file's folder.
  public var resolved: String {
    if written.hasPrefix("/") || folder.isEmpty { return written }
    return folder.hasSuffix("/") ? folder + written : "\(folder)/\(written)"
  }
}

/// What is said about one column; what is `nil` is found from its cells.
public struct ProjectColumn: Sendable, Equatable {
  public var name: String
  public var type: ColumnType?
  public var decimalMark: UInt8?
  public var groupingMark: UInt8?
  public var dateOrder: DateOrder?
  /// Beside the project's own tokens.
  public var missing: [String]?
  /// Which way boosted trees may move the odds as the number rises; `nil` for either.
  public var monotone: Monotone?
  /// Where that is said, for what only the cells can contradict; `nil` outside a file.
  public var monotonePlace: YAMLPlace?

  public enum Monotone: String, Sendable, CaseIterable {
    case increasing
    case decreasing
  }

  public init(
    name: String, type: ColumnType? = nil, decimalMark: UInt8? = nil, groupingMark: UInt8? = nil,
    dateOrder: DateOrder? = nil, missing: [String]? = nil, monotone: Monotone? = nil,
    monotonePlace: YAMLPlace? = nil
  ) {
    self.name = name
    self.type = type
    self.decimalMark = decimalMark
    self.groupingMark = groupingMark
    self.dateOrder = dateOrder
    self.missing = missing
    self.monotone = monotone
    self.monotonePlace = monotonePlace
  }
}

/// Which values of which column mean won and lost; every other value is open.
public struct ProjectOutcome: Sendable, Equatable {
  public var column: String
  /// Empty to take the yes of a yes/no column.
  public var won: [String]
  /// Empty to take the other value of a column with two.
  public var lost: [String]
  /// A date column: when the lead was won or lost.
  public var at: String?

  public init(column: String, won: [String] = [], lost: [String] = [], at: String? = nil) {
    self.column = column
    self.won = won
    self.lost = lost
    self.at = at
  }

  /// Reads a flag such as `y=yes` or `deal_stage=Won,Renewed`. The column ends at the first `=`.
  /// - Throws: `ProjectError.badTarget`.
  public static func parse(target: String, lost: [String] = []) throws -> ProjectOutcome {
    let parts = target.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let won = parts.count == 2 ? parts[1].split(separator: ",").map { trimmed($0) } : []
    let column = parts.first.map { trimmed($0) } ?? ""
    guard !column.isEmpty, parts.count == 1 || !won.filter({ !$0.isEmpty }).isEmpty else {
      throw ProjectError.badTarget(target)
    }
    return ProjectOutcome(column: column, won: won.filter { !$0.isEmpty }, lost: lost)
  }
}

/// Without the white space around it.
func trimmed(_ text: some StringProtocol) -> String {
  guard let first = text.firstIndex(where: { !$0.isWhitespace }),
    let last = text.lastIndex(where: { !$0.isWhitespace })
  else { return "" }
  return String(text[first...last])
}
