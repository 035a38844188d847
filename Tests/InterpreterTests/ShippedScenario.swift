import Analysis
import Diagnostics
import Foundation
import Interpreter
import Testing

/// A file of the folder `scenarios/`.
struct ShippedScenario: Hashable, CustomTestStringConvertible {
  /// The path from `scenarios/`, such as `consensus/message-flow.yaml`.
  let path: String

  var testDescription: String { path }

  /// All of them, in the order of their paths.
  static let all: [ShippedScenario] = {
    let names = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().map { ShippedScenario(path: $0) }
  }()

  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("scenarios")

  private var file: URL { Self.folder.appendingPathComponent(path) }

  /// The text of the file.
  func text() throws -> String { try String(contentsOf: file, encoding: .utf8) }

  /// The file as the interpreter compiles it.
  func compiled(_ settings: [ParameterSetting] = []) throws -> CompiledScenario {
    let folder = file.deletingLastPathComponent()
    return Interpreter.compile(
      SourceFile(name: path, text: try text()), settings: settings,
      resolve: { name in
        (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8))
          .map { SourceFile(name: name, text: $0) }
      })
  }

  /// The result of each cell of its matrix; one without a matrix.
  func results() throws -> [RunResult] {
    try compiled().cells.map { Interpreter.run($0.plan) }
  }
}
