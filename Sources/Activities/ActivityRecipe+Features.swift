extension ActivityRecipe {
  /// The windows and all time.
  var spans: [Double] { options.windows + [.infinity] }

  /// The columns that `columns(_:moments:pool:)` makes, in order.
  public var features: [ActivityFeature] {
    var names = FeatureNames()
    func addScope(_ scope: ActivityFeature.Scope, isTotal: Bool, hasValues: Bool) {
      for window in spans { names.add(scope, .count, window: window) }
      names.add(scope, .daysSinceLast)
      names.add(scope, .daysSinceFirst)
      names.add(scope, .pace)
      if isTotal {
        for window in spans { names.add(scope, .activeDays, window: window) }
      }
      if hasValues {
        for window in spans { names.add(scope, .value, window: window) }
      }
    }
    addScope(.lead, isTotal: true, hasValues: hasLeadValues)
    if !columns.byUs.isEmpty { addScope(.us, isTotal: true, hasValues: hasOurValues) }
    for type in types { addScope(.type(type.name), isTotal: false, hasValues: type.hasValues) }
    for attribute in attributes {
      for level in attribute.levels {
        addScope(
          .level(attribute: attribute.name, level: level), isTotal: false, hasValues: false)
      }
    }
    for rate in rates {
      for window in spans { names.add(.rate(rate), .ratio, window: window) }
    }
    for measure in [ActivityFeature.Measure.firstTouch, .lastTouch] {
      if !types.isEmpty { names.add(.lead, measure) }
      for attribute in attributes where !attribute.levels.isEmpty {
        names.add(.lead, measure, attribute: attribute.name)
      }
    }
    return names.features
  }

  /// The names of these columns.
  public var featureNames: [String] { features.map(\.name) }

  /// The columns that `accountColumns(_:moments:accounts:pool:)` makes, in order.
  public var accountFeatures: [ActivityFeature] {
    var names = FeatureNames()
    names.add(.account, .leads)
    names.add(.account, .wins)
    names.add(.account, .daysSinceLastWin)
    for window in spans { names.add(.colleagues, .count, window: window) }
    names.add(.colleagues, .daysSinceLast)
    return names.features
  }

  public var accountFeatureNames: [String] { accountFeatures.map(\.name) }

  /// The level of a touch whose own has no features.
  public static let otherLevel = "(other)"
}
