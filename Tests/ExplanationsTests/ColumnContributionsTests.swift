import Models
import Tables
import Testing

@testable import Explanations

@Suite struct ColumnContributionsTests {
  /// Contributions of one column, whose cells are given.
  private func contribution(
    _ values: ColumnValues, _ contributions: [Double], weights: [Double]? = nil
  ) throws -> ColumnContribution {
    let explanations = Explanations(
      columns: ["c"], baseline: 0, rowCount: contributions.count, contributions: contributions)
    let table = Table(columns: [Column(name: "c", values: values)], rowCount: contributions.count)
    let found = explanations.columnContributions(of: table, weights: weights)
    #expect(found.leads == contributions.count)
    return try #require(found.columns.first)
  }

  private let rising = (0..<200).map(Double.init)

  @Test func aNumberRaisesLowersOrGoesBothWays() throws {
    // Noise of one lead does not make a direction, or unmake one.
    let noise = rising.map { $0.truncatingRemainder(dividingBy: 7) / 100 }
    let up = zip(rising, noise).map { $0 / 100 - 1 + $1 }
    #expect(try contribution(.number(rising), up).direction == .raises)
    #expect(try contribution(.number(rising), up.map { -$0 }).direction == .lowers)
    let bent = rising.map { abs($0 - 100) / 100 }
    #expect(try contribution(.number(rising), bent).direction == .bothWays)
    #expect(try contribution(.date(rising), up).direction == .raises)
  }

  @Test func aNumberOfOneValueHasNoDirection() throws {
    let found = try contribution(.number([Double](repeating: 3, count: 200)), rising)
    #expect(found.direction == nil)
  }

  /// Nine leads in ten have the value 0: they are one group, and the rest still have a direction.
  @Test func aValueThatMostLeadsHaveIsOneGroup() throws {
    let values = (0..<200).map { $0 < 180 ? 0 : Double($0 - 179) }
    let found = try contribution(
      .number(values), values.map { $0 == 0 ? -0.1 : 0.5 + $0 / 100 })
    #expect(found.direction == .raises)
  }

  @Test func theMeanSizeCountsEitherWay() throws {
    let found = try contribution(.number([1, 2, 3, 4]), [0.5, -0.5, 1, -1])
    #expect(found.meanSize == 0.75)
    // A lead that counts three times is three leads.
    let weighted = try contribution(.number([1, 2]), [0.5, -1], weights: [3, 1])
    #expect(weighted.meanSize == 0.625)
  }

  @Test func levelsThatRaiseAndLowerMostComeFirst() throws {
    let names = ["a", "b", "c", "d", "e", "f"]
    let gives = [0.4, -0.2, 0.1, -0.6, 0.3, 0.2]
    let codes = (0..<180).map { Int32($0 % 6) }
    let found = try contribution(
      .category(CategoryValues(codes: codes, levels: names)), codes.map { gives[Int($0)] })
    #expect(found.raising.map(\.name) == ["a", "e", "f"])
    #expect(found.lowering.map(\.name) == ["d", "b"])
    #expect(found.raising.allSatisfy { abs($0.share - 1.0 / 6) < 1e-12 })
    #expect(found.direction == nil)
  }

  @Test func levelsOfFewLeadsAreNotNamed() throws {
    // Nineteen leads of the rare level, one too few.
    let codes = (0..<100).map { Int32($0 < 19 ? 1 : 0) }
    let found = try contribution(
      .category(CategoryValues(codes: codes, levels: ["often", "seldom"])),
      codes.map { $0 == 1 ? 2 : -0.1 })
    #expect(found.raising.isEmpty)
    #expect(found.lowering.map(\.name) == ["often"])
  }

  @Test func cellsThatAreNotFilledInAreToldApart() throws {
    let values = (0..<100).map { $0 < 30 ? Double.nan : Double($0) }
    let found = try contribution(.number(values), values.map { $0.isNaN ? -0.5 : $0 / 100 })
    #expect(found.missing == -0.5)
    #expect(found.direction == .raises)
    let flags = (0..<100).map { Int8($0 < 10 ? -1 : $0 % 2) }
    let flag = try contribution(.flag(flags), flags.map { Double($0) })
    // Ten are too few to tell.
    #expect(flag.missing == nil)
    #expect(flag.raising.map(\.name) == ["yes"])
    #expect(flag.lowering.isEmpty)
  }

  @Test func theColumnThatMovesMostComesFirst() {
    let explanations = Explanations(
      columns: ["small", "large"], baseline: 0, rowCount: 2, contributions: [0.1, -1, 0.1, 1])
    let table = Table(
      columns: ["small", "large"].map { Column(name: $0, values: .number([1, 2])) }, rowCount: 2)
    let found = explanations.columnContributions(of: table)
    #expect(found.columns.map(\.column) == ["large", "small"])
  }
}
