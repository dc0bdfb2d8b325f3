/// Walks through the activities of one lead after another, moment by moment, and writes a row each.
///
/// Kernel. For all time it takes each activity once, as the moments go on; for the windows it walks back
/// from the moment to the start of the longest one, and puts each activity into the shortest window that
/// holds it, so that the number of windows costs nothing. Where a lead has activities that were recorded
/// late, what was known may grow in the middle, and each moment starts anew.
///
/// Lifetime: the buffers are this object's own. Bounds: scopes, sums and lengths of the plan; activities
/// of the lead. One thread uses it at a time.
final class MomentSweep {
  private let plan: SweepPlan
  private let log: ActivityLog
  private let times: UnsafeMutablePointer<Double>
  private let types: UnsafeMutablePointer<UInt16>
  private let lengthCount: Int

  /// All time: count, first and last time, a scope.
  private let counts: UnsafeMutablePointer<Int32>
  private let firstTimes: UnsafeMutablePointer<Double>
  private let lastTimes: UnsafeMutablePointer<Double>
  private let sums: UnsafeMutablePointer<Int128>
  /// By length, a scope: activities whose shortest window this is.
  private let windowCounts: UnsafeMutablePointer<Int32>
  private let windowSums: UnsafeMutablePointer<Int128>
  /// By length: days of the lead and of us whose newest activity has this as its shortest window.
  private let windowDays: UnsafeMutablePointer<Int32>
  private let dayCounts: UnsafeMutablePointer<Int32>
  private let lastDays: UnsafeMutablePointer<Int32>
  private let touches: UnsafeMutablePointer<Int32>
  private var days: NamedTimeZone.DayCounter

  private var lead = -1
  private var first = 0
  private var end = 0
  private var head = 0
  private var isLate = false
  private var asOf = 0.0

  private static let noDay = Int32.min

  init(plan: SweepPlan, log: ActivityLog) {
    self.plan = plan
    self.log = log
    times = log.storage.times
    types = log.storage.types
    lengthCount = plan.lengths.count
    counts = .allocate(capacity: plan.scopeCount)
    firstTimes = .allocate(capacity: plan.scopeCount)
    lastTimes = .allocate(capacity: plan.scopeCount)
    sums = .allocate(capacity: max(plan.sumCount, 1))
    windowCounts = .allocate(capacity: plan.scopeCount * lengthCount)
    windowSums = .allocate(capacity: max(plan.sumCount, 1) * lengthCount)
    windowDays = .allocate(capacity: 2 * lengthCount)
    dayCounts = .allocate(capacity: 2)
    lastDays = .allocate(capacity: 2)
    touches = .allocate(capacity: max(plan.touchCount, 1))
    days = NamedTimeZone.DayCounter(plan.zone)
  }

  deinit {
    counts.deallocate()
    firstTimes.deallocate()
    lastTimes.deallocate()
    sums.deallocate()
    windowCounts.deallocate()
    windowSums.deallocate()
    windowDays.deallocate()
    dayCounts.deallocate()
    lastDays.deallocate()
    touches.deallocate()
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
    if Int(moment.lead) != lead { begin(Int(moment.lead)) }
    if isLate || moment.asOf < asOf { restart() }
    asOf = moment.asOf
    advance(moment)
    fillWindows(moment)
    write(moment, numbers)
    touchCodes.update(from: touches, count: plan.touchCount)
  }

  private func begin(_ lead: Int) {
    self.lead = lead
    let events = log.events(of: lead)
    (first, end) = (events.lowerBound, events.upperBound)
    isLate = false
    if log.hasLateEvents, let recordedAt = log.storage.recordedAt {
      for event in events where recordedAt[event] > times[event] { isLate = true }
    }
    restart()
  }

  private func restart() {
    head = first
    asOf = -.infinity
    counts.update(repeating: 0, count: plan.scopeCount)
    sums.update(repeating: 0, count: plan.sumCount)
    dayCounts.update(repeating: 0, count: 2)
    lastDays.update(repeating: Self.noDay, count: 2)
    touches.update(repeating: -1, count: plan.touchCount)
  }

  @inline(__always)
  private func isKnown(_ event: Int, _ moment: Moment) -> Bool {
    guard isLate, let recordedAt = log.storage.recordedAt else { return true }
    return !(recordedAt[event] > times[event]) || moment.knows(recordedAt[event])
  }

  @inline(__always)
  private func typePlace(_ event: Int) -> Int {
    let type = types[event]
    return type == EventLayout.noType ? plan.isOurs.count - 1 : Int(type)
  }

  private func advance(_ moment: Moment) {
    let touchesPerEnd = plan.touchCount / 2
    while head < end, moment.knows(times[head]) {
      let event = head
      head += 1
      guard isKnown(event, moment) else { continue }
      let place = typePlace(event)
      let total = plan.isOurs[place] ? SweepPlan.us : SweepPlan.lead
      take(event, total)
      let scope = plan.scopeOfType[place]
      if scope >= 0 { take(event, scope) }
      let day = days.day(at: times[event])
      if day != lastDays[total] {
        lastDays[total] = day
        dayCounts[total] += 1
      }
      guard total == SweepPlan.lead else { continue }
      var touch = 0
      if plan.hasTypeTouches {
        note(touch: 0, plan.touchOfType[place], touchesPerEnd)
        touch = 1
      }
      for attribute in plan.scopeOfLevel.indices {
        let level = log.storage.attributes[attribute][event]
        guard level != EventLayout.noLevel else { continue }
        let scope = plan.scopeOfLevel[attribute][Int(level)]
        if scope >= 0 { take(event, scope) }
      }
      for attribute in plan.touchAttributes {
        let level = log.storage.attributes[attribute][event]
        if level != EventLayout.noLevel {
          note(touch: touch, plan.touchOfLevel[attribute][Int(level)], touchesPerEnd)
        }
        touch += 1
      }
    }
  }

  @inline(__always)
  private func take(_ event: Int, _ scope: Int) {
    if counts[scope] == 0 { firstTimes[scope] = times[event] }
    counts[scope] += 1
    lastTimes[scope] = times[event]
    let sum = plan.sumOfScope[scope]
    if sum >= 0, let values = log.storage.values, !values[event].isNaN {
      sums[sum] += FixedPoint.fixed(values[event])
    }
  }

  @inline(__always)
  private func note(touch: Int, _ level: Int32, _ touchesPerEnd: Int) {
    if touches[touch] < 0 { touches[touch] = level }
    touches[touchesPerEnd + touch] = level
  }

  private func fillWindows(_ moment: Moment) {
    windowCounts.update(repeating: 0, count: plan.scopeCount * lengthCount)
    windowSums.update(repeating: 0, count: plan.sumCount * lengthCount)
    windowDays.update(repeating: 0, count: 2 * lengthCount)
    var length = 0
    var start = moment.asOf - plan.lengths[0]
    var newestDays = (Self.noDay, Self.noDay)
    var event = head - 1
    while event >= first {
      while times[event] < start {
        length += 1
        if length == lengthCount { return }
        start = moment.asOf - plan.lengths[length]
      }
      defer { event -= 1 }
      guard isKnown(event, moment) else { continue }
      let place = typePlace(event)
      let isOurs = plan.isOurs[place]
      count(event, isOurs ? SweepPlan.us : SweepPlan.lead, length)
      let scope = plan.scopeOfType[place]
      if scope >= 0 { count(event, scope, length) }
      let day = days.day(at: times[event])
      if isOurs {
        if day != newestDays.1 { windowDays[lengthCount + length] += 1 }
        newestDays.1 = day
        continue
      }
      if day != newestDays.0 { windowDays[length] += 1 }
      newestDays.0 = day
      for attribute in plan.scopeOfLevel.indices {
        let level = log.storage.attributes[attribute][event]
        guard level != EventLayout.noLevel else { continue }
        let scope = plan.scopeOfLevel[attribute][Int(level)]
        if scope >= 0 { count(event, scope, length) }
      }
    }
  }

  @inline(__always)
  private func count(_ event: Int, _ scope: Int, _ length: Int) {
    windowCounts[scope * lengthCount + length] += 1
    let sum = plan.sumOfScope[scope]
    if sum >= 0, let values = log.storage.values, !values[event].isNaN {
      windowSums[sum * lengthCount + length] += FixedPoint.fixed(values[event])
    }
  }

  /// Turns counts by shortest window into counts by window, and writes the columns.
  private func write(_ moment: Moment, _ numbers: UnsafeMutablePointer<Double>) {
    let windows = plan.windowLengths.count
    for scope in 0..<plan.scopeCount { cumulate(windowCounts + scope * lengthCount) }
    for sum in 0..<plan.sumCount { cumulate(windowSums + sum * lengthCount) }
    cumulate(windowDays)
    cumulate(windowDays + lengthCount)
    for output in plan.outputs {
      let scope = output.scope
      var column = numbers + output.column
      let own = windowCounts + scope * lengthCount
      for (window, length) in plan.windowLengths.enumerated() {
        column[window] = Double(own[length])
      }
      column[windows] = Double(counts[scope])
      column += windows + 1
      let isEmpty = counts[scope] == 0
      column[0] = isEmpty ? .nan : (moment.asOf - lastTimes[scope]) / 86_400
      column[1] = isEmpty ? .nan : (moment.asOf - firstTimes[scope]) / 86_400
      column[2] = pace(own)
      column += 3
      if output.isTotal {
        let days = windowDays + scope * lengthCount
        for (window, length) in plan.windowLengths.enumerated() {
          column[window] = Double(days[length])
        }
        column[windows] = Double(dayCounts[scope])
        column += windows + 1
      }
      if output.sum >= 0 {
        let own = windowSums + output.sum * lengthCount
        for (window, length) in plan.windowLengths.enumerated() {
          column[window] = FixedPoint.value(own[length])
        }
        column[windows] = FixedPoint.value(sums[output.sum])
      }
    }
    for ratio in plan.ratios {
      let column = numbers + ratio.column
      let (type, of) = (
        windowCounts + ratio.type * lengthCount, windowCounts + ratio.of * lengthCount
      )
      for (window, length) in plan.windowLengths.enumerated() {
        column[window] = Self.ratio(type[length], of[length])
      }
      column[windows] = Self.ratio(counts[ratio.type], counts[ratio.of])
    }
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
