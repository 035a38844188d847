import Analysis
import Interpreter
import SystemModel
import Testing

/// What the four documented diagrams say, from the results of their runs: metrics, calls, and the
/// bars of the timelines.
struct DocumentedFactsTests {
  @Test func consensus() throws {
    let run = try only("consensus/message-flow.yaml")
    #expect(run.outcome == .pass)
    #expect(run.end == .quiescence)
    #expect(run.endedAt == at(145))
    #expect(run.metric("consensus.decision_time") == duration(80))
    #expect(run.metric("consensus.completion_time") == duration(145))
    #expect(run.metric("messages.logical") == .count(8))
    #expect(run.metric("messages.wire") == .count(12))
    let call = try #require(run.calls.first)
    #expect(run.calls.count == 1)
    #expect(call.outcome == .ok)
    #expect(call.completed == at(145))
    #expect(call.value == "\"scale_up\"")
  }

  @Test func peersEvaluateAtOnce() throws {
    let run = try only("consensus/message-flow.yaml")
    let evaluations = try ["node2", "node3", "node4"].map { node in
      try #require(bars(.handling, of: node, in: run).first)
    }
    #expect(evaluations == [10..<35, 23..<48, 20..<45])
    #expect(evaluations.map(\.lowerBound).max() == 23)
    #expect(evaluations.map(\.upperBound).min() == 35)
  }

  /// A cut of node1–node3 at 0, 5, … 150 ms: lost up to 80 ms, late up to 145 ms.
  @Test func failureWindow() throws {
    let runs = try cells("consensus/failure-window.yaml")
    try #require(runs.count == 31)
    for (cell, run) in runs.enumerated() {
      let cut = 5 * cell
      let call = try #require(run.calls.first)
      let wanted: CallOutcome = cut <= 80 ? .fail : cut <= 145 ? .info : .ok
      #expect(call.outcome == wanted, "cut at \(cut)ms")
      #expect(call.completed == (cut <= 145 ? at(5000) : at(145)), "cut at \(cut)ms")
      #expect((run.metric("consensus.decision_time") == nil) == (cut <= 80), "cut at \(cut)ms")
    }
  }

  @Test func election() throws {
    let run = try only("election/partition.yaml")
    #expect(run.outcome == .pass)
    #expect(run.endedAt == at(700))
    #expect(bars(.leading, of: "node1", in: run) == [250..<700])
    for node in ["node2", "node3", "node4", "node5"] {
      #expect(bars(.leading, of: node, in: run).isEmpty, "\(node)")
    }
    #expect(bars(.candidate, of: "node4", in: run) == [150..<520])
    #expect(bars(.candidate, of: "node5", in: run) == [150..<520])
    #expect(run.metric("election.leaders") == .count(1))
    #expect(run.metric("election.terms") == .count(2))
    #expect(run.metric("unavailability.left.since.split") == duration(170))
    #expect(run.metric("unavailability.right.since.split") == duration(460))
  }

  @Test func mutex() throws {
    let run = try only("mutex/contention.yaml")
    #expect(run.outcome == .pass)
    #expect(bars(.inside, of: "node1", in: run) == [60..<160])
    #expect(bars(.inside, of: "node2", in: run) == [170..<250])
    #expect(bars(.inside, of: "node3", in: run) == [258..<318])
    #expect(bars(.waiting, of: "node1", in: run) == [0..<60])
    #expect(bars(.waiting, of: "node2", in: run) == [10..<170])
    #expect(bars(.waiting, of: "node3", in: run) == [25..<258])
    #expect(run.metric("messages.wire") == .count(36))
    #expect(run.metric("messages.logical") == .count(18))
    #expect(run.metric("mutex.serial") == duration(240))
    #expect(run.metric("mutex.makespan") == duration(318))
  }

  @Test func barrier() throws {
    let run = try only("barrier/stragglers.yaml")
    #expect(run.outcome == .pass)
    #expect(run.metric("barrier.release_time") == duration(200))
    let waits: [Int64] = [150, 125, 20, 140, 0]
    for (index, wait) in waits.enumerated() {
      #expect(run.metric("barrier.wait.node\(index + 1)") == duration(wait))
    }
    #expect(run.metric("barrier.wait.total") == duration(435))
    #expect(run.metric("barrier.utilisation") == .ratio(0.565))
    #expect(run.metric("messages.wire") == .count(15))
    #expect(run.metric("messages.logical") == .count(11))
  }

  /// 1/5, 2/5, … 5/5, and none again when all are released.
  @Test func barrierCounter() throws {
    let series = try #require(try only("barrier/stragglers.yaml").series.first)
    #expect(series.limit == 5)
    #expect(series.steps.map(\.value) == [1, 2, 3, 4, 5, 0])
    #expect(series.steps.map(\.at) == [50, 60, 75, 180, 200, 200].map(at))
  }

  /// In the half-open stretch from the first wait to the release the five together are at 42 %.
  @Test func utilisationWhileSomebodyWaits() throws {
    let run = try only("barrier/stragglers.yaml")
    var worked: Int64 = 0
    for node in 1...5 {
      for bar in bars(.working, of: "node\(node)", in: run) {
        worked += Int64(bar.clamped(to: 50..<200).count)
      }
    }
    let available: Int64 = 5 * 150
    #expect(worked * 100 / available == 42)
  }
}

private func at(_ milliseconds: Int64) -> Instant { .start + .milliseconds(milliseconds) }

private func duration(_ milliseconds: Int64) -> MetricValue { .duration(milliseconds * 1_000_000) }

/// The bars of an activity of a node, in whole milliseconds.
private func bars(
  _ activity: NodeTimeline.Activity, of node: String, in run: RunResult
) -> [Range<Int64>] {
  run.timeline.filter { run.topology.names[$0.node.index] == node }.flatMap(\.bars)
    .filter { $0.activity == activity }
    .map { $0.start.nanoseconds / 1_000_000..<$0.end.nanoseconds / 1_000_000 }
}

/// The result of each cell of a shipped scenario.
private func cells(_ path: String) throws -> [RunResult] {
  try ShippedScenario(path: path).results()
}

/// The result of a shipped scenario without a matrix.
private func only(_ path: String) throws -> RunResult {
  let runs = try cells(path)
  try #require(runs.count == 1)
  return runs[0]
}
