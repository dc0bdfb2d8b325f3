import Explanations
import Features
import ModelFiles
import Models
import Parallel
import Projects
import Reports
import Tables

/// A version of the same model that a new one is compared with, loaded and checked before anything is fitted.
struct PastVersion {
  let loaded: LoadedModel
  let language: ReasonLanguage
  /// Made before the fit, since a version of long ago may be unable to tell reasons.
  let explainer: LeadExplainer
  /// The versions that there are, as they are named.
  private let available: [String]

  var model: LeadModel { loaded.model }

  /// - Throws: `ModelFileError` for a version that is not there, naming those that are; `ExplanationError` for
  ///   one that lacks what reasons are told against.
  init(
    _ asked: TrainingRun.ExplainedChange, registry: ModelRegistry, pool: WorkerPool
  ) throws {
    loaded = try registry.load(named: asked.version)
    explainer = try LeadExplainer(loaded.model, pool: pool)
    language = asked.language
    available = try registry.entries().map(\.versionName)
  }

  /// Finds before the fit what would keep the version from being asked about the leads after it.
  /// - Throws: `TrainingError` for a version that predicts something else, or reads columns that the leads
  ///   lack or have in another type.
  func check(_ leads: AuditedLeads) throws {
    let history = leads.history
    let (theirs, ours) = (model.recipe?.history?.definition, leads.read.recipe?.history?.definition)
    guard
      theirs?.target == ours?.target,
      ours != nil || Self.isSame(model.outcome, history.outcome)
    else {
      throw TrainingError.otherOutcome(
        version: loaded.name, theirs: model.outcome.words(recipe: model.recipe),
        ours: history.outcome.words(recipe: leads.read.recipe), available: available)
    }
    let gone = model.requiredColumns.filter { history.table[$0] == nil }
    guard gone.isEmpty else {
      throw TrainingError.pastColumnsMissing(
        version: loaded.name, columns: gone, available: available)
    }
    for name in model.requiredColumns {
      guard let theirs = model.schema[name]?.type, let ours = history.table[name]?.type,
        theirs != ours
      else { continue }
      throw TrainingError.pastColumnType(
        version: loaded.name, column: name, theirs: theirs, ours: ours, available: available)
    }
  }

  /// Whether the same values mean won: which ones mean lost may have been settled since.
  private static func isSame(_ one: OutcomeDefinition, _ other: OutcomeDefinition) -> Bool {
    one.column == other.column
      && Set(one.won.map { $0.lowercased() }) == Set(other.won.map { $0.lowercased() })
  }

  /// Columns whose cells are read in another way than the version was taught to read them.
  func columnsReadOtherwise(_ schema: TableSchema) -> [String] {
    model.requiredColumns.filter { model.schema[$0] != schema[$0] }
  }

  /// Which rows the version was fitted to, one a row given; `nil` where that can't be told.
  ///
  /// Of a history, whose leads come back as examples of later moments, an example is new where its lead is,
  /// and it was decided when the outcomes of the version's own were known.
  func hasSeen(rows: [Int], leads: AuditedLeads, plan: FoldPlan, pool: WorkerPool) throws -> [Bool]?
  {
    let sketch = model.sketch
    guard !sketch.fingerprints.isEmpty else { return nil }
    let table = leads.history.table
    let identities: LeadIdentities
    switch sketch.basis {
    case .ids:
      // Ids are compared as they are written, and only what both call an id is read so.
      guard Set(model.idColumns).isSubset(of: leads.roles.ids) else { return nil }
      identities = try LeadIdentities(of: table, columns: model.idColumns, rows: rows)
    case .rows:
      guard columnsReadOtherwise(leads.history.source.schema).isEmpty else { return nil }
      identities = try .digests(of: table, columns: model.requiredColumns, rows: rows, pool: pool)
    }
    let prints = LeadFingerprinter(sketch).fingerprints(of: identities, pool: pool)
    return zip(rows, prints).map { row, print in
      if sketch.contains(print) { return true }
      guard let until = model.training.until, let time = plan.times?[row] else { return false }
      return time < until
    }
  }
}

extension TrainingRun {
  /// A version that the new one is to be compared with.
  public struct ExplainedChange: Sendable {
    /// `v0006`, or with the model's name before it: `bank@v0006`.
    public var version: String
    /// Of the reasons.
    public var language: ReasonLanguage

    public init(version: String, language: ReasonLanguage = .english) {
      self.version = version
      self.language = language
    }
  }
}
