/// Moments lead by lead and in rising order of time.
struct MomentOrder: Sendable {
  private let moments: [Moment]
  /// Rows in that order; `nil` where the moments stand so already.
  private let rows: [Int32]?

  init(_ moments: [Moment]) {
    self.moments = moments
    precondition(moments.count <= Int(Int32.max), "at most two billion moments")
    let isOrdered = zip(moments, moments.dropFirst()).allSatisfy { !Self.precedes($1, $0) }
    guard !isOrdered else {
      rows = nil
      return
    }
    rows = (0..<Int32(moments.count)).sorted {
      let (left, right) = (moments[Int($0)], moments[Int($1)])
      if Self.precedes(left, right) { return true }
      return !Self.precedes(right, left) && $0 < $1
    }
  }

  private static func precedes(_ left: Moment, _ right: Moment) -> Bool {
    if left.lead != right.lead { return left.lead < right.lead }
    if left.asOf != right.asOf { return left.asOf < right.asOf }
    return !left.includesAsOf && right.includesAsOf
  }

  /// The row of the moment at a place of the order.
  @inline(__always)
  func row(_ place: Int) -> Int {
    rows.map { Int($0[place]) } ?? place
  }

  @inline(__always)
  func moment(_ place: Int) -> Moment {
    moments[row(place)]
  }
}
