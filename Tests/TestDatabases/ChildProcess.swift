import Glibc

/// A child process that inherits nothing but its three standard files.
///
/// Foundation's `Process` takes a child for running as long as any process holds a socket that the child
/// inherited, which a server does for good.
struct ChildProcess {
  enum Input {
    case file(String)
    case descriptor(Int32)
  }

  private let identifier: pid_t

  /// - Parameters:
  ///   - command: a program, looked for in `PATH`, and its arguments.
  ///   - output: the file that takes what it prints, errors too.
  init(_ command: [String], input: Input, output: String) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    switch input {
    case .file(let path): posix_spawn_file_actions_addopen(&actions, 0, path, O_RDONLY, 0)
    case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, 0)
    }
    posix_spawn_file_actions_addopen(
      &actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, S_IRUSR | S_IWUSR)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // Closing what is not open is no error to the C library, below the limit.
    for descriptor in 3..<min(getdtablesize(), 1_024) {
      posix_spawn_file_actions_addclose(&actions, descriptor)
    }
    var arguments = command.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var identifier: pid_t = 0
    let code = posix_spawnp(&identifier, command[0], &actions, nil, arguments, environ)
    guard code == 0 else {
      throw PostgreSQLServer.Failure(
        description: "\(command[0]): \(String(cString: strerror(code)))")
    }
    self.identifier = identifier
  }

  /// - Returns: the exit status, or -1 where a signal ended it.
  func wait() throws -> Int32 {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0 {
      guard errno == EINTR else {
        throw PostgreSQLServer.Failure(description: String(cString: strerror(errno)))
      }
    }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -1
  }
}
