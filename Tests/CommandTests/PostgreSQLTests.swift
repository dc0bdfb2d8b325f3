import Foundation
import TestDatabases
import Testing

/// The commands against a server that demands a password: every way in which libpq takes one works, and
/// it is seen nowhere.
@Suite struct PostgreSQLTests {
  /// A way to give a password, as a line of shell before a command.
  enum Way: String, CaseIterable {
    case connection, service, environment, passwordFile, homeFolder
  }

  private static let secret = PostgreSQLServer.password
  private let place: Workspace
  private let settings: [String: String]

  init() throws {
    place = try Workspace(SampleLeads())
    let server = try PostgreSQLServer.shared()
    let database = try server.makeDatabase()
    var settings: [String: String] = [:]
    for setting in database.split(separator: " ") {
      let parts = setting.split(separator: "=", maxSplits: 1)
      settings[String(parts[0])] = String(parts[1])
    }
    self.settings = settings
    try server.sql(
      """
      CREATE TABLE leads (lead_id text, source text, visits int, employees int, created_at date,
        points int, stage text);
      \\copy leads FROM '\(place.path("leads.csv"))' (FORMAT csv, HEADER)
      """, in: database)
  }

  private func setting(_ name: String) -> String { settings[name] ?? "" }

  /// The connection without a password.
  private var open: String {
    ["host", "port", "dbname", "user"].map { "\($0)=\(setting($0))" }.joined(separator: " ")
  }

  /// A line of `~/.pgpass`.
  private func passwordLine(_ password: String) -> String {
    ["host", "port", "dbname", "user"].map(setting).joined(separator: ":") + ":\(password)\n"
  }

  private func writePrivate(_ name: String, _ text: String) throws {
    try place.write(name, text)
    // libpq leaves a file alone that others can read.
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: place.path(name))
  }

  /// - Returns: variables for the shell, and the connection string.
  private func prepare(_ way: Way, password: String) throws -> (variables: String, String) {
    switch way {
    case .connection: return ("", "\(open) password=\(password)")
    case .service:
      let lines = ["host", "port", "dbname", "user"].map { "\($0)=\(setting($0))" }
      try place.write(
        "services.conf", "[crm]\n\(lines.joined(separator: "\n"))\npassword=\(password)\n")
      return ("PGSERVICEFILE=$PWD/services.conf", "service=crm")
    case .environment: return ("PGPASSWORD='\(password)'", open)
    case .passwordFile:
      try writePrivate("secrets", passwordLine(password))
      return ("PGPASSFILE=$PWD/secrets", open)
    case .homeFolder:
      try place.makeFolder("home")
      try writePrivate("home/.pgpass", passwordLine(password))
      return ("HOME=$PWD/home", open)
    }
  }

  /// Fits the table of leads, and writes scores to another.
  private func run(_ way: Way, password: String) throws -> [CommandResult] {
    let (variables, connection) = try prepare(way, password: password)
    let leads = "--postgresql '\(connection)' --table leads"
    let fit = SampleLeads.fitArguments.filter { !["--data", "leads.csv"].contains($0) }
    return [
      try place.shell("env \(variables) $TRAIN \(fit.joined(separator: " ")) \(leads)"),
      try place.shell("env \(variables) $SCORE predict --model m \(leads) --to-table scores"),
    ]
  }

  /// All that the commands left in the folder, but what the test itself wrote.
  private func leavings() throws -> [(name: String, text: String)] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: place.folder)
    return try names.filter { name in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: place.path(name), isDirectory: &isFolder)
      return !isFolder.boolValue
        && !["services.conf", "secrets", "home/.pgpass"].contains(name)
    }.map { ($0, try place.text($0)) }
  }

  @Test(arguments: Way.allCases) func everyWayToGiveAPasswordWorksAndHidesIt(_ way: Way) throws {
    for result in try run(way, password: Self.secret) {
      #expect(result.status == 0, "\(result.errors)")
      #expect(!(result.output + result.errors).contains(Self.secret))
    }
    let names = try leavings().map(\.name)
    #expect(names.contains("m/v0001.kelvin") && names.contains("m/registry.json"))
    for (name, text) in try leavings() { #expect(!text.contains(Self.secret), "\(name)") }
  }

  @Test(arguments: Way.allCases) func wrongPasswordsAreRefusedAndNotSeen(_ way: Way) throws {
    let wrong = "Wr0ng-one"
    for result in try run(way, password: wrong) {
      #expect(result.status != 0)
      #expect(!(result.output + result.errors).contains(wrong), "\(result.errors)")
    }
    let (variables, connection) = try prepare(way, password: wrong)
    let features = try place.shell(
      "env \(variables) $TRAIN audit --target stage=Won --lost Lost "
        + "--postgresql '\(connection)' --table leads")
    #expect(features.status == 74)
    #expect(features.errors.contains("password authentication failed"), "\(features.errors)")
    #expect(!features.errors.contains(wrong))
    for (name, text) in try leavings() { #expect(!text.contains(wrong), "\(name)") }
  }

  @Test func aServerWithoutThePasswordIsNamed() throws {
    let result = try place.shell(
      "env HOME=/nonexistent PGPASSFILE=/nonexistent $TRAIN audit --target stage=Won --lost Lost "
        + "--postgresql '\(open)' --table leads")
    #expect(result.status == 74)
    #expect(result.errors.contains("no password supplied"), "\(result.errors)")
  }
}
