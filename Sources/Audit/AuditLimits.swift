/// From what size on the audit speaks. One setting for all leads: none is fitted to a data set.
///
/// Sizes of effect are Cohen's conventions (Statistical Power Analysis, 1988) for the distance `d` of
/// two groups, small 0.2, medium 0.5, large 0.8, as areas under the ROC curve: Φ(d / √2). They are held
/// against the bound of a 95% interval, so that few leads prove nothing.
enum AuditLimits {
  /// Φ(0.2 / √2): from here on whether a cell is filled in knows the outcome.
  static let smallArea = 0.5562
  /// Φ(0.5 / √2): from here on that alone is suspect.
  static let mediumArea = 0.6382
  /// Φ(0.8 / √2): below this a column is no outlier worth a question, whatever the others do.
  static let largeArea = 0.7142
  /// Beyond doubt: no honest field of a lead known to us tells the outcome this well alone.
  static let leakArea = 0.9
  /// From here on a column is called a near-copy of the outcome.
  static let copyArea = 0.99

  /// Tukey's fence: an outlier is this many interquartile ranges above the upper quartile.
  static let fenceReach = 1.5
  /// Fewer columns have no quartiles worth the name.
  static let fewestColumnsForFence = 8

  /// Rows that solo areas and shifts are computed on at most: at this number the interval of an area is
  /// about ±0.003 wide for a base rate of 10%.
  static let mostRows = 200_000
  /// Rows that the cuts of a number are found on.
  static let cutRows = 20_000
  /// Bins of a number; heavy values get one of their own.
  static let bins = 32
  /// Folds that rates of conversion are cross-fitted over.
  static let folds = 5
  /// How many leads at the base rate are added to each level's own: rare levels say little.
  static let priorLeads = 10.0

  /// Fewer rows of a group, such as open leads, are not compared with.
  static let fewestRows = 30
  /// A field that open leads have this many times less often than closed ones of their age, bound
  /// against bound, is filled in when a lead closes.
  static let fillRatio = 10.0
  /// Leads of two kinds that have at most this part of their values in common are told apart by them; the
  /// rest are slips of whoever filled them in.
  static let sharedValues = 0.05
  /// Fewer leads to a value, on average, and values are names.
  static let leadsOfALevel = 5.0
  /// Population stability: below 0.1 a column is commonly taken for unchanged, above 0.25 for another
  /// population (Siddiqi, Credit Risk Scorecards, 2006).
  static let smallShift = 0.1
  static let largeShift = 0.25
  /// The chance of a false alarm over all columns.
  static let falseAlarm = 0.01
  /// Leads of a level from which it is named.
  static let fewestLevelRows = 20
  /// Or the share of the leads to be scored, where these are few.
  static let segmentShare = 0.02
  /// The share of leads beyond a number's range from which they are more than the ends of a sample.
  static let outsideShare = 0.01
}
