import Features
import Models
import Projects
import Tables
import TreeTraining
import YAMLDocuments

/// What the project holds boosted trees to.
struct TreeLimits: Sendable, Equatable {
  /// Which way the log-odds may move as a number column rises.
  let monotone: [String: BoostingOptions.Monotone]
  /// Columns that may meet in one tree, group by group; a column in no group stands alone. `nil`: all
  /// may meet.
  let interactions: [[String]]?

  /// Whether trees may do as they like.
  var areNone: Bool { monotone.isEmpty && interactions == nil }

  /// - Throws: `TrainingError` for a column that is not there, or is no number.
  init(project: Project, table: Table) throws {
    var monotone: [String: BoostingOptions.Monotone] = [:]
    for column in project.columns {
      guard let direction = column.monotone else { continue }
      let place = column.monotonePlace.map { "\($0)" } ?? "monotone"
      guard let found = table[column.name] else {
        throw Self.missing(column.name, place: place, table: table)
      }
      guard found.type == .number else {
        throw TrainingError.monotoneNotANumber(
          place: place, column: column.name, found: found.type.rawValue)
      }
      monotone[column.name] = direction == .increasing ? .increasing : .decreasing
    }
    let place = project.training.interactionsPlace.map { "\($0)" } ?? "interactions"
    for name in (project.training.interactions ?? []).joined() where table[name] == nil {
      throw Self.missing(name, place: place, table: table)
    }
    self.monotone = monotone
    interactions = project.training.interactions
  }

  private static func missing(_ name: String, place: String, table: Table) -> TrainingError {
    let columns = table.columns.map(\.name)
    return .limitedColumnMissing(
      place: place, name: name, nearest: nearestName(to: name, among: columns), columns: columns)
  }

  /// One a feature; empty where nothing is held to a direction. A column's own value is held to it, and
  /// nothing else is made of such a column (`TreeFeatureOptions.plainColumns`).
  func monotone(of pipeline: TreePipeline) -> [BoostingOptions.Monotone] {
    guard !monotone.isEmpty else { return [] }
    return pipeline.encoders.map { encoder in
      guard case .number(let number) = encoder, case .column(let name) = number.input else {
        return .free
      }
      return monotone[name] ?? .free
    }
  }

  /// Columns held to a direction, in the order of their names.
  var directions: [BoostingRecord.Direction] {
    monotone.sorted { $0.key < $1.key }.compactMap { column, direction in
      switch direction {
      case .free: nil
      case .increasing: .init(column: column, isIncreasing: true)
      case .decreasing: .init(column: column, isIncreasing: false)
      }
    }
  }

  /// Features that may meet in one tree: those made of columns of one group; in no group, those of one
  /// column.
  func interactions(of features: [BinnedFeature]) -> [[Int]]? {
    guard let interactions else { return nil }
    let grouped = Set(interactions.joined())
    var alone: [String] = []
    for column in features.flatMap(\.sources)
    where !grouped.contains(column) && !alone.contains(column) {
      alone.append(column)
    }
    return (interactions + alone.map { [$0] }).map { group in
      features.indices.filter { features[$0].sources.allSatisfy(group.contains) }
    }.filter { !$0.isEmpty }
  }
}

extension TreeFeatureOptions {
  /// What a project says, in place of the defaults.
  init(_ project: ProjectBoosting, limits: TreeLimits, seed: UInt64) {
    self.init()
    maxBins = project.maxBins ?? maxBins
    smoothing = project.smoothing ?? smoothing
    pairs = project.pairs ?? BoostingDefaults.pairs
    minimumLevelRows = project.minimumLevelRows.map(Double.init) ?? minimumLevelRows
    switch project.categories {
    case nil, .automatic: categories = .automatic
    case .codes: categories = .codes
    case .subsets: categories = .subsets
    case .rates: categories = .targetRates
    case .combinations: categories = .combinations
    }
    plainColumns = Set(limits.monotone.keys)
    meetings = limits.interactions
    self.seed = seed
  }
}
