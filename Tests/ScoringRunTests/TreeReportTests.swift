import Features
import ModelFiles
import Models
import Reports
import ScoringRun
import Testing

@Suite struct TreeReportTests {
  /// The frozen file of trees, which has every kind of encoder and split.
  private static let path =
    #filePath.split(separator: "/").dropLast(2).map { "/\($0)" }.joined()
    + "/ModelFilesTests/Fixtures/format-1.1-trees.kelvin"

  private static let pipeline = TreePipeline(
    levelSources: [
      .category(
        CategoryLevels(column: "city", levels: ["Madrid", "Lima", "Quito"], rareLevelHashes: [])),
      .calendar(column: "created", part: .weekday),
    ],
    encoders: [
      .number(NumberBins(input: .column("visits"), thresholds: BinThresholds([1.5, 3.5]))),
      .levels(LevelBins(source: 0, kind: .categories, binCount: 4, bins: [0, 1, 2])),
      .levels(LevelBins(source: 1, kind: .ordered, binCount: 8, bins: [0, 1, 2, 3, 4, 5, 6])),
    ])

  private static func split(
    _ feature: Int, _ condition: TreeSplit.Condition, missing: Bool, _ left: Int, _ right: Int,
    weight: Double
  ) -> TreeNode {
    TreeNode(
      value: 0, weight: weight,
      split: TreeSplit(
        feature: feature, condition: condition, missingGoesLeft: missing, leftChild: left,
        rightChild: right, gain: 1))
  }

  private static let ensemble = TreeEnsemble(
    features: pipeline.features, baseRawPrediction: -2,
    trees: [
      DecisionTree(nodes: [TreeNode(value: 0.25, weight: 10)]),
      DecisionTree(nodes: [
        split(0, .upTo(1), missing: true, 1, 2, weight: 200),
        split(1, .among(BinSet(words: [0b101, 0, 0, 0])), missing: false, 3, 4, weight: 150),
        split(2, .upTo(4), missing: false, 5, 6, weight: 50),
        TreeNode(value: -0.5, weight: 100), TreeNode(value: 0.125, weight: 50),
        TreeNode(value: 0.75, weight: 49), TreeNode(value: 1.5, weight: 1),
      ]),
    ])

  @Test func aTreeReadsInTheUnitsOfTheData() {
    let report = TreeReport(
      model: "bank@v0001", number: 2, of: Self.ensemble, pipeline: Self.pipeline)
    #expect(
      report.text(width: 100).hasSuffix(
        """
          visits < 3.5 or missing?
            yes: city in {Madrid, Quito}?
              yes: -0.5000 (50.0%)
              no: +0.1250 (25.0%)
            no: weekday of created ≤ Friday?
              yes: +0.7500 (24.5%)
              no: +1.5000 (0.5%)

        """))
    #expect(report.text(width: 100).hasPrefix("Tree 2 of 2, bank@v0001: 4 leaves\n"))
    #expect(report.nodes.map(\.depth) == [0, 1, 2, 2, 1, 2, 2])
    #expect(report.nodes.map(\.answer) == [nil, true, true, false, false, true, false])
    #expect(report.nodes.compactMap(\.logOdds) == [-0.5, 0.125, 0.75, 1.5])
  }

  @Test func onlyTheTextCutsLongListsOfLevelsShort() throws {
    let levels = (1...8).map { "city \($0)" }
    let pipeline = TreePipeline(
      levelSources: [
        .category(CategoryLevels(column: "city", levels: levels, rareLevelHashes: []))
      ],
      encoders: [
        .levels(
          LevelBins(source: 0, kind: .categories, binCount: 9, bins: [0, 1, 2, 3, 4, 5, 6, 7]))
      ])
    let ensemble = TreeEnsemble(
      features: pipeline.features, baseRawPrediction: 0,
      trees: [
        DecisionTree(nodes: [
          Self.split(
            0, .among(BinSet(words: [0b0111_1111, 0, 0, 0])), missing: true, 1, 2, weight: 2),
          TreeNode(value: 1, weight: 1), TreeNode(value: -1, weight: 1),
        ])
      ])
    let report = TreeReport(model: "m@v0001", number: 1, of: ensemble, pipeline: pipeline)
    #expect(report.text(width: 100).contains("city 5, … 2 more} or missing?"))
    #expect(report.nodes[0].question?.hasSuffix("city 6, city 7} or missing") == true)
    #expect(try report.json().contains("city 5, city 6, city 7} or missing"))
  }

  @Test func aTreeOfOneLeafIsItsValue() {
    let report = TreeReport(
      model: "bank@v0001", number: 1, of: Self.ensemble, pipeline: Self.pipeline)
    #expect(report.text(width: 100).hasSuffix("  +0.2500 (100.0%)\n"))
  }

  @Test func everyTreeOfAFileCanBeShown() throws {
    let loaded = try ModelRegistry.load(Self.path)
    let count = try #require(loaded.model.trees).trees.count
    for number in 1...count {
      let report = try TreeReport(loaded, tree: number)
      #expect(report.nodes.count { $0.logOdds != nil } == report.leaves)
      let shown = report.text(width: 60).split(separator: "\n")
      #expect(shown.allSatisfy { $0.count <= 60 })
      #expect(try report.json().contains("\"leaves\" : \(report.leaves)"))
    }
  }

  @Test(arguments: [0, -1, 31]) func aNumberOutOfRangeNamesTheRange(number: Int) throws {
    let loaded = try ModelRegistry.load(Self.path)
    #expect(
      throws: ScoringError.noSuchTree(number: number, model: "format-1.1-trees", trees: 30)
    ) { try TreeReport(loaded, tree: number) }
  }

  @Test func aModelOfTreesIsInspectedWithImportanceAndAlternatives() throws {
    let loaded = try ModelRegistry.load(Self.path)
    let report = InspectReport(loaded)
    #expect(report.formatVersion == "1.1")
    #expect(report.trees == 30)
    #expect(report.leaves == 12 + 1 + 300 + 27 * 9)
    #expect(report.coefficientCount == nil)
    let text = report.text(width: 100)
    for words in [
      "Gradient-boosted trees", "Trees", "What the model looks at", "66.7%",
      "Also fitted on the same folds", "Logistic regression: log loss +0.3000",
    ] { #expect(text.contains(words), "\(words)") }
    #expect(!text.contains("Coefficients") && !text.contains("Penalty"))
    #expect(try report.json().contains("\"gainShare\" : 0.1"))
  }
}
