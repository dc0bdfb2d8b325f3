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
}
