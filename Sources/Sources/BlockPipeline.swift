import Glibc
import Parallel

/// Blocks read by one thread at a time, processed by all, consumed in file order by the calling one.
///
/// `@unchecked Sendable`: all mutable state is reached under `lock` only.
final class BlockPipeline<Output: Sendable>: @unchecked Sendable {
  private let reader: SharedReader
  private let limit: Int
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// Results that wait for those before them.
  private var ready: [Int: Result<Output, any Error>] = [:]
  private var nextIndex = 0
  /// Blocks taken and not yet consumed.
  private var inFlight = 0
  private var isDone = false
  private var failure: (any Error)?

  /// - Parameter limit: blocks taken and not yet consumed, at most.
  init(reader: SharedReader, limit: Int) {
    self.reader = reader
    self.limit = max(limit, 1)
    pthread_mutex_init(lock, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(lock)
    changed.deallocate()
    lock.deallocate()
  }

  private func locked<Value>(_ body: () -> Value) -> Value {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body()
  }

  func run(
    pool: WorkerPool, makeWorker: () -> StreamWorker,
    process: (StreamWorker, RecordBlock) throws -> Output, consume: (Output) throws -> Void
  ) throws {
    nonisolated(unsafe) let workers = (0..<pool.threadCount).map { _ in makeWorker() }
    // Worker 0 is the calling thread: it alone consumes.
    pool.forEach(pool.threadCount) { _, worker in
      serve(workers[worker], consumes: worker == 0, consume: consume, process: process)
    }
    // The calling thread may have found nothing left to do before others had finished.
    drain(consume)
    if let failure { throw failure }
    if let failure = reader.failure { throw failure }
  }

  private func serve(
    _ worker: StreamWorker, consumes: Bool, consume: (Output) throws -> Void,
    process: (StreamWorker, RecordBlock) throws -> Output
  ) {
    while true {
      if consumes { drain(consume) }
      let mayTake = locked { () -> Bool? in
        if isDone { return false }
        if inFlight < limit {
          inFlight += 1
          return true
        }
        if !consumes || ready[nextIndex] == nil { pthread_cond_wait(changed, lock) }
        return nil
      }
      guard let mayTake else { continue }
      guard mayTake else { break }
      guard let block = reader.next(into: worker.buffer) else {
        locked {
          inFlight -= 1
          isDone = true
          pthread_cond_broadcast(changed)
        }
        break
      }
      let result = Result { try process(worker, block) }
      locked {
        ready[block.index] = result
        if case .failure = result { isDone = true }
        pthread_cond_broadcast(changed)
      }
    }
    guard consumes else { return }
    // Blocks that others still work on are waited for, so that they are consumed as they come.
    while true {
      drain(consume)
      let isFinished = locked { () -> Bool in
        if inFlight == 0 || failure != nil { return true }
        if ready[nextIndex] == nil { pthread_cond_wait(changed, lock) }
        return false
      }
      if isFinished { return }
    }
  }

  /// Consumes what is ready and next in order. Called by the calling thread only.
  private func drain(_ consume: (Output) throws -> Void) {
    while true {
      let next = locked { () -> Result<Output, any Error>? in
        failure == nil ? ready.removeValue(forKey: nextIndex) : nil
      }
      guard let next else { return }
      var error: (any Error)?
      do { try consume(next.get()) } catch let caught { error = caught }
      locked {
        nextIndex += 1
        inFlight -= 1
        if let error {
          failure = error
          isDone = true
        }
        pthread_cond_broadcast(changed)
      }
    }
  }
}
