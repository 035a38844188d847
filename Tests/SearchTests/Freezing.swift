import Analysis
import Diagnostics
import Foundation
import Interpreter
import Search
import SystemModel
import TestSupport
import Testing

/// Frozen runs beside those they were made from.
enum Freezing {
  static func compiled(_ text: String, seed: UInt64? = nil) throws -> CompiledScenario {
    let compiled = Interpreter.compile(SourceFile(name: "test.yaml", text: text), seed: seed)
    let words = DiagnosticRenderer(compiled.sources).text(compiled.diagnostics)
    try #require(!compiled.cells.isEmpty, "\(words)")
    return compiled
  }

  static func frozen(_ text: String, seed: UInt64? = nil) throws -> FrozenScenario {
    try Freeze.frozen(compiled(text, seed: seed), cell: 0)
  }

  /// What happens in a run, in words and with instants; faults aside.
  static func story(_ scenario: CompiledScenario, seed: UInt64? = nil) -> [String] {
    var plan = scenario.cells[0].plan
    if let seed { plan.system.seed = seed }
    var reader = StoryReader(words: RecordText(plan.description, plan.system))
    _ = Interpreter.run(plan, reading: &reader)
    return reader.lines
  }

  static func expectSame(_ scenario: CompiledScenario, _ frozen: FrozenScenario) throws {
    let again = try Sweeping.compile(frozen.text)
    let wanted = story(scenario)
    #expect(wanted.count > 1)
    for seed: UInt64? in [nil, 77, 4242] {
      let found = story(again, seed: seed)
      let place = zip(wanted, found).enumerated().first { $1.0 != $1.1 }?.offset
      #expect(wanted == found, "first at \(place ?? -1): \(place.map { found[$0] } ?? "the end")")
    }
    let (first, second) = (
      Interpreter.run(scenario.cells[0].plan), Interpreter.run(again.cells[0].plan)
    )
    #expect(first.verdict == second.verdict && first.outcome == second.outcome)
    #expect(first.assertions.map(\.verdict) == second.assertions.map(\.verdict))
    #expect(frozen.hasSameHash == (first.traceHash == second.traceHash))
  }
}

/// Reads what happens into lines.
private struct StoryReader: TraceReader {
  let words: RecordText
  var lines: [String] = []

  mutating func read(_ part: Trace) {
    for record in part.records {
      switch record.kind {
      case .sent, .delivered, .handled, .timerFired, .callInvoked, .callCompleted, .observed,
        .fieldChanged, .listChanged, .crashed, .restarted, .ended:
        lines.append("\(record.at) \(words.text(record))")
      case .dropped:
        lines.append("\(record.at) lost \(record.from.index)>\(record.to.index) \(record.code)")
      default: break
      }
    }
  }
}

/// A file of the folder `scenarios/`.
struct ShippedFile: Hashable, CustomTestStringConvertible {
  let path: String

  var testDescription: String { path }

  static let all: [ShippedFile] = {
    let names = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().map { ShippedFile(path: $0) }
  }()

  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("scenarios")

  func compiled(seed: UInt64) throws -> CompiledScenario {
    let file = Self.folder.appendingPathComponent(path)
    let folder = file.deletingLastPathComponent()
    let compiled = Interpreter.compile(
      SourceFile(name: path, text: try String(contentsOf: file, encoding: .utf8)), seed: seed,
      resolve: { name in
        (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8))
          .map { SourceFile(name: name, text: $0) }
      })
    try #require(!compiled.cells.isEmpty)
    return compiled
  }
}
