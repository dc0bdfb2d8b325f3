import Testing

@testable import TrainingRun

@Suite struct PowerCurveTests {
  struct Reference: Sendable {
    let sizes: [Double]
    let losses: [Double]
    /// Sum of squares.
    let error: Double
    /// At the last size, and 100 beyond it.
    let now: Double
    let ahead: Double

    init(_ sizes: [Double], _ losses: [Double], error: Double, now: Double, ahead: Double) {
      self.sizes = sizes
      self.losses = losses
      self.error = error
      self.now = now
      self.ahead = ahead
    }
  }

  /// `Fixtures/power_curves.py`.
  static let references: [Reference] = [
    .init(
      [10, 16, 24, 32, 40], [0.52, 0.493, 0.474, 0.468, 0.461], error: 4.689632759e-06,
      now: 0.46129430, ahead: 0.44401463),
    .init(
      [8, 13, 19, 26, 32], [0.371, 0.352, 0.347, 0.339, 0.34], error: 9.348065326e-06,
      now: 0.33920682, ahead: 0.33439807),
    .init(
      [60, 96, 144, 192, 240], [0.2961, 0.2885, 0.2837, 0.2811, 0.279], error: 4.724393954e-08,
      now: 0.27911578, ahead: 0.27675149),
    .init(
      [10, 20, 40, 80], [0.9, 0.3, 0.299, 0.2989], error: 0.02450219319, now: 0.22696683,
      ahead: 0.20640200),
    .init(
      [10, 20, 40, 80], [0.5, 0.48, 0.46, 0.44], error: 1.699006654e-05, now: 0.44226235,
      ahead: 0.42740770),
    .init(
      [10, 20, 40, 80], [0.4, 0.41, 0.42, 0.43], error: 0.0005, now: 0.41500000, ahead: 0.41500000),
  ]

  /// To 1e-6: the error is flat about its minimum, so the power is known to the square root of what the
  /// error is known to, and the loss ahead with it.
  @Test(arguments: references)
  func findsWhatScipyFindsFromManyStarts(reference: Reference) throws {
    let last = try #require(reference.sizes.last)
    let curve = PowerCurve(sizes: reference.sizes, losses: reference.losses)
    let error = zip(reference.sizes, reference.losses).reduce(0) {
      $0 + ($1.1 - curve.value(at: $1.0)) * ($1.1 - curve.value(at: $1.0))
    }
    #expect(error <= reference.error * (1 + 1e-6) + 1e-15)
    #expect(abs(curve.value(at: last) - reference.now) < 1e-6)
    #expect(abs(curve.value(at: last + 100) - reference.ahead) < 1e-6)
  }

  @Test func aPowerCurveIsFoundAgain() {
    let sizes: [Double] = [12, 20, 33, 54, 90]
    let curve = PowerCurve(
      sizes: sizes,
      losses: sizes.map { 0.31 + 0.9 / $0.squareRoot() / $0.squareRoot().squareRoot() })
    #expect(abs(curve.power - 0.75) < 1e-5)
    #expect(abs(curve.floor - 0.31) < 1e-6)
    #expect(abs(curve.scale - 0.9) < 1e-4)
  }

  @Test func moreLeadsNeverRaiseTheLoss() {
    let curve = PowerCurve(sizes: [10, 20, 40], losses: [0.3, 0.35, 0.4])
    #expect(curve.scale == 0)
    #expect(curve.value(at: 10) == curve.value(at: 1_000))
  }
}
