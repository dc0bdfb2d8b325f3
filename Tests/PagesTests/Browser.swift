import Foundation
import Testing

/// Chromium without a window.
struct Browser {
  struct Look: Sendable {
    /// CSS pixels.
    let width: Int
    let isDark: Bool
  }

  /// What `Fixtures/page-check.js` finds.
  struct Outcome: Decodable {
    let texts: Int
    let drawings: Int
    /// The least contrast of a text with what is under it.
    let least: Double
    let complaints: [String]
  }

  static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "pages-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Lays a page out in a frame of the width and measures it.
  func measured(_ html: String, look: Look) throws -> Outcome {
    defer { try? FileManager.default.removeItem(at: folder) }
    // The page forbids scripts, also those of its surroundings.
    var page = html.replacingOccurrences(
      of: "<meta http-equiv=\"Content-Security-Policy\"", with: "<meta name=\"policy\"")
    page = page.replacingOccurrences(
      of: "(prefers-color-scheme:dark)", with: look.isDark ? "all" : "not all")
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/page-check.js")
    let quoted = page.replacingOccurrences(of: "&", with: "&amp;")
      .replacingOccurrences(of: "\"", with: "&quot;")
    let surroundings = """
      <!doctype html><meta charset="utf-8"><pre id="result"></pre>
      <iframe style="width:\(look.width)px;height:800px;border:0" srcdoc="\(quoted)"></iframe>
      <script>\(try String(contentsOf: script, encoding: .utf8))</script>
      """
    let dump = try run(surroundings, "--dump-dom").output
    let result = try #require(
      dump.components(separatedBy: "<pre id=\"result\">").dropFirst().first?
        .components(separatedBy: "</pre>").first)
    let plain = result.replacingOccurrences(of: "&lt;", with: "<")
      .replacingOccurrences(of: "&gt;", with: ">").replacingOccurrences(of: "&amp;", with: "&")
    return try JSONDecoder().decode(Outcome.self, from: Data(plain.utf8))
  }

  /// What the page says on the browser's console.
  func console(_ html: String) throws -> [String] {
    defer { try? FileManager.default.removeItem(at: folder) }
    return try run(html, "--enable-logging=stderr", "--dump-dom").errors
      .components(separatedBy: "\n").filter { $0.contains("CONSOLE") }
  }

  private func run(_ html: String, _ options: String...) throws -> (output: String, errors: String)
  {
    let file = folder.appendingPathComponent("page.html")
    try Data(html.utf8).write(to: file)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.path ?? "")
    process.arguments =
      [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--user-data-dir=\(folder.path)/profile", "--window-size=1400,1000",
      ] + options + [file.absoluteString]
    // Files, not pipes: a pipe that nobody empties would hold the browser up.
    let (output, errors) = (
      folder.appendingPathComponent("output"), folder.appendingPathComponent("errors")
    )
    for url in [output, errors] { try Data().write(to: url) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return (
      try String(contentsOf: output, encoding: .utf8),
      try String(contentsOf: errors, encoding: .utf8)
    )
  }
}
