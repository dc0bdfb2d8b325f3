/// Above which solo area a column stands out from the others of its table.
struct OutlierFence: Sendable, Equatable {
  /// `nil` where there are too few columns to stand out from.
  let area: Double?

  /// Tukey's fence (Exploratory Data Analysis, 1977) over the areas of all judged columns, but never
  /// below a large effect: among columns that all say nothing, a good one is no suspect.
  init(areas: [Double]) {
    guard areas.count >= AuditLimits.fewestColumnsForFence else {
      area = nil
      return
    }
    let sorted = areas.sorted()
    let (lower, upper) = (Self.quantile(sorted, 0.25), Self.quantile(sorted, 0.75))
    area = max(upper + AuditLimits.fenceReach * (upper - lower), AuditLimits.largeArea)
  }

  /// Between the two nearest values.
  private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }
}
