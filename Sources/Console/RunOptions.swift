import ArgumentParser
import Explanations
import Glibc
import Parallel
import Reports

/// The flags that every command has: how much runs, and how results are shown.
public struct RunOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Threads; all cores by default. Results do not depend on it.", valueName: "count"))
  public var threads: Int?

  @Flag(name: .long, help: "Results as JSON.")
  public var json = false

  @Flag(name: .shortAndLong, help: "No progress, and no report unless --json asks for one.")
  public var quiet = false

  public init() {}

  public func validate() throws {
    if let threads, !(1...1_024).contains(threads) {
      throw ValidationError("--threads is \(threads); expected a whole number from 1 to 1024")
    }
  }

  public var pool: WorkerPool { WorkerPool(threadCount: threads) }

  public func progressLine(in language: ReasonLanguage = .english) -> ProgressLine {
    ProgressLine(isQuiet: quiet, in: language == .spanish ? .spanishProgress : nil)
  }

  /// Prints a report to standard output, as text of the terminal's width or as JSON.
  ///
  /// - Parameters:
  ///   - asProgress: standard output holds something else; the report goes to standard error.
  ///   - language: of the text; JSON, which is for programs, is the same in all.
  public func show(
    _ report: some Report, asProgress: Bool = false, in language: ReasonLanguage = .english
  ) throws {
    try show(report, asProgress: asProgress, in: language) { $0.text(width: $1) }
  }

  /// As above, with another text than the report's own.
  public func show<R: Report>(
    _ report: R, asProgress: Bool = false, in language: ReasonLanguage = .english,
    as text: (R, _ width: Int) -> String
  ) throws {
    guard json || !quiet else { return }
    let shown =
      json
      ? try report.json()
      : PhraseBook.saying(in: language == .spanish ? .spanish : nil) { text(report, Self.width) }
    if asProgress { writeToStandardError(shown) } else { print(shown, terminator: "") }
  }

  /// The terminal's columns, between 60 and 120; 100 where output goes elsewhere.
  static var width: Int {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return 100 }
    return min(max(Int(size.ws_col), 60), 120)
  }
}

/// Whether a file is there and can be read.
public func isReadable(_ path: String) -> Bool {
  access(path, R_OK) == 0
}
