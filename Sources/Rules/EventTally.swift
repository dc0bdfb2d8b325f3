import Activities

/// What some leads did by their moments, question by question.
///
/// Kernel: `count` walks the packed columns of a log by pointers that stand for the length of its call,
/// at places that the log gave for the leads.
struct EventTally: Sendable {
  let rowCount: Int
  /// By question, then by row.
  private var counts: [Int32]
  /// Ages of the newest activity counted, in seconds; of no meaning where there is none.
  private var newest: [Double]
  /// By gift, then by row: thousandths after the fade, and after the decay too.
  private var faded: [Int]
  private var given: [Int]
  /// How long each lead existed, in seconds; NaN where nothing tells it.
  private(set) var leadAges: [Double]

  /// The counts of a question, one a row.
  func counts(_ question: Int) -> ArraySlice<Int32> { counts[part(question)] }

  /// The ages of a question's newest activities, one a row.
  func newest(_ question: Int) -> ArraySlice<Double> { newest[part(question)] }

  /// What the activities of a gift gave in all, one a row.
  func sums(gift: Int) -> (faded: ArraySlice<Int>, given: ArraySlice<Int>) {
    (faded[part(gift)], given[part(gift)])
  }

  private func part(_ index: Int) -> Range<Int> { index * rowCount..<(index + 1) * rowCount }

  /// - Parameter rows: places in the moments.
  init(_ questions: BoundQuestions, events: RuleEvents, rows: Range<Int>) {
    rowCount = rows.count
    counts = Array(repeating: 0, count: questions.items.count * rows.count)
    newest = Array(repeating: 0, count: questions.items.count * rows.count)
    faded = Array(repeating: 0, count: questions.gifts.count * rows.count)
    given = faded
    leadAges = Array(events.ages[rows])
    var values = SeenValues(questions)
    events.log.withColumns { columns in
      for row in 0..<rows.count {
        let moment = events.moments[rows.lowerBound + row]
        let places = events.log.events(of: Int(moment.lead))
        if leadAges[row].isNaN, let first = places.first, moment.knows(columns.times[first]) {
          leadAges[row] = moment.asOf - columns.times[first]
        }
        count(questions, columns: columns, places: places, moment: moment, row: row, &values)
        if !values.isEmpty { finish(questions, row: row, &values) }
      }
    }
  }

  /// Walks back from the moment, so that the first activity of a question is the newest.
  private mutating func count(
    _ questions: BoundQuestions, columns: EventColumns, places: Range<Int>, moment: Moment,
    row: Int, _ values: inout SeenValues
  ) {
    var event = places.upperBound
    while event > places.lowerBound {
      event -= 1
      let time = columns.times[event]
      guard moment.knows(time) else { continue }
      let age = moment.asOf - time
      if time < moment.asOf - questions.oldest { return }
      if let recorded = columns.recordedLate?[event], recorded > time, !moment.knows(recorded) {
        continue
      }
      let type = columns.types[event]
      let list = type == EventColumns.noType ? questions.starts.count - 2 : Int(type)
      for place in questions.starts[list]..<questions.starts[list + 1] {
        let question = questions.questionsByType[place]
        let item = questions.items[question]
        guard time >= moment.asOf - item.oldest,
          item.newest == 0 || time < moment.asOf - item.newest
        else { continue }
        if !item.filters.isEmpty,
          !Self.passes(questions.filters[item.filters], columns: columns, event: event)
        {
          continue
        }
        if item.oncePer >= 0 {
          let level = columns.attributes[item.oncePer][event]
          guard level != EventColumns.noLevel, values.insert(level, question) else { continue }
        }
        let slot = question * rowCount + row
        if counts[slot] == 0 { newest[slot] = age }
        counts[slot] += 1
        if item.gift >= 0 {
          let points = questions.gifts[item.gift].thousandths(age: age)
          faded[item.gift * rowCount + row] += points.faded
          given[item.gift * rowCount + row] += points.given
        }
      }
    }
  }

  private static func passes(
    _ filters: ArraySlice<BoundQuestions.Filter>, columns: EventColumns, event: Int
  ) -> Bool {
    filters.allSatisfy { filter in
      switch filter {
      // A missing level is the largest number, and the place after it is 0.
      case .attribute(let index, let passes):
        passes[Int(columns.attributes[index][event] &+ 1)]
      case .value(let tests):
        tests.allSatisfy { $0.holds(columns.values?[event] ?? .nan) }
      }
    }
  }

  /// Leaves of a question the values that another one has met too.
  private mutating func finish(
    _ questions: BoundQuestions, row: Int, _ values: inout SeenValues
  ) {
    for (question, item) in questions.items.enumerated() where item.among >= 0 {
      counts[question * rowCount + row] = Int32(values.shared(question, item.among))
    }
    values.removeAll()
  }
}

/// The values of an attribute that each question has met for one lead.
private struct SeenValues {
  private var sets: [Set<UInt32>]
  private(set) var isEmpty = true

  init(_ questions: BoundQuestions) {
    let needsSets = questions.items.contains { $0.oncePer >= 0 }
    sets = Array(repeating: [], count: needsSets ? questions.items.count : 0)
  }

  /// - Returns: whether the value is new.
  mutating func insert(_ value: UInt32, _ question: Int) -> Bool {
    isEmpty = false
    return sets[question].insert(value).inserted
  }

  /// How many values both questions have met.
  func shared(_ first: Int, _ second: Int) -> Int {
    sets[first].count { sets[second].contains($0) }
  }

  mutating func removeAll() {
    for index in sets.indices where !sets[index].isEmpty {
      sets[index].removeAll(keepingCapacity: true)
    }
    isEmpty = true
  }
}
