import Testing

/// `fit --explain-change` of a project with activities.
@Suite struct ExplainHistoryChangeTests {
  @Test func examplesAreComparedAndTheirMovesExplained() throws {
    let place = try SharedCRM.learnedInJuly()
    let fit = try place.train("fit", "--model", "m", "--explain-change", "v0001")
    #expect(fit.status == 0, "\(fit.errors)")
    let words = fit.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("What changed since m@v0001"))
    #expect(words.contains("examples that neither version was fitted to, the log loss went from"))
    #expect(
      words.contains("examples that are judged out of fold or held out: it knows their outcomes"))
    #expect(words.contains("open examples, whose outcome neither version has seen"))
    // Activities in words, and columns by their names.
    #expect(words.contains("in the last 30 days:"))
    #expect(words.contains("call.count.all"))
    #expect(words.contains("What differs in how they were fitted"))

    let report = try place.train(
      "fit", "--model", "m", "--explain-change", "v0002", "--json", "--quiet"
    ).json()
    let change = try #require(report["change"] as? [String: Any])
    // Fitted to the same leads again: there are none that the one before has not seen.
    #expect(change["judgement"] == nil)
    let moves = try #require(change["moves"] as? [String: Any])
    #expect(moves["population"] as? String == "open")
    let moved = try #require(moves["leadsMoved"] as? [[String: Any]])
    // The same history, options and seed make the same model: nothing moves.
    #expect(moved.allSatisfy { ($0["before"] as? Double) == ($0["after"] as? Double) })
  }
}
