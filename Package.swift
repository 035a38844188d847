// swift-tools-version: 6.2
import PackageDescription

/// The rules every target is built under; `CONCLAVE_STRICT`, set by `.ci/run`, makes warnings errors.
let house: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (Context.environment["CONCLAVE_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// The targets with unsafe storage and their tests; `.ci/addresses` builds them and no others.
let unsafeTargets = [
  "CLibYAML", "Diagnostics", "ScenarioSyntax", "SystemModel", "Simulation", "TestSupport",
  "ScenarioSyntaxTests", "SystemModelTests", "SimulationTests",
]

/// A library target of the pipeline, in the order in which data flows through them.
func part(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: house)
}

/// The tests of one part: the source tree mirrored, and beside them, in folders that are read by
/// the tests and not compiled, their fixtures and goldens.
func tests(
  _ name: String, _ dependencies: [Target.Dependency], data folders: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies + ["TestSupport"], exclude: folders,
    swiftSettings: house)
}

let package = Package(
  name: "conclave",
  products: [.executable(name: "conclave", targets: ["conclave"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    .systemLibrary(
      name: "CLibYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    part("Diagnostics"),
    part("ScenarioSyntax", ["Diagnostics", "CLibYAML"]),
    part("Expressions", ["Diagnostics"]),
    part("SystemModel"),
    part("Protocols", ["SystemModel"]),
    part("Simulation", ["SystemModel"]),
    part("Analysis", ["SystemModel", "Expressions", "Diagnostics"]),
    part(
      "Compiler",
      ["Diagnostics", "ScenarioSyntax", "Expressions", "SystemModel", "Protocols", "Analysis"]),
    part(
      "Interpreter",
      [
        "Diagnostics", "ScenarioSyntax", "Expressions", "SystemModel", "Protocols", "Simulation",
        "Analysis", "Compiler",
      ]),
    part("Search", ["Interpreter", "ScenarioSyntax", "SystemModel", "Analysis"]),
    part("Reports", ["SystemModel", "Diagnostics", "Analysis"]),
    .executableTarget(
      name: "conclave",
      dependencies: [
        "Diagnostics", "SystemModel", "Analysis", "Interpreter", "Search", "Reports",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: house),
    .executableTarget(
      name: "conclave-bench",
      dependencies: [
        "CLibYAML", "Diagnostics", "SystemModel", "Simulation", "Analysis", "Interpreter",
        "Search",
      ], swiftSettings: house),
    .target(
      name: "TestSupport", dependencies: ["Diagnostics", "SystemModel"],
      path: "Tests/TestSupport", swiftSettings: house),
    tests("Diagnostics", ["Diagnostics"], data: ["Goldens"]),
    tests("ScenarioSyntax", ["ScenarioSyntax", "Diagnostics"], data: ["Fixtures", "Goldens"]),
    tests(
      "Expressions", ["Expressions", "Diagnostics"],
      data: ["Checking/Goldens", "Evaluation/Goldens"]),
    tests("SystemModel", ["SystemModel"]),
    tests("Protocols", ["Protocols", "SystemModel"]),
    tests("Simulation", ["Simulation", "SystemModel"]),
    tests("Analysis", ["Analysis", "Expressions", "SystemModel", "Diagnostics"]),
    tests(
      "Compiler",
      [
        "Compiler", "ScenarioSyntax", "Expressions", "SystemModel", "Protocols", "Analysis",
        "Diagnostics",
      ], data: ["Goldens"]),
    tests(
      "Interpreter",
      [
        "Interpreter", "Reports", "ScenarioSyntax", "Expressions", "Protocols", "Analysis",
        "SystemModel", "Diagnostics",
      ], data: ["Goldens", "Recorded/Goldens"]),
    tests(
      "Search",
      ["Search", "Interpreter", "ScenarioSyntax", "Analysis", "SystemModel", "Diagnostics"],
      data: ["Goldens", "Shrinking/Fixtures", "Shrinking/Goldens", "Shrinking/Shrunk"]),
    tests(
      "Reports", ["Reports", "Interpreter", "Analysis", "SystemModel", "Diagnostics"],
      data: ["Goldens"]),
    tests("CommandLine", ["conclave"], data: ["Goldens"]),
  ]
)

// For a short edit-test loop: `CONCLAVE_TESTS="Search Reports"` builds these tests and no others.
if let chosen = Context.environment["CONCLAVE_TESTS"]?.split(separator: " ") {
  package.targets.removeAll { target in
    target.type == .test && !chosen.contains { target.name == "\($0)Tests" }
  }
}

if Context.environment["CONCLAVE_UNSAFE_ONLY"] != nil {
  package.products = []
  package.dependencies = []
  package.targets.removeAll { !unsafeTargets.contains($0.name) }
}
