import ArgumentParser
import Projects

/// The flags that mark leads to be called at random.
public struct RandomShareOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Marks this share of the leads to be called whatever their score, in a column call_at_random: 5%. "
        + "What comes of them makes the next comparison fair.", valueName: "share"))
  public var randomShare: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Seed of that; 1 by default.", valueName: "number"))
  public var randomSeed: UInt64 = 1

  public init() {}

  /// 0 where none is asked for.
  public func share() throws -> Double {
    try randomShare.map { try Projects.share(flag: "--random-share", $0) } ?? 0
  }
}
