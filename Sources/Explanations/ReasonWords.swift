import Activities
import History
import Models
import Tables

/// Says what a cell of a model's column means, in words and units of the user.
public struct ReasonWords: Sendable {
  public let language: ReasonLanguage
  private let activities: [String: ActivityFeature]
  private let isHistory: Bool

  /// - Parameter recipe: that of the model, which tells features of activities from columns of the user's
  ///   own.
  public init(recipe: LeadRecipe?, language: ReasonLanguage) {
    self.language = language
    let history = recipe?.history
    isHistory = history != nil
    let features = history?.activities.map { $0.features + $0.accountFeatures } ?? []
    activities = Dictionary(features.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The cell and what it gives: `industry = Software: +0.42`.
  /// - Parameter contribution: log-odds.
  public func reason(_ column: Column, row: Int, contribution: Double) -> String {
    "\(phrase(column, row: row, isFor: contribution > 0)): \(language.signed(contribution))"
  }

  /// The cell alone: `industry = Software`, `phone not filled in`, `12 page views in the last 30 days`.
  /// - Parameter isFor: whether the cell speaks for the lead.
  public func phrase(_ column: Column, row: Int, isFor: Bool) -> String {
    let name = column.name
    if let feature = activities[name] {
      let phrase = ActivityPhrase(feature: feature, language: language)
      switch column.values {
      case .number(let values):
        return phrase.text(values[row].isNaN ? nil : values[row], isFor: isFor)
      case .category(let values):
        return phrase.touch(values.codes[row] < 0 ? nil : values.levels[Int(values.codes[row])])
      case .flag, .date, .text: break
      }
    }
    if isHistory, name == ExampleTable.ageColumn, case .number(let values) = column.values,
      !values[row].isNaN
    {
      let span = language.span(days: max(values[row], 0))
      return language.choose("lead known for \(span)", "lead conocido desde hace \(span)")
    }
    guard !column.values.isMissing(row) else {
      return language.choose("\(name) not filled in", "\(name) sin rellenar")
    }
    return "\(name) = \(value(column.values, row))"
  }

  private func value(_ values: ColumnValues, _ row: Int) -> String {
    switch values {
    case .number(let values): language.number(values[row])
    case .category(let values): values.levels[Int(values.codes[row])]
    case .flag(let values):
      values[row] == 1 ? language.choose("yes", "sí") : language.choose("no", "no")
    case .date(let values):
      CalendarDay(daysSince1970: Int((values[row] / 86_400).rounded(.down))).isoText
    case .text: ""
    }
  }
}
