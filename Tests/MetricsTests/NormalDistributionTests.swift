import Testing

@testable import Metrics

@Suite struct NormalDistributionTests {
  /// Quantiles from the tables of the standard normal distribution, to ten digits.
  @Test func normalQuantilesEqualTheTables() {
    for (probability, expected) in [
      (0.5, 0), (0.975, 1.959_963_984_540), (0.95, 1.644_853_626_951), (0.995, 2.575_829_303_549),
      (0.841_344_746_068_543, 1), (1e-10, -6.361_340_902_404), (0.9, 1.281_551_565_545),
    ] {
      #expect(abs(NormalDistribution.quantile(probability) - expected) < 1e-11)
      #expect(
        abs(NormalDistribution.quantile(probability) + NormalDistribution.quantile(1 - probability))
          < 1e-6)
    }
    #expect(abs(NormalDistribution.twoSidedTail(1.959_963_984_540_054) - 0.05) < 1e-15)
    #expect(NormalDistribution.twoSidedTail(0) == 1)
  }
}
