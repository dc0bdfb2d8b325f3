import Metrics
import Models
import Testing

@testable import Calibration

/// Against scipy and statsmodels.
@Suite struct CalibrationReferenceTests {
  // L-BFGS-B stops at gradients of about 1e-6, with curvatures of some hundred.
  @Test(arguments: CalibrationFixture.all)
  func theCurveIsScipysMinimum(_ leads: CalibrationFixture.Case) throws {
    let calibrator = try CalibratorFitter().fit(
      rawPredictions: leads.raw, labels: leads.labels, weights: leads.weights)
    let curve = try #require(calibrator.curve)
    #expect(abs(curve.slopeAtLow - leads.calibration.slopes[0]) < 1e-5)
    #expect(abs(curve.slopeAtHigh - leads.calibration.slopes[1]) < 1e-5)
    for (point, value) in zip(leads.calibration.points, leads.calibration.values) {
      #expect(abs(calibrator.logOdds(ofRawPrediction: point) - value) < 1e-4)
    }
  }

  // The weak prior that keeps separated leads finite is not in statsmodels' fit: a hundredth of an error.
  @Test(arguments: CalibrationFixture.all)
  func theBandIsThatOfAGeneralisedLinearModel(_ leads: CalibrationFixture.Case) throws {
    let band = try CalibrationBand(
      groups: ScoreGroups(
        rawPredictions: leads.raw, labels: leads.labels, weights: leads.weights))
    let clustered = band.clusterCovariance(
      rawPredictions: leads.raw, labels: leads.labels, weights: leads.weights,
      accounts: leads.accounts)
    for (index, point) in leads.band.points.enumerated() {
      let found = band.point(point, clustered: nil)
      let error = leads.band.errors[index]
      #expect(abs(found.logOdds - leads.band.logOdds[index]) < 0.01 * error)
      #expect(abs(found.variance.squareRoot() - error) < 0.01 * error)
      let larger = max(error, leads.band.clusteredErrors[index])
      let together = band.point(point, clustered: clustered).variance.squareRoot()
      #expect(abs(together - larger) < 0.01 * larger)
    }
  }

  // statsmodels stops at a relative change in deviance of 1e-14.
  @Test(arguments: CalibrationFixture.all)
  func theInterceptIsThatOfAGeneralisedLinearModel(_ leads: CalibrationFixture.Case) throws {
    let found = try InterceptMatch.estimate(
      logOdds: leads.raw, labels: leads.labels, weights: leads.weights)
    #expect(abs(found.value - leads.intercept.value) < 1e-7)
    #expect(abs(found.standardError - leads.intercept.error) < 1e-7)
  }

  // 200 draws place an interval's end to about a twelfth of its width, groups of leads add less.
  @Test(arguments: CalibrationFixture.all.filter { $0.figures != nil })
  func intervalsOfFiguresAreThoseOfDrawingLeadsAgain(_ leads: CalibrationFixture.Case) throws {
    let expected = try #require(leads.figures)
    let figures = try #require(
      CalibrationFigures(
        labels: leads.labels, probabilities: probabilities(fromRawPredictions: leads.raw),
        weights: leads.weights))
    for (found, bounds) in [
      (figures.ici, expected.ici), (figures.reliability, expected.reliability),
      (figures.resolution, expected.resolution),
    ] {
      let tolerance = 0.2 * (bounds.high - bounds.low)
      #expect(abs(found.interval.low - max(0, bounds.low)) < tolerance)
      #expect(abs(found.interval.high - max(found.value, bounds.high)) < tolerance)
    }
  }
}
