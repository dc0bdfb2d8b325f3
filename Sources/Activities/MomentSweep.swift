/// Walks through the activities of one lead after another, moment by moment, and writes a row each.
///
/// Kernel. For all time it takes each activity once, as the moments go on; for the windows it walks back
/// from the moment to the start of the longest one, and puts each activity into the shortest window that
/// holds it, so that the number of windows costs nothing. Where a lead has activities that were recorded
/// late, what was known may grow in the middle, and each moment starts anew.
///
/// Lifetime: the buffers are this object's own and freed with it; the log's columns stand as long as the
/// log that it holds. Bounds: activities of one lead, types and levels of the log, scopes and sums and
/// lengths of the plan. One thread uses it at a time.
final class MomentSweep {
  /// All that is known of a scope for all time.
  private struct Total {
    var count: Int32
    var firstTime: Double
    var lastTime: Double
  }

  /// An attribute: its cells in the log, what its levels mean, and which of the touches it is, or -1.
  private struct Attribute {
    let cells: UnsafeMutablePointer<UInt32>
    let meanings: UnsafeMutablePointer<SweepPlan.LevelMeaning>
    let touch: Int
  }

  /// Where the sweep stands in a lead's activities.
  private struct Position {
    var lead = -1
    var first = 0
    var end = 0
    /// The first activity that was not known by its time.
    var head = 0
    var isLate = false
    var asOf = -Double.infinity
    /// The last day of the lead and of us, and how many days there were.
    var lastDays = (MomentSweep.noDay, MomentSweep.noDay)
    var dayCounts = (Int32(0), Int32(0))
    var days: NamedTimeZone.DayCounter
  }

  private static let noDay = Int32.min

  private let plan: SweepPlan
  private let log: ActivityLog
  private let times: UnsafeMutablePointer<Double>
  private let typeCells: UnsafeMutablePointer<UInt16>
  private let values: UnsafeMutablePointer<Double>?
  private let recordedAt: UnsafeMutablePointer<Double>?
  private let types: UnsafeMutablePointer<SweepPlan.TypeMeaning>
  private let missingType: Int
  private let sumOfScope: UnsafeMutablePointer<Int32>
  private let attributes: UnsafeMutableBufferPointer<Attribute>
  private let lengths: UnsafeMutablePointer<Double>
  private let lengthCount: Int
  private let touchesPerEnd: Int

  private let totals: UnsafeMutablePointer<Total>
  private let sums: UnsafeMutablePointer<Int128>
  /// A scope's counts by length: activities whose shortest window this is.
  private let windowCounts: UnsafeMutablePointer<Int32>
  private let windowSums: UnsafeMutablePointer<Int128>
  /// Days of the lead and of us by length: those whose newest activity has this as its shortest window.
  private let windowDays: UnsafeMutablePointer<Int32>
  private let touches: UnsafeMutablePointer<Int32>
  private var position: Position

  init(plan: SweepPlan, log: ActivityLog) {
    self.plan = plan
    self.log = log
    times = log.storage.times
    typeCells = log.storage.types
    values = log.storage.values
    recordedAt = log.storage.recordedAt
    types = Self.copy(plan.types)
    missingType = plan.types.count - 1
    sumOfScope = Self.copy(plan.sumOfScope)
    lengths = Self.copy(plan.lengths)
    lengthCount = plan.lengths.count
    touchesPerEnd = plan.touchCount / 2
    var touch = plan.hasTypeTouches ? 1 : 0
    attributes = .allocate(capacity: plan.levels.count)
    for (index, levels) in plan.levels.enumerated() {
      attributes.initializeElement(
        at: index,
        to: Attribute(
          cells: log.storage.attributes[index], meanings: Self.copy(levels),
          touch: plan.hasTouches[index] ? touch : -1))
      touch += plan.hasTouches[index] ? 1 : 0
    }
    totals = .allocate(capacity: plan.scopeCount)
    sums = .allocate(capacity: plan.sumCount)
    windowCounts = .allocate(capacity: plan.scopeCount * lengthCount)
    windowSums = .allocate(capacity: plan.sumCount * lengthCount)
    windowDays = .allocate(capacity: 2 * lengthCount)
    touches = .allocate(capacity: plan.touchCount)
    position = Position(days: NamedTimeZone.DayCounter(plan.zone))
  }

  deinit {
    for attribute in attributes { attribute.meanings.deallocate() }
    attributes.deallocate()
    types.deallocate()
    sumOfScope.deallocate()
    lengths.deallocate()
    totals.deallocate()
    sums.deallocate()
    windowCounts.deallocate()
    windowSums.deallocate()
    windowDays.deallocate()
    touches.deallocate()
  }

  private static func copy<Value>(_ values: [Value]) -> UnsafeMutablePointer<Value> {
    let pointer = UnsafeMutablePointer<Value>.allocate(capacity: values.count)
    for (index, value) in values.enumerated() { (pointer + index).initialize(to: value) }
    return pointer
  }

  /// Writes the row of a moment. Moments of one lead in rising order cost least.
  ///
  /// - Parameters:
  ///   - numbers: room for `plan.numberCount` values.
  ///   - touchCodes: room for `plan.touchCount` codes.
  func row(
    _ moment: Moment, numbers: UnsafeMutablePointer<Double>,
    touchCodes: UnsafeMutablePointer<Int32>
  ) {
    var position = self.position
    if Int(moment.lead) != position.lead {
      begin(Int(moment.lead), &position)
    } else if position.isLate || moment.asOf < position.asOf {
      restart(&position)
    }
    position.asOf = moment.asOf
    advance(moment, &position)
    fillWindows(moment, &position)
    write(moment, position, numbers)
    touchCodes.update(from: touches, count: plan.touchCount)
    self.position = position
  }

  private func begin(_ lead: Int, _ position: inout Position) {
    position.lead = lead
    let events = log.events(of: lead)
    (position.first, position.end) = (events.lowerBound, events.upperBound)
    position.isLate = false
    if log.hasLateEvents, let recordedAt {
      for event in events where recordedAt[event] > times[event] { position.isLate = true }
    }
    restart(&position)
  }

  private func restart(_ position: inout Position) {
    position.head = position.first
    position.lastDays = (Self.noDay, Self.noDay)
    position.dayCounts = (0, 0)
    totals.update(
      repeating: Total(count: 0, firstTime: 0, lastTime: 0), count: plan.scopeCount)
    sums.update(repeating: 0, count: plan.sumCount)
    touches.update(repeating: -1, count: plan.touchCount)
  }

  /// Whether an activity whose time is known was recorded by then.
  @inline(__always)
  private func isRecorded(_ event: Int, _ moment: Moment) -> Bool {
    guard let recordedAt else { return true }
    return !(recordedAt[event] > times[event]) || moment.knows(recordedAt[event])
  }

  @inline(__always)
  private func type(_ event: Int) -> SweepPlan.TypeMeaning {
    let type = typeCells[event]
    return types[type == EventLayout.noType ? missingType : Int(type)]
  }

  private func advance(_ moment: Moment, _ position: inout Position) {
    while position.head < position.end, moment.knows(times[position.head]) {
      let event = position.head
      position.head += 1
      if position.isLate, !isRecorded(event, moment) { continue }
      let type = type(event)
      let time = times[event]
      take(Int(type.total), time)
      if type.scope >= 0 { take(Int(type.scope), time) }
      if let values, !values[event].isNaN {
        let value = FixedPoint.fixed(values[event])
        add(value, to: sums, type, stride: 1, offset: 0)
      }
      let day = position.days.day(at: time)
      guard Int(type.total) == SweepPlan.lead else {
        if day != position.lastDays.1 { position.dayCounts.1 += 1 }
        position.lastDays.1 = day
        continue
      }
      if day != position.lastDays.0 { position.dayCounts.0 += 1 }
      position.lastDays.0 = day
      if plan.hasTypeTouches { note(0, type.touch) }
      for attribute in attributes {
        let level = attribute.cells[event]
        guard level != EventLayout.noLevel else { continue }
        let meaning = attribute.meanings[Int(level)]
        if meaning.scope >= 0 { take(Int(meaning.scope), time) }
        if attribute.touch >= 0 { note(attribute.touch, meaning.touch) }
      }
    }
  }

  @inline(__always)
  private func take(_ scope: Int, _ time: Double) {
    if totals[scope].count == 0 { totals[scope].firstTime = time }
    totals[scope].count += 1
    totals[scope].lastTime = time
  }

  /// Adds a value to the sums of an activity's total and type.
  @inline(__always)
  private func add(
    _ value: Int128, to sums: UnsafeMutablePointer<Int128>, _ type: SweepPlan.TypeMeaning,
    stride: Int, offset: Int
  ) {
    let total = Int(sumOfScope[Int(type.total)])
    if total >= 0 { sums[total * stride + offset] += value }
    guard type.scope >= 0 else { return }
    let own = Int(sumOfScope[Int(type.scope)])
    if own >= 0 { sums[own * stride + offset] += value }
  }

  @inline(__always)
  private func note(_ touch: Int, _ level: Int32) {
    if touches[touch] < 0 { touches[touch] = level }
    touches[touchesPerEnd + touch] = level
  }

  private func fillWindows(_ moment: Moment, _ position: inout Position) {
    windowCounts.update(repeating: 0, count: plan.scopeCount * lengthCount)
    windowSums.update(repeating: 0, count: plan.sumCount * lengthCount)
    windowDays.update(repeating: 0, count: 2 * lengthCount)
    var length = 0
    var start = moment.asOf - lengths[0]
    var newestDays = (Self.noDay, Self.noDay)
    var event = position.head
    while event > position.first {
      event -= 1
      let time = times[event]
      while time < start {
        length += 1
        if length == lengthCount { return }
        start = moment.asOf - lengths[length]
      }
      if position.isLate, !isRecorded(event, moment) { continue }
      let type = type(event)
      windowCounts[Int(type.total) * lengthCount + length] += 1
      if type.scope >= 0 { windowCounts[Int(type.scope) * lengthCount + length] += 1 }
      if let values, !values[event].isNaN {
        add(
          FixedPoint.fixed(values[event]), to: windowSums, type, stride: lengthCount,
          offset: length)
      }
      let day = position.days.day(at: time)
      guard Int(type.total) == SweepPlan.lead else {
        if day != newestDays.1 { windowDays[lengthCount + length] += 1 }
        newestDays.1 = day
        continue
      }
      if day != newestDays.0 { windowDays[length] += 1 }
      newestDays.0 = day
      for attribute in attributes {
        let level = attribute.cells[event]
        guard level != EventLayout.noLevel else { continue }
        let scope = Int(attribute.meanings[Int(level)].scope)
        if scope >= 0 { windowCounts[scope * lengthCount + length] += 1 }
      }
    }
  }

  /// Turns counts by shortest window into counts by window, and writes the columns.
  private func write(
    _ moment: Moment, _ position: Position, _ numbers: UnsafeMutablePointer<Double>
  ) {
    for scope in 0..<plan.scopeCount { cumulate(windowCounts + scope * lengthCount) }
    for sum in 0..<plan.sumCount { cumulate(windowSums + sum * lengthCount) }
    cumulate(windowDays)
    cumulate(windowDays + lengthCount)
    for output in plan.outputs {
      let total = totals[output.scope]
      let own = windowCounts + output.scope * lengthCount
      var column = writeWindows(own, total.count, at: numbers + output.column)
      let isEmpty = total.count == 0
      column[0] = isEmpty ? .nan : (moment.asOf - total.lastTime) / 86_400
      column[1] = isEmpty ? .nan : (moment.asOf - total.firstTime) / 86_400
      column[2] = pace(own)
      column += 3
      if output.isTotal {
        let isLead = output.scope == SweepPlan.lead
        column = writeWindows(
          windowDays + (isLead ? 0 : lengthCount),
          isLead ? position.dayCounts.0 : position.dayCounts.1, at: column)
      }
      if output.sum >= 0 {
        let own = windowSums + output.sum * lengthCount
        for length in plan.windowLengths {
          column[0] = FixedPoint.value(own[length])
          column += 1
        }
        column[0] = FixedPoint.value(sums[output.sum])
      }
    }
    for ratio in plan.ratios {
      let column = numbers + ratio.column
      let type = windowCounts + ratio.type * lengthCount
      let of = windowCounts + ratio.of * lengthCount
      for (window, length) in plan.windowLengths.enumerated() {
        column[window] = Self.ratio(type[length], of[length])
      }
      column[plan.windowLengths.count] = Self.ratio(
        totals[ratio.type].count, totals[ratio.of].count)
    }
  }

  /// Writes a count a window and the one of all time.
  /// - Returns: the place behind them.
  @inline(__always)
  private func writeWindows(
    _ counts: UnsafeMutablePointer<Int32>, _ all: Int32, at start: UnsafeMutablePointer<Double>
  ) -> UnsafeMutablePointer<Double> {
    var column = start
    for length in plan.windowLengths {
      column[0] = Double(counts[length])
      column += 1
    }
    column[0] = Double(all)
    return column + 1
  }

  @inline(__always)
  private func cumulate<Sum: FixedWidthInteger>(_ values: UnsafeMutablePointer<Sum>) {
    for length in 1..<lengthCount { values[length] &+= values[length - 1] }
  }

  /// (recent − before) ÷ (recent + before + 1).
  @inline(__always)
  private func pace(_ counts: UnsafeMutablePointer<Int32>) -> Double {
    let recent = Double(counts[plan.paceLength])
    let both = Double(counts[plan.doublePaceLength])
    return (2 * recent - both) / (both + 1)
  }

  @inline(__always)
  private static func ratio(_ count: Int32, _ of: Int32) -> Double {
    of == 0 ? .nan : Double(count) / Double(of)
  }
}
