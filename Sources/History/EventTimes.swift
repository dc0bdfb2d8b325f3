/// Times of events a lead, ascending.
struct EventTimes: Equatable {
  /// `leadCount + 1` offsets into `times`.
  let offsets: [Int]
  let times: [Double]

  /// - Parameter events: pairs of lead and time in any order; times are no NaN.
  init(leadCount: Int, events: [(lead: Int32, time: Double)]) {
    var offsets = [Int](repeating: 0, count: leadCount + 1)
    for event in events { offsets[Int(event.lead) + 1] += 1 }
    for lead in 0..<leadCount { offsets[lead + 1] += offsets[lead] }
    var next = offsets
    var times = [Double](repeating: 0, count: events.count)
    for event in events {
      times[next[Int(event.lead)]] = event.time
      next[Int(event.lead)] += 1
    }
    for lead in 0..<leadCount where offsets[lead + 1] - offsets[lead] > 1 {
      times[offsets[lead]..<offsets[lead + 1]].sort()
    }
    self.offsets = offsets
    self.times = times
  }

  var leadCount: Int { offsets.count - 1 }

  /// The times of one lead.
  subscript(lead: Int) -> ArraySlice<Double> {
    times[offsets[lead]..<offsets[lead + 1]]
  }

  /// The earliest time of a lead; infinity without one.
  func first(_ lead: Int) -> Double {
    self[lead].first ?? .infinity
  }
}
