import Foundation
import Testing

/// What `kelvin-train audit` says of leads in which something is wrong, as text and as JSON.
@Suite struct AuditFindingsTests {
  /// Two years of leads, 75 a month, with columns that know a little, and others whose faults are known.
  private struct Leads {
    var names: [String] = []
    var columns: [[String]] = []
    let count: Int
    /// Days since 1 January 2025.
    let days: [Int]
    let stages: [String]
    private let seed: UInt64

    init(
      _ count: Int = 1_800, seed: UInt64 = 4, openShare: Double = 0,
      wonShare: (_ day: Int) -> Double = { _ in 0.3 }
    ) {
      self.count = count
      self.seed = seed
      let days = (0..<count).map { $0 * 730 / count }
      self.days = days
      var chance = SplitMix(state: seed)
      let visits = (0..<count).map { Self.pick($0, 2, 20, seed: seed) }
      stages = zip(days, visits).map { day, visits in
        let isOpen = Double.random(in: 0..<1, using: &chance) < openShare
        let share = wonShare(day) * (0.5 + Double(visits) / 19)
        let isWon = Double.random(in: 0..<1, using: &chance) < share
        return isOpen ? "open" : isWon ? "won" : "lost"
      }
      add("lead_id") { "L\($0)" }
      let own = self
      add("created_at") { DatedCRM.date(days[$0]) }
      add("stage") { own.stages[$0] }
      add("source") { ["web", "fair", "partner"][own.pick($0, 1, 3)] }
      add("visits") { "\(visits[$0])" }
      add("size") { "\(own.pick($0, 3, 500))" }
    }

    /// One of so many, by row; each stream has draws of its own.
    func pick(_ row: Int, _ stream: Int, _ limit: Int) -> Int {
      Self.pick(row, stream, limit, seed: seed)
    }

    private static func pick(_ row: Int, _ stream: Int, _ limit: Int, seed: UInt64) -> Int {
      var chance = SplitMix(state: seed &+ UInt64(row) &* 64 &+ UInt64(stream))
      return chance.below(limit)
    }

    mutating func add(_ name: String, _ cell: (Int) -> String) {
      names.append(name)
      columns.append((0..<count).map(cell))
    }

    func text(rows: [Int]? = nil, without: Set<String> = []) -> String {
      let kept = names.indices.filter { !without.contains(names[$0]) }
      return
        ([kept.map { names[$0] }]
        + (rows ?? Array(0..<count)).map { row in kept.map { columns[$0][row] } })
        .map { $0.joined(separator: ",") + "\n" }.joined()
    }
  }

  private struct Finding {
    let severity: String
    let kind: String
    let columns: [String]
    let evidence: String
    let figures: [String: Double]
  }

  /// The audit of the leads, twice: as JSON, and as text in one line.
  private func audit(
    _ leads: Leads, isDated: Bool = true, rows: [Int]? = nil, more: [String] = [],
    in place: Workspace? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> (findings: [Finding], text: String, json: [String: Any]) {
    let place = try place ?? Workspace()
    try place.write("leads.csv", leads.text(rows: rows))
    let arguments =
      ["audit", "--data", "leads.csv", "--id", "lead_id", "--target", "stage=won"]
      + ["--lost", "lost"] + (isDated ? ["--created", "created_at"] : []) + more
    let text = try place.start(.train, arguments).wait()
    #expect(text.status == 0, "\(text.errors)", sourceLocation: sourceLocation)
    let json = try place.start(.train, arguments + ["--json"]).wait().json()
    let findings = try #require(json["findings"] as? [[String: Any]]).map { finding in
      Finding(
        severity: finding["severity"] as? String ?? "", kind: finding["kind"] as? String ?? "",
        columns: finding["columns"] as? [String] ?? [],
        evidence: finding["evidence"] as? String ?? "",
        figures: finding["figures"] as? [String: Double] ?? [:])
    }
    return (findings, text.sentences, json)
  }

  private func columns(_ findings: [Finding], _ severity: String, _ kind: String) -> [[String]] {
    findings.filter { $0.severity == severity && $0.kind == kind }.map(\.columns)
  }

  @Test func leadsInOrderHaveNoFinding() throws {
    let (findings, text, _) = try audit(Leads())
    #expect(findings.isEmpty, "\(findings)")
    #expect(text.contains("Findings None."))
  }

  @Test func columnsThatSayNothingOrTheSameAreNamed() throws {
    var leads = Leads()
    let countries = ["Spain", "France", "Italy", "Portugal"]
    leads.add("reference") { "\(900_000 + $0 * 7)" }
    leads.add("contract_code") { "C-\($0 * 13)" }
    leads.add("country") { [leads] in countries[leads.pick($0, 5, 4)] }
    leads.add("country_code") { [leads] in ["ES", "FR", "IT", "PT"][leads.pick($0, 5, 4)] }
    leads.add("currency") { _ in "EUR" }
    leads.add("territory") { _ in "" }
    let (findings, text, _) = try audit(leads)
    #expect(columns(findings, "note", "identifier") == [["reference", "contract_code"]])
    #expect(columns(findings, "note", "duplicate_column") == [["country", "country_code"]])
    #expect(columns(findings, "note", "constant") == [["currency"]])
    #expect(columns(findings, "note", "never_filled") == [["territory"]])
    #expect(findings.count == 4)
    #expect(text.contains("reference, contract_code: another value in nearly every row."))
    #expect(text.contains("country, country_code: say the same in every row."))
    #expect(text.contains("currency: the same value in every row."))
    #expect(text.contains("territory: never filled in."))
  }

  @Test func aCopyOfTheOutcomeIsASuspectAndOneThatIsBlankByItALeak() throws {
    var leads = Leads()
    // One in five hundred is another.
    leads.add("result") { [leads] row in
      (leads.stages[row] == "won") != (leads.pick(row, 6, 500) == 0) ? "A" : "B"
    }
    leads.add("signed_by") { [leads] row in
      leads.stages[row] == "won" ? ["Ana", "Luis"][leads.pick(row, 7, 2)] : ""
    }
    let (findings, text, _) = try audit(leads)
    #expect(columns(findings, "suspect", "near_copy_of_outcome") == [["result"]])
    #expect(columns(findings, "leak", "near_copy_of_outcome") == [["signed_by"]])
    #expect(text.contains("result: nearly the outcome itself. AUC alone 0.99"))
    #expect(text.contains("--exclude \"result\""))
    #expect(text.contains("signed_by: nearly the outcome itself, and blank by it."))
    #expect(text.contains("Left out; --keep-column \"signed_by\" keeps it."))
    let kept = try audit(leads, more: ["--keep-column", "signed_by,result"])
    #expect(columns(kept.findings, "leak", "near_copy_of_outcome") == [["signed_by"]])
    #expect(kept.text.contains("Kept, as asked for."))
    #expect(columns(kept.findings, "suspect", "near_copy_of_outcome").isEmpty)
  }

  @Test func whatChangesWithTimeIsNamedByMonth() throws {
    var leads = Leads { day in day < 365 ? 0.15 : 0.45 }
    leads.add("campaign") { [leads] row in
      leads.days[row] > 640 && leads.pick(row, 8, 3) == 0 ? "TikTok" : "Search"
    }
    leads.add("phone_type") { [leads] row in
      leads.days[row] < 650 && leads.pick(row, 9, 10) < 6 ? "mobile" : ""
    }
    let (findings, text, json) = try audit(leads)
    let drift = try #require(findings.first { $0.kind == "base_rate_drift" })
    #expect(drift.severity == "warning" && drift.columns.isEmpty)
    #expect((drift.figures["low"] ?? 1) < 0.2 && (drift.figures["high"] ?? 0) > 0.4)
    #expect(text.contains("The share won changes by month."))
    #expect(columns(findings, "note", "late_levels") == [["campaign"]])
    #expect(text.contains("campaign: values that come up only late. 1 value in"))
    #expect(text.contains("the commonest “TikTok”"))
    #expect(columns(findings, "warning", "stale_field") == [["phone_type"]])
    #expect(text.contains("phone_type: hardly filled in any more."))
    #expect(text.contains("0.0% of the latest tenth, last in 2026-10"))
    #expect(text.contains("Left out; --keep-column \"phone_type\" keeps it."))
    let months = try #require(json["months"] as? [[String: Any]])
    #expect(months.count == 24 && months[0]["month"] as? String == "2025-01")

    // Without dates nothing can be said of time.
    let undated = try audit(leads, isDated: false).findings.map(\.kind)
    #expect(!undated.contains("base_rate_drift") && !undated.contains("late_levels"))
  }

  @Test(arguments: [(won: 15, says: "Too few outcomes to learn from."), (30, "Few outcomes.")])
  func fewOutcomesAreSaid(won: Int, says: String) throws {
    let leads = Leads()
    let winners = leads.stages.indices.filter { leads.stages[$0] == "won" }.prefix(won)
    let losers = leads.stages.indices.filter { leads.stages[$0] == "lost" }.prefix(200)
    let place = try Workspace()
    let (findings, text, json) = try audit(
      leads, isDated: false, rows: (winners + losers).sorted(), in: place)
    let few = try #require(findings.first { $0.kind == "few_outcomes" })
    #expect(few.severity == "warning" && few.evidence == "\(won) won, 200 lost")
    #expect(few.figures["won"] == Double(won))
    #expect(text.contains(says))
    #expect((json["data"] as? [String: Any])?["won"] as? Int == won)
    let fit = try place.start(
      .train,
      SampleLeads.fitArguments.map { $0 == "stage=Won" ? "stage=won" : $0 == "Lost" ? "lost" : $0 }
    ).wait()
    #expect(fit.status == (won < 20 ? 65 : 0), "\(fit.errors)")
  }

  @Test func leadsThatStandTwiceAreCounted() throws {
    var leads = Leads()
    leads.columns[0] = (0..<leads.count).map { $0 % 100 == 1 ? "L\($0 - 1)" : "L\($0)" }
    leads.add("mail") { [leads] row in
      row % 200 == 7 ? "info@acme.example" : "p\(leads.pick(row, 10, 1 << 40))@b.example"
    }
    let (findings, text, _) = try audit(leads)
    let copies = try #require(findings.filter { $0.kind == "duplicate_leads" }.first)
    #expect(copies.severity == "warning" && copies.figures["rows"] == 36)
    #expect(text.contains("36 of 1,800 closed leads share their id (lead_id) with another."))
    let mail = try #require(findings.filter { $0.kind == "duplicate_leads" }.last)
    #expect(mail.severity == "note" && mail.columns == ["mail"])
    #expect(text.contains("9 closed leads share theirs with another"))
    #expect(!text.contains("acme"))
  }

  @Test func leadsToScoreAreComparedWithHistory() throws {
    let leads = Leads()
    var fresh = Leads(400, seed: 9)
    fresh.columns[3] = (0..<400).map { row in
      row % 5 == 0 ? "podcast" : fresh.pick(row, 1, 10) < 8 ? "fair" : "web"
    }
    fresh.columns[4] = (0..<400).map { row in "\(fresh.pick(row, 2, 20) + (row % 4 == 0 ? 80 : 0))"
    }
    let place = try Workspace()
    try place.write("new.csv", fresh.text(without: ["stage", "size"]))
    let (findings, text, _) = try audit(
      leads, more: ["--scoring-data", "new.csv"], in: place)
    #expect(columns(findings, "warning", "unseen_segment") == [["source"], ["visits"]])
    #expect(columns(findings, "warning", "differs_from_history").contains(["size"]))
    #expect(
      text.contains(
        "source: values that history has never seen. 80 of 400 leads to score have 1 such value, the "
          + "commonest “podcast” (80)."))
    #expect(text.contains("visits: values beyond those of history. 100 of 400 leads to score are"))
    #expect(text.contains("size: not among the columns of the leads to score."))

    // The same levels in other shares.
    fresh = Leads(400, seed: 9)
    fresh.columns[3] = (0..<400).map { fresh.pick($0, 1, 10) < 8 ? "fair" : "web" }
    try place.write("new.csv", fresh.text(without: ["stage"]))
    let other = try audit(leads, more: ["--scoring-data", "new.csv"], in: place)
    #expect(columns(other.findings, "warning", "differs_from_history") == [["source"]])
    let shift = try #require(other.findings.first { $0.columns == ["source"] })
    #expect((shift.figures["stability_index"] ?? 0) > 0.25)
    #expect(other.text.contains("source: leads to score differ from history."))

    // Leads like those of history differ in nothing.
    try place.write("new.csv", Leads(400, seed: 12).text(without: ["stage"]))
    let alike = try audit(leads, more: ["--scoring-data", "new.csv"], in: place)
    #expect(alike.findings.isEmpty, "\(alike.findings)")
  }

  @Test func openLeadsUnlikeTheClosedAreCompared() throws {
    var leads = Leads(openShare: 0.2)
    leads.add("owner") { [leads] row in
      leads.stages[row] == "open" && leads.pick(row, 11, 10) < 7
        ? "" : "team \(leads.pick(row, 12, 4))"
    }
    let (findings, text, _) = try audit(leads)
    let open = try #require(findings.first { $0.kind == "open_leads" })
    #expect(open.severity == "note" && (open.figures["open"] ?? 0) > 300)
    #expect(columns(findings, "warning", "differs_from_history") == [["owner"]])
    #expect(text.contains("owner: open leads differ from history. Blank: 0.0% of history, "))
  }

  // MARK: Histories

  /// Leads with a history, a column that numbers them, and two ages each.
  private func history(_ more: (Workspace) throws -> Void = { _ in }) throws -> Workspace {
    let place = try Workspace()
    try DatedCRM().write("crm", on: 250, in: place)
    var lines = try place.text("crm-leads.csv").split(separator: "\n").map(String.init)
    for index in lines.indices {
      lines[index] += index == 0 ? ",ref_number,contract" : ",\(5_000 + 3 * index),K\(index)"
    }
    try place.write("crm-leads.csv", lines.joined(separator: "\n") + "\n")
    try more(place)
    return place
  }

  @Test func theLeadsOfAHistoryAreNumberedOnce() throws {
    let place = try history()
    let result = try place.train("audit", "--project", "crm.yaml", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let findings = try #require(try result.json()["findings"] as? [[String: Any]])
    let numbered = try #require(findings.first { $0["kind"] as? String == "identifier" })
    #expect(numbered["columns"] as? [String] == ["ref_number", "contract"])
    #expect(findings.contains { $0["kind"] as? String == "immature_leads" })
    #expect(findings.contains { $0["kind"] as? String == "open_leads" })
    let text = try place.train("audit", "--project", "crm.yaml")
    #expect(text.sentences.contains("ref_number, contract: another value in nearly every row."))
    #expect(text.sentences.contains("Too young to have an outcome."))
  }

  @Test func otherLeadsToScoreGoThroughTheSameHistory() throws {
    let place = try history()
    // Leads that come in from a source nobody has met, and are as old as any.
    let fresh = (0..<200).map { row in
      "N\(row),\(DatedCRM.date(row)) 12:00:00,\(row % 2 == 0 ? "podcast" : "web"),20,open,,1,K\n"
    }
    try place.write(
      "new.csv", "id,created,source,size,stage,closed,ref_number,contract\n" + fresh.joined())
    let result = try place.train(
      "audit", "--project", "crm.yaml", "--scoring-data", "new.csv", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let findings = try #require(try result.json()["findings"] as? [[String: Any]])
    let unseen = findings.filter { $0["kind"] as? String == "unseen_segment" }
    let source = try #require(unseen.first { $0["columns"] as? [String] == ["source"] })
    #expect((source["evidence"] as? String)?.contains("100 of 200 leads to score") == true)
  }
}
