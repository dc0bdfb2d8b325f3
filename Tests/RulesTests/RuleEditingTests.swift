import Rules
import Testing
import YAMLDocuments

@Suite struct RuleEditingTests {
  private let text = """
    # Ours, since 2019.
    scale: {from: 0, to: 100, raw: 50}
    groups:
      - name: fit ñ
        category: fit
        rules:
          - {name: café, when: {field: job, is: "retired"}, points: 10}   # five or fifteen: ten
          - name: long
            points: -2.5  # agreed with sales
            when: {field: age, at_least: 60}
      - name: barred
        category: fit
        rules:
          - {name: never, when: {field: job, is: student}, disqualifies: true}

    # Stages.
    stages: {mql: {at_least: 30}}

    """

  private func read(_ text: String) throws -> RuleFile {
    try RuleFile.parse(text, fileName: "rules.yaml")
  }

  @Test func onlyThePointsThatChangeAreWritten() throws {
    let edited = try read(text).edited(text, points: [[7_000, 12_000], [0]])
    #expect(
      edited
        == text.replacing("points: 10}", with: "points: 7}")
        .replacing("points: -2.5 ", with: "points: 12 "))
    #expect(try read(text).edited(text, points: [[10_000, -2_500], [0]]) == text)
  }

  @Test func aGroupIsAddedBehindTheOthersAndBeforeWhatFollows() throws {
    let group = SuggestedGroup(
      name: "suggested", category: "suggested",
      rules: [
        (SuggestedRule(field: "the \"job\"", test: .isEqual("at: home")), 5_000),
        (SuggestedRule(field: "visits", test: .atLeast(2.5)), -3_000),
        (SuggestedRule(field: "phone", test: .isMissing), 1_000),
      ])
    let edited = try read(text).edited(text, points: [[10_000, 4_000], [0]], adding: group)
    let file = try read(edited)
    #expect(file.groups.map(\.name) == ["fit ñ", "barred", "suggested"])
    #expect(
      file.groups[2].rules.map(\.name)
        == ["the \"job\" is at: home", "visits at least 2.5", "phone not filled in"])
    #expect(file.groups[2].rules.map(\.points) == [5_000, -3_000, 1_000])
    #expect(file.stages.map(\.name) == ["mql"])
    let lines = edited.split(separator: "\n", omittingEmptySubsequences: false)
    let added = try #require(lines.firstIndex { $0.contains("suggested") })
    #expect(lines[added - 1].contains("disqualifies"))
    #expect(lines.contains("# Stages.") && lines[0] == "# Ours, since 2019.")
    #expect(file.requiredColumns.map(\.name) == ["job", "age", "the \"job\"", "visits", "phone"])
  }

  @Test func aGroupIsAddedWhereGroupsEndTheFile() throws {
    let text =
      "groups:\n- name: a\n  category: b\n  rules:\n  - {name: r, when: {field: x, is: 1}, points: 1}"
    let group = SuggestedGroup(
      name: "new", category: "b",
      rules: [(SuggestedRule(field: "y", test: .atLeast(12_000)), 2_000)])
    for ending in ["", "\n", "\n\n# the end\n", "\r\n"] {
      let edited = try read(text + ending).edited(text + ending, points: [[3_000]], adding: group)
      #expect(try read(edited).groups.map { $0.rules.map(\.points) } == [[3_000], [2_000]])
    }
  }

  @Test func sharedPointsAndGroupsInBracketsAreRefused() throws {
    let shared = """
      groups:
        - name: a
          category: fit
          rules:
            - &one {name: one, when: {field: x, is: 1}, points: 5}
            - {<<: *one, name: two}

      """
    #expect(throws: RuleError.self) { try read(shared).edited(shared, points: [[5_000, 6_000]]) }
    #expect(throws: RuleError.self) { try read(shared).edited(shared, points: [[6_000, 5_000]]) }
    #expect(try read(shared).edited(shared, points: [[5_000, 5_000]]) == shared)
    let flow =
      "groups: [{name: a, category: c, rules: [{name: r, when: {field: x, is: 1}, points: 1}]}]\n"
    let group = SuggestedGroup(
      name: "new", category: "b", rules: [(SuggestedRule(field: "y", test: .isMissing), 2_000)])
    #expect(try read(read(flow).edited(flow, points: [[9_000]])).groups[0].rules[0].points == 9_000)
    #expect(throws: RuleError.self) {
      try read(flow).edited(flow, points: [[9_000]], adding: group)
    }
  }

  @Test func aFileFromNothingReachesTheTopOfItsScale() throws {
    let group = SuggestedGroup(
      name: "in common", category: "fit",
      rules: [
        (SuggestedRule(field: "job", test: .isEqual("retired")), 5_000),
        (SuggestedRule(field: "visits", test: .atLeast(3)), 4_000),
        (SuggestedRule(field: "phone", test: .isMissing), -2_000),
      ])
    let text = SuggestedGroup.file(
      [group], comment: "What customers have in common.", missing: ["", "Select"])
    let file = try read(text)
    #expect(file.scale.raw == 9_000 && file.missing == ["", "Select"] && file.warnings.isEmpty)
    #expect(text.hasPrefix("# What customers have in common.\n"))
  }

  @Test func rowsHoldingAreThoseThatTheLedgerNames() throws {
    let file = try read(text)
    let table = Cells.table([
      Cells.category("job", ["retired", "student", nil, "retired"]),
      Cells.number("age", [70, 20, 65, nil]),
    ])
    let bound = try RuleScorer(file, schema: nil, projectMissingTokens: []).bind(table)
    #expect(bound.rowsHolding() == [[[0, 3], [0, 2]], [[1]]])
  }
}
