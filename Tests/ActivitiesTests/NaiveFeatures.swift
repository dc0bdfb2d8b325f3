import Tables

@testable import Activities

/// The features by their definitions: for each moment and feature, all events are gone through.
struct NaiveFeatures {
  let events: [PlainEvent]
  let recipe: ActivityRecipe
  let exportedAt: Double?
  let zone: NamedTimeZone

  init(_ events: [PlainEvent], _ recipe: ActivityRecipe, exportedAt: Double?) throws {
    self.recipe = recipe
    self.exportedAt = exportedAt
    zone = try recipe.options.timeZone.map { try NamedTimeZone($0) } ?? .utc
    // Sorted only so that the first and last of equal times are those of the documented order.
    self.events = events.filter { !$0.at.isNaN }.sorted { left, right in
      if left.at != right.at { return left.at < right.at }
      if left.type != right.type {
        guard let a = left.type else { return false }
        guard let b = right.type else { return true }
        return a < b
      }
      if left.recordedAt.bitPattern != right.recordedAt.bitPattern {
        return left.recordedAt.bitPattern < right.recordedAt.bitPattern
      }
      if left.value.bitPattern != right.value.bitPattern {
        return left.value.bitPattern < right.value.bitPattern
      }
      for (a, b) in zip(left.attributes, right.attributes) where a != b {
        guard let a else { return false }
        guard let b else { return true }
        return a < b
      }
      return false
    }
  }

  func isKnown(_ event: PlainEvent, _ moment: Moment) -> Bool {
    func isBefore(_ time: Double) -> Bool {
      time < moment.asOf || (moment.includesAsOf && time == moment.asOf)
    }
    if let exportedAt, event.at > exportedAt { return false }
    return isBefore(event.at) && (event.recordedAt.isNaN || isBefore(event.recordedAt))
  }

  func isOurs(_ event: PlainEvent) -> Bool {
    event.type.map { recipe.columns.byUs.contains($0) } ?? false
  }

  enum Cell: Equatable {
    case number(Double)
    case level(String?)
  }

  /// - Parameter known: what is known at the moment.
  private func cell(_ feature: ActivityFeature, _ moment: Moment, _ known: [PlainEvent]) -> Cell {
    func inWindow(_ events: [PlainEvent], _ length: Double?) -> [PlainEvent] {
      guard let length, length < .infinity else { return events }
      return events.filter { $0.at >= moment.asOf - length }
    }
    func ofType(_ type: String) -> [PlainEvent] { known.filter { $0.type == type } }
    let own: [PlainEvent] =
      switch feature.scope {
      case .lead: known.filter { !isOurs($0) }
      case .us: known.filter(isOurs)
      case .type(let type): ofType(type)
      case .level(let attribute, let level):
        known.filter {
          !isOurs($0)
            && $0.attributes[recipe.columns.attributes.firstIndex(of: attribute)!] == level
        }
      default: []
      }
    let inside = inWindow(own, feature.window)
    switch feature.measure {
    case .count: return .number(Double(inside.count))
    case .activeDays: return .number(Double(Set(inside.map { zone.day(at: $0.at) }).count))
    case .value:
      let sum = inside.filter { !$0.value.isNaN }
        .reduce(Int128(0)) { $0 + Int128(($1.value * 4_294_967_296).rounded()) }
      return .number(Double(sum) / 4_294_967_296)
    case .daysSinceLast:
      return .number(own.map(\.at).max().map { (moment.asOf - $0) / 86_400 } ?? .nan)
    case .daysSinceFirst:
      return .number(own.map(\.at).min().map { (moment.asOf - $0) / 86_400 } ?? .nan)
    case .pace:
      let recent = inWindow(own, recipe.options.paceLength).count
      let before = inWindow(own, 2 * recipe.options.paceLength).count - recent
      return .number(Double(recent - before) / Double(recent + before + 1))
    case .ratio:
      guard case .rate(let rate) = feature.scope else { return .number(.nan) }
      let of = inWindow(ofType(rate.of), feature.window).count
      return .number(
        of == 0 ? .nan : Double(inWindow(ofType(rate.type), feature.window).count) / Double(of))
    case .firstTouch, .lastTouch:
      let leads = known.filter { !isOurs($0) }
      let names: [String?]
      if let attribute = feature.attribute {
        let place = recipe.columns.attributes.firstIndex(of: attribute)!
        names = leads.compactMap { $0.attributes[place] }
          .map { recipe.attributes[place].levels.contains($0) ? $0 : "(other)" }
      } else {
        names = leads.map { event in
          event.type.flatMap { type in recipe.types.contains { $0.name == type } ? type : nil }
            ?? "(other)"
        }
      }
      return .level((feature.measure == .firstTouch ? names.first : names.last) ?? nil)
    default: return .number(.nan)
    }
  }

  private func shown(_ values: ColumnValues, _ row: Int) -> String {
    switch values {
    case .number(let values): "\(values[row])"
    case .category(let values):
      values.codes[row] < 0 ? "nothing" : values.levels[Int(values.codes[row])]
    default: "\(values.type)"
    }
  }

  /// What differs from the columns, or nothing.
  func differences(_ columns: [Column], _ moments: [Moment]) -> [String] {
    var found: [String] = []
    for (row, moment) in moments.enumerated() {
      let known = events.filter { $0.lead == "L\(moment.lead)" && isKnown($0, moment) }
      for (feature, column) in zip(recipe.features, columns) {
        let expected = cell(feature, moment, known)
        let isEqual: Bool
        switch (column.values, expected) {
        case (.number(let values), .number(let value)):
          isEqual = values[row] == value || (values[row].isNaN && value.isNaN)
        case (.category(let values), .level(let level)):
          let code = values.codes[row]
          isEqual = (code < 0 ? nil : values.levels[Int(code)]) == level
        default: isEqual = false
        }
        if !isEqual {
          found.append(
            "\(column.name) of row \(row): \(expected), not \(shown(column.values, row))")
        }
      }
    }
    return found
  }
}
