import Testing

@testable import Tables

@Suite struct TableJoinTests {
  private func category(_ name: String, _ cells: [String?]) -> Column {
    var levels: [String] = []
    let codes = cells.map { cell -> Int32 in
      guard let cell else { return -1 }
      if let code = levels.firstIndex(of: cell) { return Int32(code) }
      levels.append(cell)
      return Int32(levels.count - 1)
    }
    return Column(name: name, values: .category(CategoryValues(codes: codes, levels: levels)))
  }

  private func text(_ name: String, _ cells: [String?]) -> Column {
    var bytes: [UInt8] = []
    var offsets = [0]
    for cell in cells {
      bytes += Array((cell ?? "").utf8)
      offsets.append(bytes.count)
    }
    return Column(
      name: name,
      values: .text(TextValues(offsets: offsets, bytes: bytes, missing: cells.map { $0 == nil })))
  }

  private func number(_ name: String, _ cells: [Double]) -> Column {
    Column(name: name, values: .number(cells))
  }

  private func table(_ columns: Column...) -> Table {
    Table(columns: columns, rowCount: columns[0].count)
  }

  private var products: Table {
    table(
      category("product", ["GTX Basic", "GTX Pro", "MG Special"]), text("code", ["b", nil, "m"]),
      number("price", [550, 4_821, 55]), Column(name: "new", values: .flag([1, 0, -1])))
  }

  @Test func leadsGetTheRowOfTheirKey() throws {
    let leads = table(
      category("product", ["MG Special", "GTXPro", nil, "GTX Basic", "MG Special"]))
    let (joined, report) = try TableJoin(name: "products.csv", on: [.init("product")])
      .joining(leads, with: products)
    #expect(
      joined
        == table(
          leads.columns[0], text("code", ["m", nil, nil, "b", "m"]),
          number("price", [55, .nan, .nan, 550, 55]),
          Column(name: "new", values: .flag([-1, -1, -1, 1, -1]))))
    #expect(
      report
        == JoinReport(
          name: "products.csv", rows: 5, matched: 3, withoutKey: 1, unmatchedKeys: 1,
          misses: [.init(key: "GTXPro", rows: 1, nearest: "GTX Pro")], severalKeys: 0))
    #expect(report.matchRate == 0.6)
  }

  @Test func blocksGiveWhatTheWholeGives() throws {
    let names = ["MG Special", "GTXPro", "other", "GTX Basic", "GTXPro", "other", "other"]
    let index = try JoinIndex(TableJoin(name: "p", on: [.init("product")]), other: products)
    var whole = JoinTally()
    let expected = try index.joining(table(category("product", names)), tally: &whole)
    var sum = JoinTally()
    var prices: [Double] = []
    for block in [names[..<3], names[3...]] {
      var tally = JoinTally()
      let joined = try index.joining(table(category("product", Array(block))), tally: &tally)
      guard case .number(let values)? = joined["price"]?.values else { return }
      prices += values
      sum.add(tally)
    }
    #expect(sum == whole)
    #expect(expected["price"]?.values == .number(prices))
    #expect(index.report(sum).misses.map(\.key) == ["other", "GTXPro"])
  }

  @Test func keysOfSeveralColumnsMustAllAgree() throws {
    let other = table(
      category("country", ["ES", "ES", "FR"]), number("zone", [1, 2, 1]),
      number("size", [10, 20, 30]))
    let leads = table(text("pais", ["ES", "FR", "ES"]), category("zone", ["2", "2", nil]))
    let (joined, report) = try TableJoin(
      name: "zones", on: [.init(left: "pais", right: "country"), .init("zone")]
    ).joining(leads, with: other)
    #expect(joined["size"]?.values == .number([20, .nan, .nan]))
    #expect(report.misses.map(\.key) == ["FR, 2"])
    #expect(report.withoutKey == 1)
  }

  private var deals: Table {
    table(
      text("lead", ["1", "2", "1", "1", "2", "3"]),
      Column(name: "closed", values: .date([10, 5, 30, 20, .nan, .nan])),
      number("value", [100, .nan, 50, 100, 7, 1]),
      category("stage", ["Won", "Lost", "Open", "Won", "Lost", nil]))
  }

  @Test func severalRowsOfAKeyAreRefusedWithExamples() {
    #expect(
      throws: TableError.severalRowsForKey(
        table: "deals.csv", key: "lead", keys: 2, mostRows: 3, examples: ["1", "2"])
    ) {
      try JoinIndex(TableJoin(name: "deals.csv", on: [.init("lead")]), other: deals)
    }
  }

  @Test(arguments: [
    (TableJoin.SeveralRows.first(by: "closed"), ["Won", "Lost", nil], [100, .nan, 1]),
    (.last(by: "closed"), ["Open", "Lost", nil], [50, .nan, 1]),
    (.largest(of: "value"), ["Won", "Lost", nil], [100, 7, 1]),
    (.first(by: "value"), ["Open", "Lost", nil], [50, 7, 1]),
  ])
  func aStatedRuleDecidesAmongSeveralRows(
    _ rule: TableJoin.SeveralRows, _ stages: [String?], _ values: [Double]
  ) throws {
    var join = TableJoin(name: "deals", on: [.init(left: "id", right: "lead")])
    join.several = rule
    let (joined, report) = try join.joining(table(text("id", ["1", "2", "3"])), with: deals)
    #expect(joined["stage"] == category("stage", stages))
    #expect(joined["value"]?.values == .number(values))
    #expect(report.severalKeys == 2)
  }

  @Test func aLeadIsWonIfAnyOfItsDealsIs() throws {
    var join = TableJoin(name: "deals", on: [.init(left: "id", right: "lead")])
    join.several = .last(by: "closed")
    join.wonFirst = .init(column: "stage", values: ["Won"])
    join.columns = ["closed", "stage"]
    let (joined, _) = try join.joining(table(text("id", ["1", "2", "3"])), with: deals)
    #expect(joined["stage"] == category("stage", ["Won", "Lost", nil]))
    // The latest of the won deals, not the latest deal.
    #expect(joined["closed"]?.values == .date([20, 5, .nan]))
  }

  @Test func columnsOfOneNameClashUnlessPrefixed() throws {
    let leads = table(category("product", ["GTX Pro"]), number("price", [1]))
    var join = TableJoin(name: "products.csv", on: [.init("product")])
    #expect(throws: TableError.joinedColumnsClash(table: "products.csv", columns: ["price"])) {
      try join.joining(leads, with: products)
    }
    join.prefix = "list_"
    let (joined, _) = try join.joining(leads, with: products)
    #expect(
      joined.columns.map(\.name) == ["product", "price", "list_code", "list_price", "list_new"])
  }

  @Test func columnsThatAreNotThereAreNamed() {
    let missing = TableError.joinColumnMissing(
      table: "products.csv", column: "Price ", nearest: "price",
      columns: ["product", "code", "price", "new"])
    var join = TableJoin(name: "products.csv", on: [.init("product")])
    join.columns = ["Price "]
    #expect(throws: missing) { try JoinIndex(join, other: products) }
    join.columns = []
    join.several = .largest(of: "code")
    #expect(
      throws: TableError.joinOrderNotComparable(table: "products.csv", column: "code", found: .text)
    ) { try JoinIndex(join, other: products) }
    #expect(throws: TableError.self) {
      try TableJoin(name: "p", on: [.init("product")])
        .joining(table(number("x", [1])), with: products)
    }
  }

  @Test func personalDataIsNotShown() throws {
    let people = table(
      text("email", ["ana@example.com", "bo@example.com", "cy@example.com"]),
      number("a", [1, 2, 3]))
    let (_, report) = try TableJoin(name: "people", on: [.init("email")])
      .joining(table(text("email", ["an@example.com"])), with: people)
    #expect(report.unmatchedKeys == 1)
    #expect(report.misses.isEmpty)
  }

  @Test(arguments: [
    ("GTXPro", "GTX Pro"), ("gtx-pro", "GTX Pro"), ("Gtx Prö", "GTX Pro"), ("GTX Pr", "GTX Pro"),
    ("GXT Pro", "GTX Pro"), ("MG Speical", "MG Special"), ("xyz", nil), ("", nil), ("G", nil),
  ])
  func theNearestKeyIsOneLetterOrTwoAway(_ key: String, _ nearest: String?) {
    #expect(NearestKeys(["GTX Basic", "GTX Pro", "MG Special"]).nearest(to: key) == nearest)
  }
}
