import Foundation
import Parallel
import Tables
import Testing

@testable import Activities

@Suite struct ActivityRecipeTests {
  private let pool = WorkerPool(threadCount: 1)

  private func log(_ types: [String]) throws -> ActivityLog {
    let events = types.enumerated().map { index, type in
      PlainEvent(
        lead: "L0", at: Double(index), type: type, attributes: [nil, index % 2 == 0 ? "web" : nil])
    }
    return try RandomActivities.log(events, leads: 1)
  }

  @Test func theCommonestTypesHaveFeaturesAndTiesGoByName() throws {
    let types = ["b", "b", "c", "c", "a", "a", "a", "z"]
    var options = ActivityFeatureOptions()
    options.minimumEvents = 2
    options.maximumTypes = 2
    let recipe = try ActivityRecipe(log: log(types), options: options)
    #expect(recipe.types.map(\.name) == ["a", "b"])
    #expect(recipe.attributes.map(\.levels) == [[], ["web"]])
    options.maximumTypes = 10
    #expect(try ActivityRecipe(log: log(types), options: options).types.count == 3)
  }

  @Test func aRecipeIsTheSameAfterWritingAndReading() throws {
    let events = RandomActivities.events(300, leads: 5, seed: 3)
    let log = try RandomActivities.log(events, leads: 5)
    let recipe = try ActivityRecipe(log: log, options: RandomActivities.options)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(recipe)
    let read = try JSONDecoder().decode(ActivityRecipe.self, from: data)
    #expect(read == recipe)
    #expect(try encoder.encode(read) == data)
    #expect(read.featureNames == recipe.featureNames)
  }

  @Test func anotherLogGetsTheSameColumns() throws {
    let events = RandomActivities.events(600, leads: 5, seed: 4)
    let recipe = try ActivityRecipe(
      log: try RandomActivities.log(events, leads: 5), options: RandomActivities.options)
    let moments = RandomActivities.moments(40, leads: 5, seed: 5)
    // Without opens, and with a type that the recipe does not know.
    var others = events.filter { $0.type != "email_open" }
    others.append(PlainEvent(lead: "L0", at: 1, type: "brand_new", attributes: ["p", "q"]))
    let log = try RandomActivities.log(others, leads: 5)
    let columns = try recipe.columns(log, moments: moments, pool: pool)
    let naive = try NaiveFeatures(others, recipe, exportedAt: log.summary.exportedAt)
    #expect(columns.map(\.name) == recipe.featureNames)
    #expect(naive.differences(columns, moments).prefix(5) == [])
    let empty = try RandomActivities.log([], leads: 5)
    let nothing = try recipe.columns(empty, moments: moments, pool: pool)
    #expect(nothing.map(\.name) == recipe.featureNames)
    let none = try recipe.columns(empty, moments: [], pool: pool)
    #expect(none.map(\.name) == recipe.featureNames)
    #expect(none.allSatisfy { $0.count == 0 })
  }

  @Test func namesNeedNoQuotesAndAreDistinct() throws {
    let types = [
      "a,b", "a;b", "a b", "lead", "us", "account", "=1+1", "-x", "correo \"abierto\"", "á",
    ]
    var options = ActivityFeatureOptions()
    options.minimumEvents = 1
    let recipe = try ActivityRecipe(log: log(types), options: options)
    let names = recipe.featureNames + recipe.accountFeatureNames
    #expect(Set(names).count == names.count)
    for name in names {
      #expect(!name.contains { ",;\"' :#\n\t".contains($0) })
      #expect(!"=+-@".contains(name.first ?? "="))
    }
    #expect(names.contains("a_b.count.7d"))
    #expect(names.contains("a_b.count.7d_2"))
    #expect(names.contains("type_lead.count.all"))
    #expect(names.contains("á.pace"))
  }

  @Test func ratesAreFoundByTheNamesOfTypes() {
    let found = ActivityRate.recognised(among: [
      "email_sent", "email_open", "email_click", "sms_click", "webinar_signup", "webinar_attended",
      "call", "Correo enviado", "Correo abierto",
    ])
    #expect(
      found == [
        ActivityRate(type: "email_open", of: "email_sent"),
        ActivityRate(type: "email_click", of: "email_sent"),
        ActivityRate(type: "email_click", of: "email_open"),
        ActivityRate(type: "webinar_attended", of: "webinar_signup"),
        ActivityRate(type: "Correo abierto", of: "Correo enviado"),
      ])
  }

  @Test func statedRatesMustBeOfTypesThatThereAre() throws {
    var options = ActivityFeatureOptions()
    options.rates = [ActivityRate(type: "a", of: "b")]
    options.maximumTypes = 0
    let log = try log(["a", "b", "b"])
    let recipe = try ActivityRecipe(log: log, options: options)
    #expect(recipe.types.isEmpty)
    let columns = try recipe.columns(
      log, moments: [Moment(lead: 0, asOf: 10)], pool: pool)
    let rate = try #require(columns.first { $0.name == "a.per.b.all" })
    #expect(rate.values == .number([0.5]))
    options.rates = [ActivityRate(type: "a", of: "c")]
    #expect(throws: ActivityError.self) { try ActivityRecipe(log: log, options: options) }
  }

  @Test func optionsThatMakeNoSenseAreRefused() throws {
    for (windows, pace) in [([-1.0], 1.0), ([2, 1], 1), ([1], 0), ([.infinity], 1), ([1, 1], 1)] {
      var options = ActivityFeatureOptions()
      options.windows = windows
      options.paceLength = pace
      #expect(throws: ActivityError.self) { try options.validated() }
    }
    var options = ActivityFeatureOptions()
    options.timeZone = "Europe/Nowhere"
    #expect(throws: ActivityError.self) { try ActivityRecipe(log: log(["a"]), options: options) }
  }
}
