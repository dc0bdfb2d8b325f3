/// Rows of features for a linear model: dense numbers and one code a group of indicators.
public struct FeatureMatrix: Sendable {
  public let layout: FeatureLayout
  public let rowCount: Int
  /// `rowCount × layout.numbers.count`, row-major, finite; standardised and imputed.
  public let numbers: [Double]
  /// `rowCount × layout.groups.count`, row-major; each in `0...levels.count` of its group, where
  /// `levels.count` stands for none of the indicators.
  public let codes: [UInt16]

  public init(layout: FeatureLayout, rowCount: Int, numbers: [Double], codes: [UInt16]) {
    precondition(
      numbers.count == rowCount * layout.numbers.count, "numbers must be rows × number features")
    precondition(codes.count == rowCount * layout.groups.count, "codes must be rows × groups")
    self.layout = layout
    self.rowCount = rowCount
    self.numbers = numbers
    self.codes = codes
  }
}
