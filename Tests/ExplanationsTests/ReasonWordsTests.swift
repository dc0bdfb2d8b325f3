import Models
import Tables
import Testing

@testable import Activities
@testable import Explanations

@Suite struct ReasonWordsTests {
  private static func plain(_ language: ReasonLanguage) -> ReasonWords {
    ReasonWords(recipe: nil, language: language)
  }

  private static func reason(
    _ values: ColumnValues, _ contribution: Double, _ language: ReasonLanguage = .english
  ) -> String {
    plain(language).reason(
      Column(name: "size", values: values), row: 0, contribution: contribution)
  }

  @Test func cellsAreNamedWithTheirColumnsAndContributions() {
    let level = ColumnValues.category(CategoryValues(codes: [1], levels: ["a", "Software"]))
    #expect(Self.reason(level, 0.42) == "size = Software: +0.42")
    #expect(Self.reason(.number([1_234.5]), -0.3) == "size = 1,234.5: -0.3")
    #expect(Self.reason(.number([1_234.5]), 1, .spanish) == "size = 1.234,5: +1")
    #expect(Self.reason(.number([0.012_34]), 10) == "size = 0.0123: +10")
    #expect(Self.reason(.flag([1]), 0.5) == "size = yes: +0.5")
    #expect(Self.reason(.flag([1]), 0.5, .spanish) == "size = sí: +0,5")
    #expect(Self.reason(.date([86_400.5]), 0.5) == "size = 1970-01-02: +0.5")
  }

  @Test func missingCellsAreNotFilledIn() {
    #expect(Self.reason(.number([.nan]), -0.3) == "size not filled in: -0.3")
    #expect(Self.reason(.flag([-1]), -0.3, .spanish) == "size sin rellenar: -0,3")
    let level = ColumnValues.category(CategoryValues(codes: [-1], levels: []))
    #expect(Self.reason(level, 0.06) == "size not filled in: +0.06")
    #expect(Self.reason(.date([.nan]), 0.06) == "size not filled in: +0.06")
  }

  private static func phrase(
    _ scope: ActivityFeature.Scope, _ measure: ActivityFeature.Measure, _ value: Double?,
    window: Double? = nil, attribute: String? = nil, isFor: Bool = true,
    _ language: ReasonLanguage = .english
  ) -> String {
    var names = FeatureNames()
    names.add(scope, measure, window: window, attribute: attribute)
    return ActivityPhrase(feature: names.features[0], language: language).text(value, isFor: isFor)
  }

  private static let month = 30.0 * 86_400

  @Test func countsAreTold() {
    let views = ActivityFeature.Scope.type("page_view")
    #expect(
      Self.phrase(views, .count, 12, window: Self.month) == "12 page views in the last 30 days")
    #expect(Self.phrase(views, .count, 1, window: 86_400) == "1 page view in the last day")
    #expect(Self.phrase(views, .count, 0, window: .infinity) == "no page view")
    #expect(
      Self.phrase(views, .count, 3, window: 12 * 3_600) == "3 page views in the last 12 hours")
    #expect(
      Self.phrase(views, .count, 12, window: Self.month, .spanish)
        == "12 páginas vistas en los últimos 30 días")
    #expect(
      Self.phrase(.type("trial_query"), .count, 2, window: Self.month)
        == "2 trial queries in the last 30 days")
    #expect(
      Self.phrase(.type("prueba"), .count, 2, window: 3_600, .spanish)
        == "2 prueba en la última hora")
    #expect(
      Self.phrase(.level(attribute: "product", level: "Pro"), .count, 5, window: Self.month)
        == "5 activities with product Pro in the last 30 days")
    #expect(
      Self.phrase(.lead, .activeDays, 4, window: Self.month)
        == "active on 4 days in the last 30 days")
    #expect(Self.phrase(.us, .count, 1, window: .infinity) == "1 activity of ours")
  }

  @Test func whatWasWonOrDoneHasAPlural() {
    #expect(Self.phrase(.type("won"), .value, 11_320) == "wins worth 11,320 in all")
    #expect(
      Self.phrase(.type("won"), .count, 2, .spanish) == "2 ventas ganadas")
    #expect(Self.phrase(.type("quote_accepted"), .count, 2) == "2 quote accepted")
    #expect(Self.phrase(.type("purchase"), .count, 1) == "1 purchase")
  }

  @Test func silenceIsToldAsSilenceWhereItSpeaksAgainstALead() {
    let opened = ActivityFeature.Scope.type("email_open")
    #expect(
      Self.phrase(opened, .daysSinceLast, 41.7, isFor: false) == "no e-mail opened for 41 days")
    #expect(Self.phrase(opened, .daysSinceLast, 0.3) == "last e-mail opened 7 hours ago")
    #expect(Self.phrase(opened, .daysSinceLast, 0.01) == "last e-mail opened less than an hour ago")
    #expect(Self.phrase(opened, .daysSinceLast, nil, isFor: false) == "no e-mail opened ever")
    #expect(
      Self.phrase(opened, .daysSinceLast, 41.7, isFor: false, .spanish)
        == "sin correo abierto desde hace 41 días")
    // What came within the hour is no silence.
    #expect(
      Self.phrase(.colleagues, .daysSinceLast, 0.01, isFor: false)
        == "last activity of colleagues less than an hour ago")
    #expect(Self.phrase(opened, .daysSinceFirst, 1) == "first e-mail opened 1 day ago")
  }

  @Test func paceRatesTouchesAndAccountsAreTold() {
    let opened = ActivityFeature.Scope.type("email_open")
    #expect(Self.phrase(opened, .pace, 0.5) == "more e-mails opened than in the 30 days before")
    #expect(Self.phrase(opened, .pace, -0.5) == "fewer e-mails opened than in the 30 days before")
    #expect(Self.phrase(opened, .pace, 0) == "as many e-mails opened as in the 30 days before")
    let rate = ActivityFeature.Scope.rate(ActivityRate(type: "email_open", of: "email_sent"))
    #expect(
      Self.phrase(rate, .ratio, 0.4, window: Self.month)
        == "0.4 e-mails opened per e-mail sent in the last 30 days")
    #expect(
      Self.phrase(rate, .ratio, nil, window: Self.month) == "no e-mail opened in the last 30 days")
    #expect(Self.phrase(.account, .wins, 2) == "2 other leads of the account won")
    #expect(Self.phrase(.account, .daysSinceLastWin, nil) == "no win of the account yet")
    var names = FeatureNames()
    names.add(.lead, .firstTouch)
    names.add(.lead, .lastTouch, attribute: "source")
    let touches = names.features.map { ActivityPhrase(feature: $0, language: .english) }
    #expect(touches[0].touch("demo_request") == "first touch: demo request")
    #expect(touches[1].touch("Google") == "last touch, source: Google")
    #expect(touches[1].touch(nil) == "no last touch, source")
  }

  @Test func theStrongestAreFoundOnEitherSideAndNoiseIsNot() {
    let contributions = [9, 0.04, 0.5, -0.2, 0.5, -0.7, 0.9, -0.049, -0.05, 0.05]
    let strongest = StrongestReasons(count: 3).find(in: contributions[1...])
    #expect(strongest.reasonsFor == [5, 1, 3])
    #expect(strongest.reasonsAgainst == [4, 2, 7])
    let one = StrongestReasons(count: 1).find(in: contributions[...])
    #expect(one.reasonsFor == [0] && one.reasonsAgainst == [5])
    let none = StrongestReasons(count: 0).find(in: contributions[...])
    #expect(none.reasonsFor.isEmpty && none.reasonsAgainst.isEmpty)
  }

  @Test func calibratedContributionsAddUpToCalibratedLogOdds() {
    let explanations = Explanations(
      columns: ["a", "b"], baseline: -1, rowCount: 3, contributions: [0.5, 1, -2, 0.25, 0, 0])
    let calibrator = Calibrator.quadratic(
      Calibrator.Curve(low: -2, high: 2, valueAtLow: -1.5, slopeAtLow: 0.5, slopeAtHigh: 1.25)
    )
    .shifted(by: 0.1)
    let calibrated = explanations.calibrated(by: calibrator)
    #expect(calibrated.baseline == calibrator.logOdds(ofRawPrediction: -1))
    for (row, raw) in [0.5, -2.75, -1].enumerated() {
      let sum = calibrated.contributions(row: row).reduce(calibrated.baseline, +)
      #expect(abs(sum - calibrator.logOdds(ofRawPrediction: raw)) < 1e-12)
    }
    #expect(
      abs(calibrated.contributions[1] - 2 * calibrated.contributions[0]) < 1e-12)
    #expect(explanations.calibrated(by: .identity) == explanations)
  }
}
