/// Why leads could not be divided for validation.
public enum ValidationError: Error, Equatable, CustomStringConvertible {
  /// Fewer than two folds were asked for.
  case foldCount(found: Int)
  /// A hold-out share outside 0 and 1.
  case share(found: Double)
  /// Fewer won or lost leads than there are parts to put them in.
  case tooFewLeads(won: Int, lost: Int, parts: Int)
  /// Fewer accounts than there are parts to put them in.
  case tooFewAccounts(accounts: Int, parts: Int)
  /// Won or lost leads are in so few accounts that a part would have none.
  case tooFewMixedAccounts(parts: Int)
  /// Too many leads share one moment for the cuts in time that are needed.
  case tooFewMoments(moments: Int, parts: Int)
  /// The horizon leaves no row to train the model of a fold, or accounts none to validate it.
  case emptyFold(fold: Int, parts: Int, horizonDays: Double)

  public var description: String {
    switch self {
    case .foldCount(let found):
      "Cross-validation needs at least 2 folds, but \(found) was asked for."
    case .share(let found):
      "A hold-out must be a share of the leads between 0 and 1, but \(found) was asked for: "
        + "write 0.25 or 25% for a quarter."
    case .tooFewLeads(let won, let lost, let parts):
      "Dividing the leads into \(parts) parts needs at least \(parts) won and \(parts) lost leads, "
        + "but there are \(won) won and \(lost) lost. Use fewer folds or a longer history."
    case .tooFewAccounts(let accounts, let parts):
      "Dividing the leads by account into \(parts) parts needs at least \(parts) accounts, but there "
        + "are \(accounts). Use fewer folds, or check that the account column tells accounts apart."
    case .tooFewMixedAccounts(let parts):
      "Dividing the leads by account into \(parts) parts leaves a part without won or without lost "
        + "leads, because too few accounts hold them. Use fewer folds, or leave the account column out."
    case .tooFewMoments(let moments, let parts):
      "Dividing the leads in time needs at least \(parts) cuts between different moments in their "
        + "later half, but the creation dates allow \(moments). Use fewer folds, or leave the "
        + "creation date out."
    case .emptyFold(let fold, let parts, let horizonDays):
      "Of \(parts) parts in time, part \(fold + 1) has no example to train or to judge by, once those "
        + "are left out whose outcome (\(Self.words(horizonDays)) after the decision) or account "
        + "reaches into it. Use fewer folds, a shorter horizon or a longer history."
    }
  }

  private static func words(_ days: Double) -> String {
    days == days.rounded() ? "\(Int(days)) days" : "\(days) days"
  }
}
