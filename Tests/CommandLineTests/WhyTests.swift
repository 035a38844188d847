import Foundation
import TestSupport
import Testing

/// `conclave run --why NAME`, which explains any verdict.
@Suite struct WhyTests {
  private static let rows: [(file: String, name: String)] = [
    ("election/partition.yaml", "node4 times out at T150"),
    ("election/partition.yaml", "they never raise the term"),
    ("election/partition.yaml", "election-safety"),
    ("election/one-way-partition.yaml", "never two leaders"),
    ("election/rolling-crashes.yaml", "each time there is a new leader within 900 ms"),
    ("election/rolling-crashes.yaml", "in the end all follow one leader"),
    ("mutex/busy-lock.yaml", "half of the calls take less than 60 ms"),
    ("mutex/holder-crash.yaml", "node3 gets its turn"),
    (
      "mutex/contention.yaml",
      "three requests are outstanding at each observer before the first entry"
    ),
    ("consensus/message-flow.yaml", "nothing is decided before all three have promised"),
    ("register/linearizable.yaml", "nobody among the few gets an answer while they are cut off"),
  ]

  @Test func explanations() throws {
    var text = ""
    for (file, name) in Self.rows {
      let outcome = try Tool.run(["run", "scenarios/\(file)", "--why", name])
      #expect(outcome.status == 0)
      let start = try #require(outcome.output.firstRange(of: "\nwhy "))
      text += "\(file)\(outcome.output[start.lowerBound...])\n"
    }
    expectGolden(text, "why.txt")
  }

  @Test func unknownNamesAre64() throws {
    let outcome = try Tool.run([
      "run", "scenarios/election/partition.yaml", "--why", "node4 times out at T15",
    ])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("did you mean 'node4 times out at T150'"))
    let part = try Tool.run(["run", "scenarios/election", "--why", "safety"])
    #expect(part.status == 64)
    #expect(part.errors.contains("'election-safety'"))
  }

  @Test func everyScenarioThatHasItExplainsIt() throws {
    let outcome = try Tool.run(["run", "scenarios/mutex", "--why", "mutual-exclusion"])
    #expect(outcome.output.components(separatedBy: "\nwhy mutual-exclusion\n").count > 5)
  }

  @Test func jsonHasIt() throws {
    let arguments = ["run", "scenarios/mutex/contention.yaml", "--json", "-"]
    func found(_ more: [String]) throws -> [[String: Any]] {
      let outcome = try Tool.run(arguments + more)
      let all = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      let scenarios = (all as? [String: Any])?["scenarios"] as? [[String: Any]]
      let assertions = try #require(scenarios?.first?["assertions"] as? [[String: Any]])
      return assertions.compactMap { $0["why"] as? [String: Any] }
    }
    #expect(try found([]).isEmpty)
    let why = try found(["--why", "node1 enters at T60"])
    #expect(why.count == 1)
    #expect(why.first?["asked"] as? Int == 1)
  }

  @Test func anUnknownNameIsToldTheKnownOnes() throws {
    let outcome = try Tool.run(
      ["run", "scenarios/mutex/holder-crash.yaml", "--why", "zzzzzzzzzzzzzzzzzzzzzz"])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("; there are 'mutual-exclusion'"), "\(outcome.errors)")
  }
}
