import Foundation
import Glibc
import Testing

/// A folder of its own for one test, in which commands run; it goes with the value.
final class Workspace {
  /// Where commands run.
  let folder: String
  private let root: String

  init() throws {
    var template = Array("/tmp/kelvin-commands-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer -> String? in
      guard let start = buffer.baseAddress, mkdtemp(start) != nil else { return nil }
      return String(cString: start)
    }
    root = try #require(made)
    folder = root + "/work"
    mkdir(folder, 0o777)
    mkdir(root + "/captures", 0o777)
  }

  /// With the leads in `leads.csv`.
  convenience init(_ leads: SampleLeads) throws {
    try self.init()
    try write("leads.csv", leads.text)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: root)
  }

  func path(_ name: String) -> String { folder + "/" + name }

  func write(_ name: String, _ text: String) throws {
    try write(name, Array(text.utf8))
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
  }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  func text(_ name: String) throws -> String {
    String(decoding: try bytes(name), as: UTF8.self)
  }

  func exists(_ name: String) -> Bool { access(path(name), F_OK) == 0 }

  /// The names in the folder, or in one within it, hidden ones too.
  func names(_ name: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted()
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: path(name))
  }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: path(name), withIntermediateDirectories: true)
  }

  func start(_ command: KelvinCommand, _ arguments: [String]) throws -> CommandProcess {
    try CommandProcess(
      program: command.path, arguments: arguments, folder: folder, captures: root + "/captures")
  }

  func train(_ arguments: String...) throws -> CommandResult {
    try start(.train, arguments).wait()
  }

  func score(_ arguments: String...) throws -> CommandResult {
    try start(.score, arguments).wait()
  }

  /// Runs a line of shell, in which `$TRAIN` and `$SCORE` are the commands.
  func shell(_ line: String) throws -> CommandResult {
    try CommandProcess(
      program: "/bin/bash",
      arguments: [
        "-c", "TRAIN='\(KelvinCommand.train.path)'; SCORE='\(KelvinCommand.score.path)'; \(line)",
      ], folder: folder, captures: root + "/captures"
    ).wait()
  }

  /// Fits `leads.csv` as quickly as it goes, with flags alone, to the model `m`.
  @discardableResult
  func fit(_ more: String..., sourceLocation: SourceLocation = #_sourceLocation) throws
    -> CommandResult
  {
    let result = try start(.train, SampleLeads.fitArguments + more).wait()
    #expect(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
    return result
  }
}
