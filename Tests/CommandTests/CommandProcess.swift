import Foundation
import Glibc

/// One of the commands, built beside the tests.
enum KelvinCommand: String {
  case train = "kelvin-train"
  case score = "kelvin-score"
  case crm = "kelvin-crm"

  /// The build folder holds the commands beside the program that runs the tests.
  var path: String {
    Bundle.main.bundleURL.appendingPathComponent(rawValue).path
  }
}

/// How a command ended and what it said.
struct CommandResult {
  /// The exit status, or 128 and the number of the signal that ended it, as a shell says it.
  let status: Int32
  let outputBytes: [UInt8]
  let errors: String

  var output: String { String(decoding: outputBytes, as: UTF8.self) }

  /// Standard output as one line, however it was wrapped.
  var sentences: String { output.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  /// Standard output as one JSON object.
  func json() throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(outputBytes))
    guard let object = value as? [String: Any] else { throw CommandProblem.notAnObject }
    return object
  }
}

enum CommandProblem: Error {
  case notAnObject
  case cannotStart(program: String, code: Int32)
}

/// A running command whose output goes to two files.
final class CommandProcess {
  private let process: pid_t
  private let outputPath: String
  private let errorPath: String

  /// - Parameters:
  ///   - program: an absolute path.
  ///   - folder: where it runs.
  ///   - captures: the folder for what it says; not the one it works in.
  init(program: String, arguments: [String], folder: String, captures: String) throws {
    let name = UUID().uuidString
    outputPath = "\(captures)/\(name).out"
    errorPath = "\(captures)/\(name).err"

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, outputPath, O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errorPath, O_WRONLY | O_CREAT, 0o600)

    // A test runner may ignore signals; the command must start as it does from a shell.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var environment = ProcessInfo.processInfo.environment
    // A crash must end the command at once, not after minutes of symbolication.
    environment["SWIFT_BACKTRACE"] = "enable=no"
    var child: pid_t = 0
    // `env` changes the folder and becomes the program, under the same process id.
    let env = "/usr/bin/env"
    let code = withCStrings([env, "-C", folder, program] + arguments) { arguments in
      withCStrings(environment.map { "\($0)=\($1)" }) { environment in
        posix_spawn(&child, env, &actions, &attributes, arguments, environment)
      }
    }
    guard code == 0 else { throw CommandProblem.cannotStart(program: program, code: code) }
    process = child
  }

  func send(_ signal: Int32) {
    kill(process, signal)
  }

  func wait() throws -> CommandResult {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    let ended = status & 0x7F
    let code = ended == 0 ? (status >> 8) & 0xFF : 128 + ended
    let output = try Data(contentsOf: URL(fileURLWithPath: outputPath))
    let errors = try Data(contentsOf: URL(fileURLWithPath: errorPath))
    unlink(outputPath)
    unlink(errorPath)
    return CommandResult(
      status: code, outputBytes: Array(output), errors: String(decoding: errors, as: UTF8.self))
  }
}

private func withCStrings<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}
