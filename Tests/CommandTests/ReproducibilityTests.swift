import Testing

/// The same history, options and seed give the same bytes.
@Suite struct ReproducibilityTests {
  @Test func modelAndScoresAreTheSameForAnyThreadsAndTwiceInARow() throws {
    // More rows than a block, so that there is something to share out.
    let place = try Workspace(SampleLeads(9_000))
    var models: [[UInt8]] = []
    var scores: [[UInt8]] = []
    for threads in ["1", "2", "3", "7", "1"] {
      try place.fit("--threads", threads, "--quiet")
      models.append(try place.bytes("m/v000\(models.count + 1).kelvin"))
      let result = try place.score(
        "predict", "--model", "m@v0001", "--data", "leads.csv", "--threads", threads, "--all",
        "--quiet")
      #expect(result.status == 0, "\(result.errors)")
      scores.append(try place.bytes("scored.csv"))
    }
    #expect(models.allSatisfy { $0 == models[0] })
    #expect(scores.allSatisfy { $0 == scores[0] })
  }

  @Test func penaltyChosenByTheFoldsDoesNotDependOnThreads() throws {
    let place = try Workspace(SampleLeads(300))
    for threads in ["1", "3"] {
      let result = try place.train(
        "fit", "--data", "leads.csv", "--id", "lead_id", "--target", "stage=Won", "--lost",
        "Lost", "--algorithms", "logistic", "--created", "created_at", "--model", "m", "--threads",
        threads, "--quiet")
      #expect(result.status == 0, "\(result.errors)")
    }
    #expect(try place.bytes("m/v0001.kelvin") == place.bytes("m/v0002.kelvin"))
  }

  @Test func anotherSeedIsAnotherModel() throws {
    let place = try Workspace(SampleLeads(300))
    try place.fit("--hold-out", "25%")
    try place.fit("--hold-out", "25%", "--seed", "2")
    #expect(try place.bytes("m/v0001.kelvin") != place.bytes("m/v0002.kelvin"))
  }
}
