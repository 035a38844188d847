import Diagnostics
import ScenarioSyntax
import TestSupport
import Testing

/// Drafts of small scenarios: what is resolved, what is kept, and how they are edited.
struct DraftTests {
  private static let base = """
    version: 1
    name: base
    topology: {nodes: 3}
    latencies: {default: 5ms}   # everywhere
    protocol: {paxos: {retry: 60ms..90ms, timeout: 1s}}
    """

  private func draft(
    _ text: String, cell: Int = 0, named: [String] = []
  ) throws -> ScenarioDraft {
    var sources = SourceMap()
    var bag = DiagnosticBag()
    let reader = ScenarioReader { _ in SourceFile(name: "base.yaml", text: Self.base) }
    let file = reader.read(
      SourceFile(name: "story.yaml", text: text), sources: &sources, into: &bag)
    #expect(bag.isEmpty, "\(DiagnosticRenderer(sources).text(bag))")
    return try #require(file).draft(cell: cell, named: named)
  }

  @Test func resolvesWhatStandsAboveTheCells() throws {
    let draft = try draft(
      """
      # A story.
      #
      # In two parts.

      version: 1
      extends: base.yaml
      name: a ${what} story
      parameters: {what: short, ends: [node1, node2], late: 80ms}
      matrix: {cut: 10ms..20ms step 10ms}
      protocol:
        paxos: {timeout: 2s}              # longer than in the base
      workloads:
        - {at: 0ms, node: "${ends}", call: {propose: {value: "$${a}"}}}
      faults:
        # The only one.
        - name: split                     # named
          at: ${cut}
          for: ${late}
          partition: [[node1], others]
      assertions:
        - {never: "late > 1s", name: late is short}
      """, cell: 1, named: ["late"])
    #expect(
      draft.text == """
        # A story.
        #
        # In two parts.

        version: 1
        name: a short story

        parameters: {late: 80ms}

        topology: {nodes: 3}

        latencies: {default: 5ms}             # everywhere

        protocol:
          paxos: {retry: 60ms..90ms, timeout: 2s}  # longer than in the base

        workloads:
          - {at: 0ms, node: [node1, node2], call: {propose: {value: "$${a}"}}}

        faults:
          # The only one.
          - name: split                       # named
            at: 20ms
            for: 80ms
            partition: [[node1], others]

        assertions:
          - never: late > 1s
            name: late is short

        """)
  }

  /// The draws of an entry without a name hang on how its trigger is written.
  @Test func keepsParametersInTriggersWithoutNames() throws {
    let draft = try draft(
      """
      version: 1
      extends: base.yaml
      name: story
      parameters: {cut: 80ms, first: 10ms, share: 5%}
      faults:
        - {at: "${cut}", loss: "${share}"}
        - {name: second, at: "${cut}", loss: 5%}
      workloads:
        - {every: "${first}", until: "${cut}", call: {propose: {value: a}}}
      """)
    #expect(
      draft[["parameters"]]
        == .mapping([.init("cut", .text("80ms")), .init("first", .text("10ms"))]))
    #expect(draft[["faults", 0, "at"]]?.text == "${cut}")
    #expect(draft[["faults", 0, "loss"]]?.text == "5%")
    #expect(draft[["faults", 1, "at"]]?.text == "80ms")
    #expect(draft[["workloads", 0, "every"]]?.text == "${first}")
    #expect(draft[["workloads", 0, "until"]]?.text == "80ms")
  }

  /// A fault that changes nothing is accepted of a parameter only.
  @Test(
    arguments: [
      ("loss", "0%", true), ("loss", "1%", false), ("delay", "0ms", true),
      ("delay", "0ms..0ms", true), ("delay", "0ms..1ms", false), ("reorder", "0.0%", true),
    ])
  func keepsParametersWithoutEffect(key: String, value: String, isKept: Bool) throws {
    let draft = try draft(
      """
      version: 1
      extends: base.yaml
      name: story
      parameters: {much: \(value)}
      faults:
        - {name: quiet, at: 10ms, \(key): "${much}"}
      """)
    let path: DraftPath = ["faults", 0, .key(key)]
    #expect(draft[path]?.text == (isKept ? "${much}" : value))
    #expect((draft[["parameters", "much"]] != nil) == isKept)
  }

  @Test func editsValuesByTheirPlaces() throws {
    var draft = try draft(Self.base)
    draft[["seed"]] = .text("7")
    draft[["faults"]] = .list([.mapping([.init("at", .duration(10_000_000))])])
    draft[["faults", 0, "crash"]] = .text("node1")
    draft[["faults", 1]] = .mapping([.init("at", .text("1s")), .init("restart", .text("node1"))])
    draft[["protocol", "paxos", "timeout"]] = .duration(1_500_000_000)
    #expect(
      draft.text == """
        version: 1
        name: base
        seed: 7

        topology: {nodes: 3}

        latencies: {default: 5ms}             # everywhere

        protocol:
          paxos: {retry: 60ms..90ms, timeout: 1.5s}

        faults:
          - {at: 10ms, crash: node1}
          - {at: 1s, restart: node1}

        """)
    #expect(draft[["faults", 0, "at"]]?.duration == 10_000_000)
    #expect(draft[["protocol", "paxos", "retry"]]?.durationRange == 60_000_000...90_000_000)
    #expect(draft[["topology", "nodes"]]?.int == 3)
    #expect(draft[["faults", 2]] == nil)
  }

  /// Nothing in a scenario is empty, so an empty list goes with its last item.
  @Test func removesWhatWouldBeEmpty() throws {
    var draft = try draft(
      Self.base + """

        faults: [{at: 10ms, crash: node1}, {at: 20ms, crash: node2}]
        """)
    draft.remove(["faults", 0])
    #expect(draft[["faults"]]?.items?.count == 1)
    #expect(draft[["faults", 0, "crash"]]?.text == "node2")
    draft[["faults", 0]] = nil
    #expect(draft[["faults"]] == nil)
    draft.remove(["protocol", "paxos", "retry"])
    draft.remove(["protocol", "paxos", "timeout"])
    #expect(draft[["protocol"]] == nil)
    let before = draft
    draft.remove(["nowhere", 3])
    #expect(draft == before)
  }

  /// The keys of the language say what may stand at a place.
  @Test(
    arguments: [
      (["faults", 0, "at"], "an instant"), (["faults", 0, "links", "from"], "whom it means"),
      (["latencies", "default"], "a length of time"), (["topology", "nodes", 0], "a name"),
      (["latencies", "default", "loss"], "a percentage"),
      (["protocol", "paxos", "timeout"], "a value"), (["assertions", 0, "never"], "an expression"),
      (["seed"], "a whole number from 0 to 2^64 - 1"),
    ] as [(DraftPath, String)])
  func isTypedByTheKeys(path: DraftPath, form: String) throws {
    let draft = try draft(
      """
      version: 1
      name: story
      topology: {nodes: [node1, node2]}
      latencies: {default: {latency: 5ms, loss: 1%}}
      protocol: {paxos: {timeout: 1s}}
      faults: [{at: 10ms, loss: 100%, links: {from: node1, to: node2}}]
      assertions: [{never: node1.decided}]
      """)
    #expect(draft.grammar(at: path)?.summary.hasPrefix(form) == true, "\(path)")
  }

  @Test func knowsNoFormOfWhatIsNoKey() throws {
    let draft = try draft(Self.base)
    #expect(draft.grammar(at: ["limits", "tiem"]) == nil)
    #expect(draft.grammar(at: ["name", 0]) == nil)
  }

  @Test func listsItsPlacesInTheOrderOfTheText() throws {
    let draft = try draft(Self.base)
    #expect(
      draft.places(below: ["protocol"]).map(\.description) == [
        "protocol", "protocol.paxos", "protocol.paxos.retry", "protocol.paxos.timeout",
      ])
  }
}
