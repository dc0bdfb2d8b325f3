/// What is chosen where the user states no horizon or no ages, from the history itself.
struct HistoryDefaults {
  let timelines: LeadTimelines

  /// Wins by which a horizon must have come.
  private static let horizonShare = 0.9

  /// The time by which nine of ten wins have come since the lead came into the population, rounded up
  /// to a readable length; at most a third of the data's own length, rounded down, so that most of the
  /// history is old enough to know its outcome, and at least a day.
  /// - Throws: `HistoryError.noWins`.
  func horizon() throws -> Double {
    var durations: [Double] = []
    var first = Double.infinity
    for row in timelines.entry.indices where !timelines.entry[row].isNaN {
      let entry = timelines.entry[row]
      first = min(first, entry)
      let event = timelines.events[row].first { $0 > entry } ?? .infinity
      if event < .infinity { durations.append(event - entry) }
    }
    guard !durations.isEmpty else { throw HistoryError.noWins }
    durations.sort()
    let found = ReadableDurations.atLeast(Self.quantile(durations, Self.horizonShare))
    let longest = ReadableDurations.atMost((timelines.end - first) / 3)
    return max(min(found, longest), ReadableDurations.day)
  }

  /// Quantiles of the open leads' ages that become the ages of decisions.
  private static let ageShares = [0.05, 0.25, 0.5, 0.75, 0.95]
  /// At creation, after a week, after a month.
  private static let usualAges = [0.0, 7, 30].map { $0 * ReadableDurations.day }
  /// The share of leads that must be able to have an example of an age.
  private static let fewestMature = 0.1

  /// Ages near those of the leads that will be scored: the 5%, 25%, 50%, 75% and 95% quantiles of the
  /// open leads' ages at the end of the data, the first rounded down to a readable length, the last up,
  /// the others to the nearest. Ages that fewer than a tenth of the leads have reached with a whole
  /// horizon after it are left out; where none remains, or no lead is open: 0, 7 and 30 days.
  func ages(horizon: Double) -> [Double] {
    guard !timelines.hasUndatedLosses else { return [0] }
    let open = openAges().sorted()
    var ages = open.isEmpty ? Self.usualAges : []
    if !open.isEmpty {
      for (index, share) in Self.ageShares.enumerated() {
        let age = Self.quantile(open, share)
        ages.append(
          index == 0
            ? ReadableDurations.atMost(age)
            : index + 1 == Self.ageShares.count
              ? ReadableDurations.atLeast(age) : ReadableDurations.nearest(age))
      }
    }
    let entries = timelines.entry.filter { !$0.isNaN }
    let fewest = max(1, Self.fewestMature * Double(entries.count))
    func isMature(_ age: Double) -> Bool {
      Double(entries.count { $0 + age + horizon <= timelines.end }) >= fewest
    }
    let mature = Set(ages).filter(isMature).sorted()
    if !mature.isEmpty { return mature }
    let usual = Self.usualAges.filter(isMature)
    return usual.isEmpty ? [0] : usual
  }

  /// The ages of the leads that are open at the end of the data.
  func openAges() -> [Double] {
    timelines.entry.indices.compactMap { row in
      timelines.isOpen(row)
        ? timelines.end - timelines.entry[row] : nil
    }
  }

  /// The value at a share of the way through, of those given the nearest; `sorted` is not empty.
  private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    sorted[Int((share * Double(sorted.count - 1)).rounded())]
  }
}
