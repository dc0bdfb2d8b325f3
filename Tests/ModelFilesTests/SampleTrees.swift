import Features
import Metrics
import Models
import Tables

/// A model of trees with every kind of encoder, source and split, and awkward numbers and names.
enum SampleTrees {
  static let sources: [LevelSource] = [
    .category(
      CategoryLevels(
        column: "job", levels: ["management", "técnico", "blue-collar", "学生", ""],
        rareLevelHashes: ["astronaut", "lion tamer"].map(SampleModel.fnv1a).sorted())),
    .category(
      CategoryLevels(column: "región", levels: ["Madrid", "Sevilla"], rareLevelHashes: [])),
    .flag(column: "subscribed"),
    .calendar(column: "created", part: .weekday),
    .calendar(column: "created", part: .dayOfMonth),
    .calendar(column: "created", part: .month),
    .calendar(column: "last_call", part: .hour),
    .number(column: "age", thresholds: BinThresholds([30, 41.5, 60])),
  ]

  static let pipeline = TreePipeline(
    levelSources: sources,
    encoders: [
      .number(
        NumberBins(
          input: .column("age"), thresholds: BinThresholds([25, 33.5, 47.25, 60, .infinity]))),
      .number(
        NumberBins(
          input: .column("balance"),
          thresholds: BinThresholds([-1.0 / 3, 0, .leastNonzeroMagnitude, 1_234.56, 9_876]))),
      .number(
        NumberBins(
          input: .daysBetween(later: "last_call", earlier: "created"),
          thresholds: BinThresholds([0, 7.5, 30]))),
      .levels(LevelBins(source: 0, kind: .categories, binCount: 6, bins: [0, 1, 2, 3, 4])),
      .levels(LevelBins(source: 0, kind: .ordered, binCount: 4, bins: [0, 1, 1, 2, 2])),
      .levels(LevelBins(source: 1, kind: .categories, binCount: 3, bins: [0, 2])),
      levels(2), levels(3), levels(4), levels(5), levels(6),
      .rates(
        LevelRates(
          sources: [0], firstLevels: [0, 1, 3, 5], secondLevels: [],
          rates: [0.1, 1.0 / 3, 0.25, 0.5], thresholds: BinThresholds([0.2, 0.3, 0.4]))),
      .rates(
        LevelRates(
          sources: [0, 3], firstLevels: [0, 0, 2, 5, 5], secondLevels: [1, 7, 4, 0, 7],
          rates: [0.05, 0.1, 0.15, 0.2, 0.9], thresholds: BinThresholds([0.1, 0.5]))),
      .rates(
        LevelRates(
          sources: [7, 1], firstLevels: [0, 1, 2, 3, 4], secondLevels: [0, 1, 0, 0, 0],
          rates: [0.5, 0.4, 0.3, 0.2, 0.1], thresholds: BinThresholds([0.15, 0.25, 0.35]))),
    ])

  private static func levels(_ source: Int) -> TreeEncoder {
    let count = sources[source].levelCount
    return .levels(
      LevelBins(
        source: source, kind: .ordered, binCount: count + 1, bins: (0..<count).map { UInt8($0) }))
  }

  /// - Parameter leaves: of each tree.
  static func ensemble(
    _ pipeline: TreePipeline = pipeline,
    leaves: [Int] = [12, 1, 300] + [Int](repeating: 9, count: 27)
  ) -> TreeEnsemble {
    var generator = SeededGenerator(state: 21)
    let features = pipeline.features
    return TreeEnsemble(
      features: features, baseRawPrediction: -2.0 / 3,
      trees: leaves.map { tree(leaves: $0, features, &generator) })
  }

  private static func tree(
    leaves: Int, _ features: [BinnedFeature], _ generator: inout SeededGenerator
  ) -> DecisionTree {
    func node(_ split: TreeSplit? = nil) -> TreeNode {
      TreeNode(
        value: Double.random(in: -1...1, using: &generator) / 3,
        weight: Double.random(in: 1...900, using: &generator), split: split)
    }
    var nodes = [node()]
    var open = [0]
    while open.count < leaves {
      let index = open.remove(at: Int.random(in: open.indices, using: &generator))
      let feature = Int.random(in: features.indices, using: &generator)
      let known = features[feature].missingBin
      var condition = TreeSplit.Condition.upTo(Int.random(in: 0..<known, using: &generator))
      if features[feature].kind == .categories {
        var bins = BinSet()
        for bin in 0..<known where Bool.random(using: &generator) { bins.insert(bin) }
        condition = .among(bins)
      }
      nodes[index] = node(
        TreeSplit(
          feature: feature, condition: condition, missingGoesLeft: Bool.random(using: &generator),
          leftChild: nodes.count, rightChild: nodes.count + 1,
          gain: Double.random(in: 0...9, using: &generator)))
      open += [nodes.count, nodes.count + 1]
      nodes += [node(), node()]
    }
    return DecisionTree(nodes: nodes)
  }

  static func make(schema: TableSchema = SampleModel.schema) -> LeadModel {
    make(pipeline, ensemble(), schema: schema)
  }

  /// Few features and trees, for tests that read a model very often.
  static func small() -> LeadModel {
    let pipeline = TreePipeline(
      levelSources: [sources[1], .flag(column: "subscribed")],
      encoders: [
        pipeline.encoders[0],
        .levels(LevelBins(source: 0, kind: .categories, binCount: 3, bins: [0, 1])),
        .levels(LevelBins(source: 1, kind: .ordered, binCount: 3, bins: [0, 1])),
        .rates(
          LevelRates(
            sources: [0, 1], firstLevels: [0, 1, 1, 2], secondLevels: [0, 0, 2, 1],
            rates: [0.5, 0.4, 0.3, 0.2], thresholds: BinThresholds([0.25, 0.35]))),
      ])
    let columns = [0, 1, 4, 5, 9].map { SampleModel.schema.columns[$0] }
    return make(
      pipeline, ensemble(pipeline, leaves: [5, 3, 1, 4]), schema: TableSchema(columns: columns))
  }

  static func make(
    _ pipeline: TreePipeline, _ ensemble: TreeEnsemble, schema: TableSchema = SampleModel.schema
  ) -> LeadModel {
    let logistic = SampleModel.make(schema: schema, rows: 20)
    return LeadModel(
      schema: schema, idColumns: logistic.idColumns, outcome: logistic.outcome,
      predictor: .trees(pipeline, ensemble), scale: logistic.scale,
      training: TrainingRecord(
        algorithm: "Gradient-boosted trees", seed: 3, folds: 5, foldKind: "stratified",
        penalty: 0, holdOutShare: 0, rows: 20, conversions: 7, leftOut: [],
        boosting: BoostingRecord(
          mostRounds: 2_000, foldRounds: 3, rounds: 3, patience: 60, learningRate: 0.1, leaves: 4,
          maxDepth: nil, minimumRows: 5, l1: 0, l2: 1, rowShare: 0.75, columnShare: 0.5,
          members: 1,
          features: .init(maxBins: 255, categories: "automatic", smoothing: 20, pairs: 12),
          monotone: [.init(column: "visits", isIncreasing: true)],
          interactions: [["visits", "source"]])),
      outOfFold: logistic.outOfFold, heldOut: nil, strengths: [], sketch: logistic.sketch,
      alternatives: [
        AlgorithmFigures(
          algorithm: "Logistic regression", outOfFold: logistic.outOfFold,
          logLossDifference: 0.1 + 0.2, interval: ConfidenceInterval(low: -0.25, high: 1.0 / 3))
      ],
      importance: [
        ColumnImportance(
          column: "age", gainShare: 2.0 / 3, logLossIncrease: 0.01,
          interval: ConfidenceInterval(low: -0.01, high: 0.03)),
        ColumnImportance(
          column: "región", gainShare: 0.1, logLossIncrease: nil, interval: nil),
      ])
  }
}
