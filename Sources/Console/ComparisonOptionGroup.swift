import ArgumentParser
import Comparison
import Projects
import Reports

/// The flags that say what a comparison looks at.
public struct ComparisonOptionGroup: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "How many leads can be worked: 50 of those compared, or 50/400 for fifty of every four hundred "
        + "that come in.", valueName: "leads"))
  public var capacity: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What a conversion is worth: an amount, or the column that holds it.",
      valueName: "amount or column"))
  public var value: String?

  @Option(
    name: .long,
    help: ArgumentHelp("What working one lead costs; 0 by default.", valueName: "amount"))
  public var cost: Double = 0

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Column that says who was contacted, or event:call for a call that the decision led to, "
        + "before:call for one before it (types with commas; of a project's activities). The "
        + "comparison is then also made among those alone.", valueName: "column or event"))
  public var contacted: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Columns to part the leads by; chosen among the model's where none is given. Repeats, takes "
        + "commas.", valueName: "columns"))
  public var segment: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("Seed of the intervals' bootstrap; 1 by default.", valueName: "number"))
  public var seed: UInt64 = 1

  public init() {}

  public func validate() throws {
    if !(cost >= 0 && cost.isFinite) {
      throw ValidationError("--cost is \(cost); expected an amount from 0")
    }
    if let amount, !(amount > 0 && amount.isFinite) {
      throw ValidationError("--value is \(amount); expected an amount above 0, or a column")
    }
    for (flag, value) in [
      ("--capacity", capacity), ("--value", value), ("--contacted", contacted),
    ] where value?.isEmpty == true {
      throw ValidationError("\(flag) is empty")
    }
    if segment.contains(where: { LeadOptions.items([$0]).isEmpty }) {
      throw ValidationError("--segment is empty")
    }
    if let contacted, ProjectContacted(flag: contacted) == nil {
      throw ValidationError("--contacted \(contacted) names no type of activity")
    }
    _ = try parsedCapacity()
  }

  private var amount: Double? { value.flatMap(Double.init) }

  private func parsedCapacity() throws -> CapacityPlan.Capacity? {
    guard let capacity else { return nil }
    let parts = capacity.split(separator: "/", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Double($0) }
    guard (1...2).contains(parts.count), numbers.count == parts.count,
      numbers.allSatisfy({ $0 > 0 && $0.isFinite }), numbers.count == 1 || numbers[0] <= numbers[1]
    else {
      throw ValidationError(
        "--capacity is \(capacity); expected a number of leads, or 50/400 for fifty of every four "
          + "hundred")
    }
    return CapacityPlan.Capacity(leads: numbers[0], outOf: numbers.count == 2 ? numbers[1] : nil)
  }

  public func options() throws -> ComparisonOptions {
    var options = ComparisonOptions()
    options.capacity = try parsedCapacity()
    options.valuePerConversion = amount
    options.costPerContact = cost
    options.seed = seed
    return options
  }

  public var facets: ComparisonFacets {
    var facets = ComparisonFacets()
    facets.segments = LeadOptions.items(segment)
    if let said = contacted.flatMap({ ProjectContacted(flag: $0) }) { facets.read(said) }
    facets.value = amount == nil ? value : nil
    return facets
  }

  /// Whether columns of the leads are asked for, which a file of scores alone does not have.
  public var asksForColumns: Bool {
    !facets.columns.isEmpty || facets.contactEvent != nil
  }
}
