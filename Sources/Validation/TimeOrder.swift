/// Rows in time order, earliest first; rows of one moment in row order, rows without a time left out.
struct TimeOrder {
  let rows: [Int]
  private let times: [Double]

  init(_ times: [Double]) {
    self.times = times
    rows = times.indices.filter { !times[$0].isNaN }
      .map { (time: times[$0], row: $0) }
      .sorted { $0.time != $1.time ? $0.time < $1.time : $0.row < $1.row }
      .map(\.row)
  }

  /// Rows in all, those without a time included.
  var rowCount: Int { times.count }

  /// The time of the row at a place.
  func time(_ place: Int) -> Double { times[rows[place]] }

  /// Whether a cut before `place` parts two different moments.
  private func isCut(_ place: Int) -> Bool {
    place > 0 && place < rows.count && times[rows[place - 1]] < times[rows[place]]
  }

  /// The first place at or after `place` where a cut parts two moments; `rows.count` without one.
  func firstPlace(notBefore place: Int) -> Int {
    var cut = place
    while cut < rows.count, !isCut(cut) { cut += 1 }
    return min(cut, rows.count)
  }

  /// The last place at or before `place` where a cut parts two moments; 0 without one.
  func lastPlace(notAfter place: Int) -> Int {
    var cut = min(place, rows.count)
    while cut > 0, !isCut(cut) { cut -= 1 }
    return max(cut, 0)
  }
}
