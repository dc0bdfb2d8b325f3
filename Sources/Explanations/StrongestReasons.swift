/// Which of a lead's contributions are worth telling.
public struct StrongestReasons: Sendable, Equatable {
  /// Reasons for, and as many against, at most.
  public let count: Int

  /// - Parameter count: at least 0.
  public init(count: Int) {
    precondition(count >= 0, "a count of reasons is not negative")
    self.count = count
  }

  /// Log-odds below which a contribution is noise: it moves the odds by less than a twentieth.
  public static let floor = 0.05

  /// Reasons a side where no number is asked for.
  public static let defaultCount = 3

  /// The places of the contributions that speak for a lead and against it, each the strongest first,
  /// equals in their order.
  public func find(
    in contributions: ArraySlice<Double>
  ) -> (reasonsFor: [Int], reasonsAgainst: [Int]) {
    var reasonsFor: [Int] = []
    var reasonsAgainst: [Int] = []
    let first = contributions.startIndex
    for (place, contribution) in contributions.enumerated()
    where abs(contribution) >= Self.floor {
      if contribution > 0 {
        insert(place, into: &reasonsFor) { contributions[first + $0] }
      } else {
        insert(place, into: &reasonsAgainst) { -contributions[first + $0] }
      }
    }
    return (reasonsFor, reasonsAgainst)
  }

  private func insert(_ place: Int, into places: inout [Int], size: (Int) -> Double) {
    let own = size(place)
    if places.count == count {
      guard let last = places.last, size(last) < own else { return }
      places.removeLast()
    }
    let before = places.firstIndex { size($0) < own } ?? places.count
    places.insert(place, at: before)
  }
}
