import Features
import Models

extension LeadModelHeader {
  /// What the header says of trees; the counts say how much of each array section is an encoder's own.
  struct Trees: Codable, Equatable {
    /// Of an additive model its intercept.
    let baseRawPrediction: Double
    let levelSources: [LevelSource]
    let encoders: [TreeEncoder]

    init(_ pipeline: TreePipeline, baseRawPrediction: Double) {
      self.baseRawPrediction = baseRawPrediction
      levelSources = pipeline.levelSources.map(LevelSource.init)
      encoders = pipeline.encoders.map(TreeEncoder.init)
    }
  }

  /// `Features.LevelSource` without its arrays.
  struct LevelSource: Codable, Equatable {
    enum Kind: String, Codable {
      case category, flag, calendar, number
    }

    let kind: Kind
    let column: String
    /// Of a calendar.
    var part: CalendarPart?
    /// Of a category.
    var levels: Int?
    var rareLevels: Int?
    /// Of a number.
    var thresholds: Int?

    init(_ source: Features.LevelSource) {
      column = source.column
      switch source {
      case .category(let category):
        kind = .category
        levels = category.levels.count
        rareLevels = category.rareLevelHashes.count
      case .flag: kind = .flag
      case .calendar(_, let part):
        kind = .calendar
        self.part = part
      case .number(_, let thresholds):
        kind = .number
        self.thresholds = thresholds.values.count
      }
    }
  }

  /// `Features.TreeEncoder` without its arrays.
  struct TreeEncoder: Codable, Equatable {
    enum Kind: String, Codable {
      case number, levels, rates
    }

    let kind: Kind
    /// Of a number: `column`, or the pair `later`, `earlier`.
    var column: String?
    var later: String?
    var earlier: String?
    /// Of a number or rates.
    var thresholds: Int?
    /// Of levels.
    var source: Int?
    var order: BinnedFeature.Kind?
    var binCount: Int?
    /// Of rates: one or two level sources, and how many rates there are.
    var sources: [Int]?
    var rates: Int?

    init(_ encoder: Features.TreeEncoder) {
      switch encoder {
      case .number(let number):
        kind = .number
        switch number.input {
        case .column(let name): column = name
        case .daysBetween(let later, let earlier): (self.later, self.earlier) = (later, earlier)
        }
        thresholds = number.thresholds.values.count
      case .levels(let levels):
        kind = .levels
        source = levels.source
        order = levels.kind
        binCount = levels.binCount
      case .rates(let rates):
        kind = .rates
        sources = rates.sources
        self.rates = rates.rates.count
        thresholds = rates.thresholds.values.count
      }
    }
  }
}
