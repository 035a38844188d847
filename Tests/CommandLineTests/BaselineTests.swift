import Foundation
import TestSupport
import Testing

/// Sweeps beside earlier ones.
@Suite struct BaselineTests {
  private static func scenario(loss: String, rest: String = "") -> String {
    """
    version: 1
    name: lossy
    limits: {time: 400ms}
    topology: {nodes: 3}
    latencies: {default: {latency: 5ms..20ms, loss: \(loss)}}
    protocol: {paxos: {retry: 60ms..90ms}}
    workloads: [{at: 0ms, node: node1, call: {propose: {value: a}}}]
    assertions: [agreement]
    \(rest)
    """
  }

  /// Writes the baseline of a scenario, then sweeps another with it; what the report says.
  private func compare(
    _ before: String, _ after: String, _ options: [String] = [], more: [String] = [],
    in folder: URL
  ) throws -> Tool.Outcome {
    try Data(before.utf8).write(to: folder.appending(path: "before.yaml"))
    try Data(after.utf8).write(to: folder.appending(path: "after.yaml"))
    let seeds = ["--seeds", "1..200", "--failures", "all"]
    let first = try Tool.run(
      ["sweep", "before.yaml", "--json", "base.json"] + seeds + more, in: folder)
    #expect(first.status == 0, "\(first.output)\(first.errors)")
    return try Tool.run(
      ["sweep", "after.yaml", "--baseline", "base.json"] + seeds + more + options, in: folder)
  }

  @Test func anEqualSweepIsNoRegression() throws {
    try Tool.inNewFolder { folder in
      let text = Self.scenario(loss: "5%")
      let outcome = try compare(text, text, ["--tolerance", "0%"], in: folder)
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
      #expect(outcome.output.contains("figures: 26 same"), "\(outcome.output)")
    }
  }

  @Test func whatGotWorseFailsAndIsShown() throws {
    try Tool.inNewFolder { folder in
      let outcome = try compare(
        Self.scenario(loss: "5%"), Self.scenario(loss: "25%"), ["--json", "now.json"], in: folder)
      #expect(outcome.status == 1)
      expectGolden(outcome.output, "baseline-worse.txt")
      let json = try Data(contentsOf: folder.appending(path: "now.json"))
      let report = try #require(
        try JSONSerialization.jsonObject(with: json) as? [String: Any])
      let sweep = try #require(report["sweep"] as? [String: Any])
      let baseline = try #require(sweep["baseline"] as? [String: Any])
      #expect(baseline["regression"] as? Bool == true)
      let figures = try #require(baseline["figures"] as? [[String: Any]])
      #expect(figures.contains { $0["finding"] as? String == "worse" })
      #expect(figures.contains { $0["finding"] as? String == "same" })
    }
  }

  @Test func whatGotBetterPasses() throws {
    try Tool.inNewFolder { folder in
      // The number of lost messages and the length of a run have no direction.
      let outcome = try compare(
        Self.scenario(loss: "10%"), Self.scenario(loss: "0%"), in: folder)
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
      #expect(outcome.output.contains("✓  better"))
      #expect(outcome.output.contains("~  changed  run.duration"))
    }
  }

  /// What changes without a direction fails if it was named.
  @Test func whatIsNamedMustNotChange() throws {
    try Tool.inNewFolder { folder in
      let (before, after) = (Self.scenario(loss: "10%"), Self.scenario(loss: "0%"))
      let named = try compare(before, after, ["--tolerance", "run.duration=5%"], in: folder)
      #expect(named.status == 1 && named.output.contains("✗  changed  run.duration"))
      let chosen = try compare(before, after, more: ["--metric", "run.duration"], in: folder)
      #expect(chosen.status == 1, "\(chosen.output)")
    }
  }

  /// From nothing only an amount reaches to something.
  @Test func amountsReachFromNothing() throws {
    try Tool.inNewFolder { folder in
      let (before, after) = (Self.scenario(loss: "0%"), Self.scenario(loss: "2%"))
      for (tolerance, status) in [("900%", Int32(1)), ("0.5", 1), ("3", 0)] {
        let outcome = try compare(
          before, after, ["--tolerance", "messages.dropped=\(tolerance)", "--tolerance", "9000%"],
          in: folder)
        #expect(outcome.status == status, "\(tolerance): \(outcome.output)")
      }
      for (tolerance, words) in [
        ("messages.dropped=3ms", "messages.dropped is no length of time: messages.dropped=3"),
        ("run.duration=3", "run.duration is a length of time: run.duration=20ms"),
      ] {
        let outcome = try compare(before, after, ["--tolerance", tolerance], in: folder)
        #expect(outcome.status == 64 && outcome.errors.contains(words), "\(outcome.errors)")
      }
      let time = ["--tolerance", "run.duration=5s", "--tolerance", "9000%"]
      #expect(try compare(before, after, time, in: folder).status == 0)
    }
  }

  @Test func aToleranceOfOneMetricIsItsOwn() throws {
    try Tool.inNewFolder { folder in
      let (before, after) = (Self.scenario(loss: "5%"), Self.scenario(loss: "6%"))
      let strict = try compare(before, after, ["--tolerance", "0%"], in: folder)
      #expect(strict.status == 1)
      let wide = try compare(before, after, ["--tolerance", "10000%"], in: folder)
      #expect(wide.status == 0, "\(wide.output)")
      let one = try compare(
        before, after, ["--tolerance", "10000%", "--tolerance", "messages.dropped=0%"], in: folder)
      #expect(one.status == 1, "\(one.output)")
      #expect(!one.output.contains("worse   messages.wire"))
    }
  }

  @Test func aMetricThatIsGoneIsARegression() throws {
    try Tool.inNewFolder { folder in
      let text = Self.scenario(loss: "5%")
      let outcome = try compare(text, text, ["--metric", "messages.wire"], in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("missing"), "\(outcome.output)")
    }
  }

  @Test func cellsAreFoundByTheirValues() throws {
    try Tool.inNewFolder { folder in
      let matrix = "matrix: {quick: [5ms, 6ms], slow: [19ms, 20ms]}"
      let turned = "matrix: {slow: [20ms, 19ms], quick: [6ms, 5ms]}"
      let text = Self.scenario(loss: "5%").replacing("5ms..20ms", with: "\"${quick}..${slow}\"")
      let outcome = try compare(text + matrix, text + turned, ["--tolerance", "0%"], in: folder)
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
      #expect(outcome.output.contains("figures: 104 same"), "\(outcome.output)")
    }
  }

  @Test func theBaselineOfAnotherScenarioIsRefused() throws {
    try Tool.inNewFolder { folder in
      let text = Self.scenario(loss: "5%")
      let other = text.replacing("name: lossy", with: "name: others")
      let outcome = try compare(text, other, in: folder)
      #expect(outcome.status == 65)
      #expect(
        outcome.errors
          == "error: base.json: it is the baseline of another scenario, `lossy`; name one of "
          + "`others`, or say --other-baseline\n")
      #expect(outcome.output.isEmpty)
      #expect(
        try Tool.run(["sweep", "after.yaml", "--seeds", "1", "--other-baseline"], in: folder).status
          == 64)
    }
  }

  @Test func otherSeedsAndScenariosAreNoted() throws {
    try Tool.inNewFolder { folder in
      let text = Self.scenario(loss: "5%")
      let other = text.replacing("name: lossy", with: "name: others")
      let outcome = try compare(
        text, other, ["--tolerance", "10000%", "--seeds", "1..100", "--other-baseline"], in: folder)
      #expect(outcome.output.contains("the baseline ran seeds 1 to 200"), "\(outcome.output)")
      #expect(outcome.output.contains("the baseline is of another scenario, lossy"))
    }
  }

  struct Refused: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String?
    var options: [String] = []
    let status: Int32
    let says: String
    var testDescription: String { name }
  }

  @Test(arguments: [
    Refused(name: "no file", text: nil, status: 66, says: "there is no such file"),
    Refused(name: "no JSON", text: "{", status: 65, says: "no JSON report of a sweep"),
    Refused(
      name: "a report of runs", text: #"{"schema": 1, "scenarios": []}"#, status: 65,
      says: "no JSON report of a sweep"),
    Refused(
      name: "a later schema", text: #"{"schema": 9, "sweep": {}}"#, status: 65,
      says: "it has schema 9"),
    Refused(
      name: "without fields", text: #"{"schema": 1, "semantics": 1, "sweep": {"name": "a"}}"#,
      status: 65, says: "its fields"),
    Refused(
      name: "a tolerance without a unit", text: "{}", options: ["--tolerance", "5"], status: 64,
      says: "tolerance"),
    Refused(
      name: "a tolerance of no metric",
      text: #"{"schema": 1, "semantics": 1, "sweep": {"name": "a", "firstSeed": 1, "lastSeed": 3, "#
        + #""cells": [{"cell": {}, "passRate": {"share": 1}, "metrics": {"a": {"unit": "count", "#
        + #""count": 1, "missing": 0, "mean": 1, "p50": 1, "p90": 1, "p99": 1}}}]}}"#,
      options: ["--tolerance", "pass rat=5%"], status: 64, says: "did you mean pass rate?"),
    Refused(
      name: "without metrics",
      text: #"{"schema": 1, "semantics": 1, "sweep": {"name": "lossy", "firstSeed": 1, "#
        + #""lastSeed": 3, "cells": [{"cell": {}, "passRate": {"share": 1}, "metrics": {}}]}}"#,
      status: 65, says: "it has no metrics to compare with"),
    Refused(
      name: "over the baseline", text: "{}", options: ["--json", "base.json"], status: 64,
      says: "would overwrite"),
  ]) func badBaselines(_ row: Refused) throws {
    try Tool.inNewFolder { folder in
      try Data(Self.scenario(loss: "5%").utf8).write(to: folder.appending(path: "s.yaml"))
      if let text = row.text {
        try Data(text.utf8).write(to: folder.appending(path: "base.json"))
      }
      let outcome = try Tool.run(
        ["sweep", "s.yaml", "--seeds", "1..3", "--baseline", "base.json"] + row.options, in: folder)
      #expect(outcome.status == row.status, "\(outcome.output)\(outcome.errors)")
      #expect(outcome.errors.contains(row.says), "\(outcome.errors)")
    }
  }

  @Test func aToleranceNeedsABaseline() throws {
    let outcome = try Tool.run(
      ["sweep", "-", "--seeds", "1..3", "--tolerance", "5%"], input: Self.scenario(loss: "5%"))
    #expect(outcome.status == 64)
  }
}
