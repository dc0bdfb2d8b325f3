import Features
import FoundationEssentials
import Models
import Parallel

@testable import LogisticTraining

/// Fits of scikit-learn, statsmodels and scipy, made by `Fixtures/make_fixtures.py`.
struct Reference: Decodable {
  struct Data: Decodable {
    var numbers: [Double]
    var codes: [UInt16]
    var labels: [UInt8]
    var weights: [Double]
  }

  struct Ridge: Decodable {
    var penalty: Double
    var weighted: Bool
    var coefficients: [Double]
    var intercept: Double
  }

  struct Table: Decodable {
    var estimates: [Double]
    var standardErrors: [Double]
    var z: [Double]
    var p: [Double]
    var low: [Double]
    var high: [Double]
  }

  struct Likelihood: Decodable {
    var plain: Table
    var weighted: Table
  }

  struct Firth: Decodable {
    var penalty: Double
    var coefficients: [Double]
    var intercept: Double
    var firthIntercept: Double
    var standardErrors: [Double]
    var objective: Double
  }

  var levels: [Int]
  var full: Data
  var ridge: [Ridge]
  var likelihood: Likelihood
  var small: Data
  var firthNumbers: Firth
  var firthPenalised: Firth
  var separated: Data
  var firthSeparated: Firth

  static func load() throws -> Reference {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let file = folder.appending(path: "Fixtures/reference.json")
    return try JSONDecoder().decode(
      Reference.self, from: FoundationEssentials.Data(contentsOf: file))
  }

  /// Four numbers and, unless left out, a group for each count of levels.
  func matrix(_ data: Data, withGroups: Bool = true) -> FeatureMatrix {
    let numbers = (0..<4).map { NumberFeature(name: "n\($0)", source: "s\($0)") }
    let groups = levels.enumerated().map { group, count in
      IndicatorGroup(
        name: "g\(group)", source: "g\(group)", levels: (0..<count).map { "l\($0)" })
    }
    return FeatureMatrix(
      layout: FeatureLayout(numbers: numbers, groups: withGroups ? groups : []),
      rowCount: data.labels.count, numbers: data.numbers, codes: withGroups ? data.codes : [])
  }
}
