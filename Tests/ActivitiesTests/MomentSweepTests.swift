import Parallel
import Tables
import Testing

@testable import Activities

@Suite struct MomentSweepTests {
  private let pool = WorkerPool(threadCount: 1)

  @Test(arguments: [(0.0, 1), (0.2, 2), (1.0, 3)])
  func equalsTheDefinitions(late: Double, seed: UInt64) throws {
    let leads = 12
    let events = RandomActivities.events(900, leads: leads, late: late, seed: seed)
    let exportedAt = 380 * RandomActivities.day
    let log = try RandomActivities.log(events, leads: leads, exportedAt: exportedAt)
    let recipe = try ActivityRecipe(log: log, options: RandomActivities.options)
    let moments = RandomActivities.moments(150, leads: leads, seed: seed + 100)
    let columns = try recipe.columns(log, moments: moments, pool: pool)
    #expect(columns.map(\.name) == recipe.featureNames)
    #expect(Set(recipe.featureNames).count == recipe.featureNames.count)
    let naive = try NaiveFeatures(events, recipe, exportedAt: exportedAt)
    #expect(naive.differences(columns, moments).prefix(5) == [])
  }
}
