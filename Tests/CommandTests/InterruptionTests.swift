import Glibc
import Testing

/// Commands killed at any moment leave what was there whole.
@Suite struct InterruptionTests {
  /// Runs a command and kills it after a random share of the time that it takes.
  private func kill(
    _ arguments: [String], of command: KelvinCommand, in place: Workspace, after microseconds: Int
  ) throws -> CommandResult {
    let process = try place.start(command, arguments)
    usleep(UInt32(microseconds))
    process.send(SIGKILL)
    return try process.wait()
  }

  private func microseconds(_ work: () throws -> Void) rethrows -> Int {
    let clock = ContinuousClock()
    let time = try clock.measure(work)
    return Int(
      time.components.seconds * 1_000_000 + time.components.attoseconds / 1_000_000_000_000)
  }

  @Test func fitKilledAtTwentyMomentsLeavesARegistryThatLoads() throws {
    let place = try FittedModel.workspace()
    let arguments = SampleLeads.fitArguments + ["--quiet", "--out-of-fold", "oof.csv"]
    let whole = try microseconds { try place.fit("--quiet", "--out-of-fold", "oof.csv") }
    let lines = try place.text("oof.csv").split(separator: "\n").count
    var chance = SplitMix(state: 20)
    var killed = 0
    for _ in 0..<20 {
      let result = try kill(
        arguments, of: .train, in: place, after: chance.below(whole * 11 / 10))
      killed += result.status == 128 + SIGKILL ? 1 : 0
      let inspect = try place.score("inspect", "--model", "m", "--json")
      #expect(inspect.status == 0, "\(inspect.errors)")
      #expect(try place.text("oof.csv").split(separator: "\n").count == lines)
    }
    // Otherwise nothing was tried.
    #expect(killed >= 5)
    try place.fit("--out-of-fold", "oof.csv")
    let model = try place.names("m")
    #expect(model.allSatisfy { $0.hasPrefix("registry.") || $0.hasSuffix(".kelvin") }, "\(model)")
    #expect(
      try place.names() == ["held.csv", "leads.csv", "m", "oof.csv", "rules.yaml"])
  }

  @Test func predictKilledAtTwentyMomentsLeavesThePreviousScores() throws {
    let place = try FittedModel.workspace()
    try place.write("leads.csv", SampleLeads(20_000, seed: 3).text)
    let arguments = ["predict", "--model", "m", "--data", "leads.csv", "--all", "--quiet"]
    let whole = try microseconds { _ = try place.start(.score, arguments).wait() }
    let complete = try place.bytes("scored.csv")
    try place.write("scored.csv", "before\n")
    var chance = SplitMix(state: 21)
    var killed = 0
    for _ in 0..<20 {
      let result = try kill(
        arguments, of: .score, in: place, after: chance.below(whole * 11 / 10))
      killed += result.status == 128 + SIGKILL ? 1 : 0
      let found = try place.bytes("scored.csv")
      #expect(found == Array("before\n".utf8) || found == complete)
      try place.write("scored.csv", "before\n")
    }
    #expect(killed >= 5)
    let last = try place.start(.score, arguments).wait()
    #expect(last.status == 0)
    #expect(try place.bytes("scored.csv") == complete)
    #expect(try place.names() == ["held.csv", "leads.csv", "m", "rules.yaml", "scored.csv"])
  }

  @Test func leftoversAreRemovedAndFilesBeingWrittenAreNot() throws {
    let place = try FittedModel.workspace()
    let leftover = ".scored.csv.1a2b.partial"
    let mine = ".scored.csv.backup.partial"
    try place.write(leftover, "half a fi")
    try place.write(mine, "not a temporary file")
    try place.write(".other.csv.1a2b.partial", "of another output")
    // While anybody holds its lock, it is being written. (A command that another test starts must
    // not inherit the lock.)
    let held = open(place.path(leftover), O_RDONLY | O_CLOEXEC)
    #expect(flock(held, LOCK_EX | LOCK_NB) == 0)
    let predict = ["predict", "--model", "m", "--data", "leads.csv", "--quiet"]
    #expect(try place.start(.score, predict).wait().status == 0)
    #expect(place.exists(leftover))
    close(held)
    #expect(try place.start(.score, predict).wait().status == 0)
    #expect(!place.exists(leftover))
    #expect(place.exists(mine) && place.exists(".other.csv.1a2b.partial"))
  }

  @Test func interruptEndsAtOnceWithoutAMessage() throws {
    let place = try FittedModel.workspace()
    try place.write("leads.csv", SampleLeads(20_000, seed: 3).text)
    try place.write("scored.csv", "before\n")
    let process = try place.start(
      .score, ["predict", "--model", "m", "--data", "leads.csv", "--all"])
    usleep(30_000)
    process.send(SIGINT)
    let result = try process.wait()
    #expect(result.status == 128 + SIGINT)
    #expect(result.output.isEmpty && result.errors.isEmpty)
    #expect(try place.text("scored.csv") == "before\n")
  }
}
