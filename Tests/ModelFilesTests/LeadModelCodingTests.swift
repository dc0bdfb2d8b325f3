import Features
import Models
import Tables
import Testing

@testable import ModelFiles

@Suite struct LeadModelCodingTests {
  @Test func aModelReadAgainIsEqual() throws {
    let model = SampleModel.make()
    let decoded = try decode(try encode(model))
    #expect(decoded.model == model)
    #expect(decoded.warnings.isEmpty)
  }
}
