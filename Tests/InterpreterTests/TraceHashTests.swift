import Analysis
import Diagnostics
import Foundation
import Interpreter
import SystemModel
import TestSupport
import Testing

/// The trace hashes of all shipped scenarios, as they were recorded: as long as the semantics have
/// one version, a text gives one trace.
struct TraceHashTests {
  /// A line of the record: a text, a cell of it, and what it came to.
  private struct Entry: Equatable {
    let text: String
    let hash: String
  }

  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Goldens/trace-hashes.txt")

  @Test func noHashChangesWithoutTheSemantics() throws {
    let found = try ShippedScenario.all.flatMap(entries)
    let recorded = try Self.recorded()
    if recorded.semantics == EngineSemantics.version {
      for entry in found {
        // A text that is not recorded is a new one, or an edited one.
        guard let known = recorded.entries.first(where: { $0.text == entry.text }) else { continue }
        #expect(
          known == entry,
          """
          this text came to another trace before. If that is meant, raise \
          EngineSemantics.version, record the hashes anew with UPDATE_GOLDENS=1, and tell it in \
          the changelog
          """)
        guard known == entry else { return }
      }
    }
    let lines = found.map { "\($0.text)  \($0.hash)\n" }.joined()
    expectGolden("semantics \(EngineSemantics.version)\n" + lines, "trace-hashes.txt")
  }

  /// Each cell by its file, its values, and a hash of all its texts.
  private func entries(_ file: ShippedScenario) throws -> [Entry] {
    let scenario = try file.compiled()
    var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    for source in scenario.sources.files {
      for byte in source.bytes { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    return scenario.cells.map { cell in
      let values = cell.values.map { "  \($0.name)=\($0.value)" }.joined()
      let text = "\(file.path)  text \(String(digest, radix: 16))\(values)  seed \(cell.seed)"
      return Entry(
        text: text, hash: "trace \(String(Interpreter.run(cell.plan).traceHash, radix: 16))")
    }
  }

  private static func recorded() throws -> (semantics: Int, entries: [Entry]) {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return (0, []) }
    let lines = text.split(separator: "\n")
    let version = lines.first.flatMap { Int($0.dropFirst("semantics ".count)) }
    let entries = lines.dropFirst().compactMap { line -> Entry? in
      guard let place = line.range(of: "  trace ", options: .backwards) else { return nil }
      return Entry(
        text: String(line[..<place.lowerBound]), hash: "trace " + line[place.upperBound...])
    }
    #expect(entries.count == lines.count - 1)
    return (try #require(version), entries)
  }
}
