import Analysis
import Diagnostics
import Foundation
import Interpreter
import ScenarioSyntax
import Search
import Synchronization
import SystemModel
import TestSupport
import Testing

/// What a search for a smaller scenario promises.
struct ShrinkTests {
  /// Found by a sweep, the duel of seven nodes with six faults comes down to its core.
  @Test func aDuelOfSevenNodes() async throws {
    let duel = try Shrinking.fixture("seven-node-duel.yaml")
    let sweep = await (try Sweep(duel, seeds: 1...200, failureLimit: nil)).run(jobs: 2)
    let failure = try #require(sweep.failures.first)
    #expect(failure.fingerprint.assertion == "agreement")
    for seed in failure.seeds.prefix(Thoroughness.isExhaustive ? 20 : 2) {
      let shrunk = try await Shrinking.shrunk(
        Shrinking.fixture("seven-node-duel.yaml", seed: seed), jobs: 2)
      #expect(shrunk.summary.before.fingerprint == shrunk.summary.after.fingerprint)
      #expect(shrunk.summary.changes.first { $0.what == "nodes" }?.before == 7)
      #expect(shrunk.summary.changes.first { $0.what == "faults" }?.before == 6)
      #expect(Shrinking.left("nodes", of: shrunk) == 3, "seed \(seed)")
      #expect(Shrinking.left("faults", of: shrunk) <= 2, "seed \(seed)")
      let delivered = Shrinking.left("messages delivered up to the failure", of: shrunk)
      #expect(delivered <= 12, "seed \(seed)")
      #expect(delivered > 0)
      #expect(!shrunk.capsule.text.contains("expect:"), "there was none in the scenario")
      if seed == failure.seeds.first {
        expectGolden(shrunk.capsule.text, "seven-node-duel.capsule.yaml")
      }
    }
  }

  /// The search gives the files that are kept; that it gives all of them is what `.ci/failures`
  /// looks at.
  @Test(arguments: Thoroughness.sample(Shrinking.failing, oneIn: 6))
  func whatIsKeptIsWhatIsFound(_ path: String) async throws {
    let file = try #require(path.split(separator: "/").last).description
    let shrunk = try await Shrinking.shrunk(Shrinking.shipped(path), file: file)
    #expect(shrunk.summary.ending == .minimal)
    #expect(shrunk.summary.isProven)
    #expect(shrunk.summary.before.fingerprint == shrunk.summary.after.fingerprint)
    #expect(shrunk.summary.before.outcome == shrunk.summary.after.outcome)
    let kept = try Shrinking.kept(path)
    #expect(shrunk.capsule.text == kept)
  }

  /// What a shipped scenario is shrunk to is a capsule of the same failure, valid to the letter, that
  /// runs as it says; and nothing single can be left out of it.
  @Test(arguments: Shrinking.failing)
  func nothingSingleCanBeLeftOut(_ path: String) throws {
    let text = try Shrinking.kept(path)
    let written = Interpreter.compile(SourceFile(name: "small.yaml", text: text), isStrict: true)
    let words = DiagnosticRenderer(written.sources).text(written.diagnostics)
    try #require(written.cells.count == 1, "\(words)\(text)")
    let original = try Shrinking.shipped(path).cells.lazy.compactMap { cell in
      FailureRecord(Interpreter.run(cell.plan), cell.plan.description, tool: "0.0.0")
    }.first
    #expect(written.capsule?.fingerprint == original?.fingerprint)
    #expect(written.capsule?.outcome == original?.outcome)
    #expect(Replay.run(written)?.answer == .sameTrace)
    #expect(Interpreter.run(written.cells[0].plan).verdict == .pass, "its `expect` is met")
    let end = try #require(written.draft(cell: 0)[["limits", "time"]]?.text)
    #expect(end.count { $0.isNumber } <= 4, "an end that is not round: \(end)")
    let removal = IndependentRemoval(written)
    for (what, draft) in removal.all {
      #expect(!removal.fails(draft), "without \(what) it fails as well:\n\(draft.text)")
    }
  }

  /// A frozen run has no chance left, and what is left of it has none either: neither a range nor a
  /// draw of another seed comes in where a line goes. Nor does it fail later than twice as late.
  @Test(arguments: [
    ("leader-election", "vote-forgotten", 1), ("paxos", "quorum-of-half", 4),
  ])
  func aFrozenRunStaysWithoutChance(_ machine: String, _ mistake: String, _ seed: UInt64)
    async throws
  {
    let storm = try Shrinking.shipped(
      "zoo/\(machine)/storm.yaml", seed: seed, settings: [.init(name: "mistake", value: mistake)])
    let frozen = try Sweeping.compile(try Freeze.frozen(storm, cell: 0).text)
    let shrunk = try await Shrinking.shrunk(frozen, jobs: 2, runs: 400)
    #expect(shrunk.summary.isWithoutChance)
    #expect(shrunk.capsule.text.contains("Nothing in it depends on the seed."))
    let small = try Sweeping.compile(shrunk.capsule.text)
    let traces = (1...20).map { (seed: UInt64) -> UInt64 in
      var plan = small.cells[0].plan
      plan.system.seed = seed
      return Interpreter.run(plan).traceHash
    }
    #expect(Set(traces).count == 1)
    let draft = small.draft(cell: 0)
    for path in draft.places() where path.steps.first != .key("assertions") {
      guard let range = draft[path]?.durationRange else { continue }
      #expect(range.lowerBound == range.upperBound, "\(path)")
    }
    let time = try #require(shrunk.summary.changes.first { $0.isTime })
    #expect(time.after <= 2 * time.before, "\(shrunk.capsule.text)")
  }

  /// A mistake that is given node by node is said once.
  @Test func aMistakeOfEachNodeIsSaidOnce() async throws {
    let text = """
      version: 1
      name: quorums of half
      limits: {time: 400ms}
      topology: {nodes: 2}
      latencies: {default: 10ms}
      protocol: {paxos: {mistake: {node1: quorum-of-half, node2: quorum-of-half}}}
      workloads:
        - {at: 0ms, node: node1, call: {propose: {value: a}}}
        - {at: 0ms, node: node2, call: {propose: {value: b}}}
      assertions: [agreement]

      """
    let shrunk = try await Shrinking.shrunk(Sweeping.compile(text))
    #expect(shrunk.capsule.text.contains("paxos: {mistake: quorum-of-half}"))
  }

  @Test(
    arguments: [
      ("consensus/duelling-proposers.yaml", 0), ("consensus/duelling-proposers.yaml", 40),
      ("zoo/lamport-mutex/earlier-messages-count.yaml", 40),
      ("zoo/ricart-agrawala/old-replies-counted.yaml", 0),
    ])
  func doesNotDependOnTheJobs(_ path: String, _ runs: Int) async throws {
    let scenario = try Shrinking.shipped(path)
    let limit = runs == 0 ? 10_000 : runs
    let first = try await Shrinking.shrunk(scenario, jobs: 1, runs: limit)
    for jobs in [2, 7] {
      let other = try await Shrinking.shrunk(scenario, jobs: jobs, runs: limit)
      #expect(other.capsule.text == first.capsule.text)
      #expect(other.summary.runs == first.summary.runs)
      #expect(other.summary.ending == first.summary.ending)
    }
  }

  @Test func endsWithTheRuns() async throws {
    let scenario = try Shrinking.shipped("consensus/duelling-proposers.yaml")
    let shrunk = try await Shrinking.shrunk(scenario, runs: 12)
    #expect(shrunk.summary.ending == .runs)
    #expect(shrunk.summary.runs <= 13)
    #expect(shrunk.summary.isProven)
  }

  /// Whoever interrupts gets the best so far; at once, that is the scenario itself.
  @Test func endsWhenItIsHalted() async throws {
    let scenario = try Shrinking.shipped("consensus/duelling-proposers.yaml")
    let shrink = try #require(Shrink(scenario, file: "test.yaml"))
    let nothing = await shrink.run(jobs: 2, halt: { .interruption })
    #expect(nothing.summary.ending == .interruption)
    #expect(nothing.summary.runs == 0)
    #expect(Shrinking.left("nodes", of: nothing) == 5)
    let isEnough = Mutex(false)
    let some = await shrink.run(
      jobs: 1, halt: { isEnough.withLock { $0 } ? .time : nil },
      progress: { progress in isEnough.withLock { $0 = progress.runs > 20 } })
    #expect(some.summary.ending == .time)
    #expect(some.summary.isProven)
    #expect(some.summary.runs > 20)
  }

  /// Wherever the search ends, what it has found gets no warnings, although its calls go on for
  /// longer than it fails.
  @Test(arguments: [1, 2, 4, 8, 16, 32, 64])
  func whatIsFoundFirstIsValidToTheLetter(_ runs: Int) async throws {
    let text = """
      version: 1
      name: stale
      limits: {time: 3s}
      topology: {nodes: 3, groups: {left: [node1], right: [node2, node3]}}
      latencies: {default: 10ms}
      protocol: {paxos: {mistake: quorum-of-half, timeout: 300ms}}
      workloads:
        - {at: [0ms, 1s, 2s], node: node1, call: {propose: {value: a}}}
        - {at: [5ms, 1.1s], node: node2, call: {propose: {value: b}}}
        - {at: 2500ms, node: node3, call: {propose: {value: c}}}
        - {every: 900ms, node: node3, call: {propose: {value: d}}}
      faults:
        - {name: split, at: 0ms, for: 200ms, partition: [left, right]}
        - {name: late, at: 1500ms, for: 100ms, partition: [left, right]}
      assertions:
        - agreement
        - {name: in time, eventually: "nodes.all(n, n.decided)", within: 2s}

      """
    let scenario = try Sweeping.compile(text)
    let shrunk = try await Shrinking.shrunk(scenario, runs: runs)
    let written = Interpreter.compile(
      SourceFile(name: "small.yaml", text: shrunk.capsule.text), isStrict: true)
    let words = DiagnosticRenderer(written.sources).text(written.diagnostics)
    #expect(written.cells.count == 1, "\(words)\(shrunk.capsule.text)")
    if runs >= 8 { #expect(Shrinking.left("calls", of: shrunk) < 4) }
  }

  /// Calls of which one is drawn are left out one by one; a mix of one call is that call.
  @Test func aMixIsTakenApart() async throws {
    let text = """
      version: 1
      name: drawn
      limits: {time: 900ms}
      topology: {nodes: 3}
      latencies: {default: 20ms}
      protocol: {abd-register: {retry: 90ms, timeout: 600ms}}
      workloads:
        - {clients: 2, think: 50ms, mix: [{call: read}, {call: {write: {value: a}}, weight: 2}, {call: read}]}
      assertions:
        - {name: few, metric: messages.wire, is: "< 4"}

      """
    let shrunk = try await Shrinking.shrunk(Sweeping.compile(text))
    #expect(shrunk.capsule.text.contains(" call: "), "\(shrunk.capsule.text)")
    #expect(!shrunk.capsule.text.contains("mix"), "\(shrunk.capsule.text)")
  }

  /// A fault whose condition has no value fails then, not when the run is over.
  @Test func aConditionThatHasNoValueFailsAtOnce() async throws {
    let text = """
      version: 1
      name: no leader yet
      limits: {time: 1s}
      topology: {nodes: 3}
      latencies: {default: 10ms}
      protocol: {leader-election: {election_timeout: 100ms..200ms}}
      faults:
        - {name: k, when: "leader.term > 1", for: 50ms, crash: leader}
      assertions: [election-safety]

      """
    let scenario = try Sweeping.compile(text)
    #expect(Interpreter.run(scenario.cells[0].plan).faults[0].failedAt == .start)
    let shrunk = try await Shrinking.shrunk(scenario)
    #expect(shrunk.summary.changes.allSatisfy { !$0.isTime || $0.before == 0 })
    #expect(shrunk.summary.fingerprint.assertion == "fault k")
  }

  /// What counts of the messages is up to the event that breaks the assertion, of several at that
  /// instant.
  @Test func messagesAreCountedUpToTheViolation() async throws {
    let shrunk = try await Shrinking.shrunk(Shrinking.shipped("zoo/barrier/one-short.yaml"))
    let delivered = shrunk.summary.changes.first {
      $0.what == "messages delivered up to the failure"
    }
    #expect(delivered?.before == 6)
    #expect(delivered?.after == 3)
  }

  /// What became more is said in the file as well.
  @Test func whatHasGrownIsSaidInTheFile() throws {
    let text = try Shrinking.kept("zoo/lamport-mutex/acks-counted.yaml")
    #expect(text.contains("messages delivered up to the failure: 6 → 10"))
  }

  @Test func whatPassesIsNotShrunk() throws {
    #expect(Shrink(try Shrinking.shipped("consensus/lost-commit.yaml"), file: "x.yaml") == nil)
  }

  /// A capsule is made smaller once more, without growing a second header.
  @Test func aCapsuleIsShrunk() async throws {
    let scenario = try Shrinking.shipped("mutex/reordering-channels.yaml")
    let result = Interpreter.run(scenario.cells[0].plan)
    let capsule = try #require(Capsule(of: result, cell: 0, scenario, file: "a.yaml"))
    let shrunk = try await Shrinking.shrunk(Sweeping.compile(capsule.text))
    let again = try await Shrinking.shrunk(Sweeping.compile(shrunk.capsule.text))
    #expect(Shrinking.left("lines", of: again) == Shrinking.left("lines", of: shrunk))
    #expect(again.capsule.text.matches(of: /made smaller by/).count == 1)
    #expect(!again.capsule.text.contains("kept by"))
    #expect(again.capsule.fileName() == "test.seed-1.shrunk.capsule.yaml")
  }
}
