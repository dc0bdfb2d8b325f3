import Metrics
import Tables

/// What the audit measured of one column.
public struct FieldAudit: Codable, Sendable, Equatable {
  public let column: String
  /// `number`, `category`, `flag`, `date` or `text`.
  public let type: String
  /// Share of all leads that have it filled in; by weight, where leads have weights.
  public let filled: Double
  /// The same among won, lost and open leads; `nil` where there are none.
  public let filledWon: Double?
  public let filledLost: Double?
  public let filledOpen: Double?
  /// Different values of a category.
  public let levels: Int?
  /// How well it tells won from lost alone, out of fold (`SoloArea`); `nil` for what is no feature.
  public let soloArea: AUCEstimate?
  /// How well its being filled in tells won from lost: above one half where won leads have it more
  /// often. `nil` where it is always or never filled in.
  public let fillArea: AUCEstimate?
  /// Whether being filled in knows the outcome, by more than a small effect.
  public let fillKnowsOutcome: Bool
  /// When the first and the last lead came in that have it filled in, seconds since 1970 UTC; `nil`
  /// without dates of creation.
  public let firstFilled: Double?
  public let lastFilled: Double?
  /// Population stability index between closed leads and those to be scored; `nil` without such.
  public internal(set) var shift: Double?
  /// Of the finding that decides whether it is used; `nil` where nothing speaks against it.
  public internal(set) var severity: Finding.Severity?
}

extension FieldAudit {
  /// - Parameters:
  ///   - cells: whether each is filled in.
  ///   - fill: the same, counted.
  ///   - isJudged: whether its solo area is of interest.
  init(
    _ column: Column, cells: [Bool], fill: FillCounts, subject: AuditSubject, sample: AuditSample,
    isJudged: Bool
  ) {
    self.column = column.name
    type = column.type.rawValue
    filled = fill.all.share ?? 0
    filledWon = fill.won.share
    filledLost = fill.lost.share
    filledOpen = fill.open.share
    if case .category(let cells) = column.values {
      levels = cells.levels.count
    } else {
      levels = nil
    }
    soloArea =
      isJudged && column.type != .text
      ? SoloArea(CodedColumn(column.values, rows: sample.rows), sample: sample).estimate() : nil
    let area =
      fill.closed.filled > 0 && fill.closed.blank > 0 ? SoloArea.ofPresence(fill) : nil
    fillArea = area
    fillKnowsOutcome = area.map { $0.isBeyond(AuditLimits.smallArea) } ?? false
    var first: Double?
    var last: Double?
    if let created = subject.created {
      for (row, time) in created.enumerated() where cells[row] && !time.isNaN {
        first = min(first ?? time, time)
        last = max(last ?? time, time)
      }
    }
    firstFilled = first
    lastFilled = last
  }
}

extension AUCEstimate {
  /// Whether the whole interval is farther from one half than an area is, on either side.
  func isBeyond(_ area: Double) -> Bool {
    guard let interval else { return false }
    return interval.low > area || interval.high < 1 - area
  }
}

extension AUCEstimate {
  /// `0.921 (0.915 to 0.927)`.
  var words: String {
    let own = NumberText.fixed(value, 3)
    guard let interval else { return own }
    return "\(own) (\(NumberText.fixed(interval.low, 3)) to \(NumberText.fixed(interval.high, 3)))"
  }
}
