import Metrics

/// What `kelvin-train points` found: the points that history gives the rules.
public struct PointsReport: Report {
  /// A rule with its points before and after, and what speaks for them.
  public struct Line: Codable, Sendable, Equatable {
    public enum Change: String, Codable, Sendable {
      /// Other points gain no more than chance would.
      case kept
      case changed
      /// A rule that the file does not have yet.
      case added
      /// History was not asked.
      case fixed
    }

    public let change: Change
    /// `nil` for a rule that is added.
    public let oldPoints: Double?
    public let newPoints: Double
    /// What the rule is worth before rounding, in points, under all bounds: 95%. `nil` where history was not
    /// asked, or points mean nothing.
    public let interval: ConfidenceInterval?
    /// The leads that it holds of against all others.
    public let evidence: RuleFigure
    /// Why a rule is fixed.
    public let why: String?

    public init(
      change: Change, oldPoints: Double?, newPoints: Double, interval: ConfidenceInterval?,
      evidence: RuleFigure, why: String? = nil
    ) {
      self.change = change
      self.oldPoints = oldPoints
      self.newPoints = newPoints
      self.interval = interval
      self.evidence = evidence
      self.why = why
    }
  }

  /// What a number of points means.
  public struct Step: Codable, Sendable, Equatable {
    /// Before the scale.
    public let points: Double
    public let score: Double
    public let probability: Double
    /// Leads of the history with so many points, and those of them that converted.
    public let leads: Double
    public let conversions: Double

    public init(
      points: Double, score: Double, probability: Double, leads: Double, conversions: Double
    ) {
      self.points = points
      self.score = score
      self.probability = probability
      self.leads = leads
      self.conversions = conversions
    }
  }

  /// Points judged on leads that they were not learned from.
  public struct Judgement: Codable, Sendable, Equatable {
    public enum Population: String, Codable, Sendable {
      case heldOut
      case outOfFold
    }

    public enum Verdict: String, Codable, Sendable {
      /// Nothing is changed.
      case same
      case better
      case notDistinguishable
      case worse
      /// There are no points of the user's to compare with.
      case alone
    }

    public let population: Population
    public let leads: Double
    public let conversions: Double
    /// Of the rate of conversion alone.
    public let baseRateLogLoss: Double
    public let learnedLogLoss: Double
    /// Of the user's own points through a line of their own.
    public let ownLogLoss: Double?
    /// The user's less the learned points': above 0 where the learned ones are better.
    public let gain: LogLossDifference?
    public let learnedAUC: AUCEstimate?
    /// Learned against the user's own, by DeLong's test.
    public let auc: PairedAUCTest?
    public let verdict: Verdict

    public init(
      population: Population, leads: Double, conversions: Double, baseRateLogLoss: Double,
      learnedLogLoss: Double, ownLogLoss: Double?, gain: LogLossDifference?,
      learnedAUC: AUCEstimate?, auc: PairedAUCTest?, verdict: Verdict
    ) {
      self.population = population
      self.leads = leads
      self.conversions = conversions
      self.baseRateLogLoss = baseRateLogLoss
      self.learnedLogLoss = learnedLogLoss
      self.ownLogLoss = ownLogLoss
      self.gain = gain
      self.learnedAUC = learnedAUC
      self.auc = auc
      self.verdict = verdict
    }
  }

  public let data: DataSummary
  /// The user's rule file; `nil` for points from nothing.
  public let rules: String?
  /// Where the new file is; `nil` where none was asked for, or nothing was found.
  public let written: String?
  public let lines: [Line]
  public let intercept: Double
  /// Log-odds a point.
  public let slope: Double
  /// From the fewest points to the most.
  public let table: [Step]
  public let judgement: Judgement
  public let warnings: [String]

  public init(
    data: DataSummary, rules: String?, written: String?, lines: [Line], intercept: Double,
    slope: Double, table: [Step], judgement: Judgement, warnings: [String]
  ) {
    self.data = data
    self.rules = rules
    self.written = written
    self.lines = lines
    self.intercept = intercept
    self.slope = slope
    self.table = table
    self.judgement = judgement
    self.warnings = warnings
  }
}
