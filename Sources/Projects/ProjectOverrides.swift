import Tables

/// What flags say; each that is given goes before the project file.
///
/// Three add to what the file says instead of replacing it, `exclude`, `keep` and `missing`: leaving one
/// more column out must not let those back in that the file leaves out. A column that a flag keeps is
/// no longer excluded by the file, and the other way round. Paths start from the working
/// folder.
public struct ProjectOverrides: Sendable, Equatable {
  public var name: String?
  /// Replaces where the leads are, and keeps how a text file is written.
  public var leads: TableSource.Place?
  public var separator: UInt8?
  public var encoding: TextDialect.Encoding?
  public var hasHeader: Bool?
  public var skipsBadRows: Bool?
  public var id: [String]?
  public var account: String?
  public var created: String?
  public var missing: [String]
  public var exclude: [String]
  public var keep: [String]
  public var weight: String?
  /// Replaces column and won values. The file's lost values stay where the column is the same.
  public var outcome: ProjectOutcome?
  public var lost: [String]?
  public var algorithms: [ProjectTraining.Algorithm]?
  public var seed: UInt64?
  public var holdOut: Double?
  public var folds: Int?
  public var penalty: ProjectTraining.Penalty?
  public var numbers: ProjectTraining.Numbers?
  /// Replaces `rules` and `rule_score`; so does `ruleScore`.
  public var rulesPath: String?
  public var ruleScore: String?

  public init(
    name: String? = nil, leads: TableSource.Place? = nil, separator: UInt8? = nil,
    encoding: TextDialect.Encoding? = nil, hasHeader: Bool? = nil,
    skipsBadRows: Bool? = nil, id: [String]? = nil, account: String? = nil, created: String? = nil,
    missing: [String] = [], exclude: [String] = [], keep: [String] = [],
    weight: String? = nil, outcome: ProjectOutcome? = nil, lost: [String]? = nil,
    algorithms: [ProjectTraining.Algorithm]? = nil, seed: UInt64? = nil, holdOut: Double? = nil,
    folds: Int? = nil, penalty: ProjectTraining.Penalty? = nil,
    numbers: ProjectTraining.Numbers? = nil, rulesPath: String? = nil, ruleScore: String? = nil
  ) {
    self.name = name
    self.leads = leads
    self.separator = separator
    self.encoding = encoding
    self.hasHeader = hasHeader
    self.skipsBadRows = skipsBadRows
    self.id = id
    self.account = account
    self.created = created
    self.missing = missing
    self.exclude = exclude
    self.keep = keep
    self.weight = weight
    self.outcome = outcome
    self.lost = lost
    self.algorithms = algorithms
    self.seed = seed
    self.holdOut = holdOut
    self.folds = folds
    self.penalty = penalty
    self.numbers = numbers
    self.rulesPath = rulesPath
    self.ruleScore = ruleScore
  }
}

extension Project {
  /// The project with what flags say in place of what the file says.
  public func applying(_ overrides: ProjectOverrides) -> Project {
    var project = self
    project.name = overrides.name ?? name
    project.leads = mergedLeads(overrides)
    project.id = overrides.id ?? id
    project.account = overrides.account ?? account
    project.created = overrides.created ?? created
    if !overrides.missing.isEmpty {
      project.missing = merged(missing ?? [], overrides.missing)
    }
    project.exclude = merged(exclude, overrides.exclude).filter { !overrides.keep.contains($0) }
    project.keep = merged(keep, overrides.keep).filter { !overrides.exclude.contains($0) }
    project.weight = overrides.weight ?? weight
    if var new = overrides.outcome {
      if new.lost.isEmpty, let outcome, outcome.column == new.column {
        new.lost = outcome.lost.filter { !new.won.contains($0) }
      }
      project.outcome = new
    }
    if let lost = overrides.lost { project.outcome?.lost = lost }
    project.training.algorithms = overrides.algorithms ?? training.algorithms
    project.training.seed = overrides.seed ?? training.seed
    project.training.holdOut = overrides.holdOut ?? training.holdOut
    project.training.folds = overrides.folds ?? training.folds
    project.training.penalty = overrides.penalty ?? training.penalty
    project.training.numbers = overrides.numbers ?? training.numbers
    if let path = overrides.rulesPath {
      project.rules = ProjectPath(path)
      project.ruleScore = nil
    }
    if let column = overrides.ruleScore {
      project.ruleScore = column
      project.rules = nil
    }
    return project
  }

  private func mergedLeads(_ overrides: ProjectOverrides) -> TableSource? {
    guard var source = leads ?? overrides.leads.map({ TableSource($0) }) else { return nil }
    source.place = overrides.leads ?? source.place
    source.separator = overrides.separator ?? source.separator
    source.encoding = overrides.encoding ?? source.encoding
    source.hasHeader = overrides.hasHeader ?? source.hasHeader
    source.skipsBadRows = overrides.skipsBadRows ?? source.skipsBadRows
    return source
  }

  private func merged(_ first: [String], _ second: [String]) -> [String] {
    first + second.filter { !first.contains($0) }
  }
}
