import Foundation
import Testing

/// The cases of Fixtures/calibration.json, made by Fixtures/make_calibration.py.
struct CalibrationFixture: Decodable {
  struct Case: Decodable, CustomTestStringConvertible {
    let name: String
    let raw: [Double]
    let labels: [UInt8]
    let weights: [Double]?
    let accounts: [Int32]
    let calibration: Calibration
    let band: Band
    let intercept: Intercept
    let figures: Figures?

    var testDescription: String { name }
  }

  struct Calibration: Decodable {
    let points: [Double]
    let values: [Double]
    let slopes: [Double]
  }

  struct Band: Decodable {
    let points: [Double]
    let logOdds: [Double]
    let errors: [Double]
    let clusteredErrors: [Double]
  }

  struct Figures: Decodable {
    struct Bounds: Decodable {
      let low: Double
      let high: Double
    }

    let ici: Bounds
    let reliability: Bounds
    let resolution: Bounds
  }

  struct Intercept: Decodable {
    let value: Double
    let error: Double
  }

  let cases: [Case]

  static let all: [Case] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/calibration.json")
    // A test without its fixture cannot pass.
    return try! JSONDecoder().decode(CalibrationFixture.self, from: Data(contentsOf: file)).cases
  }()
}
