import Analysis
import Diagnostics
import Foundation
import Interpreter
import Search
import Testing

/// Scenarios that fail, compiled from texts and files.
enum Shrinking {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
  static let root = folder.deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The shipped scenarios that are expected to fail, by their paths from `scenarios/`.
  static let failing: [String] = {
    let scenarios = root.appending(path: "scenarios")
    let names = FileManager.default.enumerator(atPath: scenarios.path)?.allObjects as? [String]
    return (names ?? []).filter { $0.hasSuffix(".yaml") }.sorted().filter { name in
      let text = try? String(contentsOf: scenarios.appending(path: name), encoding: .utf8)
      return text?.contains("\nexpect: {fail:") ?? false
    }
  }()

  static func shipped(
    _ path: String, seed: UInt64? = nil, settings: [ParameterSetting] = []
  ) throws -> CompiledScenario {
    try compile(
      root.appending(path: "scenarios").appending(path: path), seed: seed, settings: settings)
  }

  /// What a shipped scenario is shrunk to, as `.ci/failures` keeps it.
  static func kept(_ path: String) throws -> String {
    let name = path.replacing("/", with: "_")
    return try String(
      contentsOf: folder.appending(path: "Shrunk").appending(path: name), encoding: .utf8)
  }

  static func fixture(_ name: String, seed: UInt64? = nil) throws -> CompiledScenario {
    try compile(folder.appending(path: "Fixtures").appending(path: name), seed: seed)
  }

  private static func compile(
    _ file: URL, seed: UInt64? = nil, settings: [ParameterSetting] = []
  ) throws -> CompiledScenario {
    let text = try String(contentsOf: file, encoding: .utf8)
    let compiled = Interpreter.compile(
      SourceFile(name: file.lastPathComponent, text: text), settings: settings, seed: seed,
      resolve: { name in
        let base = file.deletingLastPathComponent().appending(path: name)
        return (try? String(contentsOf: base, encoding: .utf8))
          .map { SourceFile(name: name, text: $0) }
      })
    let words = DiagnosticRenderer(compiled.sources).text(compiled.diagnostics)
    try #require(!compiled.cells.isEmpty, "\(words)")
    return compiled
  }

  /// What a search makes of a scenario.
  static func shrunk(
    _ scenario: CompiledScenario, file: String = "test.yaml", jobs: Int = 1, runs: Int = 10_000
  ) async throws -> Shrink.Outcome {
    let shrink = try #require(Shrink(scenario, file: file, runLimit: runs))
    return await shrink.run(jobs: jobs)
  }

  /// What is left of something.
  static func left(_ what: String, of outcome: Shrink.Outcome) -> Int64 {
    outcome.summary.changes.first { $0.what == what }?.after ?? 0
  }
}
