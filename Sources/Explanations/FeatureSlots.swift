import Models

/// Which sums the contributions of features go to.
struct FeatureSlots: Sendable, Equatable {
  /// A sum, and the share of the feature's contribution that goes to it.
  struct Share: Sendable, Equatable {
    let slot: Int
    let share: Double
  }

  /// Sums.
  let count: Int
  /// One list a feature.
  let shares: [[Share]]

  /// One sum a source column; a feature of two columns gives half to each.
  /// - Parameters:
  ///   - sources: of each feature, the columns that it is made of.
  ///   - columns: holds all of them.
  ///   - weight: that contributions are multiplied by.
  init(sources: [[String]], columns: [String], weight: Double = 1) {
    let slots = Dictionary(
      columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    count = columns.count
    shares = sources.map { sources in
      sources.map { source in
        guard let slot = slots[source] else { preconditionFailure("a column without a sum") }
        return Share(slot: slot, share: weight / Double(sources.count))
      }
    }
  }

  /// One sum a feature.
  init(featureCount: Int) {
    count = featureCount
    shares = (0..<featureCount).map { [Share(slot: $0, share: 1)] }
  }
}
