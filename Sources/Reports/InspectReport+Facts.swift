import Metrics
import Models
import Tables

extension InspectReport {
  /// How a model was fitted, and what its file says beside it; what does not apply is absent.
  public static func facts(_ model: LeadModel) -> [Fact] {
    let training = model.training
    let fit = [
      Fact(
        name: "Penalty",
        value: model.logistic == nil
          ? "" : training.penalty == 0 ? "none" : "L2, \(NumberText.plain(training.penalty))"),
      Fact(name: "Seed", value: "\(training.seed)"),
    ]
    let file = [
      Fact(name: "Id", value: model.idColumns.joined(separator: ", ")),
      Fact(
        name: "Separator",
        value: String(UnicodeScalar(model.schema.dialect.separator)) == "\t"
          ? "tab" : String(UnicodeScalar(model.schema.dialect.separator))),
      Fact(name: "Encoding", value: model.schema.dialect.encoding.rawValue),
      Fact(
        name: "Knows its leads by",
        value: model.sketch.basis == .ids ? "their ids (hashed)" : "their cells (hashed)"),
    ]
    let blend =
      training.blend.map { blend in
        [
          Fact(
            name: "Blend",
            value: blend.members.map { "\(NumberText.fixed($0.weight, 3)) × \($0.name)" }
              .joined(separator: " + ") + ", intercept \(NumberText.signed(blend.intercept, 3))")
        ]
      } ?? []
    let grown = training.boosting.map(facts) ?? training.additive.map(facts) ?? []
    return (blend + fit + grown + file).filter { !$0.value.isEmpty }
  }

  /// How tables were grown, and how many there are.
  private static func facts(_ tables: AdditiveRecord) -> [Fact] {
    func rounds(_ rounds: AdditiveRecord.Rounds) -> String {
      "\(rounds.model); \(rounds.folds) in the folds"
    }
    return [
      Fact(name: "Rounds of curves", value: rounds(tables.curveRounds)),
      Fact(
        name: "Rounds of pairs",
        value: tables.pairs == 0
          ? "" : rounds(tables.surfaceRounds) + "; \(tables.pairs) of at most \(tables.mostPairs)"),
      Fact(
        name: "Each tree",
        value: "leaves \(tables.leaves), of pairs \(tables.pairLeaves), minimum_rows "
          + "\(tables.minimumRows), learning rate \(NumberText.significant(tables.learningRate))"),
      Fact(
        name: "Features",
        value: "max_bins \(tables.features.maxBins), of pairs \(tables.pairCells)"),
      Fact(
        name: "Monotone",
        value: tables.monotone.map {
          "\($0.column) \($0.isIncreasing ? "increasing" : "decreasing")"
        }.joined(separator: ", ")),
      Fact(
        name: "Interactions",
        value: (tables.interactions ?? []).map { "[\($0.joined(separator: ", "))]" }
          .joined(separator: ", ")),
    ]
  }

  /// Ascending numbers with those that follow each other as ranges: 1, 3–7.
  static func runs(_ numbers: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map { range in
      switch range.count {
      case 1: "\(range.lowerBound)"
      case 2: "\(range.lowerBound), \(range.upperBound)"
      default: "\(range.lowerBound)–\(range.upperBound)"
      }
    }.joined(separator: ", ")
  }

  /// How trees were grown, in the words of a project file.
  private static func facts(_ trees: BoostingRecord) -> [Fact] {
    // Every digit: what is given again has to be the same number.
    func number(_ value: Double) -> String {
      let text = "\(value)"
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    let depth = trees.maxDepth.map { ", max_depth \($0)" } ?? ""
    let rising = trees.monotone.map {
      "\($0.column) \($0.isIncreasing ? "increasing" : "decreasing")"
    }
    let blind = (trees.memberFeatures ?? []).indices
      .filter { trees.memberFeatures?[$0] == .withoutPairs }.map { $0 + 1 }
    let unlike = blind.isEmpty ? "" : "; without pairs: \(runs(blind))"
    let levels = trees.features.minimumLevelRows.map { ", minimum_level_rows \(number($0))" } ?? ""
    let groups = trees.interactions?.map { "[\($0.joined(separator: ", "))]" }
    let shapes = (trees.shapes ?? []).map { shape in
      let members = shape.members == 1 ? "" : "mean of \(shape.members) × "
      let pairs = shape.features == .withoutPairs ? " without pairs" : ""
      return Fact(
        name: shape.name.prefix(1).uppercased() + shape.name.dropFirst(),
        value: "\(NumberText.fixed(shape.weight, 3)) × \(members)\(shape.rounds) of "
          + "\(shape.leaves) leaves\(pairs); \(shape.foldRounds) in the folds, log loss "
          + NumberText.fixed(shape.logLoss, 4))
    }
    return shapes + [
      Fact(
        name: "Rounds",
        value: (trees.shapes == nil
          ? "\(trees.rounds); \(trees.foldRounds) in the folds, " : "")
          + "rounds \(trees.mostRounds), patience \(trees.patience)"),
      Fact(name: "Learning rate", value: number(trees.learningRate)),
      Fact(
        name: "Each tree",
        value: "leaves \(trees.leaves)\(depth), minimum_rows \(trees.minimumRows), "
          + "row_share \(number(trees.rowShare)), column_share \(number(trees.columnShare))"),
      Fact(name: "Leaf values", value: "l1 \(number(trees.l1)), l2 \(number(trees.l2))"),
      Fact(name: "Members", value: "\(trees.members)\(unlike)"),
      Fact(
        name: "Features",
        value: "max_bins \(trees.features.maxBins), categories \(trees.features.categories), "
          + "smoothing \(number(trees.features.smoothing)), pairs \(trees.features.pairs)\(levels)"),
      Fact(name: "Monotone", value: rising.joined(separator: ", ")),
      Fact(name: "Interactions", value: groups?.joined(separator: ", ") ?? ""),
    ]
  }
}
