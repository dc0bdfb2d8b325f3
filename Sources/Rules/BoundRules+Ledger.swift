import Parallel

extension BoundRules {
  /// Why a row has its points.
  /// - Parameter row: an index of the table.
  public func ledger(_ row: Int) -> Ledger {
    precondition(rows.contains(row), "row \(row) is not among those bound")
    return ledger(0, answers(row..<(row + 1)))
  }

  /// Gives the ledger of every row to `visit`, in the order of the rows.
  public func forEachLedger(_ visit: (_ row: Int, _ ledger: Ledger) -> Void) {
    for block in blocks {
      let answers = answers(block)
      for row in 0..<block.count { visit(block.lowerBound + row, ledger(row, answers)) }
    }
  }

  /// `Ledger.reasons` of every row; the same whatever the number of threads.
  public func reasons(
    in words: LedgerWords = .english, pool: WorkerPool = WorkerPool(threadCount: 1)
  ) -> [String] {
    let blocks = blocks
    return pool.map(blocks.count) { reasons(blocks[$0], in: words) }.flatMap { $0 }
  }

  /// Rows of which the same rules hold share one text, where no rule is about activities.
  private func reasons(_ block: Range<Int>, in words: LedgerWords) -> [String] {
    let answers = answers(block)
    if file.needsEvents { return (0..<block.count).map { ledger($0, answers).reasons(in: words) } }
    let flat = answers.flatMap { $0.map(\.holds) }
    var textByPattern: [[UInt64]: String] = [:]
    return (0..<block.count).map { row in
      var pattern = Array(repeating: UInt64(0), count: (flat.count + 63) / 64)
      for index in flat.indices where flat[index][row] {
        pattern[index / 64] |= 1 << (index % 64)
      }
      if let text = textByPattern[pattern] { return text }
      let text = ledger(row, answers).reasons(in: words)
      textByPattern[pattern] = text
      return text
    }
  }

  /// What the rules say of a block, by group.
  func answers(_ block: Range<Int>) -> [[RuleAnswer]] {
    let known = known(block)
    return conditions.rules.map { rules in rules.map { $0.answer(block, known) } }
  }

  /// The ledger of a row of a block.
  private func ledger(_ row: Int, _ answers: [[RuleAnswer]]) -> Ledger {
    var lines: [LedgerLine] = []
    var categorySums = Array(repeating: 0, count: file.categories.count)
    var isDisqualified = false
    // A category's own lines follow those of its groups, so categories go one after the other.
    for (categoryIndex, category) in file.categories.enumerated() {
      for (group, groupAnswers) in zip(file.groups, answers) where group.category == categoryIndex {
        var sum = 0
        for (rule, answer) in zip(group.rules, groupAnswers) where answer.holds[row] {
          lines += rule.lines(answer, row: row) { kind, thousandths, events in
            LedgerLine(
              kind: kind, category: category.name, group: group.name, rule: rule.name,
              thousandths: thousandths, events: events)
          }
          if rule.disqualifies { isDisqualified = true }
          sum += rule.bounds.clamp(answer.thousandths(row))
        }
        lines += group.bounds.changes(sum, cap: .groupCap, floor: .groupFloor) {
          LedgerLine(
            kind: $0, category: category.name, group: group.name, rule: nil, thousandths: $1)
        }
        categorySums[categoryIndex] += group.bounds.clamp(sum)
      }
      lines += category.bounds.changes(
        categorySums[categoryIndex], cap: .categoryCap, floor: .categoryFloor
      ) {
        LedgerLine(kind: $0, category: category.name, group: nil, rule: nil, thousandths: $1)
      }
      categorySums[categoryIndex] = category.bounds.clamp(categorySums[categoryIndex])
    }
    let total = categorySums.reduce(0, +)
    let grades = zip(file.categories, categorySums).filter { !$0.0.grades.isEmpty }
      .map { $0.grades[$0.gradeIndex($1)].name }
    let stage = file.stageIndex(total).map { file.stages[$0].name }
    return Ledger(
      lines: lines, total: total, score: file.scale.score(total),
      grade: isDisqualified || grades.isEmpty ? nil : grades.joined(),
      stage: isDisqualified ? nil : stage, isDisqualified: isDisqualified)
  }
}

extension Rule {
  /// What the rule leaves in the ledger of a row of which it holds.
  fileprivate func lines(
    _ answer: RuleAnswer, row: Int, _ line: (LedgerLine.Kind, Int, Int) -> LedgerLine
  ) -> [LedgerLine] {
    var lines: [LedgerLine] = []
    let events = answer.occurrences.map { each ? Int($0.counts[row]) : 1 } ?? 0
    if points != 0 || !disqualifies {
      lines.append(line(.points, points * (answer.occurrences == nil ? 1 : events), events))
    }
    if let occurrences = answer.occurrences {
      let faded = occurrences.faded[row]
      if faded != points * events { lines.append(line(.fade, faded - points * events, 0)) }
      let given = occurrences.given[row]
      if given != faded { lines.append(line(.decay, given - faded, 0)) }
    }
    lines += bounds.changes(answer.thousandths(row), cap: .ruleCap, floor: .ruleFloor) {
      line($0, $1, 0)
    }
    if disqualifies { lines.append(line(.disqualifies, 0, 0)) }
    return lines
  }
}

extension RuleBounds {
  /// The lines that a cap and a floor leave in the ledger: at most one each, none without effect.
  fileprivate func changes(
    _ thousandths: Int, cap capKind: LedgerLine.Kind, floor floorKind: LedgerLine.Kind,
    _ line: (LedgerLine.Kind, Int) -> LedgerLine
  ) -> [LedgerLine] {
    var lines: [LedgerLine] = []
    let capped = RuleBounds(cap: cap).clamp(thousandths)
    if capped != thousandths { lines.append(line(capKind, capped - thousandths)) }
    let result = clamp(thousandths)
    if result != capped { lines.append(line(floorKind, result - capped)) }
    return lines
  }
}
