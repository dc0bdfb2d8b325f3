/// What the leads of one account did, when they were created and when they were won.
struct AccountHistory {
  private struct Event {
    var at: Double
    var known: Double
    var lead: Int32
  }

  private struct Dated {
    var at: Double
    var lead: Int32
  }

  /// The newest win up to a place in the order in which wins became known, its lead, and the newest of
  /// any other lead.
  private struct NewestWin {
    var at = -Double.infinity
    var lead: Int32 = -1
    var atOfOthers = -Double.infinity

    mutating func add(_ time: Double, lead: Int32) {
      if lead == self.lead {
        at = max(at, time)
      } else if time > at {
        (at, self.lead, atOfOthers) = (time, lead, at)
      } else {
        atOfOthers = max(atOfOthers, time)
      }
    }
  }

  /// What leads did, in the order in which it became known.
  private let events: [Event]
  /// The same times, in order.
  private let times: [Double]
  private let isLate: Bool
  private let facts: AccountFacts
  private let created: [Dated]
  /// When each win became known, in order.
  private let won: [Dated]
  /// One a win of `won`.
  private let newestWins: [NewestWin]

  init(leads: ArraySlice<Int32>, facts: AccountFacts, log: ActivityLog, isOurs: [Bool]) {
    self.facts = facts
    var created: [Dated] = []
    var won: [Dated] = []
    for lead in leads {
      let (start, win) = (facts.created[Int(lead)], facts.wonKnown[Int(lead)])
      if !start.isNaN { created.append(Dated(at: start, lead: lead)) }
      if !win.isNaN { won.append(Dated(at: win, lead: lead)) }
    }
    self.created = created.sorted { $0.at < $1.at }
    self.won = won.sorted { $0.at < $1.at }
    var newest = NewestWin()
    newestWins = self.won.map { win in
      newest.add(facts.won[Int(win.lead)], lead: win.lead)
      return newest
    }
    var events: [Event] = []
    // A lead alone has no colleagues whose activities would be needed.
    if leads.count > 1 {
      for lead in leads {
        for event in log.events(of: Int(lead)) {
          if let type = log.type(event), isOurs[type] { continue }
          events.append(Event(at: log.time(event), known: log.knownAt(event), lead: lead))
        }
      }
    }
    events.sort { $0.known < $1.known }
    self.events = events
    isLate =
      zip(events, events.dropFirst()).contains { $0.at > $1.at }
      || events.contains { $0.known > $0.at }
    times = isLate ? events.map(\.at).sorted() : events.map(\.at)
  }

  /// Writes the rows of moments.
  ///
  /// Bounds: `columns` are as many as `ActivityRecipe.accountFeatures`, with a cell a moment.
  func write(
    _ rows: ArraySlice<Int32>, _ moments: [Moment], windows: [Double],
    into columns: [UnsafeMutablePointer<Double>]
  ) {
    let ordered = rows.sorted { moments[Int($0)].asOf < moments[Int($1)].asOf }
    var known = KnownEvents(times: times, isLate: isLate)
    var next = 0
    for row in ordered {
      let moment = moments[Int(row)]
      while next < events.count, events[next].known < moment.asOf {
        known.add(at: events[next].at, lead: events[next].lead)
        next += 1
      }
      let row = Int(row)
      columns[0][row] = Double(count(created, own: facts.created, moment))
      columns[1][row] = Double(count(won, own: facts.wonKnown, moment))
      columns[2][row] = daysSinceWin(moment)
      for (window, length) in (windows + [.infinity]).enumerated() {
        let start = moment.asOf - length
        columns[3 + window][row] = Double(
          known.count(since: start) - known.count(since: start, lead: moment.lead))
      }
      let last = known.last(without: moment.lead)
      columns[4 + windows.count][row] = last.isFinite ? (moment.asOf - last) / 86_400 : .nan
    }
  }

  /// Others dated before a moment.
  private func count(_ dated: [Dated], own: [Double], _ moment: Moment) -> Int {
    let before = dated.partitionPoint { $0.at < moment.asOf }
    return before - (own[Int(moment.lead)] < moment.asOf ? 1 : 0)
  }

  /// Since the newest of the others' wins that are known: a win that was recorded late is known late, and
  /// lies as far back as it does.
  private func daysSinceWin(_ moment: Moment) -> Double {
    let place = won.partitionPoint { $0.at < moment.asOf } - 1
    guard place >= 0 else { return .nan }
    let newest = newestWins[place]
    let last = newest.lead == moment.lead ? newest.atOfOthers : newest.at
    return last.isFinite ? (moment.asOf - last) / 86_400 : .nan
  }
}

/// The activities of an account that are known so far.
private struct KnownEvents {
  private let times: [Double]
  private let isLate: Bool
  private var total = 0
  /// Where activities become known out of order: how many are known, by place in `times`, summed as
  /// Fenwick's tree has it (P. Fenwick, "A New Data Structure for Cumulative Frequency Tables", 1994).
  private var tree: [Int32] = []
  private var ofLead: [Int32: [Double]] = [:]
  /// The newest activity, its lead, and the newest of any other lead.
  private var last = (at: -Double.infinity, lead: Int32(-1))
  private var lastOfOthers = -Double.infinity

  init(times: [Double], isLate: Bool) {
    self.times = times
    self.isLate = isLate
    if isLate { tree = [Int32](repeating: 0, count: times.count + 1) }
  }

  mutating func add(at: Double, lead: Int32) {
    total += 1
    ofLead[lead, default: []].append(at)
    if isLate {
      var place = times.partitionPoint { $0 < at } + 1
      while place < tree.count {
        tree[place] += 1
        place += place & -place
      }
    }
    if lead == last.lead {
      last.at = max(last.at, at)
    } else if at > last.at {
      lastOfOthers = last.at
      last = (at, lead)
    } else {
      lastOfOthers = max(lastOfOthers, at)
    }
  }

  func count(since start: Double) -> Int {
    let place = times.partitionPoint { $0 < start }
    // In order, what is known is a prefix of `times`.
    guard isLate else { return max(0, total - place) }
    var older = 0
    var node = place
    while node > 0 {
      older += Int(tree[node])
      node -= node & -node
    }
    return total - older
  }

  func count(since start: Double, lead: Int32) -> Int {
    guard let own = ofLead[lead] else { return 0 }
    return isLate
      ? own.reduce(0) { $0 + ($1 >= start ? 1 : 0) }
      : own.count - own.partitionPoint { $0 < start }
  }

  func last(without lead: Int32) -> Double {
    lead == last.lead ? lastOfOthers : last.at
  }
}

extension Array {
  /// The place of the first element that is not `before`, where those that are stand first.
  func partitionPoint(_ isBefore: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
