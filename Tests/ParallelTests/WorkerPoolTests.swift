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

  @Test(arguments: [1, 2, 5]) func mapKeepsTheOrder(threads: Int) {
    let squares = WorkerPool(threadCount: threads).map(500) { $0 * $0 }
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
    #expect(pool.map(3) { $0 } == [0, 1, 2])
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
    let sums = outer.map(12) { index in
      let inner = WorkerPool(threadCount: 2)
      return inner.map(50) { $0 * index }.reduce(0, +)
    }
    #expect(sums == (0..<12).map { 1_225 * $0 })
  }

  /// Many more threads than cores: a join must take microseconds, not time slices of helpers that have
  /// not begun. On two cores 20,000 jobs take 0.1 s; waiting for every helper took them 2 s with 8 threads
  /// and 5 s with 16.
  @Test(.timeLimit(.minutes(1)), arguments: [8, 16])
  func aBusyMachineDoesNotCollapse(threads: Int) {
    let pool = WorkerPool(threadCount: threads)
    let sum = Counter()
    // The fastest of three, since others use the machine as well.
    let times = (0..<3).map { _ in
      ContinuousClock().measure {
        for _ in 0..<20_000 { pool.forEach(32) { _, _ in sum.add() } }
      }
    }
    #expect(sum.value == 3 * 640_000)
    #expect(times.contains { $0 < .seconds(2) }, "took \(times)")
  }

  /// With a spinning thread on every core, helpers come late or not at all: the caller, whenever it has
  /// a core, does the work itself and waits for nobody.
  @Test(.timeLimit(.minutes(1))) func jobsFinishWhileAllCoresAreBusy() {
    let spinners = WorkerPool.availableCores
    let begun = Counter()
    let isOver = Flag()
    let jobs = Counter()
    // The caller or a helper works through the jobs; the others spin until it is done.
    WorkerPool(threadCount: spinners + 1).forEach(spinners + 1) { index, _ in
      guard index == 0 else {
        begun.add()
        while !isOver.isSet {}
        return
      }
      while begun.value < spinners {}
      let pool = WorkerPool(threadCount: 6)
      for _ in 0..<300 { pool.forEach(12) { _, _ in jobs.add() } }
      isOver.set()
    }
    #expect(jobs.value == 3_600)
  }

  /// A job that is over before any helper can have woken: the caller does it all, and helpers that come
  /// late find nothing of it.
  @Test func aJobNeedsNoHelper() {
    for _ in 0..<100 {
      let pool = WorkerPool(threadCount: 8)
      // Helpers are still starting up.
      let first = Counter()
      pool.forEach(2) { _, _ in first.add() }
      #expect(first.value == 2)
    }
    let pool = WorkerPool(threadCount: 4)
    for round in 0..<50 {
      // Now they stop spinning and fall asleep.
      let start = ContinuousClock.now
      while ContinuousClock.now - start < .microseconds(400) {}
      // The job's memory is gone once it has returned: a late helper must not touch it.
      var cells = [Int](repeating: 0, count: 3)
      cells.withUnsafeMutableBufferPointer { cells in
        nonisolated(unsafe) let cells = cells
        pool.forEach(3) { index, _ in cells[index] = round + index }
      }
      #expect(cells == [round, round + 1, round + 2])
    }
  }

  /// A helper that has begun is waited for, longer than the caller spins before it goes to sleep.
  @Test(.timeLimit(.minutes(1))) func aHelperThatHasBegunIsWaitedFor() {
    let pool = WorkerPool(threadCount: 3)
    var helped = 0
    for _ in 0..<20 {
      let begun = Counter()
      let done = Counter()
      pool.forEach(3) { _, worker in
        if worker == 0 {
          while begun.value == 0 {}
        } else {
          begun.add()
          let start = ContinuousClock.now
          while ContinuousClock.now - start < .milliseconds(2) {}
        }
        done.add()
      }
      #expect(done.value == 3)
      helped += begun.value
    }
    #expect(helped >= 20)
  }

  @Test func aPoolOfOneThreadMayBeSharedAndNested() throws {
    let serial = WorkerPool(threadCount: 1)
    let sums = WorkerPool(threadCount: 3).map(20) { index in
      serial.map(10) { inner in serial.map(2) { $0 + inner + index }.reduce(0, +) }
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

/// Something that one thread tells others.
private final class Flag: Sendable {
  private let stored = Atomic<Bool>(false)

  var isSet: Bool { stored.load(ordering: .acquiring) }

  func set() { stored.store(true, ordering: .releasing) }
}
