import Models
import Tables
import Testing

@testable import ModelFiles

@Suite struct BlendCodingTests {
  @Test func aBlendReadAgainIsEqual() throws {
    let model = SampleBlend.make()
    let decoded = try decode(try encode(model))
    #expect(decoded.model == model)
    #expect(decoded.warnings.isEmpty)
    #expect(try encode(decoded.model) == encode(model))
  }

  @Test func calibrationAndNoveltyReadAgainAreEqual() throws {
    let sample = SampleBlend.make()
    let model = LeadModel(
      schema: sample.schema, idColumns: sample.idColumns, outcome: sample.outcome,
      predictor: sample.predictor, scale: sample.scale, training: sample.training,
      outOfFold: sample.outOfFold, heldOut: nil, strengths: [], sketch: sample.sketch,
      calibration: ModelCalibration(
        calibrator: .quadratic(
          .init(low: -3, high: 2, valueAtLow: -2.9, slopeAtLow: 0.9, slopeAtHigh: 1.0 / 3)
        ).shifted(by: 0.1 + 0.2),
        interval: ProbabilityInterval(
          level: 0.9, knots: [-1, 2], lows: [-1.5, 1], highs: [-0.3, 2.5]), figures: nil),
      novelty: NoveltyDetector(
        rules: [
          .range(column: "age", low: 0, high: 120),
          .levels(column: "job", hashes: [3, .max - 1]),
        ], historyShare: 0.001))
    let bytes = try encode(model)
    let read = try decode(bytes).model
    #expect(read == model)
    // Other probabilities from log-odds that are the same.
    let table = try BlendCodingTests.leads()
    let scores = try LeadScorer(read).score(table)
    let plain = try LeadScorer(sample).score(table)
    #expect(scores.rawPredictions == plain.rawPredictions)
    #expect(scores.probabilities != plain.probabilities)
    // A reader that can't calibrate must not score; one that knows no novelty may.
    for (section, isRefused) in [(SectionName.calibration, true), (SectionName.novelty, false)] {
      let known = SectionName.all.subtracting([section])
      let frame = try? ModelContainer.frame(of: bytes.span.bytes, known: known)
      #expect((frame == nil) == isRefused)
    }
  }

  private static func leads() throws -> Table {
    Table(
      columns: SampleModel.schema.columns.map { column in
        let values: ColumnValues =
          switch column.type {
          case .number: .number([40, .nan])
          case .date: .date([1e9, .nan])
          case .flag: .flag([1, -1])
          case .category, .text: .category(CategoryValues(codes: [0, -1], levels: ["Madrid"]))
          }
        return Column(name: column.name, values: values)
      }, rowCount: 2)
  }

  @Test func weightsThatGiveNoScoreAreRefused() throws {
    guard case .blend(let blend) = SampleBlend.small().predictor else {
      Issue.record("a blend")
      return
    }
    func encoded(_ intercept: Double, _ trees: Double, _ logistic: Double) throws -> [UInt8] {
      let sample = SampleBlend.small()
      return try encode(
        LeadModel(
          schema: sample.schema, idColumns: sample.idColumns, outcome: sample.outcome,
          predictor: .blend(
            Blend(
              intercept: intercept, treePipeline: blend.treePipeline, trees: blend.trees,
              treeWeight: trees, pipeline: blend.pipeline, logistic: blend.logistic,
              logisticWeight: logistic)), scale: sample.scale, training: sample.training,
          outOfFold: sample.outOfFold, heldOut: nil, strengths: [], sketch: sample.sketch))
    }
    _ = try encoded(-1, 0, 2)
    for (intercept, trees, logistic) in [
      (Double.nan, 1.0, 1.0), (0, -0.1, 1), (0, 1, .infinity), (0, 1e308, 1e308),
    ] {
      #expect(throws: ModelFileError.self, "\(intercept), \(trees), \(logistic)") {
        _ = try encoded(intercept, trees, logistic)
      }
    }
  }

  @Test func aReaderThatKnowsNoBlendsRefusesOne() throws {
    let bytes = try encode(SampleBlend.small())
    #expect(throws: ModelFileError.self) {
      _ = try ModelContainer.frame(
        of: bytes.span.bytes, known: SectionName.all.subtracting([SectionName.blendWeights]))
    }
  }
}
