import ArgumentParser
import Comparison
import ModelFiles
import Rules
import ScoringRun

/// The flags that say by which leads a model is judged.
public struct JudgedLeadsOptions: ParsableArguments {
  @OptionGroup public var origin: OriginOptions
  @OptionGroup public var tables: ProjectTablesOption

  @Option(
    name: .long,
    help: ArgumentHelp(
      "With a project's history: decisions from this day or moment on. By default, from where the model "
        + "had learned.", valueName: "time"))
  public var from: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "With a project's history: the end of the data; decisions whose horizon it cuts are left out. By "
        + "default their newest moment.", valueName: "time"))
  public var asOf: String?

  @Flag(
    name: .long, help: "Judge by the leads that the model has not seen, instead of refusing.")
  public var unseen = false

  @OptionGroup public var unparsed: UnparsedOption

  @Flag(name: .long, help: "Leave out rows that can't be read, and say how many.")
  public var skipBadRows = false

  public init() {}

  /// The leads, scored.
  /// - Parameters:
  ///   - outOfFold: a file of predictions of the fit's own leads, in place of scores.
  ///   - facets: what a comparison looks at beside the scores; `nil` keeps no cells for one.
  public func scored(
    by loaded: LoadedModel, rules: RuleScoreSource?, outOfFold: String? = nil,
    facets: ComparisonFacets? = nil, options: RunOptions, progress: ProgressLine
  ) throws -> LabelledLeads {
    let chosen = from != nil ? "--from" : asOf != nil ? "--as-of" : unseen ? "--unseen" : nil
    if outOfFold != nil, let chosen {
      throw ValidationError("\(chosen) chooses among leads; with --out-of-fold its file does")
    }
    func predictions() throws -> OutOfFoldPredictions? {
      try outOfFold.map {
        try OutOfFoldPredictions(path: $0, model: loaded.model, pool: options.pool)
      }
    }
    let period = JudgedPeriod(
      from: try from.map { try AsOfOption.seconds($0, flag: "--from") },
      asOf: try asOf.map { try AsOfOption.seconds($0, flag: "--as-of") })
    if let project = try tables.resolved(for: loaded, leads: origin) {
      return try LabelledLeads(
        project: project, loaded: loaded, rules: rules, period: period, onlyUnseen: unseen,
        predictions: try predictions(), facets: facets?.adding(project),
        unreadLimit: try unparsed.limit(), now: secondsSince1970, pool: options.pool,
        progress: progress.sink)
    }
    if facets?.contactEvent != nil { throw ComparisonError.noEvents }
    if let flag = from != nil ? "--from" : asOf != nil ? "--as-of" : nil {
      throw ValidationError("\(flag) goes with --project, which names the tables of a history")
    }
    return try LabelledLeads(
      origin: origin.origin(), loaded: loaded, rules: rules, onlyUnseen: unseen,
      predictions: try predictions(), facets: facets, unreadLimit: try unparsed.limit(),
      skipsBadRows: skipBadRows, pool: options.pool, progress: progress.sink)
  }
}
