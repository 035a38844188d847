import Analysis
import Diagnostics
import Interpreter
import SystemModel
import TestSupport
import Testing

/// Every file of `scenarios/` comes to the verdict that it expects, in the same run as ever.
struct ScenarioFilesTests {
  @Test func theFourDiagramsAreDocumented() throws {
    let documented = try ShippedScenario.all.filter {
      try $0.compiled().tags.contains("documented")
    }
    #expect(
      documented.map(\.path) == [
        "barrier/stragglers.yaml", "consensus/message-flow.yaml", "election/partition.yaml",
        "mutex/contention.yaml",
      ])
  }

  @Test(arguments: ShippedScenario.all)
  func comesToItsVerdict(_ file: ShippedScenario) throws {
    let scenario = try file.compiled()
    let renderer = DiagnosticRenderer(scenario.sources)
    let found = scenario.diagnostics.sorted.map { renderer.text($0) }.joined(separator: "\n")
    #expect(found.isEmpty, "\(found)")
    let results = scenario.cells.map { Interpreter.run($0.plan) }
    #expect(!results.isEmpty)
    for result in results { #expect(result.verdict == .pass, "\(result.remarks)") }
    expectGolden(
      RunSummary.text(scenario, results), file.path.replacing("/", with: "-") + ".txt")
  }

  @Test(arguments: ShippedScenario.all)
  func runsTheSameTwice(_ file: ShippedScenario) throws {
    let first = try file.results()
    #expect(try file.results() == first)
  }

  /// A line is read in an editor beside others, and the story before the sections.
  @Test(arguments: ShippedScenario.all)
  func readsAsAPage(_ file: ShippedScenario) throws {
    let lines = try file.text().split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= 120 })
    let header = lines.prefix { $0.hasPrefix("#") }
    #expect(header.count >= 4, "a header tells what happens")
    let order = [
      "version", "name", "description", "tags", "seed", "extends", "limits", "parameters",
      "matrix", "vary", "topology", "latencies", "processing", "protocol", "workloads", "faults",
      "deliveries", "timers", "assertions", "expect",
    ]
    let keys = lines.compactMap { line -> String? in
      guard let first = line.first, first.isLetter else { return nil }
      return line.split(separator: ":").first.map(String.init)
    }
    #expect(keys == order.filter(keys.contains), "the order of the sections")
  }

  /// Whatever chance brings: these say that they hold for any seed.
  @Test(
    arguments: [
      "consensus/lossy-network.yaml", "election/drawn-faults.yaml",
      "election/one-way-partition.yaml",
      "election/rolling-crashes.yaml", "mutex/busy-lock.yaml",
    ], UInt64(1)...12)
  func holdsForAnySeed(_ path: String, seed: UInt64) throws {
    let scenario = try ShippedScenario(path: path).compiled()
    for cell in scenario.cells.indices {
      let result = Interpreter.run(try scenario.plan(cell: cell, seed: seed))
      #expect(result.verdict == .pass, "\(result.assertions.filter { $0.verdict != .pass })")
    }
  }

  /// What the headers promise of `--set`.
  @Test func orderedChannelsKeepTheLock() throws {
    let file = ShippedScenario(path: "mutex/reordering-channels.yaml")
    let scenario = try file.compiled([ParameterSetting(name: "fifo", value: "true")])
    let result = Interpreter.run(try #require(scenario.cells.first).plan)
    #expect(result.verdict == .fail)
    for name in ["mutual-exclusion", "fifo-by-timestamp", "no-starvation"] {
      #expect(result.assertion(name)?.verdict == .pass, "\(name)")
    }
  }

  @Test func aWipedDiskIsOneSettingAway() throws {
    let file = ShippedScenario(path: "election/voter-restart.yaml")
    let scenario = try file.compiled([ParameterSetting(name: "disk", value: "wipe")])
    let wiped = Interpreter.run(try #require(scenario.cells.first).plan)
    let other = try ShippedScenario(path: "election/voter-restart-without-disk.yaml").results()
    #expect(wiped.verdict == .fail)
    #expect(wiped.traceHash == other.first?.traceHash)
  }
}
