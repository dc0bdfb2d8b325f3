import Features
import Models
import Parallel
import Tables
import Testing

@testable import ModelFiles

@Suite struct TreeModelCodingTests {
  @Test func aModelReadAgainIsEqual() throws {
    let model = SampleTrees.make()
    let decoded = try decode(try encode(model))
    #expect(decoded.model == model)
    #expect(decoded.warnings.isEmpty)
    #expect(try encode(decoded.model) == encode(model))
  }

  @Test func aModelWithoutTreesOrFeaturesReadAgainIsEqual() throws {
    let pipeline = TreePipeline(levelSources: [], encoders: [])
    let model = SampleTrees.make(
      pipeline, TreeEnsemble(features: [], baseRawPrediction: -0.5, trees: []))
    #expect(try decode(try encode(model)).model == model)
  }

  @Test func predictionsAfterReadingAreThoseBeforeToTheBit() throws {
    let model = SampleTrees.make()
    let read = try decode(try encode(model)).model
    let before = try LeadScorer(model).score(Self.table)
    let after = try LeadScorer(read).score(Self.table)
    #expect(before.rawPredictions == after.rawPredictions)
    #expect(before.probabilities == after.probabilities)
    #expect(Set(before.rawPredictions).count > 300)
    let (columns, _) = try TreeTransformer(SampleTrees.pipeline).transform(
      Self.table, pool: WorkerPool(threadCount: 1))
    let ensemble = SampleTrees.ensemble()
    for row in 0..<Self.table.rowCount {
      let bins = ensemble.features.indices.map { UInt8(columns.bin(row: row, feature: $0)) }
      #expect(before.rawPredictions[row] == ensemble.rawPrediction(bins: bins))
    }
  }

  /// Readers of 1.0 must find everything that they know of a logistic regression, and refuse trees by
  /// the name of a section.
  @Test func logisticModelsHaveTheSectionsOfFormat1Dot0AndTreesDoNot() throws {
    let known: Set<String> = [
      "coefficients", "standard_errors", "bin_thresholds", "level_offsets", "level_bytes",
      "rare_level_hashes", "score_quantiles", "fingerprints",
    ]
    let logistic = try encode(SampleModel.make())
    let frame = try ModelContainer.frame(of: logistic.span.bytes, known: known)
    // One that scoring does not need came later.
    #expect(Set(frame.sections.keys) == known.union(["feature_means"]))
    let trees = try encode(SampleTrees.make())
    #expect(throws: ModelFileError.unknownCriticalSection(name: "level_bins")) {
      try ModelContainer.frame(of: trees.span.bytes, known: known)
    }
  }

  /// A model whose parameters a reader would have to refuse must not get into a file.
  @Test(arguments: UnfitTrees.all) func unfitModelsAreRefused(_ unfit: UnfitTrees) throws {
    let error = #expect(throws: ModelFileError.self) { try encode(unfit.model()) }
    guard case .inconsistent(let problem) = error else {
      Issue.record("\(unfit.name): \(String(describing: error))")
      return
    }
    #expect(problem.contains(unfit.mentions), "\(problem)")
  }

  private static let table: Table = {
    var generator = SeededGenerator(state: 4)
    let rows = 500
    func numbers(_ range: ClosedRange<Double>) -> [Double] {
      (0..<rows).map { row in
        row % 11 == 0
          ? [.nan, 0, -.infinity, .infinity][row % 4] : Double.random(in: range, using: &generator)
      }
    }
    func codes(_ count: Int) -> [Int32] {
      (0..<rows).map { _ in Int32.random(in: -1..<Int32(count), using: &generator) }
    }
    let jobs = ["management", "te\u{301}cnico", "学生", "", "lion tamer", "nobody", "blue-collar"]
    return Table(
      columns: [
        Column(name: "age", values: .number(numbers(18...90).map { $0.rounded() })),
        Column(name: "balance", values: .number(numbers(-500...10_000))),
        Column(
          name: "job", values: .category(CategoryValues(codes: codes(jobs.count), levels: jobs))),
        Column(
          name: "región",
          values: .category(CategoryValues(codes: codes(3), levels: ["Sevilla", "Vigo", "Madrid"]))),
        Column(name: "subscribed", values: .flag(codes(2).map { Int8($0) })),
        Column(name: "created", values: .date(numbers(1.6e9...1.7e9))),
        Column(name: "last_call", values: .date(numbers(1.6e9...1.7e9))),
      ], rowCount: rows)
  }()
}

/// A model of trees with one thing wrong, and a word of the complaint about it.
struct UnfitTrees: Sendable, CustomTestStringConvertible {
  let name: String
  let mentions: String
  let model: @Sendable () -> LeadModel

  var testDescription: String { name }

  static let all: [UnfitTrees] =
    [
      trees("a leaf that is no number", "no number") { [leaf(.nan)] },
      trees("a weight below zero", "no number") { [TreeNode(value: 0, weight: -1)] },
      trees("leaves that add up to infinity", "not finite") { [leaf(.greatestFiniteMagnitude)] },
      trees("a gain that is no number", "gain") { [split(gain: .nan), leaf(), leaf()] },
      trees("a child before its parent", "behind") {
        [split(), split(left: 0, right: 2), leaf()]
      },
      trees("a child behind the tree", "behind") { [split(right: 3), leaf(), leaf()] },
      trees("one child twice", "behind") { [split(right: 1), leaf(), leaf()] },
      trees("a node without parent", "no parent") { [split(), leaf(), leaf(), leaf()] },
      trees("a feature that is not there", "not there") {
        [split(feature: 99), leaf(), leaf()]
      },
      trees("a cut behind the last bin", "cut") {
        [split(condition: .upTo(6)), leaf(), leaf()]
      },
      trees("a cut through categories", "cut") {
        [split(feature: 3, condition: .upTo(1)), leaf(), leaf()]
      },
      trees("a set of ordered bins", "takes bins") {
        [split(condition: .among(BinSet(words: [1, 0, 0, 0]))), leaf(), leaf()]
      },
      trees("a set with the missing bin", "takes bins") {
        [split(feature: 3, condition: .among(BinSet(words: [32, 0, 0, 0]))), leaf(), leaf()]
      },
      encoder(
        "thresholds out of order", "ascend",
        .number(NumberBins(input: .column("age"), thresholds: BinThresholds([2, 1])))),
      encoder(
        "a threshold that is no number", "ascend",
        .number(NumberBins(input: .column("age"), thresholds: BinThresholds([1, .nan])))),
      encoder(
        "a threshold below everything", "ascend",
        .number(NumberBins(input: .column("age"), thresholds: BinThresholds([-.infinity, 0])))),
      encoder(
        "a column of another type", "category",
        .number(NumberBins(input: .column("job"), thresholds: BinThresholds([1])))),
      levels("too few bins for a level", "bin each", bins: [0, 1, 2, 3, 6]),
      levels("too few levels", "bin each", bins: [0, 1]),
      levels("days that are not their bins", "not its levels", source: 2, bins: [1, 0]),
      rates("levels out of order", "ascend", [1, 0], [0.1, 0.2]),
      rates("a level twice", "ascend", [1, 1], [0.1, 0.2]),
      rates("a level that is not there", "not there", [0, 6], [0.1, 0.2]),
      rates("a rate above one", "share", [0, 1], [0.1, 1.2]),
      rates("more rates than levels", "level each", [0], [0.1, 0.2]),
      rates("no rates", "no rates", [], []),
      UnfitTrees(name: "a level twice", mentions: "twice") {
        sample([.category(CategoryLevels(column: "job", levels: ["a", "a"], rareLevelHashes: []))])
      },
      UnfitTrees(name: "levels that nothing reads", mentions: "no encoder reads") {
        let pipeline = TreePipeline(levelSources: [.flag(column: "subscribed")], encoders: [])
        return SampleTrees.make(
          pipeline, TreeEnsemble(features: [], baseRawPrediction: 0, trees: []))
      },
      UnfitTrees(name: "rates of too many pairs", mentions: "too many pairs") {
        let levels = (0..<50_000).map { "\($0)" }
        let source = LevelSource.category(
          CategoryLevels(column: "job", levels: levels, rareLevelHashes: []))
        return sample(
          [source],
          .rates(
            LevelRates(
              sources: [0, 0], firstLevels: [49_999], secondLevels: [49_999], rates: [0.5],
              thresholds: BinThresholds([0.1]))))
      },
    ]

  private static func leaf(_ value: Double = 0.5) -> TreeNode { TreeNode(value: value, weight: 1) }

  private static func split(
    feature: Int = 0, condition: TreeSplit.Condition = .upTo(1), left: Int = 1, right: Int = 2,
    gain: Double = 1
  ) -> TreeNode {
    TreeNode(
      value: 0, weight: 2,
      split: TreeSplit(
        feature: feature, condition: condition, missingGoesLeft: true, leftChild: left,
        rightChild: right, gain: gain))
  }

  private static func trees(
    _ name: String, _ mentions: String, _ nodes: @escaping @Sendable () -> [TreeNode]
  ) -> UnfitTrees {
    UnfitTrees(name: name, mentions: mentions) {
      let tree = DecisionTree(nodes: nodes())
      return SampleTrees.make(
        SampleTrees.pipeline,
        TreeEnsemble(
          features: SampleTrees.pipeline.features, baseRawPrediction: 0, trees: [tree, tree]))
    }
  }

  private static func sample(
    _ sources: [LevelSource] = SampleTrees.sources, _ encoder: TreeEncoder? = nil
  ) -> LeadModel {
    let all =
      encoder.map { [$0] }
      ?? sources.indices.map {
        .levels(
          LevelBins(
            source: $0, kind: .ordered, binCount: sources[$0].levelCount + 1,
            bins: (0..<sources[$0].levelCount).map { UInt8($0) }))
      }
    let pipeline = TreePipeline(levelSources: sources, encoders: all)
    return SampleTrees.make(
      pipeline, TreeEnsemble(features: pipeline.features, baseRawPrediction: 0, trees: []))
  }

  private static func encoder(
    _ name: String, _ mentions: String, _ encoder: TreeEncoder
  ) -> UnfitTrees {
    UnfitTrees(name: name, mentions: mentions) { sample([], encoder) }
  }

  private static func levels(
    _ name: String, _ mentions: String, source: Int = 0, bins: [UInt8]
  ) -> UnfitTrees {
    UnfitTrees(name: name, mentions: mentions) {
      let source = SampleTrees.sources[source]
      return sample(
        [source],
        .levels(
          LevelBins(source: 0, kind: .ordered, binCount: source.levelCount + 1, bins: bins)))
    }
  }

  private static func rates(
    _ name: String, _ mentions: String, _ levels: [Int], _ rates: [Double]
  ) -> UnfitTrees {
    UnfitTrees(name: name, mentions: mentions) {
      sample(
        [SampleTrees.sources[0]],
        .rates(
          LevelRates(
            sources: [0], firstLevels: levels, secondLevels: [], rates: rates,
            thresholds: BinThresholds([0.15]))))
    }
  }
}
