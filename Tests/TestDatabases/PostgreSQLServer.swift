import Foundation
import Glibc

/// A PostgreSQL server of the tests' own, on loopback: started with the first use, one for the process,
/// with a folder and a port of its own, so that test processes beside each other do not meet.
///
/// A shell waits for the end of a pipe that this process holds, then stops the server and removes its
/// folder: however this process ends, nothing is left behind.
public final class PostgreSQLServer: Sendable {
  /// What a test meets that cannot have a server.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  public static let user = "kelvin"
  public static let password = "Sécret-of-the-tests"
  private static let started = Result { try PostgreSQLServer() }

  /// - Throws: `Failure`, where PostgreSQL is not installed or does not start.
  public static func shared() throws -> PostgreSQLServer { try started.get() }

  public let port: Int
  /// Where the server's socket is.
  public let folder: String
  private let programs: String
  private let names = NameCounter()

  private init() throws {
    programs = try Self.findPrograms()
    var template = Array((NSTemporaryDirectory() + "/kelvin-postgresql-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(description: "no temporary folder") }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let passwordFile = folder + "/password"
    try Data(Self.password.utf8).write(to: URL(fileURLWithPath: passwordFile))
    // PostgreSQL refuses to run as root.
    let asServer =
      geteuid() == 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : []
    if !asServer.isEmpty { try Self.run(["chown", "-R", "postgres:postgres", folder]) }
    let data = folder + "/data"
    try Self.run(
      asServer + [
        programs + "/initdb", "-D", data, "-U", Self.user, "--pwfile", passwordFile,
        "--auth-local=trust", "--auth-host=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8",
        "--no-sync",
      ])
    // A port that is free now may be taken a moment later.
    var attempt = 0
    while true {
      let port = try Self.freePort()
      let options =
        "-c listen_addresses=127.0.0.1 -c port=\(port) -c unix_socket_directories=\(folder) "
        + "-c fsync=off -c max_connections=60"
      do {
        try Self.run(
          asServer + [
            programs + "/pg_ctl", "start", "-w", "-t", "300", "-D", data, "-l", folder + "/log",
            "-o", options,
          ])
        self.port = port
        break
      } catch {
        attempt += 1
        guard attempt < 5 else { throw error }
      }
    }
    try Self.stopAtExit(
      asServer + [programs + "/pg_ctl", "stop", "-m", "immediate", "-D", data], folder: folder)
  }

  /// A database of its own, empty.
  /// - Returns: the connection string, password and all.
  public func makeDatabase() throws -> String {
    let name = "test_\(names.next())"
    try sql("CREATE DATABASE \(name)", in: connection(database: "postgres"))
    return connection(database: name)
  }

  public func connection(database: String) -> String {
    "host=127.0.0.1 port=\(port) dbname=\(database) user=\(Self.user) password=\(Self.password)"
  }

  /// Runs SQL with `psql`.
  /// - Returns: what it prints: rows a line, a bar between cells.
  @discardableResult
  public func sql(_ sql: String, in connection: String) throws -> String {
    try Self.run(
      [programs + "/psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", connection],
      input: sql)
  }

  private static func findPrograms() throws -> String {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    let newest = versions.compactMap { Int($0) }.max()
    guard let newest, access("\(root)/\(newest)/bin/initdb", X_OK) == 0 else {
      throw Failure(description: "no PostgreSQL server in \(root): `make test` installs one")
    }
    return "\(root)/\(newest)/bin"
  }

  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isBound else { throw Failure(description: "no free port on loopback") }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  @discardableResult
  private static func run(_ command: [String], input: String = "") throws -> String {
    let name = NSTemporaryDirectory() + "/kelvin-\(UUID().uuidString)"
    let (given, printed) = (name + ".in", name + ".out")
    defer {
      unlink(given)
      unlink(printed)
    }
    try Data(input.utf8).write(to: URL(fileURLWithPath: given))
    let status = try ChildProcess(command, input: .file(given), output: printed).wait()
    let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: printed)), as: UTF8.self)
    guard status == 0 else {
      throw Failure(description: "\(command.joined(separator: " ")): \(text)")
    }
    return text
  }

  private static func stopAtExit(_ stop: [String], folder: String) throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw Failure(description: "no pipe") }
    // Closed in every other child: this process alone holds the end that is written to, until it ends.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let script = "trap '' INT TERM HUP; cat; \"$@\"; rm -rf \"$0\""
    _ = try ChildProcess(
      ["sh", "-c", script, folder] + stop, input: .descriptor(ends[0]), output: "/dev/null")
    close(ends[0])
  }
}

/// Numbers that no two tests share.
private final class NameCounter: @unchecked Sendable {
  private let lock = NSLock()
  private var count = 0

  func next() -> Int {
    lock.withLock {
      count += 1
      return count
    }
  }
}
