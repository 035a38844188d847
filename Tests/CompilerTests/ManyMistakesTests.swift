import Diagnostics
import ScenarioSyntax
import Testing

/// Mistakes as authors make them: none hides another, and each says what to write.
struct ManyMistakesTests {
  @Test func mistakesDoNotHideEachOther() {
    let compiled = compile(
      """
      version: 1
      name: story
      topology: {nodes: [a, b, c], groups: {left: [a, bb]}}
      latencies: {default: 20}
      protocol: {leader-election: {hartbeat: 50ms}}
      faults:
        - {at: 10ms, crash: leeder}
        - {at: 10ms, loss: "${z}"}
      assertions:
        - {always: "leader = null"}
        - {always: a.rle == "leader"}
      """)
    let wanted = ["E0303", "E0211", "E0311", "E0316", "E0225", "E0401", "E0407"]
    #expect(Set(compiled.codes) == Set(wanted), "\(compiled.text)")
    #expect(compiled.codes.count == wanted.count, "\(compiled.text)")
  }

  @Test(arguments: [
    ("topology: {nodes: 3, shap: ring}", "E0201"), ("topology: {nodes: \"${z}\"}", "E0225"),
    ("protocol: rfat", "E0310"), ("protocol: [a]", "E0208"),
  ])
  func othersAreFoundBehindIt(_ section: String, _ code: String) {
    let compiled = compile(
      story(with: section + "\nfaults: [{at: 10, crash: node1}, {at: 5ms, heal: nothing}]"))
    #expect(compiled.codes == [code, "E0211", "E0323"], "\(compiled.text)")
  }

  @Test func rightNamesStayRight() {
    let compiled = compile(
      story(
        with: """
          topology: {nodes: 4, groups: {left: [node1, node9], right: [node3, node4]}}
          faults: [{at: 10ms, partition: [left, right]}, {at: 20ms, crash: left}]
          """))
    #expect(compiled.codes == ["E0303"], "\(compiled.text)")
  }

  @Test func exclusionHidesNoCell() {
    let compiled = compile(
      story(
        with: """
          matrix: {n: [1, 2], exclude: [{n: 5}]}
          faults: [{at: 10ms, crash: "random(${n})"}, {at: 10ms, heal: x}]
          """))
    #expect(compiled.codes == ["E0233", "E0323"], "\(compiled.text)")
  }

  @Test func mistakeOfSomeCellsNamesThem() throws {
    let compiled = compile(
      story(
        with: """
          matrix:
            n: [1, 9]
            q: [drop, hold]
          faults: [{at: 10ms, crash: "random(${n})"}, {at: 10ms, partition: halves, mode: "${q}"}]
          """))
    #expect(compiled.codes == ["E0317"], "\(compiled.text)")
    let mistake = try #require(compiled.diagnostics.first)
    #expect(
      mistake.notes == ["`\"random(${n})\"` stands for `random(9)` here", "in the cells with n=9"]
        || mistake.notes == ["in the cells with n=9"])
    #expect(mistake.labels.map(\.text) == ["`${n}` is `9` by this"])
  }

  @Test func wrongWordOfTheMatrixIsShown() throws {
    let compiled = compile(
      story(
        with: """
          matrix: {q: [all, some]}
          protocol: {promise-commit: {quorum: "${q}"}}
          """))
    let mistake = try #require(compiled.diagnostics.first)
    #expect(compiled.codes.count == 1, "\(compiled.text)")
    #expect(mistake.notes.last == "in the cell q=some")
    #expect(mistake.labels.map(\.text) == ["`${q}` is `some` by this"])
  }

  @Test(arguments: [
    ("assertions: [{metric: messages.wire, is: \"=< 12\"}]", "did you mean `<= 12`?"),
    ("assertions: [{metric: messages.wire, is: \"less than 12\"}]", "did you mean `< 12`?"),
    (
      "processing: {default: 1ms}\nfaults: [{at: 1ms, slow: 0.5, nodes: node1}]",
      "a factor says how many times as long it takes: write for example `2x`"
    ),
    (
      "protocol: promise-commit\nworkloads: [{at: 0ms, node: node1, call: {propose: x}}]",
      "did you mean `call: {propose: {value: x}}`?"
    ),
    (
      "protocol: lamport-mutex\nassertions: [{always: \"metrics['call.acquire.latency.p99'] < 1s\"}]",
      "ask for it with `at_end`, or with `{metric: call.acquire.latency.p99, is: …}`"
    ),
    (
      "faults: [{at: 1ms, crash: [leader, node1]}]",
      "write `leader` alone, and the other nodes in an entry of their own"
    ),
    (
      "faults: [{at: 1ms, partition: [old-leader, others]}]",
      "write `partition: {isolate: old-leader}`"
    ),
    ("assertions: [{always: nodes.length == 3}]", "write `.size()`"),
    (
      "latencies:\n  default: 5ms\n  links:\n    - between: node1, node2\n      latency: 1ms",
      "write `between: [node1, node2]`"
    ),
    ("protocol: raft", "did you mean `leader-election`?"),
    ("protocol: Lock", "did you mean `lamport-mutex`?"),
    (
      "matrix: {cut: 0ms..35ms step 10ms}\nlimits: {time: \"${cut}\"}",
      "write `0ms..30ms step 10ms`, or another step"
    ),
  ])
  func helpIsRight(_ sections: String, _ help: String) {
    let compiled = compile(story(with: sections))
    #expect(compiled.diagnostics.first?.help == help, "\(compiled.text)")
    #expect(compiled.codes.count == 1, "\(compiled.text)")
  }

  @Test func nothingIsSettable() {
    let compiled = compile(story(with: "protocol: {lamport-mutex: {quorum: all}}"))
    #expect(compiled.diagnostics.first?.notes == ["it has `mistake`"], "\(compiled.text)")
  }

  @Test func keysOfTheMatrixAreListedOnce() {
    let compiled = compile(
      story(with: "matrix: {cut: [1ms, 2ms]}\nlimits: {time: \"${cut}\"}"),
      settings: [Setting(name: "zz", text: "1")])
    #expect(compiled.diagnostics.first?.notes == ["the parameters are `cut`"])
  }

  @Test(arguments: [
    "loss: 0%", "duplicate: 0%", "reorder: 0%", "reorder: {probability: 5%, extra: 0ms}",
    "delay: 0ms", "delay: 0ms..0ms", "partition: halves, mode: slow, factor: 1x",
    "slow: 1x, nodes: node1",
  ])
  func faultWithoutEffect(_ kind: String) {
    let processing = "processing: {default: 1ms}\n"
    let compiled = compile(story(with: processing + "faults: [{at: 1ms, \(kind)}]"))
    #expect(compiled.codes == ["E0336"], "\(compiled.text)")
    // Who says that it may touch nothing means it.
    let meant = compile(
      story(with: processing + "faults: [{at: 1ms, \(kind), may_be_idle: its end counts}]"))
    #expect(!meant.codes.contains("E0336"), "\(meant.text)")
  }

  @Test func valueOfTheMatrixMayBeWithoutEffect() {
    let compiled = compile(
      story(with: "matrix: {p: [0%, 5%]}\nfaults: [{at: 1ms, loss: \"${p}\"}]"))
    #expect(compiled.codes.isEmpty, "\(compiled.text)")
  }
}
