import Explanations
import Features
import Foundation
import Models
import Reports
import Testing

@testable import Pages

/// Drawings of what a column does, with awkward names and shapes.
@Suite(.serialized) struct ShapeChartTests {
  private static let cities =
    [
      "Madrid", "A<&>\"B", "Ciudad de México",
      "the other provider that we have had since 2019 – see notes",
    ]
    + (0..<30).map { "city number \($0)" }

  private static let pipeline = TreePipeline(
    levelSources: [
      .category(CategoryLevels(column: "city", levels: cities, rareLevelHashes: [])),
      .flag(column: "consent"),
    ],
    encoders: [
      .number(NumberBins(input: .column("visits"), thresholds: BinThresholds([1, 3.5, 8, 20]))),
      .levels(
        LevelBins(
          source: 0, kind: .categories, binCount: cities.count + 1,
          bins: cities.indices.map { UInt8($0) })),
      .number(
        NumberBins(
          input: .column(
            "annual revenue of the company in thousands of euros, as of the last year that is known"
          ),
          thresholds: BinThresholds((1...200).map { Double($0) * 123_457 }))),
      .number(NumberBins(input: .column("flat"), thresholds: BinThresholds([0.001]))),
      .levels(LevelBins(source: 1, kind: .categories, binCount: 3, bins: [0, 1])),
    ])

  private static let columns = [
    "visits", "city",
    "annual revenue of the company in thousands of euros, as of the last year that is known",
    "flat",
  ]

  private static let model = AdditiveModel(
    features: pipeline.features, intercept: -1,
    curves: [
      .init(
        feature: 0, values: [-0.5, 0.25, 0.5, 0.75, 1, -0.2], weights: [40, 20, 20, 10, 0, 10]),
      .init(
        feature: 1, values: cities.indices.map { Double($0 * 7 % 34) / 8 - 2 } + [0.1],
        weights: cities.indices.map { Double(40 - $0) } + [3]),
      .init(
        feature: 2, values: (0...200).map { sin(Double($0) / 20) } + [-1.4],
        weights: (0...200).map { 300 / Double($0 + 1) } + [2]),
      .init(feature: 3, values: [0, 0, 0], weights: [10, 10, 0]),
      .init(feature: 4, values: [-0.3, 0.5, 0], weights: [10, 10, 0]),
    ], surfaces: [])

  private static func svg(_ column: String, in language: ReasonLanguage = .english) -> String {
    ShapeReport(model: "m@v0001", column: column, of: model, pipeline: pipeline).svg(in: language)
  }

  @Test func theDrawingIsWellFormedWhateverTheNames() throws {
    for column in Self.columns {
      let svg = Self.svg(column)
      #expect(svg.hasPrefix("<svg ") && svg.contains("</svg>"))
      #expect(!svg.contains("A<&>"))
      // Each element is closed: a reader of another kind agrees.
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = [
        "python3", "-c", "import sys, xml.dom.minidom as m; m.parseString(sys.stdin.buffer.read())",
      ]
      let input = Pipe()
      process.standardInput = input
      try process.run()
      input.fileHandleForWriting.write(Data(svg.utf8))
      try input.fileHandleForWriting.close()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    #expect(Self.svg("visits").contains("<path class=\"shape-line\" d=\"M"))
    #expect(Self.svg("city").contains("A&lt;&amp;&gt;&quot;B"))
    #expect(Self.svg("city").contains("Not shown: rarer levels, 10."))
  }

  @Test func theDrawingIsSpanishThroughout() throws {
    let svg = Self.svg("visits", in: .spanish)
    #expect(svg.contains("<title id=\"shape-t\">visits en m@v0001</title>"))
    #expect(svg.contains(">sin rellenar<") && svg.contains("log-odds de media"))
    #expect(svg.contains(">3,5<") && !svg.contains(">3.5<"))
    #expect(svg.contains(">+0,5<"))
    #expect(Self.svg("consent", in: .spanish).contains(">sí<"))
    #expect(Self.svg("consent").contains(">yes<"))
    #expect(Self.svg("city", in: .spanish).contains("No se muestran niveles menos frecuentes: 10."))
    #expect(Self.svg("city", in: .spanish).contains(#/[+−][0-9],[0-9]{2} \([0-9]+,[0-9]\u{A0}%\)/#))
  }

  /// As a browser lays it out: alone, and in a narrow column.
  @Test(
    .enabled(if: Browser.path != nil), arguments: ShapeChartTests.columns, [false, true])
  func textsKeepApartAndContrast(column: String, isDark: Bool) throws {
    for language in ReasonLanguage.allCases {
      let html =
        "<!doctype html><meta charset=\"utf-8\"><body style=\"margin:0\">"
        + Self.svg(column, in: language) + "</body>"
      let outcome = try Browser().measured(html, look: Browser.Look(width: 800, isDark: isDark))
      #expect(outcome.complaints.isEmpty, "\(outcome.complaints.joined(separator: "\n"))")
      #expect(outcome.texts > 5 && outcome.drawings == 1 && outcome.least >= 4.5)
    }
  }
}
