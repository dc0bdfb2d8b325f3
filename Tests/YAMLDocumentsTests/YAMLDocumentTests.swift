import Testing
import YAMLDocuments

@Suite struct YAMLDocumentTests {
  private func parse(_ text: String) throws -> YAMLNode {
    try YAMLDocument.parse(text, fileName: "t.yaml")
  }

  private func place(_ line: Int, _ column: Int, _ path: String = "") -> YAMLPlace {
    YAMLPlace(file: "t.yaml", line: line, column: column, path: path)
  }

  @Test func scalarsStayAsTheyAreWritten() throws {
    let root = try parse("a: NO\nb: 1e3\nc: 2024-03-07\nd: 0x1F\ne: 007\nf: \"yes\"\n").mapping()
    #expect(
      try root.entries.map { try $0.value.string() }
        == ["NO", "1e3", "2024-03-07", "0x1F", "007", "yes"])
    #expect(try root.required("b").number() == 1_000)
    #expect(try root.required("a").bool() == false)
  }

  @Test func placesNameLineColumnAndPath() throws {
    let root = try parse("groups:\n  - name: x\n    rules:\n      - {when: {field: é, is: 1}}\n")
    let groups = try root.mapping().required("groups").sequence()
    let rule = try groups[0].mapping().required("rules").sequence()[0]
    let test = try rule.mapping().required("when").mapping().required("is")
    #expect(test.place == place(4, 31, "groups[0].rules[0].when.is"))
  }

  @Test(arguments: ["", "\n\n", "# only a comment\n", "---\n", "~\n", "\u{FEFF}"])
  func emptyFilesAreRefused(_ text: String) {
    #expect(throws: YAMLError.empty(file: "t.yaml")) { try parse(text) }
  }

  @Test func byteOrderMarkAndCRLFAreRead() throws {
    let root = try parse("\u{FEFF}a: 1\r\nb: 2\r\n").mapping()
    #expect(root.entries.map(\.key) == ["a", "b"])
    #expect(try root.required("b").string() == "2")
  }

  @Test func unknownKeysNameTheNearest() throws {
    let root = try parse("id: x\nexlude: [a]\n")
    #expect(
      throws: YAMLError.unknownKey(
        place(2, 1), key: "exlude", nearest: "exclude", known: ["id", "exclude"])
    ) { try root.mapping(keys: ["id", "exclude"]) }
    let message =
      "\(YAMLError.unknownKey(place(7, 1), key: "exlude", nearest: "exclude", known: []))"
    #expect(message == "t.yaml, line 7, column 1: unknown key 'exlude'; did you mean 'exclude'?")
  }

  @Test func duplicateKeysAreRefusedWithBothLines() {
    #expect(throws: YAMLError.duplicateKey(place(3, 1), key: "a", firstLine: 1)) {
      try parse("a: 1\nb: 2\na: 3\n")
    }
    // Other spellings of one key, which the parser takes for different types.
    #expect(throws: YAMLError.duplicateKey(place(2, 1), key: "1", firstLine: 1)) {
      try parse("1: a\n\"1\": b\n")
    }
  }

  @Test func invalidYAMLHasLineAndColumn() throws {
    let error = #expect(throws: YAMLError.self) { try parse("a: 1\nb: [1, 2\nc: 3\n") }
    guard case .syntax("t.yaml", let line, _, let problem) = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(line == 3)
    #expect(problem.contains("line 2"))
    let tab = #expect(throws: YAMLError.self) { try parse("a:\n\tb: 1\n") }
    #expect(tab.map { "\($0)" }?.contains("spaces, not tabs") == true)
  }

  @Test(arguments: ["a: \u{0}b", "a: \u{7}", "a: \"\\ud800\"", "a: *b", "a: 1\n---\nb: 2\n", "%"])
  func oddTextIsAnErrorAndNeverACrash(_ text: String) {
    #expect(throws: YAMLError.self) { try parse(text) }
  }

  @Test func aliasesAndMergesAreFilledIn() throws {
    let root = try parse("base: &b {x: 1, y: 2}\none: {<<: *b, y: 3}\ntwo: *b\n").mapping()
    let one = try root.required("one").mapping()
    #expect(try one.entries.map { "\($0.key)=\(try $0.value.string())" } == ["y=3", "x=1"])
    #expect(try root.required("two").mapping().entries.count == 2)
  }

  @Test func aliasesThatGrowWithoutEndAreRefused() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(items)]\n"
    }
    #expect(throws: YAMLError.tooManyNodes(file: "t.yaml", limit: YAMLDocument.nodeLimit)) {
      try parse(text)
    }
    for key in ["? *a9\n: x\n", "*a9 : x\n", "[*a9]: x\n", "z: {[*a9]: x}\n", "{*a9 : x}: y\n"] {
      #expect(throws: YAMLError.self) { try parse(text + key) }
    }
  }

  @Test(
    arguments: [
      String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 5_000),
      String(repeating: "- ", count: 50_000),
      String(repeating: "[", count: 100)
        + String(repeating: "]", count: 100),
    ])
  func deepNestingIsRefused(_ text: String) {
    #expect(throws: YAMLError.self) { try parse(text) }
  }

  @Test func hugeFilesAreRefused() {
    let text = "a: [" + String(repeating: "x, ", count: 400_000) + "x]"
    #expect(
      throws: YAMLError.tooLarge(
        file: "t.yaml", bytes: text.utf8.count, limit: YAMLDocument.byteLimit)
    ) { try parse(text) }
  }

  /// A seeded walk over single-character changes of a real file: each gives nodes or an error.
  @Test func changedFilesNeverCrash() {
    let source = Array(
      "a: &x {b: [1, 'two', \"three\"], c: |\n  text\n }\nd: *x\n? e\n: - f\n# g\n".unicodeScalars)
    let odd = Array("[]{}:,-?*&!|>'\"%@`#~\n\t \u{0}\u{FEFF}é0".unicodeScalars)
    var state: UInt64 = 42
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<3_000 {
      var changed = source
      for _ in 0...next(3) { changed[next(changed.count)] = odd[next(odd.count)] }
      let text = String(String.UnicodeScalarView(changed))
      do { _ = try parse(text) } catch is YAMLError {} catch { Issue.record("\(error)") }
    }
  }

  @Test func scalarsAreWrittenToReadBack() throws {
    let texts = [
      "plain", "two words", "No", "1e3", "", " x", "x ", "a: b", "# x", "-", "~", "é", "ñ\u{301}",
      "\"q\"", "back\\slash", "line\nbreak", "\u{0}\u{7}\u{1B}", "\u{2028}\u{85}\u{A0}\u{FEFF}",
      "[a]", "{a}", "*a", "&a", "@a", "😀", "null", "y", "=SUM(A1)", "100%", "<<", "it's",
    ]
    for text in texts {
      let root = try parse("- \(yamlScalar(text))\n- {\(yamlScalar(text)): 1}\n").sequence()
      #expect(try root[0].string() == text)
      #expect(try root[1].mapping().entries[0].key == text)
    }
  }
}
