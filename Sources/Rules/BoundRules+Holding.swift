import Parallel

extension BoundRules {
  /// The rows of which each rule holds, ascending; by group and rule. The same whatever the number of
  /// threads.
  public func rowsHolding(pool: WorkerPool = WorkerPool(threadCount: 1)) -> [[[Int32]]] {
    let blocks = blocks
    let parts = pool.map(blocks.count) { index in
      let block = blocks[index]
      return answers(block).map { answers in
        answers.map { answer in
          (0..<block.count).filter { answer.holds[$0] }
            .map { Int32(truncatingIfNeeded: block.lowerBound + $0) }
        }
      }
    }
    return file.groups.indices.map { group in
      file.groups[group].rules.indices.map { rule in parts.flatMap { $0[group][rule] } }
    }
  }
  /// How many times each rule gives a row its points: 1 for a rule about a state, the number of its
  /// activities for one that counts each, 0 where it does not hold; by group and rule, a value a row bound.
  public func timesHeld(pool: WorkerPool = WorkerPool(threadCount: 1)) -> [[[Int32]]] {
    let blocks = blocks
    let parts = pool.map(blocks.count) { index in
      let block = blocks[index]
      return zip(file.groups, answers(block)).map { group, answers in
        zip(group.rules, answers).map { rule, answer in
          (0..<block.count).map { row -> Int32 in
            guard answer.holds[row] else { return 0 }
            return rule.each ? answer.occurrences?.counts[row] ?? 1 : 1
          }
        }
      }
    }
    return file.groups.indices.map { group in
      file.groups[group].rules.indices.map { rule in parts.flatMap { $0[group][rule] } }
    }
  }
}
