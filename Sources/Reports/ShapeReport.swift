import Features
import Metrics
import Models

/// What one column does in an additive model: its curves, and what it does together with others.
public struct ShapeReport: Report {
  /// Neighbouring bins that add the same, or one category.
  public struct Step: Codable, Sendable, Equatable {
    /// `3.5 to 8`, `Madrid`.
    public let label: String
    /// Of a number: values from here on belong to the next step; `nil` for the last.
    public let upperBound: Double?
    /// Of the training leads, weights counted, 0 to 1.
    public let share: Double
    /// What it adds to a lead's log-odds, before calibration; 0 on average over the training leads.
    public let logOdds: Double
  }

  /// What one feature that is made of the column adds.
  public struct Curve: Codable, Sendable, Equatable {
    /// The column, or what was made of it.
    public let feature: String
    /// Whether the steps have an order; else the strongest come first.
    public let isOrdered: Bool
    /// Whether its levels are yes and no, whatever the cells say.
    public let isFlag: Bool
    public let steps: [Step]
    /// `nil` where no training lead lacked it.
    public let missing: Step?
    /// The mean distance from 0 over the training leads, in log-odds.
    public let strength: Double
  }

  /// What a feature of the column does together with another, beyond what both do by themselves.
  public struct Pair: Codable, Sendable, Equatable {
    /// Some leads of the pair.
    public struct Cell: Codable, Sendable, Equatable {
      /// One a feature.
      public let labels: [String]
      public let share: Double
      public let logOdds: Double
    }

    public let features: [String]
    /// Which of them are flags, whose levels are yes and no.
    public let areFlags: [Bool]
    public let strength: Double
    /// Those that move most leads furthest, the first ones first.
    public let cells: [Cell]
  }

  /// `bank@v0001`.
  public let model: String
  public let column: String
  public let curves: [Curve]
  /// The strongest first.
  public let pairs: [Pair]

  /// - Parameters:
  ///   - column: that features of the model are made of.
  ///   - pipeline: that the model was fitted to.
  public init(model: String, column: String, of additive: AdditiveModel, pipeline: TreePipeline) {
    self.model = model
    self.column = column
    curves = additive.curves.filter { additive.features[$0.feature].sources.contains(column) }
      .map { Self.curve($0, pipeline) }
    pairs = additive.surfaces.filter { surface in
      [surface.first, surface.second].contains {
        additive.features[$0].sources.contains(column)
      }
    }.map { Self.pair($0, of: additive, pipeline) }.sorted { $0.strength > $1.strength }
  }

  private static func curve(_ curve: AdditiveModel.Curve, _ pipeline: TreePipeline) -> Curve {
    let feature = pipeline.features[curve.feature]
    let total = max(curve.weights.reduce(0, +), .leastNormalMagnitude)
    func step(_ bins: [Int]) -> Step {
      let last = bins.max() ?? 0
      return Step(
        label: pipeline.binsText(feature: curve.feature, bins: bins),
        upperBound: pipeline.upperBound(feature: curve.feature, bin: last),
        share: bins.reduce(0) { $0 + curve.weights[$1] } / total,
        logOdds: curve.values[bins.min() ?? 0])
    }
    var runs: [[Int]] = []
    for bin in 0..<feature.missingBin {
      // Sums of the same values in another order differ in their last digits.
      if feature.kind == .ordered, let before = runs.last?.last,
        abs(curve.values[before] - curve.values[bin]) < 1e-9
      {
        runs[runs.count - 1].append(bin)
      } else {
        runs.append([bin])
      }
    }
    var steps = runs.map(step)
    if feature.kind == .categories {
      steps = steps.enumerated().sorted {
        ($1.element.logOdds, $0.offset) < ($0.element.logOdds, $1.offset)
      }.map(\.element)
    }
    return Curve(
      feature: feature.name, isOrdered: feature.kind == .ordered,
      isFlag: pipeline.isFlag(feature: curve.feature), steps: steps,
      missing: curve.weights[feature.missingBin] > 0 ? step([feature.missingBin]) : nil,
      strength: curve.strength)
  }

  /// Cells of a pair that are told.
  private static let mostCells = 4

  private static func pair(
    _ surface: AdditiveModel.Surface, of additive: AdditiveModel, _ pipeline: TreePipeline
  ) -> Pair {
    let total = max(surface.weights.reduce(0, +), .leastNormalMagnitude)
    func text(_ feature: Int, _ cells: [UInt8], _ cell: Int) -> String {
      let bins = cells.indices.filter { Int(cells[$0]) == cell }
      let missing = pipeline.features[feature].missingBin
      let curve = additive.curves.first { $0.feature == feature }
      // Of a column that no training lead lacks, nobody asks where a lead without it would go.
      let isNeverMissing = curve.map { $0.weights[missing] == 0 } ?? false
      let told = isNeverMissing && bins.count > 1 ? bins.filter { $0 != missing } : bins
      return pipeline.binsText(feature: feature, bins: told)
    }
    let strongest = surface.values.indices.map { place in
      (pull: abs(surface.values[place]) * surface.weights[place], place: place)
    }.filter { $0.pull > 0 }.sorted { ($0.pull, $1.place) > ($1.pull, $0.place) }
      .prefix(mostCells)
    return Pair(
      features: [surface.first, surface.second].map { pipeline.features[$0].name },
      areFlags: [surface.first, surface.second].map { pipeline.isFlag(feature: $0) },
      strength: surface.strength,
      cells: strongest.map { _, place in
        Pair.Cell(
          labels: [
            text(surface.first, surface.firstCells, place / surface.columnCount),
            text(surface.second, surface.secondCells, place % surface.columnCount),
          ], share: surface.weights[place] / total, logOdds: surface.values[place])
      })
  }
}

extension TreePipeline {
  fileprivate func isFlag(feature: Int) -> Bool {
    guard case .levels(let levels) = encoders[feature], case .flag = levelSources[levels.source]
    else {
      return false
    }
    return true
  }

  /// Of a number: values from here on belong to the next bin; `nil` for its last bin, and for others.
  fileprivate func upperBound(feature: Int, bin: Int) -> Double? {
    guard case .number(let number) = encoders[feature],
      number.thresholds.values.indices.contains(bin)
    else { return nil }
    return number.thresholds.values[bin]
  }
}

extension ShapeReport {
  /// Steps that a person reads; the finest are put together, by their leads.
  private static let mostRows = 24
  /// Columns of the terminal either side of 0.
  private static let barWidth = 16

  public func text(width: Int) -> String {
    var page = TextPage(width: width)
    page.heading("\(column) in \(model)")
    page.paragraph(
      "What it adds to a lead's log-odds, before calibration, against the average training lead: "
        + "+0.69 doubles the odds, −0.69 halves them.")
    for curve in curves { add(curve, to: &page) }
    guard !pairs.isEmpty else { return page.text }
    page.heading("Together with others")
    page.paragraph(
      "On top of what both do by themselves; the combinations that move most leads furthest.")
    var table = TextTable([
      .names("Where"), .number("Leads"), .number("Log-odds"),
    ])
    for pair in pairs {
      table.add([
        pair.features.map(said).joined(separator: " × "), "",
        "±" + NumberText.fixed(pair.strength, 2),
      ])
      for cell in pair.cells {
        table.add([
          "  "
            + zip(cell.labels, pair.areFlags).map { label, isFlag in
              (isFlag ? PhraseBook.current?(label) : PhraseBook.current?.level(label)) ?? label
            }.joined(separator: " × "),
          NumberText.percent(cell.share),
          NumberText.signed(cell.logOdds, 2),
        ])
      }
    }
    page.table(table)
    return page.text
  }

  /// What a feature is called in the language of the page.
  private func said(_ feature: String) -> String {
    PhraseBook.current?.feature(feature) ?? feature
  }

  private func add(_ curve: Curve, to page: inout TextPage) {
    page.heading(
      "\(said(curve.feature)): ±\(NumberText.fixed(curve.strength, 2)) on average")
    let shown = curve.shown(most: Self.mostRows)
    let all = shown + (curve.missing.map { [$0] } ?? [])
    let reach = max(all.reduce(0) { max($0, abs($1.logOdds)) }, 1e-9)
    var table = TextTable([
      .levels(""), .number("Leads"), .number("Log-odds"), .text(""),
    ])
    for step in all {
      let length = Int((abs(step.logOdds) / reach * Double(Self.barWidth)).rounded())
      let blank = String(repeating: " ", count: Self.barWidth - length)
      let bar = String(repeating: "█", count: length)
      let half = String(repeating: " ", count: Self.barWidth)
      table.add([
        curve.isFlag ? PhraseBook.current?(step.label) ?? step.label : step.label,
        NumberText.percent(step.share), NumberText.signed(step.logOdds, 2),
        step.logOdds < 0 ? blank + bar + "│" : half + "│" + bar,
      ])
    }
    page.table(table)
    let hidden = curve.isOrdered ? 0 : curve.steps.count - shown.count
    if hidden > 0 {
      page.paragraph("Not shown: \(NumberText.counted(hidden, "rarer level")); --json lists all.")
    }
  }
}

extension ShapeReport.Curve {
  /// Few enough steps to read: of an ordered feature neighbours put together, the most alike for the leads
  /// that have them first; of categories the most frequent.
  public func shown(most: Int) -> [ShapeReport.Step] {
    guard isOrdered else {
      let kept = Set(
        steps.indices.sorted { (steps[$0].share, $1) > (steps[$1].share, $0) }.prefix(most))
      return steps.indices.filter(kept.contains).map { steps[$0] }
    }
    var shown = steps
    while shown.count > most {
      let costs = zip(shown, shown.dropFirst()).map { one, other in
        let shares = one.share + other.share
        let distance = one.logOdds - other.logOdds
        return shares > 0 ? one.share * other.share / shares * distance * distance : 0
      }
      guard let place = costs.indices.min(by: { costs[$0] < costs[$1] }) else { break }
      shown.replaceSubrange(place...place + 1, with: [shown[place].joined(shown[place + 1])])
    }
    return shown
  }
}

extension ShapeReport.Step {
  /// Two neighbours as one, at their mean.
  fileprivate func joined(_ next: Self) -> Self {
    let shares = share + next.share
    return Self(
      label: Self.joined(label, next.label), upperBound: next.upperBound, share: shares,
      logOdds: shares > 0
        ? (share * logOdds + next.share * next.logOdds) / shares : (logOdds + next.logOdds) / 2)
  }

  /// `3.5 to 8` and `8 to 9` as `3.5 to 9`; names by the first and last.
  private static func joined(_ first: String, _ last: String) -> String {
    func parts(_ label: String) -> [String] {
      label.split(separator: " to ", maxSplits: 1).map(String.init)
    }
    if last.hasPrefix("≥ ") || last.hasPrefix("> ") {
      if first.hasPrefix("<") || first.hasPrefix("≤") { return "any" }
      return first.hasPrefix("above ") ? last : "≥ " + parts(first)[0]
    }
    if first.hasPrefix("<") || first.hasPrefix("≤") { return "< " + (parts(last).last ?? last) }
    return parts(first)[0] + " to " + (parts(last).last ?? last)
  }
}
