import Glibc
import Testing

/// Disks that are full, folders that are not there: exit 74, and what was there stays.
@Suite struct WriteFailureTests {
  @Test func outputFolderThatIsNotThere() throws {
    let place = try FittedModel.workspace()
    let result = try place.score(
      "predict", "--model", "m", "--data", "leads.csv", "--out", "gone/scored.csv")
    #expect(result.status == 74 && result.errors.contains("gone/scored.csv"))
    for flag in ["--out-of-fold", "--hold-out-file"] {
      let fit = try place.start(
        .train, SampleLeads.fitArguments + ["--hold-out", "25%", flag, "gone/x.csv"]
      ).wait()
      #expect(fit.status == 74 && fit.errors.contains("gone/x.csv"))
    }
    #expect(!place.exists("m/v0002.kelvin"))
  }

  @Test func outputThatIsAFolder() throws {
    let place = try FittedModel.workspace()
    let result = try place.score(
      "predict", "--model", "m", "--data", "leads.csv", "--out", "m")
    #expect(result.status == 74 && result.errors.contains("it is a folder"))
  }

  @Test func registryThatCannotBeADirectory() throws {
    let place = try Workspace(SampleLeads(100))
    try place.write("m", "a file\n")
    let result = try place.start(.train, SampleLeads.fitArguments).wait()
    #expect(result.status == 74, "\(result.errors)")
    #expect(try place.text("m") == "a file\n")
  }

  // Nobody is refused a folder by its mode when running as root.
  @Test(.enabled(if: geteuid() != 0))
  func foldersThatMayNotBeWritten() throws {
    let place = try FittedModel.workspace()
    _ = try place.shell("mkdir locked; chmod 555 locked m")
    let predict = try place.score(
      "predict", "--model", "m", "--data", "leads.csv", "--out", "locked/scored.csv")
    #expect(predict.status == 74)
    let fit = try place.start(.train, SampleLeads.fitArguments).wait()
    #expect(fit.status == 74)
    _ = try place.shell("chmod 755 locked m")
  }

  // The limit stands for a full disk: both fail a write in the middle of the file.
  @Test func fullDiskLeavesThePreviousScores() throws {
    let place = try FittedModel.workspace()
    try place.write("scored.csv", "before\n")
    let before = try place.names()
    let result = try place.shell(
      "ulimit -f 4; exec $SCORE predict --model m --data leads.csv --all --out scored.csv")
    #expect(result.status == 74, "\(result.status) \(result.errors)")
    #expect(result.errors.contains("scored.csv cannot be written"))
    #expect(try place.text("scored.csv") == "before\n")
    #expect(try place.names() == before)
  }

  @Test func fullDiskLeavesTheRegistry() throws {
    let place = try FittedModel.workspace()
    let registry = try place.bytes("m/registry.json")
    let before = try place.names("m")
    let result = try place.shell(
      "ulimit -f 2; exec $TRAIN \(SampleLeads.fitArguments.joined(separator: " "))")
    #expect(result.status == 74, "\(result.status) \(result.errors)")
    #expect(try place.bytes("m/registry.json") == registry)
    #expect(try place.names("m") == before)
    #expect(try place.score("inspect", "--model", "m").status == 0)
  }

  @Test func fullDeviceIsAnError() throws {
    let place = try FittedModel.workspace()
    let result = try place.score(
      "predict", "--model", "m", "--data", "leads.csv", "--out", "/dev/full")
    #expect(result.status == 74 && result.errors.contains("No space left"))
  }

  @Test func readerThatGoesAwayEndsTheCommandQuietly() throws {
    let place = try FittedModel.workspace()
    let result = try place.shell(
      "$SCORE predict --model m --data leads.csv --all --out /dev/stdout | head -1; "
        + "echo ${PIPESTATUS[0]}")
    // 141: ended by SIGPIPE, as a shell expects of a filter; 0: all was written before the end.
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(["141", "0"].contains(lines.last))
    #expect(!result.errors.lowercased().contains("error"))
    #expect(!result.errors.contains("Fatal"))
    let report = try place.shell("$SCORE inspect --model m | true; echo ${PIPESTATUS[0]}")
    #expect(["141\n", "0\n"].contains(report.output))
  }
}
