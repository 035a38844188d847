import Foundation
import Testing

@Suite struct DeterminismTests {
  /// Dictionaries and sets are ordered differently in every process, so several must agree. Ten of the release
  /// build do, and it with the debug build, in `.ci/outside-readers`.
  @Test func severalProcessesWriteTheSameBytes() throws {
    try Tool.inNewFolder { folder in
      let report = folder.appending(path: "report.json").path
      var first: Data?
      for turn in 0..<4 {
        let jobs = turn % 2 == 0 ? "1" : "2"
        let outcome = try Tool.run(["run", "scenarios", "--json", report, "--jobs", jobs])
        #expect(outcome.status == 0, "\(outcome.output)")
        let bytes = try Data(contentsOf: URL(filePath: report))
        if let first { #expect(bytes == first) } else { first = bytes }
      }
    }
  }
}
