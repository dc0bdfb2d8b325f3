import Metrics
import Models
import Tables

/// What changed between two versions of a model.
public struct ChangeReport: Codable, Sendable, Equatable {
  /// One of the two.
  public struct Version: Codable, Sendable, Equatable {
    /// `bank@v0006`.
    public var name: String
    public let algorithm: String
    /// Leads that it was fitted to.
    public let leads: Int
    /// As its own fit judged it.
    public let outOfFold: ValidationSummary

    public init(name: String, algorithm: String, leads: Int, outOfFold: ValidationSummary) {
      self.name = name
      self.algorithm = algorithm
      self.leads = leads
      self.outOfFold = outOfFold
    }
  }

  /// Both on leads that neither was fitted to.
  public struct Judgement: Codable, Sendable, Equatable {
    public let before: ProbabilityFigures
    public let after: ProbabilityFigures
    /// The log loss after, less that before.
    public let logLossDifference: LogLossDifference
    /// The area under the curve after, less that before; `nil` with fewer than two leads of an outcome.
    public let auc: PairedAUCTest?

    public init(
      before: ProbabilityFigures, after: ProbabilityFigures, logLossDifference: LogLossDifference,
      auc: PairedAUCTest?
    ) {
      self.before = before
      self.after = after
      self.logLossDifference = logLossDifference
      self.auc = auc
    }
  }

  /// Leads scored by both versions as they are written.
  public struct Moves: Codable, Sendable, Equatable {
    public enum Population: String, Codable, Sendable {
      /// Leads that will be scored, whose outcome neither version has seen.
      case open
      /// Leads that were kept from the new version.
      case heldOut
      /// Leads that the new version was fitted to.
      case training
    }

    public let population: Population
    public let leads: Int
    /// The mean change of the probability without its sign.
    public let meanChange: Double
    /// Leads in another band than before.
    public let otherBand: Int
    /// A tenth of the leads, those that either version puts first.
    public let top: Int
    /// How many of them are among the first of both.
    public let topOfBoth: Int
    /// Of the average lead of either history.
    public let averageBefore: Double
    public let averageAfter: Double
    /// Those that moved most, the largest change of the probability first.
    public let leadsMoved: [MovedLead]

    public init(
      population: Population, leads: Int, meanChange: Double, otherBand: Int, top: Int,
      topOfBoth: Int, averageBefore: Double, averageAfter: Double, leadsMoved: [MovedLead]
    ) {
      self.population = population
      self.leads = leads
      self.meanChange = meanChange
      self.otherBand = otherBand
      self.top = top
      self.topOfBoth = topOfBoth
      self.averageBefore = averageBefore
      self.averageAfter = averageAfter
      self.leadsMoved = leadsMoved
    }
  }

  public struct MovedLead: Codable, Sendable, Equatable {
    /// What names it: one a column of the id, or its row.
    public let lead: [String]
    public let before: Double
    public let after: Double
    /// What each column gives after, less what it gave before, in log-odds, by size. With the change of the
    /// average lead they add up to the change of the lead's log-odds.
    public let parts: [ExplainReport.Part]

    public init(lead: [String], before: Double, after: Double, parts: [ExplainReport.Part]) {
      self.lead = lead
      self.before = before
      self.after = after
      self.parts = parts
    }
  }

  /// What a source column does in either version, on the same leads.
  public struct ColumnChange: Codable, Sendable, Equatable {
    public let column: String
    public let type: ColumnType?
    /// `nil` where the version does not use the column.
    public let before: ColumnContribution?
    public let after: ColumnContribution?
    /// The mean, without its sign, of what it gives after less what it gave before.
    public let moves: Double
    /// Why the new version does not use it; `nil` where it does.
    public let whyGone: String?

    public init(
      column: String, type: ColumnType?, before: ColumnContribution?, after: ColumnContribution?,
      moves: Double, whyGone: String?
    ) {
      self.column = column
      self.type = type
      self.before = before
      self.after = after
      self.moves = moves
      self.whyGone = whyGone
    }
  }

  /// Something about how the versions were fitted that is not the same.
  public struct OptionChange: Codable, Sendable, Equatable {
    public let name: String
    /// `nil` where it does not apply.
    public let before: String?
    public let after: String?

    public init(name: String, before: String?, after: String?) {
      self.name = name
      self.before = before
      self.after = after
    }
  }

  public let before: Version
  public var after: Version
  /// `nil` where too few leads are new to both.
  public let judgement: Judgement?
  /// What is fair about the judgement, and what is not, in sentences.
  public let fairness: [String]
  public let moves: Moves
  /// The column that moves leads most first.
  public let columns: [ColumnChange]
  public let options: [OptionChange]

  public init(
    before: Version, after: Version, judgement: Judgement?, fairness: [String], moves: Moves,
    columns: [ColumnChange], options: [OptionChange]
  ) {
    self.before = before
    self.after = after
    self.judgement = judgement
    self.fairness = fairness
    self.moves = moves
    self.columns = columns
    self.options = options
  }
}
