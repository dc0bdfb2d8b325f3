import Activities
import FoundationEssentials
import Tables
import Testing

@testable import History

@Suite struct HistoryRecipeTests {
  private func recipe() throws -> HistoryRecipe {
    let world = RandomWorld(seed: 7, leadCount: 30)
    var inputs = try world.export()
    inputs.schemas.activities = TableSchema(
      columns: RandomWorld.activityColumns.names.map { ColumnSchema(name: $0, type: .text) })
    inputs.schemas.changes = TableSchema(
      columns: RandomWorld.changeColumns.names.map { ColumnSchema(name: $0, type: .text) })
    return try ExampleBuilder(world.definition(), inputs: inputs, pool: pool).recipe
  }

  @Test func aRecipeAsItWasMadePasses() throws {
    let recipe = try recipe()
    #expect(try recipe.validated() == recipe)
    let bytes = try JSONEncoder().encode(recipe)
    #expect(try JSONDecoder().decode(HistoryRecipe.self, from: bytes).validated() == recipe)
  }

  /// Each changes a good recipe into one that would trap, or do something else than was fitted.
  private static let faults: [(name: String, change: @Sendable (inout HistoryRecipe) -> Void)] = [
    ("horizon", { $0.definition.horizon = -1 }),
    ("no ages", { $0.definition.moments = .ages([]) }),
    ("lead id", { $0.definition.roles.leadID = "another" }),
    ("id", { $0.definition.roles.ids = ["another"] }),
    ("twice", { $0.leadColumns.append($0.leadColumns[0]) }),
    ("unknown", { $0.leadColumns.append("unheard of") }),
    ("reserved", { $0.leadColumns.append("decision_time") }),
    ("no activities", { $0.activities = nil }),
    ("attributes", { $0.definition.activities?.attributes = ["page", "product"] }),
    ("no schema", { $0.schemas.activities = nil }),
    ("schema", { $0.schemas.changes?.columns.removeLast() }),
    ("separator", { $0.schemas.leads.dialect.separator = 0 }),
    ("mark", { $0.schemas.leads.dialect.decimalMark = 65 }),
    ("columns", { $0.schemas.leads.columns.append($0.schemas.leads.columns[0]) }),
    ("zone", { $0.definition.timeZone = "" }),
  ]

  @Test(arguments: faults.map(\.name))
  func aRecipeThatContradictsItselfIsRefused(name: String) throws {
    var recipe = try recipe()
    let fault = try #require(Self.faults.first { $0.name == name })
    fault.change(&recipe)
    #expect(throws: HistoryError.self) { try recipe.validated() }
  }

  /// The features' own recipe has no parts that can be changed but in its text.
  @Test(arguments: [
    ("\"windows\":[", "\"windows\":[1e300,"), ("\"windows\":[", "\"windows\":[-5,"),
    ("\"levels\":[", "\"levels\":[\"product 1\",\"product 1\","),
    ("\"paceLength\":", "\"paceLength\":-"),
  ])
  func featuresOutOfRangeAreRefused(part: String, changed: String) throws {
    let text = String(decoding: try JSONEncoder().encode(try recipe()), as: UTF8.self)
    try #require(text.contains(part))
    let other = try JSONDecoder().decode(
      HistoryRecipe.self, from: Data(text.replacingAll(part, by: changed).utf8))
    #expect(throws: ActivityError.self) { try other.validated() }
  }
}

extension String {
  fileprivate func replacingAll(_ part: String, by other: String) -> String {
    var pieces: [String] = []
    var rest = self[...]
    while let found = rest.firstRange(of: part) {
      pieces.append(String(rest[..<found.lowerBound]))
      rest = rest[found.upperBound...]
    }
    return (pieces + [String(rest)]).joined(separator: other)
  }
}
