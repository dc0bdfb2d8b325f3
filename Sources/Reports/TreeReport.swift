import Features
import Metrics
import Models

/// One tree of a model, as a person can read it.
public struct TreeReport: Report {
  /// A question or a leaf.
  public struct Node: Codable, Sendable, Equatable {
    /// Questions on the way here.
    public let depth: Int
    /// The answer to the question above that leads here; `nil` for the first.
    public let answer: Bool?
    /// In the units of the data: `visits < 3.5 or missing`; `nil` for a leaf. All levels are named.
    public let question: String?
    /// The question as the text shows it; `nil` where it has no long list to cut short.
    public let shortQuestion: String?
    /// What a leaf adds to a lead's log-odds; `nil` for a question.
    public let logOdds: Double?
    /// Of the training leads, weights counted, 0 to 1.
    public let share: Double
  }

  /// `bank@v0001`.
  public let model: String
  /// From 1.
  public let tree: Int
  /// In all.
  public let trees: Int
  public let leaves: Int
  /// Each question before what follows from yes, and that before what follows from no.
  public let nodes: [Node]

  /// - Parameters:
  ///   - number: from 1, and at most the number of trees.
  ///   - pipeline: that the trees were grown on.
  public init(model: String, number: Int, of ensemble: TreeEnsemble, pipeline: TreePipeline) {
    precondition(ensemble.trees.indices.contains(number - 1), "there is no such tree")
    self.model = model
    tree = number
    trees = ensemble.trees.count
    let tree = ensemble.trees[number - 1]
    leaves = tree.leafCount
    let total = tree.nodes.reduce(0) { $0 + ($1.split == nil ? $1.weight : 0) }
    var nodes: [Node] = []
    var waiting: [(index: Int, depth: Int, answer: Bool?)] = [(0, 0, nil)]
    while let (index, depth, answer) = waiting.popLast() {
      let node = tree.nodes[index]
      let question = node.split.map { Self.question($0, pipeline, mostLevels: .max) }
      let short = node.split.map {
        Self.question($0, pipeline, mostLevels: TreePipeline.mostNamedLevels)
      }
      nodes.append(
        Node(
          depth: depth, answer: answer, question: question,
          shortQuestion: short == question ? nil : short,
          logOdds: node.split == nil ? node.value : nil,
          share: total > 0 ? node.weight / total : 0))
      if let split = node.split {
        waiting.append((split.rightChild, depth + 1, false))
        waiting.append((split.leftChild, depth + 1, true))
      }
    }
    self.nodes = nodes
  }

  private static func question(
    _ split: TreeSplit, _ pipeline: TreePipeline, mostLevels: Int
  ) -> String {
    let words: String
    switch split.condition {
    case .upTo(let bin):
      words = pipeline.thresholdText(
        feature: split.feature, bin: bin, mostLevels: mostLevels)
    case .among(let set):
      let bins = (0..<pipeline.features[split.feature].missingBin).filter { set.contains($0) }
      guard !bins.isEmpty else { return "\(pipeline.features[split.feature].name) is missing" }
      words = pipeline.levelsText(feature: split.feature, bins: bins, mostLevels: mostLevels)
    }
    return split.missingGoesLeft ? words + " or missing" : words
  }
}

extension TreeReport {
  public func text(width: Int) -> String {
    var page = TextPage(width: width)
    page.heading(
      "Tree \(NumberText.count(tree)) of \(NumberText.count(trees)), \(model): "
        + NumberText.counted(leaves, "leaf", "leaves"))
    page.paragraph(
      "A leaf's number is what it adds to a lead's log-odds, beside it the share of the training leads "
        + "that end there. What is missing is also what was too rare to learn from, or never seen.")
    page.blank()
    // Far down, indents no longer grow: some room for words must stay.
    let deepest = max(0, (page.width - 44) / 2)
    for node in nodes {
      let answer = node.answer.map { $0 ? "yes: " : "no: " } ?? ""
      let words =
        (node.shortQuestion ?? node.question).map { $0 + "?" }
        ?? "\(NumberText.signed(node.logOdds ?? 0, 4)) (\(NumberText.percent(node.share)))"
      page.paragraph(answer + words, indent: 2 + 2 * min(node.depth, deepest))
    }
    return page.text
  }
}
