import Foundation
import Models
import Testing

@testable import Calibration

@Suite struct CalibratorFitterTests {
  @Test func fewConversionsLeaveTheLogOddsAsTheyAre() throws {
    let leads = CalibrationLeads(600, seed: 1)
    let calibrator = try CalibratorFitter().fit(rawPredictions: leads.raw, labels: leads.labels)
    #expect(calibrator == .identity)
  }

  @Test func fewConversionsFarOffGetAnIntercept() throws {
    let leads = CalibrationLeads(600, seed: 2, truth: { $0 - 1.2 })
    let calibrator = try CalibratorFitter().fit(rawPredictions: leads.raw, labels: leads.labels)
    #expect(calibrator.form == .intercept)
    #expect(abs(calibrator.intercept + 1.2) < 0.4)
  }

  @Test func overconfidentLogOddsAreDrawnIn() throws {
    let leads = CalibrationLeads(20_000, seed: 3, truth: { 0.2 + 0.7 * $0 })
    let calibrator = try CalibratorFitter().fit(rawPredictions: leads.raw, labels: leads.labels)
    for raw in [-3.0, -1.4, 0, 1] {
      // Several standard errors of the curve at 20,000 leads.
      #expect(abs(calibrator.logOdds(ofRawPrediction: raw) - (0.2 + 0.7 * raw)) < 0.2)
    }
  }

  @Test func theCurveIncreasesEvenWhereConversionsFall() throws {
    let leads = CalibrationLeads(20_000, seed: 4, truth: { -1.4 - 0.8 * abs($0 + 1.4) })
    let calibrator = try CalibratorFitter().fit(rawPredictions: leads.raw, labels: leads.labels)
    let values = stride(from: -8.0, through: 6, by: 0.1).map {
      calibrator.logOdds(ofRawPrediction: $0)
    }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
    #expect(calibrator.curve?.slopeAtHigh == CalibratorOptions().leastSlope)
  }

  @Test func weightsCountAsRepetition() throws {
    let leads = CalibrationLeads(3_000, seed: 5, truth: { 0.8 * $0 })
    let weights = leads.raw.indices.map { Double(1 + $0 % 3) }
    let rows = leads.raw.indices.flatMap { [Int](repeating: $0, count: 1 + $0 % 3) }
    let weighted = try CalibratorFitter().fit(
      rawPredictions: leads.raw, labels: leads.labels, weights: weights)
    let repeated = try CalibratorFitter().fit(
      rawPredictions: rows.map { leads.raw[$0] }, labels: rows.map { leads.labels[$0] })
    #expect(weighted.curve?.low == repeated.curve?.low)
    for raw in [-4.0, -1, 2] {
      let difference =
        weighted.logOdds(ofRawPrediction: raw) - repeated.logOdds(ofRawPrediction: raw)
      // Both meet the same minimum, to the rounding of the objective.
      #expect(abs(difference) < 1e-5)
    }
  }

  @Test func calibratorsSurviveCoding() throws {
    let leads = CalibrationLeads(3_000, seed: 6, truth: { 0.8 * $0 })
    let fitted = try CalibratorFitter().fit(rawPredictions: leads.raw, labels: leads.labels)
    for calibrator in [fitted, fitted.shifted(by: 0.25), .identity, .intercept(-0.5)] {
      let data = try JSONEncoder().encode(calibrator)
      #expect(try JSONDecoder().decode(Calibrator.self, from: data) == calibrator)
    }
  }
}

@Suite struct CalibratorTests {
  @Test func aCurveThatFallsIsRefused() {
    let falling =
      #"{"form":"quadratic","curve":{"low":-3,"high":1,"valueAtLow":-3,"slopeAtLow":1,"slopeAtHigh":-0.1}}"#
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Calibrator.self, from: Data(falling.utf8))
    }
  }

  @Test func tangentsContinueTheParabola() {
    let calibrator = Calibrator.quadratic(
      .init(low: -2, high: 2, valueAtLow: -1, slopeAtLow: 0.5, slopeAtHigh: 1.5))
    // The mean slope is 1, so the parabola rises by 4; a quarter of the way its slope is 0.75.
    #expect(calibrator.logOdds(ofRawPrediction: 2) == 3)
    #expect(calibrator.logOdds(ofRawPrediction: -1) == -1 + 0.625)
    #expect(calibrator.logOdds(ofRawPrediction: 4) == 6)
    #expect(calibrator.logOdds(ofRawPrediction: -4) == -2)
    #expect(calibrator.shifted(by: 0.5).logOdds(ofRawPrediction: -4) == -1.5)
  }
}

@Suite struct CrossFittingTests {
  @Test func everyLeadIsCalibratedByOtherFolds() throws {
    let leads = CalibrationLeads(4_000, seed: 1, truth: { 0.7 * $0 })
    let folds = leads.raw.indices.map { Int32($0 % 5) }
    let fitter = try CalibratorFitter()
    let calibration = try fitter.crossFitted(
      rawPredictions: leads.raw, labels: leads.labels, folds: folds)
    #expect(
      calibration.calibrator == (try fitter.fit(rawPredictions: leads.raw, labels: leads.labels)))
    let others = leads.raw.indices.filter { folds[$0] != 2 }
    let byHand = try fitter.fit(
      rawPredictions: others.map { leads.raw[$0] }, labels: others.map { leads.labels[$0] })
    #expect(calibration.logOdds[7] == byHand.logOdds(ofRawPrediction: leads.raw[7]))
  }

  // The rate falls from fold to fold by a log-odds of 0.4 that no fold's model knows of.
  @Test func forwardFoldsShapeThePredictionsAndKeepTheirMean() throws {
    let parts = (0..<5).map { fold in
      CalibrationLeads(6_000, seed: UInt64(fold), truth: { 0.7 * $0 - 0.4 * Double(fold) })
    }
    let raw = parts.flatMap(\.raw)
    let folds = (0..<5).flatMap { [Int32](repeating: Int32($0), count: 6_000) }
    let calibration = try CalibratorFitter().crossFitted(
      rawPredictions: raw, labels: parts.flatMap(\.labels), folds: folds, isForward: true)
    let calibrator = calibration.calibrator
    let before = probabilities(fromRawPredictions: raw).reduce(0, +)
    let after = probabilities(fromRawPredictions: calibrator.logOdds(ofRawPredictions: raw))
      .reduce(0, +)
    #expect(abs(after / before - 1) < 1e-6)
    let rise = calibrator.logOdds(ofRawPrediction: 0) - calibrator.logOdds(ofRawPrediction: -3)
    // Its standard error is below 0.05 at 30,000 leads.
    #expect(abs(rise - 2.1) < 0.2)
    // Nothing is known before the first fold.
    #expect(calibration.logOdds[17] == raw[17])
  }
}
