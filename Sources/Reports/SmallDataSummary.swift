import Metrics

/// What can and can't be said with few conversions.
public struct SmallDataSummary: Codable, Sendable, Equatable {
  /// How far the leads carry.
  public enum Standing: String, Codable, Sendable {
    /// Rules calibrated, or little more than the base rate: a hint beside them.
    case hint
    /// A model, drawn to what is safe.
    case few
  }

  /// Rules as the model's starting point.
  public struct Rules: Codable, Sendable, Equatable {
    /// As the user named them.
    public let name: String
    /// Log-odds for one standard deviation of their score; `nil` where the score does not rise with
    /// conversion.
    public let slope: Double?
    /// Of the variance of the score, how much the model's columns can say, 0 to 1; `nil` with no slope.
    public let expressed: Double?
    /// Whether the model is drawn to them: out of fold it did better so.
    public let areUsed: Bool

    public init(name: String, slope: Double?, expressed: Double?, areUsed: Bool) {
      self.name = name
      self.slope = slope
      self.expressed = expressed
      self.areUsed = areUsed
    }
  }

  /// A probability in the middle of the leads, and its interval.
  public struct Example: Codable, Sendable, Equatable {
    public let probability: Double
    public let interval: ConfidenceInterval

    public init(probability: Double, interval: ConfidenceInterval) {
      self.probability = probability
      self.interval = interval
    }
  }

  public let standing: Standing
  /// Training leads of the rarer outcome.
  public let rarer: Int
  /// Whether lost leads are the rarer ones.
  public let lostAreRarer: Bool
  /// From so many on, a fit goes by its usual recipe.
  public let ample: Int
  public let rules: Rules?
  /// `nil` where nothing could be calibrated.
  public let example: Example?
  /// `nil` where the leads do not allow one.
  public let learningCurve: LearningCurveSummary?
  /// Of giving every lead the same probability, out of fold.
  public let baseRateLogLoss: Double

  public init(
    standing: Standing, rarer: Int, lostAreRarer: Bool, ample: Int, rules: Rules?,
    example: Example?, learningCurve: LearningCurveSummary?, baseRateLogLoss: Double
  ) {
    self.standing = standing
    self.rarer = rarer
    self.lostAreRarer = lostAreRarer
    self.ample = ample
    self.rules = rules
    self.example = example
    self.learningCurve = learningCurve
    self.baseRateLogLoss = baseRateLogLoss
  }
}

extension SmallDataSummary {
  private var outcome: String { lostAreRarer ? "lost leads" : "conversions" }

  func add(to page: inout TextPage) {
    page.heading("What \(NumberText.count(rarer)) \(outcome) can say")
    page.paragraph(verdict)
    if let rules { page.paragraph(words(of: rules)) }
    if let learningCurve {
      page.paragraph(
        learningCurve.sentence(outcome: outcome, baseRateLogLoss: baseRateLogLoss))
    }
  }

  /// What can and can't be said, in plain words.
  private var verdict: String {
    var text =
      switch standing {
      case .hint:
        "A hint, no more: use the ranking beside your rules, set no threshold by the probabilities, and fit "
          + "again when there are 40."
      case .few:
        "Enough to rank leads, and to say of groups of leads how many convert; not enough to tell two "
          + "similar leads apart, nor to settle what a single column does."
      }
    if let example {
      let interval = FigureText.percentInterval(example.interval)
      text +=
        " Of leads in the middle of the list, given \(NumberText.percent(example.probability)), "
        + "\(interval) convert (\(NumberText.percent(example.interval.level, 0)) interval)."
    }
    return text
  }

  private func words(of rules: Rules) -> String {
    guard rules.slope != nil, let expressed = rules.expressed else {
      return
        "\(rules.name): its score does not rise with conversion in these leads, so the model starts "
        + "without it."
    }
    let said =
      "of what its score tells, the model's columns can say \(NumberText.percent(expressed, 0))"
    return rules.areUsed
      ? "The model starts from \(rules.name), calibrated, and leaves it where the leads say otherwise; \(said)."
      : "\(rules.name) was tried as the model's starting point and made it no better; \(said)."
  }
}
