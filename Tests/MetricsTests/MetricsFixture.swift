import Foundation
import Testing

/// The cases of Fixtures/metrics.json, made by Fixtures/make_metrics.py.
struct MetricsFixture: Decodable {
  struct Case: Decodable, CustomTestStringConvertible {
    let name: String
    let labels: [UInt8]
    let probabilities: [Double]
    let points: [Double]
    let weights: [Double]?
    let logLoss: Double
    let brier: Double
    let auc: Double
    let pointsAUC: Double
    let averagePrecision: Double
    let pointsAveragePrecision: Double
    let delong: DeLong
    let calibration: Calibration
    let ici: Double
    let largestError: Double

    var testDescription: String { name }

    /// The same leads, each written as often as its weight says.
    var repeated: (labels: [UInt8], probabilities: [Double], points: [Double]) {
      guard let weights else { return (labels, probabilities, points) }
      let rows = labels.indices.flatMap { [Int](repeating: $0, count: Int(weights[$0])) }
      return (rows.map { labels[$0] }, rows.map { probabilities[$0] }, rows.map { points[$0] })
    }
  }

  struct DeLong: Decodable {
    let first: Double
    let second: Double
    let firstError: Double
    let secondError: Double
    let differenceError: Double
    let z: Double
    let p: Double
  }

  struct Calibration: Decodable {
    let inTheLarge: Double
    let inTheLargeError: Double
    let intercept: Double
    let interceptError: Double
    let slope: Double
    let slopeError: Double
  }

  let cases: [Case]

  static let all: [Case] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/metrics.json")
    // A test without its fixture cannot pass.
    return try! JSONDecoder().decode(MetricsFixture.self, from: Data(contentsOf: file)).cases
  }()
}

/// Whether two numbers agree to `tolerance`, relative to the larger of 1 and the expected.
func agrees(_ found: Double?, _ expected: Double, to tolerance: Double) -> Bool {
  guard let found else { return false }
  return abs(found - expected) <= tolerance * max(1, abs(expected))
}

/// Random-looking numbers in [0, 1), the same on every run.
func uniform(_ seed: UInt64, _ index: Int) -> Double {
  var bits = (seed &+ 1) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(index) &* 0xD1B5_4A32_D192_ED03
  bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
  bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
  return Double((bits ^ (bits >> 31)) >> 11) / 9_007_199_254_740_992
}
