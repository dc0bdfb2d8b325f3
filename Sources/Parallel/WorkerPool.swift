import FoundationEssentials
import Glibc
import Synchronization

/// A fixed set of threads that run the same job side by side.
///
/// The calling thread takes part, so a pool of one thread has no threads of its own. Workers wait by
/// spinning for a moment and then sleep on a condition variable: a fork and join costs a few
/// microseconds when jobs follow each other closely, and an idle pool costs nothing. The caller waits
/// for nobody who has not begun: on a machine whose cores are busy elsewhere it does the work of those
/// who are late itself.
///
/// One job at a time: a job must not start another on the same pool, nor two threads each their own;
/// both stop the program. A pool of one thread runs everything on the caller and may be shared.
public final class WorkerPool: Sendable {
  /// Threads that take part in a job, the caller's included.
  public let threadCount: Int

  private let crew: Crew?

  /// - Parameter threadCount: threads in all, at least 1; `nil` takes the cores that this process may
  ///   use.
  public init(threadCount: Int? = nil) {
    let count = max(1, threadCount ?? Self.availableCores)
    self.threadCount = count
    crew = count > 1 ? Crew(helpers: count - 1) : nil
  }

  deinit {
    crew?.dismiss()
  }

  /// The cores that the scheduler lets this process use.
  public static var availableCores: Int {
    max(1, ProcessInfo.processInfo.activeProcessorCount)
  }

  /// Runs `body` once for each index in `0..<count`, in any order, and returns when all are done.
  ///
  /// - Parameter body: called with the index and the worker's number in `0..<threadCount`; no two
  ///   calls run with the same worker number at once, so scratch memory may be kept a worker.
  public func forEach(_ count: Int, _ body: (_ index: Int, _ worker: Int) -> Void) {
    guard count > 0 else { return }
    guard let crew, count > 1 else {
      for index in 0..<count { body(index, 0) }
      return
    }
    let next = Atomic<Int>(0)
    withoutActuallyEscaping(body) { body in
      crew.run { worker in
        while true {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard index < count else { return }
          body(index, worker)
        }
      }
    }
  }

  /// Runs `transform` for each index in `0..<count` and returns the results in index order.
  ///
  /// - Throws: the error of the lowest index that threw, so that a report of bad input does not depend
  ///   on the number of threads.
  public func map<Result: Sendable, Failure: Error>(
    _ count: Int, _ transform: (_ index: Int) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    var outcomes = [Swift.Result<Result, Failure>?](repeating: nil, count: count)
    outcomes.withUnsafeMutableBufferPointer { slots in
      // Each index writes its own slot only, and the pool joins before the buffer is read.
      nonisolated(unsafe) let slots = slots
      forEach(count) { index, _ in
        slots[index] = Swift.Result { () throws(Failure) in try transform(index) }
      }
    }
    return try outcomes.map { outcome throws(Failure) in
      guard let outcome else { preconditionFailure("the pool skipped an index") }
      return try outcome.get()
    }
  }
}

/// The pool's own threads and the hand-over of jobs to them.
///
/// A job is behind a gate: the caller opens it, does what work there is, closes it, and waits for those
/// who are inside. A helper that wakes too late finds the gate closed and waits for the next job.
///
/// `@unchecked Sendable`: `job` is written by the caller while the gate is closed and nobody is inside,
/// and read by helpers after they entered (acquire and release on `gate`).
private final class Crew: @unchecked Sendable {
  /// Turns of the spin loop before a helper goes to sleep: some ten microseconds, the time between two
  /// jobs of one fit.
  private static let helperTurns = 30_000
  /// Turns before the caller goes to sleep, while helpers finish what they began.
  private static let callerTurns = 10_000

  /// The gate's parts: how many are inside, whether it is open, and the number of the job.
  private static let open = 1 << 31
  private static let insideMask = (1 << 31) - 1
  private static let numberShift = 32

  private let gate = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let callerSleeps = Atomic<Bool>(false)
  private let dismissed = Atomic<Bool>(false)
  private let busy = Atomic<Bool>(false)
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let finished = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var job: (Int) -> Void = { _ in }
  /// The caller's own count of jobs.
  private var number = 0

  init(helpers: Int) {
    pthread_mutex_init(lock, nil)
    pthread_cond_init(wake, nil)
    pthread_cond_init(finished, nil)
    for number in 1...helpers {
      let post = Unmanaged.passRetained(Post(crew: self, number: number))
      var thread = pthread_t()
      let code = pthread_create(&thread, nil, crewThread, post.toOpaque())
      precondition(code == 0, "the system refused to start a thread (error \(code))")
      pthread_detach(thread)
    }
  }

  deinit {
    pthread_cond_destroy(finished)
    pthread_cond_destroy(wake)
    pthread_mutex_destroy(lock)
    finished.deallocate()
    wake.deallocate()
    lock.deallocate()
  }

  func dismiss() {
    dismissed.store(true, ordering: .sequentiallyConsistent)
    wakeSleepers()
  }

  /// Runs `job` here, as worker 0, and on each helper that comes in time.
  ///
  /// - Parameter job: hands out work until there is none, so that it is all done when the caller's own
  ///   call and those that have begun return.
  func run(_ job: @escaping (Int) -> Void) {
    let wasBusy = busy.exchange(true, ordering: .acquiring)
    precondition(
      !wasBusy, "a pool runs one job at a time: give an inner job a pool of its own")
    self.job = job
    number &+= 1
    gate.store(number << Self.numberShift | Self.open, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 { wakeSleepers() }
    job(0)
    gate.bitwiseAnd(~Self.open, ordering: .acquiringAndReleasing)
    var turns = 0
    while gate.load(ordering: .acquiring) & Self.insideMask > 0 {
      turns += 1
      guard turns > Self.callerTurns else { continue }
      pthread_mutex_lock(lock)
      callerSleeps.store(true, ordering: .sequentiallyConsistent)
      while gate.load(ordering: .sequentiallyConsistent) & Self.insideMask > 0 {
        pthread_cond_wait(finished, lock)
      }
      callerSleeps.store(false, ordering: .sequentiallyConsistent)
      pthread_mutex_unlock(lock)
    }
    self.job = { _ in }
    busy.store(false, ordering: .releasing)
  }

  private func wakeSleepers() {
    pthread_mutex_lock(lock)
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(lock)
  }

  /// A frame of its own, so that the job is let go of before the worker reports back.
  @inline(never)
  private func perform(_ number: Int) {
    job(number)
  }

  /// Whether there is something to do: an open gate with a job not seen yet, or the end.
  private func isCalled(_ state: Int, seen: Int) -> Bool {
    state & Self.open != 0 && state >> Self.numberShift != seen
      || dismissed.load(ordering: .sequentiallyConsistent)
  }

  /// Waits for the next job, first spinning, then asleep.
  private func awaitCall(seen: Int) {
    var turns = 0
    while !isCalled(gate.load(ordering: .acquiring), seen: seen) {
      turns += 1
      guard turns > Self.helperTurns else { continue }
      pthread_mutex_lock(lock)
      sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
      while !isCalled(gate.load(ordering: .sequentiallyConsistent), seen: seen) {
        pthread_cond_wait(wake, lock)
      }
      sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent)
      pthread_mutex_unlock(lock)
    }
  }

  fileprivate func serve(as worker: Int) {
    var seen = 0
    while true {
      awaitCall(seen: seen)
      if dismissed.load(ordering: .acquiring) { return }
      let state = gate.load(ordering: .acquiring)
      guard state & Self.open != 0, state >> Self.numberShift != seen else { continue }
      let entry = gate.compareExchange(
        expected: state, desired: state + 1, ordering: .acquiringAndReleasing)
      guard entry.exchanged else { continue }
      seen = state >> Self.numberShift
      perform(worker)
      let left = gate.wrappingSubtract(1, ordering: .sequentiallyConsistent).newValue
      if left & Self.insideMask == 0, callerSleeps.load(ordering: .sequentiallyConsistent) {
        pthread_mutex_lock(lock)
        pthread_cond_signal(finished)
        pthread_mutex_unlock(lock)
      }
    }
  }
}

/// What a helper thread is handed: its crew and its number.
private final class Post {
  let crew: Crew
  let number: Int

  init(crew: Crew, number: Int) {
    self.crew = crew
    self.number = number
  }
}

private func crewThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  let post = Unmanaged<Post>.fromOpaque(argument).takeRetainedValue()
  post.crew.serve(as: post.number)
  return nil
}
