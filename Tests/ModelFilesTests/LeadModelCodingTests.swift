import Features
import Models
import Tables
import Testing
import Vocabulary

@testable import ModelFiles

@Suite struct LeadModelCodingTests {
  @Test func aModelReadAgainIsEqual() throws {
    let model = SampleModel.make()
    let decoded = try decode(try encode(model))
    #expect(decoded.model == model)
    #expect(decoded.warnings.isEmpty)
  }

  @Test func aModelWithoutOptionalPartsReadAgainIsEqual() throws {
    let full = SampleModel.small()
    let model = LeadModel(
      schema: full.schema, idColumns: [], outcome: full.outcome,
      predictor: .logistic(
        FeaturePipeline(encoders: []),
        LogisticModel(
          layout: FeatureLayout(numbers: [], groups: []), intercept: -1.5, coefficients: [],
          intervalKind: .confidence)),
      scale: full.scale, training: full.training, outOfFold: full.outOfFold, heldOut: nil,
      strengths: [],
      sketch: TrainingSketch(
        basis: .rows, key: [UInt8](repeating: 255, count: 32), bits: 64,
        fingerprints: [0, .max]))
    #expect(try decode(try encode(model)).model == model)
  }

  /// Readers of 1.4 skip what is for comparisons alone, and read all other models without a warning.
  @Test func onlyAModelWithRulesIsOfTheNewerFormat() throws {
    let plain = try encode(SampleModel.make())
    #expect(plain[10] == 4 && !String(decoding: plain, as: UTF8.self).contains("rule_comb"))
    let model = SampleModel.make(combination: SampleModel.combination)
    let bytes = try encode(model)
    #expect(bytes[10] == 5)
    #expect(try decode(bytes).model == model)
    let known = SectionName.all.subtracting([SectionName.ruleCombination])
    #expect(try ModelContainer.frame(of: bytes.span.bytes, known: known).warnings.isEmpty)
    let broken = SampleModel.make(
      combination: RuleCombination(
        rulesDigest: nil, pointsColumn: "p",
        rules: .init(lowest: 1, highest: 0, intercept: 0, slope: 1), rulesLogLoss: 1,
        modelLogLoss: 1, forms: SampleModel.combination.forms))
    #expect(throws: ModelFileError.inconsistent("its combination with rules is not finite")) {
      try encode(broken)
    }
  }

  /// A reader of an older format skips the section, and scores the same.
  @Test func whatColumnsDoAtLargeIsASectionThatMayBeSkipped() throws {
    let plain = SampleModel.small()
    let model = plain.telling(SampleModel.contributions)
    let bytes = try encode(model)
    #expect(bytes[10] == 6)
    #expect(try decode(bytes).model == model)
    let older = SectionName.all.subtracting([SectionName.contributions])
    #expect(throws: Never.self) { try ModelContainer.frame(of: bytes.span.bytes, known: older) }
    let broken = plain.telling(
      ColumnContributions(
        leads: 1, columns: [ColumnContribution(column: "age", meanSize: .nan)]))
    #expect(throws: ModelFileError.self) { try encode(broken) }
  }

  @Test func howLeadsOfAnAccountGoTogetherMayBeSkipped() throws {
    let model = SampleModel.make(accounts: SampleModel.accounts)
    let bytes = try encode(model)
    #expect(bytes[10] == 7)
    #expect(try decode(bytes).model == model)
    let older = SectionName.all.subtracting([SectionName.accounts])
    #expect(try ModelContainer.frame(of: bytes.span.bytes, known: older).warnings.isEmpty)
    let stated = SampleModel.make(accounts: AccountDependence(correlation: 0.5, column: "cuenta"))
    #expect(try decode(try encode(stated)).model == stated)
    let broken = SampleModel.make(
      accounts: AccountDependence(
        correlation: 0, column: "cuenta",
        evidence: .init(
          accounts: 1, leads: 2, converted: 0, expectedAlone: .infinity, expected: 1)))
    #expect(throws: ModelFileError.inconsistent("what it knows of accounts is no number")) {
      try encode(broken)
    }
  }

  @Test func aRecipeIsACriticalSectionOfItsOwn() throws {
    let plain = SampleModel.small()
    #expect(!String(decoding: try encode(plain), as: UTF8.self).contains("recipe"))
    var join = TableJoin(name: "accounts", on: [TableJoin.Key("account_id")])
    join.several = .last(by: "founded")
    let recipe = LeadRecipe(
      joins: [
        LeadRecipe.Join(
          join: join,
          schema: TableSchema(columns: [
            ColumnSchema(name: "account_id", type: .category),
            ColumnSchema(name: "founded", type: .number),
          ]))
      ],
      vocabulary: LeadRecipe.Words(
        columns: VocabularyColumns(title: "title"),
        additions: VocabularyAdditions(titles: .init(path: "titles", contents: "title\n"))))
    let model = LeadModel(
      schema: plain.schema, idColumns: plain.idColumns, outcome: plain.outcome,
      predictor: plain.predictor, scale: plain.scale, training: plain.training,
      outOfFold: plain.outOfFold, heldOut: nil, strengths: [], sketch: plain.sketch,
      recipe: recipe)
    let bytes = try encode(model)
    #expect(try decode(bytes).model == model)
    #expect(throws: ModelFileError.unknownCriticalSection(name: "recipe")) {
      try ModelContainer.frame(
        of: bytes.span.bytes, known: SectionName.all.subtracting(["recipe"]))
    }
  }

  @Test func aRecipeWhosePartsContradictEachOtherIsRefused() throws {
    let plain = SampleModel.small()
    let join = LeadRecipe.Join(
      join: TableJoin(name: "accounts", on: [TableJoin.Key("account_id")]),
      schema: TableSchema(columns: [ColumnSchema(name: "sector", type: .category)]))
    let model = LeadModel(
      schema: plain.schema, idColumns: plain.idColumns, outcome: plain.outcome,
      predictor: plain.predictor, scale: plain.scale, training: plain.training,
      outOfFold: plain.outOfFold, heldOut: nil, strengths: [], sketch: plain.sketch,
      recipe: LeadRecipe(joins: [join]))
    let error = #expect(throws: ModelFileError.self) { try decode(try encode(model)) }
    #expect("\(try #require(error))".contains("column \"account_id\" of accounts"))
  }

  @Test func theSameModelGivesTheSameBytes() throws {
    #expect(try encode(SampleModel.make()) == encode(SampleModel.make()))
    #expect(try encode(SampleModel.make()) != encode(SampleModel.make(seed: 8)))
  }

  /// JSON must carry each double to the bit: shortest digits that mean it, read correctly rounded.
  @Test func doublesInTheHeaderKeepEveryBit() throws {
    var generator = SeededGenerator(state: 1)
    var values: [Double] = [
      0, -0.0, 1.0 / 3, 0.1 + 0.2, .leastNonzeroMagnitude, .leastNormalMagnitude,
      .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 9_007_199_254_740_991, 1e23, 1e22,
      123_456_789.123_456_78, .pi, 1e15, 1e16, 1e17, -1e-7, .infinity, -.infinity, .nan,
    ]
    while values.count < 20_000 {
      let value = Double(bitPattern: generator.next())
      if value.isFinite { values.append(value) }
    }
    let bytes = try ModelContainer.bytes(metadata: values, sections: [])
    let frame = try ModelContainer.frame(of: bytes.span.bytes, known: [])
    struct Contents: Decodable { let model: [Double] }
    let read: Contents = try ModelContainer.decodeHeader(bytes.span.bytes, frame.header)
    #expect(read.model.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test func integersInTheHeaderKeepEveryBit() throws {
    let model = SampleModel.make()
    #expect(model.training.seed == UInt64.max - 1)
    #expect(try decode(try encode(model)).model.training.seed == UInt64.max - 1)
  }

  /// A model whose parameters a reader would have to refuse must not get into a file.
  @Test(arguments: UnfitModel.all) func unfitModelsAreRefused(_ unfit: UnfitModel) throws {
    let error = #expect(throws: ModelFileError.self) { try encode(unfit.model) }
    guard case .inconsistent(let problem) = error else {
      Issue.record("\(unfit.name): \(String(describing: error))")
      return
    }
    #expect(problem.contains(unfit.mentions))
  }

  @Test func fingerprintsAreStoredAtTheirWidth() throws {
    let few = SampleModel.sketch(leads: 300)
    #expect(few.bits == 32)
    #expect(SampleModel.sketch(leads: 5_000).bits == 40)
    let bytes = try encode(SampleModel.make(rows: 300))
    let frame = try ModelContainer.frame(
      of: bytes.span.bytes,
      known: [
        "coefficients", "standard_errors", "bin_thresholds", "level_offsets", "level_bytes",
        "rare_level_hashes", "score_quantiles", "fingerprints",
      ])
    #expect(frame.sections["fingerprints"]?.entry.length == 300 * 4)
  }
}

/// A model with one thing wrong, and a word of the complaint about it.
struct UnfitModel: Sendable, CustomTestStringConvertible {
  let name: String
  let mentions: String
  let model: LeadModel

  var testDescription: String { name }

  static let all: [UnfitModel] = [
    with("a coefficient that is no number", "finite", coefficient: .nan),
    with("an infinite coefficient", "finite", coefficient: .infinity),
    with("coefficients that add up to infinity", "not finite", coefficient: 1e308),
    with("thresholds out of order", "ascend", encoder: number(thresholds: [2, 1])),
    with("a threshold that is no number", "ascend", encoder: number(thresholds: [1, .nan])),
    with("one threshold twice", "ascend", encoder: number(thresholds: [1, 1])),
    with("an empty range", "range", encoder: number(minimum: 3, maximum: 2)),
    with("a scale of zero", "scale", encoder: number(scale: 0)),
    with("a scale that is no number", "scale", encoder: number(scale: .nan)),
    with("a column that the schema lacks", "no column", encoder: number(column: "height")),
    with("a column of another type", "category", encoder: number(column: "job")),
    with("a level twice", "twice", encoder: category(levels: ["a", "b", "a"])),
    // One letter in two spellings is one level to those who look it up.
    with("a level in two spellings", "twice", encoder: category(levels: ["é", "e\u{301}"])),
    with("too many levels", "65534", encoder: category(levels: (0..<65_534).map { "\($0)" })),
    with("rare levels out of order", "rare", encoder: category(levels: ["a"], rare: [2, 1])),
    with("fingerprints out of order", "ascend", sketch: sketch([2, 1])),
    with("a fingerprint twice", "ascend", sketch: sketch([2, 2])),
    with("a fingerprint too wide", "wider", sketch: sketch([1 << 32], bits: 32)),
    with("a width that is no bytes", "33 bits", sketch: sketch([1], bits: 33)),
    with("a short key", "31 bytes", sketch: sketch([1], key: 31)),
    with("an id column that the schema lacks", "no column", idColumns: ["uuid"]),
    with("an id column twice", "twice", idColumns: ["lead_id", "lead_id"]),
    with("too few quantiles", "100 score", quantiles: (0..<100).map(Double.init)),
    with("quantiles out of order", "ascend", quantiles: (0...100).map { -Double($0) }),
    with("bands out of order", "descending", bands: [1, 2, 3]),
  ]

  private static func number(
    column: String = "age", minimum: Double = 0, maximum: Double = 1, scale: Double = 1,
    thresholds: [Double] = []
  ) -> FeatureEncoder {
    .number(
      NumberEncoder(
        input: .column(column), minimum: minimum, maximum: maximum,
        value: Standardisation(center: 0, scale: scale), signedLog: nil,
        binThresholds: thresholds, hasMissing: false, binPenaltyFactor: 1))
  }

  private static func category(levels: [String], rare: [UInt64] = []) -> FeatureEncoder {
    .category(
      CategoryEncoder(column: "job", levels: levels, rareLevelHashes: rare, hasMissing: false))
  }

  private static func sketch(
    _ fingerprints: [UInt64], bits: Int = 64, key: Int = 32
  ) -> TrainingSketch {
    TrainingSketch(
      basis: .ids, key: [UInt8](repeating: 1, count: key), bits: bits, fingerprints: fingerprints)
  }

  private static func with(
    _ name: String, _ mentions: String, coefficient: Double? = nil,
    encoder: FeatureEncoder? = nil, sketch: TrainingSketch? = nil, idColumns: [String]? = nil,
    quantiles: [Double]? = nil, bands: [Double]? = nil
  ) -> UnfitModel {
    let base = SampleModel.make(rows: 20)
    let pipeline = encoder.map { FeaturePipeline(encoders: [$0]) } ?? SampleModel.pipeline
    let layout = pipeline.layout
    return UnfitModel(
      name: name, mentions: mentions,
      model: LeadModel(
        schema: base.schema, idColumns: idColumns ?? base.idColumns, outcome: base.outcome,
        predictor: .logistic(
          pipeline,
          LogisticModel(
            layout: layout, intercept: 0,
            coefficients: [Double](repeating: coefficient ?? 0.5, count: layout.coefficientCount))),
        scale: ScoreScale(
          rawPredictionQuantiles: quantiles ?? base.scale.rawPredictionQuantiles,
          bandThresholds: bands ?? base.scale.bandThresholds, baseRate: 0.1),
        training: base.training, outOfFold: base.outOfFold, heldOut: nil, strengths: [],
        sketch: sketch ?? base.sketch))
  }
}
