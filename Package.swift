// swift-tools-version: 6.2
import PackageDescription

// The house, floor by floor: a target imports only targets of lower floors (ARCHITECTURE.md).

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "Kelvin",
  products: [
    .executable(name: "kelvin-train", targets: ["kelvin-train"]),
    .executable(name: "kelvin-score", targets: ["kelvin-score"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Floor 0: system libraries, intrinsics, threads, spelling.
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev", "liblapacke-dev"])]),
    .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(
      name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .target(name: "CSimd"),
    .target(name: "Parallel"),
    .target(name: "Spelling"),

    // Floor 1: tables, matrices, measures, documents.
    .target(name: "Tables", dependencies: ["Parallel", "Spelling"]),
    .target(name: "LinearAlgebra", dependencies: ["COpenBLAS"]),
    .target(name: "Metrics"),
    .target(name: "YAMLDocuments", dependencies: ["Spelling", yams]),
    .target(
      name: "Vocabulary",
      resources: [
        .embedInCode("Data/countries.csv"), .embedInCode("Data/email-domains.csv"),
        .embedInCode("Data/titles.csv"),
      ]),

    // Floor 2: where leads come from, what they did, and which of them validate.
    .target(
      name: "Sources",
      dependencies: [
        "CPostgreSQL", "CSimd", "CXlsxWriter", "CZip", "CZlib", "Parallel", "Tables", sqlite,
      ]),
    .target(name: "Activities", dependencies: ["Parallel", "Tables", "YAMLDocuments"]),
    .target(name: "Validation"),

    // Floor 3: what is made of a lead, and what the user wrote.
    .target(
      name: "Features", dependencies: ["CSimd", "Parallel", "Tables", "Validation", "Vocabulary"]),
    .target(name: "History", dependencies: ["Activities", "Metrics", "Parallel", "Tables"]),
    .target(
      name: "Rules",
      dependencies: ["Activities", "Parallel", "Tables", "Vocabulary", "YAMLDocuments"]),
    .target(name: "Projects", dependencies: ["Sources", "Tables", "YAMLDocuments"]),

    // Floor 4: fitted models, and what is wrong with the leads.
    .target(
      name: "Audit", dependencies: ["Features", "Metrics", "Parallel", "Tables", "Validation"]),
    .target(
      name: "Models",
      dependencies: [
        "CSimd", "Features", "History", "Metrics", "Parallel", "Tables", "Validation", "Vocabulary",
      ]),

    // Floor 5: fits, files, reports.
    .target(
      name: "LogisticTraining",
      dependencies: ["Features", "LinearAlgebra", "Metrics", "Models", "Parallel"]),
    .target(
      name: "Calibration", dependencies: ["Features", "Metrics", "Models", "Tables", "Validation"]),
    .target(
      name: "TreeTraining",
      dependencies: ["CSimd", "Features", "Models", "Parallel", "Validation"]),
    .target(
      name: "ModelFiles",
      dependencies: ["Features", "Metrics", "Models", "Parallel", "Tables", crypto]),
    .target(
      name: "ProjectReading",
      dependencies: [
        "Activities", "Features", "History", "Metrics", "Models", "Parallel", "Projects", "Rules",
        "Sources", "Tables", "Vocabulary", "YAMLDocuments",
      ]),
    .target(
      name: "Explanations",
      dependencies: [
        "Activities", "Features", "History", "Metrics", "Models", "Parallel", "Tables",
      ]),
    .target(name: "Reports", dependencies: ["Audit", "Features", "Metrics", "Models", "Tables"]),

    // Floor 6: rules against model.
    .target(
      name: "Comparison",
      dependencies: [
        "Activities", "History", "Metrics", "Models", "Parallel", "Projects", "Reports", "Rules",
        "Tables", "Validation", "YAMLDocuments",
      ]),

    // Floor 6: whole points for rules.
    .target(
      name: "PointLearning",
      dependencies: [
        "Features", "LinearAlgebra", "LogisticTraining", "Metrics", "Models", "Parallel",
      ]),

    // Floor 6: reports as pages of HTML.
    .target(name: "Pages", dependencies: ["Explanations", "Metrics", "Models", "Reports"]),

    // Floor 7: the two jobs.
    .target(
      name: "TrainingRun",
      dependencies: [
        "Activities", "Audit", "CMalloc", "Calibration", "Comparison", "Explanations", "Features",
        "History", "LogisticTraining", "Metrics", "ModelFiles", "Models", "Parallel",
        "PointLearning", "ProjectReading", "Projects", "Reports", "Rules", "Sources", "Tables",
        "TreeTraining",
        "Validation", "Vocabulary", "YAMLDocuments",
      ]),
    .target(
      name: "ScoringRun",
      dependencies: [
        "Activities", "Calibration", "Comparison", "Explanations", "Features", "History",
        "ProjectReading", "Metrics", "ModelFiles", "Models",
        "Parallel", "Projects", "Reports", "Rules", "Sources", "Tables", "Validation", "Vocabulary",
        "YAMLDocuments",
      ]),

    // Floor 8: what the commands share: options, progress, exit codes.
    .target(
      name: "Console",
      dependencies: [
        "Activities", "CSimd", "Comparison", "Explanations", "Features", "History",
        "ProjectReading", "ModelFiles", "Parallel",
        "Projects", "Reports", "Rules", "ScoringRun", "Sources", "Tables", "Validation",
        "YAMLDocuments", argumentParser,
      ]),

    // Floor 9: the two commands.
    .executableTarget(
      name: "kelvin-train",
      dependencies: [
        "Console", "Pages", "PointLearning", "Projects", "Rules", "ScoringRun", "TrainingRun",
        argumentParser,
      ]),
    .executableTarget(
      name: "kelvin-score",
      dependencies: [
        "Comparison", "Console", "ModelFiles", "Pages", "Projects", "Reports", "ScoringRun",
        "Sources", argumentParser,
      ]),

    // A CRM to try Kelvin on, made up from a seed; nothing of the product imports it.
    .target(name: "GeneratedCRM", dependencies: ["Sources", "Validation"]),
    .executableTarget(
      name: "kelvin-crm", dependencies: ["GeneratedCRM", "Metrics", "Sources", argumentParser]),

    // Single steps, timed by `make bench`.
    .executableTarget(
      name: "kelvin-benchmarks",
      dependencies: [
        "Activities", "Calibration", "Explanations", "Features", "LogisticTraining", "Metrics",
        "Models", "Parallel", "Rules", "Sources", "Tables", "TreeTraining", "Validation",
        argumentParser,
      ],
      path: "Benchmarks/kelvin-benchmarks"),

    // A database server for the tests that need one.
    .target(name: "TestDatabases", path: "Tests/TestDatabases"),
    // Trees without any meaning for the tests of what scores and explains them.
    .target(name: "TestTrees", dependencies: ["Features", "Models"], path: "Tests/TestTrees"),

    .testTarget(name: "ParallelTests", dependencies: ["Parallel"]),
    .testTarget(name: "SpellingTests", dependencies: ["Spelling"]),
    .testTarget(name: "TablesTests", dependencies: ["Tables"]),
    .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra"]),
    .testTarget(name: "MetricsTests", dependencies: ["Metrics"], exclude: ["Fixtures"]),
    .testTarget(name: "VocabularyTests", dependencies: ["Vocabulary"]),
    .testTarget(name: "YAMLDocumentsTests", dependencies: ["YAMLDocuments"]),
    .testTarget(
      name: "SourcesTests",
      dependencies: [
        "CSimd", "CZip", "CZlib", "Parallel", "Sources", "Tables", "TestDatabases",
      ],
      exclude: ["Fixtures"]),
    .testTarget(name: "ActivitiesTests", dependencies: ["Activities", "Parallel", "Tables"]),
    .testTarget(name: "ValidationTests", dependencies: ["Validation"]),
    .testTarget(
      name: "FeaturesTests",
      dependencies: ["CSimd", "Features", "Parallel", "Tables", "Vocabulary"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "HistoryTests", dependencies: ["Activities", "History", "Parallel", "Tables"]),
    .testTarget(
      name: "AuditTests",
      dependencies: ["Audit", "Features", "Metrics", "Parallel", "Tables", "Validation"]),
    .testTarget(
      name: "RulesTests",
      dependencies: ["Activities", "Parallel", "Rules", "Tables", "Vocabulary", "YAMLDocuments"]),
    .testTarget(name: "ProjectsTests", dependencies: ["Projects", "Tables", "YAMLDocuments"]),
    .testTarget(
      name: "ModelsTests",
      dependencies: ["CSimd", "Features", "Metrics", "Models", "Parallel", "TestTrees"]),
    .testTarget(
      name: "ProjectReadingTests",
      dependencies: [
        "History", "Models", "Parallel", "ProjectReading", "Projects", "Sources", "Tables",
      ]),
    .testTarget(
      name: "LogisticTrainingTests", dependencies: ["LogisticTraining"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "CalibrationTests",
      dependencies: [
        "Calibration", "Features", "LogisticTraining", "Metrics", "Models", "Parallel", "Tables",
        "Validation",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "TreeTrainingTests",
      dependencies: ["CSimd", "Features", "Models", "Parallel", "Tables", "TreeTraining"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "ExplanationsTests",
      dependencies: [
        "Activities", "Explanations", "Features", "Models", "Parallel", "Tables", "TestTrees",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "ModelFilesTests",
      dependencies: [
        "Features", "Metrics", "ModelFiles", "Models", "Parallel", "Tables", "Vocabulary", crypto,
      ],
      exclude: ["Fixtures"]),
    // Runs the commands themselves, so that they are built before it.
    .testTarget(
      name: "CommandTests",
      dependencies: ["kelvin-crm", "kelvin-train", "kelvin-score", "TestDatabases"]),
    .testTarget(
      name: "TrainingRunTests",
      dependencies: [
        "Audit", "Explanations", "Features", "GeneratedCRM", "History", "Metrics", "ModelFiles",
        "Models",
        "Parallel", "PointLearning", "ProjectReading", "Projects", "Reports", "Rules", "Sources",
        "Tables", "TestDatabases", "TrainingRun", "TreeTraining", "Validation",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "ScoringRunTests",
      dependencies: [
        "Explanations", "Features", "Metrics", "ModelFiles", "Models", "Parallel", "Projects",
        "Reports", "Rules",
        "ScoringRun", "Sources", "Tables", "TrainingRun",
      ]),
    .testTarget(
      name: "ComparisonTests",
      dependencies: [
        "Comparison", "Metrics", "Models", "Parallel", "Reports", "Rules", "Tables",
        "YAMLDocuments",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "PointLearningTests",
      dependencies: ["LogisticTraining", "Metrics", "Parallel", "PointLearning"]),
    .testTarget(
      name: "PagesTests",
      dependencies: [
        "Comparison", "Explanations", "Features", "Models", "Pages", "Parallel", "Reports",
        "Tables",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "GeneratedCRMTests",
      dependencies: ["GeneratedCRM", "Parallel", "Sources", "Tables", "Vocabulary"]),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Audit", "Comparison", "Features", "Metrics", "Models", "Parallel", "Reports", "Tables",
      ],
      exclude: ["Fixtures"]),
  ],
  swiftLanguageModes: [.v6]
)
