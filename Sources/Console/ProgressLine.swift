import Glibc
import Parallel
import Reports
import Synchronization

/// Shows progress on standard error: a bar that is redrawn on a terminal, a line a second otherwise,
/// nothing where the job is over within a second.
public final class ProgressLine: Sendable {
  private struct State {
    var startedAt: Double
    var lastShown: Double
    var drawn = false
  }

  private let isTerminal: Bool
  private let isQuiet: Bool
  private let book: PhraseBook?
  private let state: Mutex<State>

  /// - Parameter book: says what is done in another language; `nil` is English.
  public init(isQuiet: Bool, in book: PhraseBook? = nil) {
    self.isQuiet = isQuiet
    self.book = book
    isTerminal = isatty(STDERR_FILENO) == 1
    let now = Self.now()
    state = Mutex(State(startedAt: now, lastShown: now))
  }

  /// A closure to hand to the job.
  public var sink: ProgressSink { { self.show($0) } }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private func show(_ progress: Parallel.Progress) {
    guard !isQuiet else { return }
    state.withLock { state in
      let now = Self.now()
      // A bar moves ten times a second, a log gets a line a second.
      guard now - state.lastShown >= (isTerminal ? 0.1 : 1) else { return }
      state.lastShown = now
      let seconds = Int(now - state.startedAt)
      if isTerminal {
        state.drawn = true
        write("\r\u{1B}[K\(bar(progress))  \(seconds) s")
      } else {
        write("\(words(progress)) (\(seconds) s)\n")
      }
    }
  }

  /// Takes the bar off the terminal, so that results start on a clean line.
  public func finish() {
    state.withLock { state in
      if state.drawn { write("\r\u{1B}[K") }
      state.drawn = false
    }
  }

  private func write(_ text: String) { writeToStandardError(text) }

  func bar(_ progress: Parallel.Progress) -> String {
    guard let total = progress.total, total > 0 else { return words(progress) }
    let width = 24
    let filled = min(width, progress.done * width / total)
    let drawn =
      String(repeating: "━", count: filled) + String(repeating: "╌", count: width - filled)
    return "\(drawn) \(words(progress))"
  }

  func words(_ progress: Parallel.Progress) -> String {
    let stage = said(progress.stage)
    if let total = progress.total { return "\(stage): " + said("\(progress.done) of \(total)") }
    return progress.done > 0 ? "\(stage): \(progress.done)" : stage
  }

  private func said(_ english: String) -> String { book?(english) ?? english }
}
