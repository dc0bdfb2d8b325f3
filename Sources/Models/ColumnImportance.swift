import Metrics

/// How much a model leans on a source column.
public struct ColumnImportance: Codable, Sendable, Equatable {
  public let column: String
  /// The column's share of the gain of all splits, 0 to 1, a feature of two columns giving half to
  /// each; `nil` for a model without splits.
  public let gainShare: Double?
  /// By how much the mean log loss out of fold rises when the column's cells are shuffled among the
  /// leads; near zero for a column that the model could do without, and below it by chance. `nil`
  /// where it was not measured.
  public let logLossIncrease: Double?
  /// Of the increase; `nil` where there is none.
  public let interval: ConfidenceInterval?

  public init(
    column: String, gainShare: Double?, logLossIncrease: Double?, interval: ConfidenceInterval?
  ) {
    self.column = column
    self.gainShare = gainShare
    self.logLossIncrease = logLossIncrease
    self.interval = interval
  }
}

extension TreeEnsemble {
  /// Each source column's share of the gain of all splits, the largest first, columns of equal shares
  /// in the order in which the features name them. A feature of two columns gives half to each; a
  /// column that no split uses has a share of 0, as all have where there is no gain at all.
  public var gainShares: [(column: String, share: Double)] {
    var gains = [Double](repeating: 0, count: features.count)
    for tree in trees {
      for case let split? in tree.nodes.lazy.map(\.split) { gains[split.feature] += split.gain }
    }
    var order: [String] = []
    var byColumn: [String: Double] = [:]
    for (feature, gain) in zip(features, gains) {
      let sources = feature.sources
      for source in sources {
        if byColumn[source] == nil { order.append(source) }
        byColumn[source, default: 0] += gain / Double(sources.count)
      }
    }
    let total = gains.reduce(0, +)
    let shares = order.map { column in
      (column: column, share: total > 0 ? (byColumn[column] ?? 0) / total : 0)
    }
    return shares.enumerated().sorted {
      $0.element.share != $1.element.share
        ? $0.element.share > $1.element.share : $0.offset < $1.offset
    }.map(\.element)
  }
}
