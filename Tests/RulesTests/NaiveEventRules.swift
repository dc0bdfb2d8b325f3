import Activities
import Foundation
import Rules

/// What DESIGN says of rules about activities, one lead and one activity at a time, with nothing of the
/// evaluator but the parsed file.
struct NaiveEventRules {
  let file: RuleFile
  /// Of the one lead.
  let events: [LeadEvent]
  let moment: Moment
  /// In seconds; NaN where nobody knows.
  let age: Double
  /// The lead's only column: a number, NaN for missing.
  let number: Double

  private var known: [LeadEvent] {
    events.filter { event in
      isPast(event.at) && (!(event.recordedAt > event.at) || isPast(event.recordedAt))
    }.sorted { $0.at > $1.at }
  }

  private func isPast(_ time: Double) -> Bool {
    moment.includesAsOf ? time <= moment.asOf : time < moment.asOf
  }

  private func selected(_ selection: EventSelection, oncePer: String? = nil) -> [LeadEvent] {
    let ours: Set = ["call", "email_sent"]
    let matching = known.filter { event in
      let isType =
        selection.types.isEmpty
        ? !(event.type.map(ours.contains) ?? false)
        : event.type.map(selection.types.contains) ?? false
      let isInWindow =
        event.at >= moment.asOf - Double(selection.window.oldest ?? 1_000_000_000_000)
        && (selection.window.newest == 0
          || event.at < moment.asOf - Double(selection.window.newest))
      return isType && isInWindow && selection.filters.allSatisfy { passes($0, event) }
    }
    guard let oncePer else { return matching }
    var seen: Set<String> = []
    return matching.filter { event in
      guard let value = oncePer == "page" ? event.page : event.mail else { return false }
      return seen.insert(value).inserted
    }
  }

  private func passes(_ filter: EventFilter, _ event: LeadEvent) -> Bool {
    filter.tests.allSatisfy { test in
      switch (filter.column, test.kind) {
      case ("page", .isEqual(let operand)): event.page == operand.text
      case ("page", .isNotIn(let operands)):
        event.page.map { page in !operands.contains { $0.text == page } } ?? false
      case ("amount", .atLeast(let operand)): event.value >= Double(operand.text) ?? .nan
      case ("amount", .missing(let isMissing)): event.value.isNaN == isMissing
      default: preconditionFailure("no such test is made")
      }
    }
  }

  private func holds(_ test: EventTest) -> Bool {
    let found = selected(test.selection, oncePer: test.oncePer)
    guard let rate = test.rate else { return test.times.contains(found.count) }
    let others = selected(rate.selection, oncePer: test.oncePer)
    var count = found.count
    if let oncePer = test.oncePer {
      let values = others.map { oncePer == "page" ? $0.page : $0.mail }
      count = found.count { values.contains(oncePer == "page" ? $0.page : $0.mail) }
    }
    guard !others.isEmpty, test.times.contains(count) else { return false }
    let share = Double(count) / Double(others.count) * 100_000
    func close(_ bound: Int) -> Bool { abs(share - Double(bound)) < 1e-6 }
    if let lower = rate.bounds.lower {
      if close(lower.share) { return !lower.isExclusive }
      if share < Double(lower.share) { return false }
    }
    if let upper = rate.bounds.upper {
      if close(upper.share) { return !upper.isExclusive }
      if share > Double(upper.share) { return false }
    }
    return true
  }

  private func holds(_ condition: RuleCondition) -> Bool {
    switch condition {
    case .any(let parts): parts.contains(where: holds)
    case .all(let parts): parts.allSatisfy(holds)
    case .not(let part): !holds(part)
    case .profile(let name, _):
      file.profiles.first { $0.name == name }.map { holds($0.condition) } ?? false
    case .event(let test): holds(test)
    case .silence(let selection):
      selected(selection).isEmpty && leadAge >= Double(selection.window.oldest ?? 0)
    case .field(_, let tests, _):
      tests.allSatisfy { test in
        guard case .atLeast(let operand) = test.kind else { return false }
        return number >= Double(operand.text) ?? .nan
      }
    }
  }

  private var leadAge: Double {
    guard age.isNaN else { return age }
    // What was recorded late still says that the lead was there.
    let first = events.map(\.at).min()
    guard let first, isPast(first) else { return .nan }
    return moment.asOf - first
  }

  private func factor(_ decay: PointsDecay?, age: Double) -> Double {
    switch decay {
    case nil: 1
    case .halfLife(let seconds): exp2(-age / Double(seconds))
    case .linearSteps(let every, let percent):
      max(0, (100_000 - floor(age / Double(every)) * Double(percent)) / 100_000)
    case .compoundSteps(let every, let percent):
      pow(1 - Double(percent) / 100_000, floor(age / Double(every)))
    }
  }

  private func given(_ rule: Rule, decay: PointsDecay?) -> Int? {
    if let condition = rule.condition, !holds(condition) { return nil }
    guard let event = rule.event else { return rule.points }
    let found = selected(event.selection, oncePer: event.oncePer)
    guard event.times.contains(found.count) else { return nil }
    return (rule.each ? found[...] : found.prefix(1)).reduce(0) { sum, event in
      let age = moment.asOf - event.at
      let fade = rule.lifespan.map { max(0, (Double($0) - age) / Double($0)) } ?? 1
      return sum + Int((Double(rule.points) * (fade * factor(decay, age: age))).rounded())
    }
  }

  private func clamp(_ value: Int, _ bounds: RuleBounds) -> Int {
    max(bounds.floor ?? Int.min, min(bounds.cap ?? Int.max, value))
  }

  var total: Int {
    file.categories.indices.reduce(0) { total, index in
      let groups = file.groups.filter { $0.category == index }.map { group in
        clamp(
          group.rules.reduce(0) { sum, rule in
            sum + (given(rule, decay: group.decay).map { clamp($0, rule.bounds) } ?? 0)
          }, group.bounds)
      }
      return total + clamp(groups.reduce(0, +), file.categories[index].bounds)
    }
  }

  var isDisqualified: Bool {
    file.groups.contains { group in
      group.rules.contains { $0.disqualifies && given($0, decay: group.decay) != nil }
    }
  }
}
