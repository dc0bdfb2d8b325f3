import Testing
import TreeTraining

@Suite struct BoostingOptionsTests {
  @Test func defaultsAreThoseDocumented() {
    let options = BoostingOptions()
    #expect(options.rounds == 200 && options.leaves == 31 && options.learningRate == 0.1)
  }
}
