import Parallel
import Synchronization
import Testing

@Suite struct WorkerPoolTests {
  private struct Refusal: Error, Equatable {
    var index: Int
  }

  @Test(arguments: [1, 2, 3, 7]) func everyIndexRunsOnce(threads: Int) {
    let pool = WorkerPool(threadCount: threads)
    #expect(pool.threadCount == threads)
    for count in [0, 1, 2, 5, 1_000] {
      let runs = (0..<max(1, count)).map { _ in Counter() }
      pool.forEach(count) { index, _ in runs[index].add() }
      #expect(runs.prefix(count).allSatisfy { $0.value == 1 })
    }
  }

  @Test func aWorkerNumberIsUsedByOneCallAtATime() {
    let pool = WorkerPool(threadCount: 4)
    let inUse = (0..<4).map { _ in Counter() }
    let clashes = Counter()
    pool.forEach(2_000) { _, worker in
      if inUse[worker].add() != 1 { clashes.add() }
      inUse[worker].subtract()
    }
    #expect(clashes.value == 0)
  }

  @Test(arguments: [1, 2, 5]) func mapKeepsTheOrder(threads: Int) throws {
    let squares = try WorkerPool(threadCount: threads).map(500) { $0 * $0 }
    #expect(squares == (0..<500).map { $0 * $0 })
  }

  @Test(arguments: [1, 2, 5]) func theErrorOfTheLowestIndexIsThrown(threads: Int) {
    let pool = WorkerPool(threadCount: threads)
    for _ in 0..<50 {
      #expect(throws: Refusal(index: 17)) {
        try pool.map(200) { index in
          if index >= 17, index % 3 != 0 { throw Refusal(index: index) }
          return index
        }
      }
    }
    // The pool works on after an error.
    #expect((try? pool.map(3) { $0 }) == [0, 1, 2])
  }

  @Test func thousandsOfSmallJobsJoinEachTime() {
    let pool = WorkerPool(threadCount: 3)
    let sum = Counter()
    for job in 1...5_000 {
      pool.forEach(4) { _, _ in sum.add() }
      guard sum.value == 4 * job else {
        Issue.record("job \(job) returned before it was done")
        return
      }
    }
  }

  @Test func sleepingWorkersWakeAgain() throws {
    let pool = WorkerPool(threadCount: 2)
    for _ in 0..<20 {
      // Long enough for the helper to stop spinning and sleep.
      let start = ContinuousClock.now
      while ContinuousClock.now - start < .milliseconds(2) {}
      #expect(try pool.map(8) { $0 }.count == 8)
    }
  }

  @Test func manyPoolsComeAndGo() {
    for round in 0..<300 {
      let pool = WorkerPool(threadCount: 1 + round % 5)
      let sum = Counter()
      pool.forEach(10) { _, _ in sum.add() }
      #expect(sum.value == 10)
    }
  }

  @Test func poolsOfDifferentThreadsRunSideBySide() throws {
    let outer = WorkerPool(threadCount: 3)
    let sums = try outer.map(12) { index in
      let inner = WorkerPool(threadCount: 2)
      return try inner.map(50) { $0 * index }.reduce(0, +)
    }
    #expect(sums == (0..<12).map { 1_225 * $0 })
  }

  /// Many more threads than cores: each join must still take microseconds, not time slices. The limit
  /// is a hundred times what a quiet machine takes.
  @Test func aBusyMachineDoesNotCollapse() {
    let pool = WorkerPool(threadCount: 16)
    let sum = Counter()
    let start = ContinuousClock.now
    for _ in 0..<500 { pool.forEach(32) { _, _ in sum.add() } }
    #expect(sum.value == 16_000)
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test func aPoolOfOneThreadMayBeSharedAndNested() throws {
    let serial = WorkerPool(threadCount: 1)
    let sums = try WorkerPool(threadCount: 3).map(20) { index in
      try serial.map(10) { inner in try serial.map(2) { $0 + inner + index }.reduce(0, +) }
        .reduce(0, +)
    }
    #expect(sums == (0..<20).map { 100 + 20 * $0 })
  }

  @Test func aJobWithinAJobStopsTheProgram() async {
    await #expect(processExitsWith: .failure) {
      let pool = WorkerPool(threadCount: 2)
      pool.forEach(2) { _, _ in pool.forEach(2) { _, _ in } }
    }
  }
}

/// A number that several threads add to.
private final class Counter: Sendable {
  private let stored = Atomic<Int>(0)

  var value: Int { stored.load(ordering: .sequentiallyConsistent) }

  @discardableResult
  func add() -> Int {
    stored.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue
  }

  func subtract() {
    stored.wrappingSubtract(1, ordering: .sequentiallyConsistent)
  }
}
