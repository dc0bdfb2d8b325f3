import Models
import Testing

@testable import ModelFiles

@Suite struct AdditiveCodingTests {
  @Test func anAdditiveModelReadAgainIsEqual() throws {
    for model in [SampleAdditive.make(), SampleAdditive.small()] {
      let decoded = try decode(try encode(model))
      #expect(decoded.model == model)
      #expect(decoded.warnings.isEmpty)
      #expect(try encode(decoded.model) == encode(model))
    }
  }

  @Test func tablesThatGiveNoScoreAreRefused() throws {
    let sample = SampleAdditive.small()
    guard case .additive(let pipeline, let model) = sample.predictor else {
      Issue.record("an additive model")
      return
    }
    func encoded(_ model: AdditiveModel) throws -> [UInt8] {
      try encode(
        LeadModel(
          schema: sample.schema, idColumns: sample.idColumns, outcome: sample.outcome,
          predictor: .additive(pipeline, model), scale: sample.scale, training: sample.training,
          outOfFold: sample.outOfFold, heldOut: nil, strengths: [], sketch: sample.sketch))
    }
    func changed(
      intercept: Double = 0, _ change: (inout AdditiveModel.Curve) -> Void = { _ in }
    ) -> AdditiveModel {
      var curves = model.curves
      change(&curves[0])
      return AdditiveModel(
        features: model.features, intercept: intercept, curves: curves, surfaces: model.surfaces)
    }
    _ = try encoded(changed())
    for bad in [
      changed(intercept: .nan), changed { $0.values[1] = .infinity },
      changed { $0.weights[0] = -1 },
      changed(intercept: .greatestFiniteMagnitude) {
        $0.values[0] = .greatestFiniteMagnitude
      },
    ] {
      #expect(throws: ModelFileError.self) { _ = try encoded(bad) }
    }
  }

  @Test func aReaderThatKnowsNoTablesRefusesThem() throws {
    let bytes = try encode(SampleAdditive.small())
    #expect(throws: ModelFileError.self) {
      _ = try ModelContainer.frame(
        of: bytes.span.bytes, known: SectionName.all.subtracting([SectionName.curveValues]))
    }
  }
}
