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
