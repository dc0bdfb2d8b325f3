import Features
import FoundationEssentials
import Models
import Parallel
import Testing

@Suite struct LogisticModelTests {
  /// Odd and even numbers of columns on both sides of a vector of eight, and of groups.
  @Test(arguments: [(0, 0), (1, 0), (0, 1), (3, 2), (8, 3), (9, 4), (16, 5), (25, 16)])
  func scoresEqualPlainSums(numbers: Int, groups: Int) {
    let (model, matrix) = example(rows: 300, numbers: numbers, groups: groups)
    let scores = model.rawPredictions(matrix)
    for row in 0..<matrix.rowCount {
      var sum = model.intercept
      for column in 0..<numbers {
        sum += matrix.numbers[row * numbers + column] * model.coefficients[column]
      }
      for group in 0..<groups {
        let code = Int(matrix.codes[row * groups + group])
        if code < model.layout.groups[group].levels.count {
          sum += model.coefficients[model.layout.groupOffsets[group] + code]
        }
      }
      // At most 41 terms below 1 in another order.
      #expect(abs(scores[row] - sum) < 1e-13)
    }
  }

  @Test func scoresDoNotDependOnThreadsOrNeighbours() {
    let (model, matrix) = example(rows: 20_000, numbers: 11, groups: 3)
    let scores = model.rawPredictions(matrix)
    for threads in [1, 2, 3, 7] {
      #expect(model.rawPredictions(matrix, pool: WorkerPool(threadCount: threads)) == scores)
    }
    let predictor = model.predictor
    var block = [Double](repeating: 0, count: 100)
    block.withUnsafeMutableBufferPointer {
      predictor.predict(matrix, rows: 777..<877, into: $0)
    }
    #expect(block == Array(scores[777..<877]))
    var span = block.mutableSpan
    predictor.predict(matrix, rows: 5..<20, into: &span)
    #expect(Array(block[..<15]) == Array(scores[5..<20]))
  }

  @Test func aCodeAboveItsLevelsStopsTheProgram() async {
    await #expect(processExitsWith: .failure) {
      let layout = FeatureLayout(
        numbers: [], groups: [IndicatorGroup(name: "g", source: "g", levels: ["a"])])
      let matrix = FeatureMatrix(layout: layout, rowCount: 1, numbers: [], codes: [2])
      _ = LogisticModel(layout: layout, intercept: 0, coefficients: [1]).rawPredictions(matrix)
    }
  }

  @Test func aModelSurvivesEncoding() throws {
    let (model, _) = example(rows: 1, numbers: 3, groups: 2)
    let data = try JSONEncoder().encode(model)
    #expect(try JSONDecoder().decode(LogisticModel.self, from: data) == model)
  }

  private func example(
    rows: Int, numbers: Int, groups: Int
  ) -> (LogisticModel, FeatureMatrix) {
    var state: UInt64 = 42
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    func number() -> Double { Double(next()) / Double(1 << 30) - 1 }
    let layout = FeatureLayout(
      numbers: (0..<numbers).map { NumberFeature(name: "n\($0)", source: "n\($0)") },
      groups: (0..<groups).map { group in
        IndicatorGroup(
          name: "g\(group)", source: "g\(group)", levels: (0...group).map { "l\($0)" })
      })
    let matrix = FeatureMatrix(
      layout: layout, rowCount: rows, numbers: (0..<rows * numbers).map { _ in number() },
      codes: (0..<rows * groups).map { UInt16(next() % UInt64($0 % max(1, groups) + 2)) })
    let model = LogisticModel(
      layout: layout, intercept: number(),
      coefficients: (0..<layout.coefficientCount).map { _ in number() })
    return (model, matrix)
  }
}
