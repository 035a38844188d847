import Analysis
import Diagnostics
import Interpreter
import ScenarioSyntax
import SystemModel
import TestSupport
import Testing

/// What seeds draw by `vary`, and that it is the same whoever asks.
struct DrawnScenarioTests {
  /// Values of all forms, faults with and without names that refer to each other, and a strategy.
  static func text(_ vary: String = "", faults: String = "") -> String {
    """
    version: 1
    name: drawn
    seed: 5
    limits: {time: 900ms}
    parameters: {far: 10ms}
    vary:
      far: 5ms..25ms step 5ms         # how far
      cut_at: 50ms..90ms
      who: [node1, node2, node3]
      part: 0%..40% step 20%
      sides: [[node1, node2], [node3, node4]]
      many: 1..3
      faults: swarm
    \(vary)
    topology: {nodes: 4}
    latencies: {default: "${far}"}
    protocol: paxos
    workloads:
      - {at: 0ms, node: node1, call: {propose: {value: a}}}
      - {at: "${cut_at}", node: node2, call: {propose: {value: b}}}
    faults:
      # The cut.
      - {name: cut, at: "${cut_at}", partition: ["${sides}", others], may_be_idle: x}
      - {at: 200ms, heal: cut, may_be_idle: x}       # and its end
      - {at: "${cut_at}", for: 90ms, loss: "${part}", may_be_idle: x}
      # The second of two that are written alike.
      - {at: "${cut_at}", for: 80ms, loss: 30%, links: {from: "${who}", to: all}, may_be_idle: x}
      - {at: 20ms, crash: "${who}", may_be_idle: x}
      - {at: 60ms, restart: "${who}", may_be_idle: x}
      - {at: 30ms, for: 30ms, pause: random(2), may_be_idle: x}
      - {name: seen, at: 40ms, for: 300ms, delay: 1ms..9ms, may_be_idle: x}
    \(faults)
    assertions:
      - agreement
      - {name: soon, eventually: node1.decided || many > 1, during: seen, may_be_vacuous: x}
    """
  }

  static func compile(_ text: String, seed: UInt64? = nil, settings: [ParameterSetting] = [])
    throws -> CompiledScenario
  {
    let compiled = Interpreter.compile(
      SourceFile(name: "drawn.yaml", text: text), settings: settings, seed: seed)
    let words = DiagnosticRenderer(compiled.sources).text(compiled.diagnostics)
    try #require(!compiled.cells.isEmpty, "\(words)")
    return compiled
  }

  private func drawn(_ scenario: CompiledScenario, _ seed: UInt64) throws -> DrawnConfiguration {
    try #require(try scenario.plan(cell: 0, seed: seed).drawn)
  }

  private func value(_ name: String, _ drawn: DrawnConfiguration) -> String? {
    drawn.values.first { $0.name == name }?.text
  }

  /// A written draw is the same run: drawn values are resolved, faults that are left out are gone,
  /// and the trace is that of the seed.
  @Test(arguments: ["", "  order: {pct: {depth: 3, window: 50ms, messages: 60}}"])
  func isWrittenOut(order: String) throws {
    let scenario = try Self.compile(Self.text(order))
    for seed: UInt64 in 1...150 {
      let plan = try scenario.plan(cell: 0, seed: seed)
      var draft = try scenario.draft(cell: 0, seed: seed)
      draft[["seed"]] = .text("\(seed)")
      let written = try Self.compile(draft.text)
      #expect(!written.isDrawn)
      let (first, second) = (Interpreter.run(plan), Interpreter.run(written.cells[0].plan))
      #expect(first.traceHash == second.traceHash, "seed \(seed)\n\(draft.text)")
      #expect(first.outcome == second.outcome)
      #expect(first.assertions.map(\.verdict) == second.assertions.map(\.verdict))
      #expect(first.metrics == second.metrics, "seed \(seed)")
      #expect(written.draft(cell: 0).text == draft.text)
    }
  }

  /// `run --seed` compiles anew, a sweep asks for the plan of a seed: both draw the same.
  @Test func everyoneDrawsTheSame() throws {
    let scenario = try Self.compile(Self.text())
    for seed: UInt64 in 1...40 {
      let own = try Self.compile(Self.text(), seed: seed)
      let plan = try scenario.plan(cell: 0, seed: seed)
      #expect(own.cells[0].plan.drawn == plan.drawn)
      #expect(own.cells[0].seed == seed)
      #expect(Interpreter.run(own.cells[0].plan) == Interpreter.run(plan))
      #expect(own.draft(cell: 0).text == (try scenario.draft(cell: 0, seed: seed).text))
    }
  }

  @Test func readsAsAScenario() throws {
    let scenario = try Self.compile(Self.text("  order: {random: {window: 5ms}}   # late"))
    expectGolden(try scenario.draft(cell: 0, seed: 6).text, "drafts/drawn.yaml")
  }

  /// Every value has its turn, and none too often.
  @Test func everyValueIsDrawn() throws {
    let scenario = try Self.compile(Self.text())
    var counts: [String: Int] = [:]
    let seeds: ClosedRange<UInt64> = 1...600
    for seed in seeds {
      let drawn = try drawn(scenario, seed)
      for name in ["far", "who", "part", "sides", "many"] {
        counts["\(name)=\(value(name, drawn) ?? "")", default: 0] += 1
      }
      let at = try #require(value("cut_at", drawn).flatMap { Interpreter.instant($0) })
      #expect((50_000_000...90_000_000).contains(at.nanoseconds))
    }
    let wanted = [
      ("far", ["5ms", "10ms", "15ms", "20ms", "25ms"]), ("who", ["node1", "node2", "node3"]),
      ("part", ["0%", "20%", "40%"]), ("sides", ["[node1, node2]", "[node3, node4]"]),
      ("many", ["1", "2", "3"]),
    ]
    for (name, values) in wanted {
      for value in values {
        let share = Double(counts["\(name)=\(value)"] ?? 0) * Double(values.count) / 600
        #expect(abs(share - 1) < 0.3, "\(name)=\(value) has \(share) of its share")
      }
    }
    #expect(counts.count == 16)
  }

  /// Both ends of a range of nanoseconds are values.
  @Test func endsAreDrawn() throws {
    let text = Self.text("  tiny: 1ns..3ns\n") + "\n  - {never: 'tiny == 0s && node1.decided'}\n"
    let scenario = try Self.compile(text)
    let values = try Set((1...60).map { value("tiny", try drawn(scenario, $0)) })
    #expect(values == ["1ns", "2ns", "3ns"])
  }

  /// A new key or a new fault changes no draw of another.
  @Test func drawsAreIndependent() throws {
    let first = try Self.compile(Self.text())
    let more = try Self.compile(
      Self.text(
        "  aaa: 1..1000\n  order: {random: {window: 1ms}}",
        faults: "  - {name: added, at: 10ms, for: 5ms, loss: 1%, may_be_idle: x}")
        + "\n  - {never: 'aaa == 0 && node1.decided'}\n")
    for seed: UInt64 in 1...100 {
      let (one, other) = (try drawn(first, seed), try drawn(more, seed))
      #expect(other.values.filter { $0.name != "aaa" } == one.values)
      let kinds = { (names: [String]?) in
        names?.filter { $0 != "added" }.map { $0.prefix { $0 != " " } }
      }
      #expect(kinds(other.leftOut) == kinds(one.leftOut), "seed \(seed)")
    }
  }

  /// A setting takes a key out of what is drawn.
  @Test func settingsFixValues() throws {
    let scenario = try Self.compile(
      Self.text(), settings: [ParameterSetting(name: "who", value: "node4")])
    for seed: UInt64 in 1...20 {
      let plan = try scenario.plan(cell: 0, seed: seed)
      #expect(plan.drawn?.values.map(\.name).contains("who") == false)
      let text = try scenario.draft(cell: 0, seed: seed).text
      #expect(["node1", "node2", "node3"].allSatisfy { !text.contains("crash: \($0)") })
    }
  }

  /// With a matrix each cell has every draw.
  @Test func cellsTimesDraws() throws {
    let text = Self.text().replacing(
      "vary:\n  far: 5ms..25ms step 5ms         # how far", with: "matrix: {far: [5ms, 9ms]}\nvary:"
    )
    let scenario = try Self.compile(text)
    #expect(scenario.cells.count == 2)
    for seed: UInt64 in 1...20 {
      let plans = try (0..<2).map { try scenario.plan(cell: $0, seed: seed) }
      #expect(plans[0].drawn == plans[1].drawn)
      #expect(plans[0].drawn?.values.map(\.name).contains("far") == false)
      #expect(Interpreter.run(plans[0]).traceHash != Interpreter.run(plans[1]).traceHash)
    }
  }

  /// Two faults have one name if `a` is 5 and `b` is `c`, which is so at no end of a range.
  static let sometimesWrong = """
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
    assertions: [election-safety]
    """

  /// A draw with a mistake that no checked draw has is refused in its run, and there alone.
  @Test func aWrongDrawIsRefused() throws {
    let scenario = try Self.compile(Self.sometimesWrong)
    var refused: [UInt64] = []
    for seed: UInt64 in 1...500 {
      do throws(RefusedDraw) {
        _ = try scenario.plan(cell: 0, seed: seed)
      } catch {
        refused.append(seed)
        #expect(error.seed == seed)
        #expect(error.diagnostics.map(\.code.id) == ["E0301"])
      }
    }
    #expect((1...20).contains(refused.count), "\(refused)")
    let seed = try #require(refused.first)
    let alone = Interpreter.compile(
      SourceFile(name: "wrong.yaml", text: Self.sometimesWrong), seed: seed)
    #expect(alone.cells.isEmpty)
    let notes = alone.diagnostics.sorted.first?.notes ?? []
    #expect(notes.contains { $0.hasPrefix("in the run") && $0.contains("a=5") }, "\(notes)")
  }

  /// What is wrong at the ends of ranges shows before any run, with the values.
  @Test func endsAreChecked() {
    let text = Self.sometimesWrong.replacing("a: 0..9", with: "a: 0..5")
    let compiled = Interpreter.compile(SourceFile(name: "wrong.yaml", text: text), seed: 1)
    #expect(compiled.diagnostics.sorted.contains { $0.code.id == "E0301" })
    let notes = compiled.diagnostics.sorted.first?.notes ?? []
    #expect(notes.contains { $0.hasPrefix("in the runs with a=5") || $0.contains("a=5, b=") })
  }
}
