import Analysis
import Interpreter
import Search
import SystemModel
import Testing

/// Sweeps of scenarios of which each seed draws a part.
struct DrawnSweepTests {
  private static let few =
    Sweeping.lossy.replacing("latencies: {default: {latency: 5ms..20ms, loss: 15%}}", with: "")
      + """

      vary:
        far: [5ms, 9ms]
        faults: swarm
      latencies: {default: {latency: "${far}", loss: 15%}}
      faults:
        - {at: 10ms, for: 30ms, partition: [node1, others]}
        - {at: 20ms, for: 30ms, crash: node2}
      assertions:
        - agreement
        - {name: few are lost, metric: messages.dropped, is: "< 5"}
        - {name: in time, always: now < 300ms || far < 6ms}
      """
  private static let many = few.replacing("[5ms, 9ms]", with: "5ms..9ms")

  /// Each run is that of `run` with its seed, on engines that are used again or not.
  @Test(arguments: [few, many])
  func sumsUpSingleRuns(_ text: String) async throws {
    let scenario = try Sweeping.compile(text)
    let found = try await Sweeping.sweep(text, 1...300)
    var verdicts = VerdictCounts()
    var wire: [Int64] = []
    for seed: UInt64 in 1...300 {
      let result = Interpreter.run(try scenario.plan(cell: 0, seed: seed))
      verdicts[result.outcome] += 1
      if case .count(let count)? = result.metric("messages.wire") { wire.append(count) }
    }
    #expect(found.cells[0].verdicts == verdicts)
    #expect(verdicts[.pass] > 20 && verdicts[.fail] > 20)
    let metric = try #require(found.cells[0].metrics.first { $0.name == "messages.wire" })
    #expect(metric.count == wire.count)
    #expect(metric.least?.value == wire.min().map { .count($0) })
    #expect(metric.greatest?.value == wire.max().map { .count($0) })
  }

  @Test(arguments: [few, many])
  func doesNotDependOnJobs(_ text: String) async throws {
    let one = try await Sweeping.sweep(text, 1...500)
    #expect(try await Sweeping.sweep(text, 1...500, jobs: 4) == one)
    let early = try await Sweeping.sweep(text, 1...500, failures: 1, jobs: 3)
    #expect(early.failures.map(\.fingerprint) == one.failures.prefix(1).map(\.fingerprint))
  }

  /// What a seed has drawn goes with its failure, and its capsule has it written out.
  @Test(arguments: [
    few, many,
    many.replacing(
      "  faults: swarm", with: "  faults: swarm\n  order: {random: {window: 9ms}}"),
  ])
  func failuresAreKept(_ text: String) async throws {
    let scenario = try Sweeping.compile(text)
    let result = try await Sweeping.sweep(text, 1...200)
    #expect(!result.failures.isEmpty)
    for failure in result.failures {
      let drawn = try #require(failure.result.drawn)
      #expect(drawn.values.map(\.name) == ["far"])
      let capsule = try #require(
        Capsule(of: failure.result, cell: failure.cell, scenario, file: "drawn.yaml"))
      let kept = try Sweeping.compile(capsule.text)
      #expect(!kept.isDrawn)
      let again = try #require(Replay.run(kept))
      #expect(again.answer == .sameTrace, "\(capsule.text)")
    }
  }

  /// Faults are told apart although not every seed has all of them.
  @Test func undecidedFaultsAreThemselves() async throws {
    let text =
      Sweeping.lossy + """

        vary: {faults: swarm}
        faults:
          - {name: first, at: 1ms, for: 1ms, crash: node3}
          - {name: early, at: 390ms, for: 1ms, loss: 1%}
          - {name: late, at: 395ms, for: 1ms, loss: 1%}
        assertions: [agreement]
        """
    let result = try await Sweeping.sweep(text, 1...200)
    let faults = result.undecided.filter { $0.subject == .fault }
    #expect(Set(faults.map(\.name)) == ["early", "late"])
    #expect(faults.count == 2)
    #expect(faults.allSatisfy { $0.drawn?.leftOut?.contains($0.name) == false })
  }

  /// The first seed with a mistake ends a sweep, and what comes before it counts.
  @Test func aRefusedDrawEndsTheSweep() async throws {
    let text = """
      version: 1
      name: wrong
      limits: {time: 30ms}
      vary: {a: 0..9, b: 0..9, c: 0..9}
      topology: {nodes: 3}
      latencies: {default: 5ms}
      protocol: leader-election
      faults:
        - {name: "f${a}${b}", at: 5ms, for: 5ms, crash: node1, may_be_idle: x}
        - {name: "f5${c}", at: 7ms, for: 5ms, crash: node2, may_be_idle: x}
      assertions: [{never: 'now >= 5ms'}]
      """
    let scenario = try Sweeping.compile(text)
    let first = try #require(
      (1...500).first { (seed: UInt64) in (try? scenario.plan(cell: 0, seed: seed)) == nil })
    for jobs in [1, 3] {
      let found = try await Sweeping.sweep(text, 1...500, jobs: jobs)
      #expect(found.ending == .refusal)
      #expect(found.refused?.seed == first)
      #expect(found.last == first - 1)
      #expect(found.runs == Int(first - 1))
      #expect(found.verdict == .error)
    }
    let alone = try await Sweeping.sweep(text, first...500)
    #expect(alone.last == nil)
    #expect(alone.refused?.seed == first)
    // A failure before it ends the sweep as ever.
    #expect(try await Sweeping.sweep(text, 1...500, failures: 1).ending == .failures)
  }

  /// A strategy alone changes no plan: a sweep uses one engine.
  @Test func ordersAreSwept() async throws {
    let text =
      Sweeping.lossy + "\nvary: {order: {pct: {depth: 2, window: 30ms, messages: 20}}}\n"
      + "assertions: [agreement, {name: few, metric: messages.dropped, is: '< 4'}]\n"
    let scenario = try Sweeping.compile(text)
    #expect(!scenario.isDrawn)
    let found = try await Sweeping.sweep(text, 1...200)
    for failure in found.failures {
      #expect(failure.result.drawn?.order == "pct {depth: 2, window: 30ms, messages: 20}")
      let seed = try #require(failure.seeds.first)
      #expect(Interpreter.run(try scenario.plan(cell: 0, seed: seed)) == failure.result)
    }
    #expect(!found.failures.isEmpty)
  }
}
