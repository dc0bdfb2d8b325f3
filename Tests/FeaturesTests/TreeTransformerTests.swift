import Parallel
import Tables
import Testing

@testable import Features

private var pool: WorkerPool { WorkerPool(threadCount: 2) }

extension Table {
  /// Some rows, in this order, with dictionaries of their own as a reader of blocks would make them.
  func taking(_ rows: [Int]) -> Table {
    Table(
      columns: columns.map { column in
        let values: ColumnValues =
          switch column.values {
          case .number(let cells): .number(rows.map { cells[$0] })
          case .date(let cells): .date(rows.map { cells[$0] })
          case .flag(let cells): .flag(rows.map { cells[$0] })
          case .category(let cells):
            categoryColumn(
              column.name,
              rows.map { cells.codes[$0] < 0 ? nil : cells.levels[Int(cells.codes[$0])] }
            ).values
          case .text: column.values
          }
        return Column(name: column.name, values: values)
      }, rowCount: rows.count)
  }
}

@Suite struct TreeTransformerTests {
  @Test(arguments: [1, 2, 3, 7])
  func theSameBinsForAnyNumberOfThreads(threads: Int) throws {
    let (table, labels) = mixedTable(rowCount: 20_000)
    let one = WorkerPool(threadCount: 1)
    let many = WorkerPool(threadCount: threads)
    var options = TreeFeatureOptions()
    options.sampleRows = 5_000
    let fitter = TreeFeatureFitter(options: options)
    let (pipeline, columns) = try fitter.fit(
      table, columns: mixedColumns, labels: labels, pool: one)
    let (pipelineAgain, columnsAgain) = try fitter.fit(
      table, columns: mixedColumns, labels: labels, pool: many)
    #expect(pipeline == pipelineAgain)
    #expect(allBins(columns) == allBins(columnsAgain))
    let transformed = try TreeTransformer(pipeline).transform(table, pool: one).columns
    let again = try TreeTransformer(pipeline).transform(table, pool: many).columns
    #expect(allBins(transformed) == allBins(again))
  }

  @Test(arguments: [1, 2, 7])
  func theSameBinsWhereRowsComeInBlocks(blockCount: Int) throws {
    let (table, labels) = mixedTable(rowCount: 3_000)
    let pipeline = try TreeFeatureFitter().fit(
      table, columns: mixedColumns, labels: labels, pool: pool
    ).pipeline
    let transformer = TreeTransformer(pipeline)
    let whole = allBins(try transformer.transform(table, pool: pool).columns)
    var parts = [[UInt8]](repeating: [], count: pipeline.encoders.count)
    let size = (3_000 + blockCount - 1) / blockCount
    for start in stride(from: 0, to: 3_000, by: size) {
      let block = table.taking(Array(start..<min(start + size, 3_000)))
      let bins = allBins(try transformer.transform(block, pool: pool).columns)
      for feature in bins.indices { parts[feature] += bins[feature] }
    }
    #expect(parts == whole)
  }

  @Test func rowsOutsideTheTrainingRowsAreNeverLookedAt() throws {
    let (table, labels) = mixedTable(rowCount: 2_000)
    let rows = (0..<2_000).filter { $0 % 4 != 1 }
    let training = Set(rows)
    let poisoned = Table(
      columns: table.columns.map { column in
        let values: ColumnValues =
          switch column.values {
          case .number(let cells):
            .number(cells.indices.map { training.contains($0) ? cells[$0] : 1e9 + Double($0) })
          case .date(let cells):
            .date(cells.indices.map { training.contains($0) ? cells[$0] : .nan })
          case .flag(let cells):
            .flag(cells.indices.map { training.contains($0) ? cells[$0] : -1 })
          case .category(let cells):
            categoryColumn(
              column.name,
              cells.codes.indices.map {
                guard training.contains($0) else { return "poison \($0 % 30)" }
                return cells.codes[$0] < 0 ? nil : cells.levels[Int(cells.codes[$0])]
              }
            ).values
          case .text: column.values
          }
        return Column(name: column.name, values: values)
      }, rowCount: 2_000)
    let flipped = labels.indices.map { training.contains($0) ? labels[$0] : 1 - labels[$0] }
    let fitter = TreeFeatureFitter()
    let clean = try fitter.fit(
      table, columns: mixedColumns, rows: rows, labels: labels, pool: pool)
    let weights = labels.indices.map { training.contains($0) ? 1.0 : .nan }
    let dirty = try fitter.fit(
      poisoned, columns: mixedColumns, rows: rows, labels: flipped, weights: weights, pool: pool)
    #expect(clean.pipeline == dirty.pipeline)
    #expect(allBins(clean.columns) == allBins(dirty.columns))
  }

  @Test func permutedColumnsAreReadFromOtherRowsAndTheRestIsNot() throws {
    let (table, labels) = mixedTable(rowCount: 1_500)
    let pipeline = try TreeFeatureFitter().fit(
      table, columns: mixedColumns, labels: labels, pool: pool
    ).pipeline
    let transformer = TreeTransformer(pipeline)
    let rows = (0..<1_500).filter { $0 % 2 == 0 }
    let others = Array(rows.reversed())
    let plain = try transformer.transform(table, rows: rows, pool: pool).columns
    for column in mixedColumns {
      let permuted = try transformer.transform(
        table, rows: rows, permuting: ([column], others), pool: pool
      ).columns
      for (index, feature) in pipeline.features.enumerated() {
        let isTouched = feature.sources.contains(column)
        if isTouched { continue }
        #expect(allBins(permuted)[index] == allBins(plain)[index], "\(feature.name)")
      }
    }
    // All columns at once is all rows turned round.
    let all = try transformer.transform(
      table, rows: rows, permuting: (Set(mixedColumns), others), pool: pool
    ).columns
    let turned = try transformer.transform(table, rows: others, pool: pool).columns
    #expect(allBins(all) == allBins(turned))
  }

  @Test func constantAndEmptyColumnsGiveNoFeature() throws {
    let count = 60
    let labels = (0..<count).map { UInt8($0 % 2) }
    let table = Table(
      columns: [
        Column(name: "same", values: .number([Double](repeating: 3, count: count))),
        Column(name: "empty", values: .number([Double](repeating: .nan, count: count))),
        Column(
          name: "filled", values: .number((0..<count).map { $0 % 3 == 0 ? .nan : 3 })),
        categoryColumn("one", [String?](repeating: "a", count: count)),
        categoryColumn("none", [String?](repeating: nil, count: count)),
        Column(name: "yes", values: .flag([Int8](repeating: 1, count: count))),
        Column(name: "never", values: .date([Double](repeating: .nan, count: count))),
        Column(name: "midnight", values: .date([Double](repeating: 86_400, count: count))),
      ], rowCount: count)
    let names = table.columns.map(\.name)
    let (pipeline, columns) = try TreeFeatureFitter().fit(
      table, columns: names, labels: labels, pool: pool)
    #expect(pipeline.features.map(\.name) == ["filled"])
    #expect(pipeline.requiredColumns == ["filled"])
    #expect(allBins(columns) == [(0..<count).map { $0 % 3 == 0 ? 1 : 0 }])
    #expect(throws: FeatureError.nothingToLearnFrom(columns: 2)) {
      try TreeFeatureFitter().fit(
        table, columns: ["same", "never"], labels: labels, pool: pool)
    }
  }

  @Test func oneRowTeachesNothingAndIsTransformedAllTheSame() throws {
    let (table, labels) = mixedTable(rowCount: 300)
    #expect(throws: FeatureError.self) {
      try TreeFeatureFitter().fit(
        table, columns: ["visits"], rows: [4], labels: labels, pool: pool)
    }
    let pipeline = try TreeFeatureFitter().fit(
      table, columns: mixedColumns, labels: labels, pool: pool
    ).pipeline
    let transformer = TreeTransformer(pipeline)
    let whole = try transformer.transform(table, pool: pool).columns
    let single = try transformer.transform(table, rows: [77], pool: pool).columns
    #expect(
      pipeline.encoders.indices.allSatisfy {
        single.bin(row: 0, feature: $0) == whole.bin(row: 77, feature: $0)
      })
    #expect(try transformer.transform(table, rows: [], pool: pool).columns.rowCount == 0)
  }

  @Test func weightTwoEqualsTheRowTwice() throws {
    let (table, labels) = mixedTable(rowCount: 900)
    // Copies share a group, and so an inner fold.
    let groups = (0..<900).map { Int32($0) }
    let weights = (0..<900).map { Double($0 % 3) }
    let repeated = (0..<900).flatMap { [Int](repeating: $0, count: $0 % 3) }
    let weighted = try TreeFeatureFitter().fit(
      table, columns: mixedColumns, labels: labels, weights: weights, groups: groups, pool: pool)
    let copied = try TreeFeatureFitter().fit(
      table.taking(repeated), columns: mixedColumns, labels: repeated.map { labels[$0] },
      groups: repeated.map { groups[$0] }, pool: pool)
    #expect(weighted.pipeline == copied.pipeline)
    let bins = allBins(weighted.columns)
    #expect(allBins(copied.columns) == bins.map { bins in repeated.map { bins[$0] } })
  }

  @Test func aColumnThatIsGoneOrOfAnotherTypeIsNamed() throws {
    let (table, labels) = mixedTable(rowCount: 300)
    let pipeline = try TreeFeatureFitter().fit(
      table, columns: ["visits", "job"], labels: labels, pool: pool
    ).pipeline
    let other = Table(
      columns: [Column(name: "visits", values: .flag([1])), categoryColumn("job", ["clerk"])],
      rowCount: 1)
    #expect(
      throws: FeatureError.columnHasAnotherType(name: "visits", expected: .number, found: .flag)
    ) { try TreeTransformer(pipeline).transform(other, pool: pool) }
    let fewer = Table(columns: [Column(name: "visits", values: .number([1]))], rowCount: 1)
    #expect(throws: FeatureError.columnMissing(name: "job")) {
      try TreeTransformer(pipeline).transform(fewer, pool: pool)
    }
  }

  @Test func optionsOutOfRangeAreRefused() throws {
    let (table, labels) = mixedTable(rowCount: 30)
    var options = TreeFeatureOptions()
    options.maxBins = 256
    #expect(
      throws: FeatureError.badOption(name: "maxBins", found: "256", expected: "3 to 255")
    ) {
      try TreeFeatureFitter(options: options).fit(
        table, columns: ["visits"], labels: labels, pool: pool)
    }
  }

  @Test func treatmentsOfCategoriesGiveTheFeaturesThatTheyName() throws {
    let (table, labels) = mixedTable(rowCount: 2_000)
    func features(_ categories: TreeFeatureOptions.Categories) throws -> [BinnedFeature] {
      var options = TreeFeatureOptions()
      options.categories = categories
      options.pairs = 1
      return try TreeFeatureFitter(options: options).fit(
        table, columns: ["job", "answer"], labels: labels, pool: pool
      ).pipeline.features
    }
    #expect(try features(.codes).map(\.name) == ["job", "answer"])
    #expect(try features(.codes).allSatisfy { $0.kind == .ordered })
    #expect(try features(.subsets).map(\.kind) == [.categories, .categories])
    #expect(
      try features(.targetRates).map(\.name) == [
        "conversion rate of job", "conversion rate of answer",
      ])
    for categories in [TreeFeatureOptions.Categories.automatic, .combinations] {
      #expect(
        try features(categories).map(\.name) == [
          "job", "conversion rate of job", "answer", "conversion rate of answer",
          "conversion rate of job × answer",
        ])
    }
    #expect(try features(.automatic)[2].kind == .categories)
  }

  @Test func levelsBeyondTheBinsShareThemOrGoWhereMissingGoes() throws {
    let cells = (0..<400).flatMap { level in
      [String](repeating: "l\(level)", count: 410 - level)
    }
    let labels = cells.indices.map { UInt8($0 % 7 == 0 ? 1 : 0) }
    let table = Table(columns: [categoryColumn("x", cells)], rowCount: cells.count)
    for categories in [TreeFeatureOptions.Categories.codes, .subsets] {
      var options = TreeFeatureOptions()
      options.categories = categories
      let (pipeline, columns) = try TreeFeatureFitter(options: options).fit(
        table, columns: ["x"], labels: labels, pool: pool)
      let feature = try #require(pipeline.features.first)
      #expect(feature.binCount == 255)
      let bins = allBins(columns)[0]
      #expect(bins.contains(UInt8(feature.missingBin)) == (categories == .subsets))
      #expect(Set(bins).count == (categories == .subsets ? 255 : 254))
      if categories == .codes { #expect(bins == bins.sorted()) }
    }
  }

  @Test func conditionsReadInTheUnitsOfTheData() throws {
    let (table, labels) = mixedTable(rowCount: 3_000)
    let pipeline = try TreeFeatureFitter().fit(
      table, columns: mixedColumns, labels: labels, pool: pool
    ).pipeline
    func feature(_ name: String) throws -> Int {
      try #require(pipeline.features.firstIndex { $0.name == name })
    }
    let visits = try feature("visits")
    #expect(pipeline.thresholdText(feature: visits, bin: 3) == "visits < 3.5")
    #expect(pipeline.thresholdText(feature: visits, bin: 12) == "visits is known")
    #expect(
      pipeline.thresholdText(feature: try feature("weekday of created"), bin: 4)
        == "weekday of created ≤ Friday")
    #expect(pipeline.thresholdText(feature: try feature("known"), bin: 0) == "known = no")
    let rate = pipeline.thresholdText(feature: try feature("conversion rate of job"), bin: 1)
    #expect(rate.hasPrefix("conversion rate of job < ") && rate.hasSuffix("%"))
    let job = try feature("job")
    guard case .category(let levels) = pipeline.levelSources[0] else { return }
    #expect(
      pipeline.thresholdText(feature: job, bin: 1)
        == "job in {\(levels.levels[0]), \(levels.levels[1])}")
    #expect(pipeline.levelsText(feature: job, bins: [2]) == "job = \(levels.levels[2])")
    #expect(
      pipeline.levelsText(feature: job, bins: [0, 1, 2, 3, 4, 5]).hasSuffix(", … 1 more}"))
  }
}
