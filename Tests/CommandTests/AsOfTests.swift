import Testing

/// An earlier moment on a CRM that has moved on: everything is as an export of that moment would have it.
@Suite struct AsOfTests {
  private static let moment = 150
  private static let crm = DatedCRM()

  /// `all.yaml` sees the whole CRM, `then.yaml` the same as it was at the moment; the model `m` is of a
  /// month before. Made once for all tests.
  private static let files = Result { try made(withChanges: true) }

  private static func made(withChanges: Bool) throws -> [(name: String, bytes: [UInt8])] {
    let place = try Workspace()
    for (name, day) in [("all", 400), ("then", moment), ("before", moment - 30)] {
      try crm.write(name, on: day, in: place, withChanges: withChanges)
    }
    let fit = try place.train("fit", "--project", "before.yaml", "--model", "m", "--quiet")
    #expect(fit.status == 0, "\(fit.errors)")
    let names = try place.names().filter { $0 != "m" } + place.names("m").map { "m/" + $0 }
    return try names.map { ($0, try place.bytes($0)) }
  }

  private func place(withChanges: Bool = true) throws -> Workspace {
    let place = try Workspace()
    try place.makeFolder("m")
    for (name, bytes) in try withChanges ? Self.files.get() : Self.made(withChanges: false) {
      try place.write(name, bytes)
    }
    return place
  }

  private func scores(
    _ place: Workspace, _ project: String, _ more: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> CommandResult {
    let result = try place.start(
      .score,
      ["predict", "--model", "m", "--project", project, "--as-of", DatedCRM.date(Self.moment)]
        + ["--out", "scored.csv"] + more
    ).wait()
    #expect(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
    return result
  }

  @Test func leadsThatClosedLaterAreOpen() throws {
    let place = try place()
    let there = Self.crm.leads(on: Self.moment)
    let open = there.filter { $0.closed >= Self.moment }
    // Since then every one of them has closed.
    #expect(open.count > 50)
    _ = try scores(place, "all.yaml", "--quiet")
    #expect(try place.records("scored.csv").map { $0["id"] } == open.map(\.id))
    _ = try scores(place, "all.yaml", "--all", "--quiet")
    #expect(try place.records("scored.csv").map { $0["id"] } == there.map(\.id))
  }

  @Test func scoresAreThoseThatTheMomentWouldHaveGiven() throws {
    let place = try place()
    for all in [[], ["--all"]] {
      let arguments = ["--as-of", DatedCRM.date(Self.moment), "--model", "m", "--quiet"] + all
      for (project, output) in [("all.yaml", "now.csv"), ("then.yaml", "past.csv")] {
        let result = try place.start(
          .score, ["predict", "--project", project, "--out", output] + arguments
        ).wait()
        #expect(result.status == 0, "\(result.errors)")
      }
      #expect(try place.text("now.csv") == place.text("past.csv"))
    }
  }

  @Test func featuresAreThoseOfTheMoment() throws {
    let place = try place()
    for (project, output) in [("all.yaml", "now.csv"), ("then.yaml", "past.csv")] {
      let result = try place.train(
        "features", "--project", project, "--as-of", DatedCRM.date(Self.moment), "--out", output)
      #expect(result.status == 0, "\(result.errors)")
      #expect(!result.sentences.contains("size. They may tell what came after"))
    }
    #expect(try place.text("now.csv") == place.text("past.csv"))
    let sizes = Dictionary(
      uniqueKeysWithValues: Self.crm.leads.map {
        ($0.id, $0.resized < Self.moment ? $0.newSize : $0.size)
      })
    for record in try place.records("now.csv") {
      let lead = try #require(record["id"])
      #expect(record["size"].flatMap(Double.init) == sizes[lead].map(Double.init))
    }
  }

  @Test func figuresAreThoseOfTheMoment() throws {
    let place = try place()
    var reports: [String] = []
    for project in ["all.yaml", "then.yaml"] {
      let result = try place.train(
        "evaluate", "--model", "m", "--project", project, "--as-of", DatedCRM.date(Self.moment))
      #expect(result.status == 0, "\(result.errors)")
      reports.append(result.output.replacing(project.dropLast(5), with: "project"))
    }
    #expect(reports[0] == reports[1])
  }

  @Test func aLeadIsExplainedAsOfTheMoment() throws {
    let place = try place()
    let open = try #require(
      Self.crm.leads(on: Self.moment).first {
        $0.closed >= Self.moment && $0.resized >= Self.moment
      })
    for project in ["all.yaml", "then.yaml"] {
      let result = try place.score(
        "explain", open.id, "--model", "m", "--project", project, "--as-of",
        DatedCRM.date(Self.moment))
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.contains("\(open.size)"), "\(result.output)")
    }
  }

  @Test func fieldsWithoutAHistoryAreSaidToBeOfTheExport() throws {
    let place = try place(withChanges: false)
    let past = "2 columns are as of the export, not of the moment: source, size"
    #expect(try scores(place, "all.yaml").sentences.contains(past))
    let features = try place.train(
      "features", "--project", "all.yaml", "--as-of", DatedCRM.date(Self.moment), "--out",
      "f.csv")
    #expect(features.sentences.contains(past))
    // Of today nothing is later.
    let today = try place.score("predict", "--model", "m", "--project", "then.yaml", "--quiet")
    #expect(today.status == 0 && !today.output.contains("not of the moment"), "\(today.errors)")
    let evaluate = try place.train("evaluate", "--model", "m", "--project", "all.yaml")
    #expect(
      evaluate.sentences.contains(
        "2 columns are as of the export; expect worse live: source, size."), "\(evaluate.output)")
  }
}
