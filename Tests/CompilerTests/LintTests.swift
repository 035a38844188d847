import Compiler
import Diagnostics
import ScenarioSyntax
import TestSupport
import Testing

/// What is probably not meant, with what the author is told; and what is not said of scenarios that
/// are close to it.
struct LintTests {
  @Test func pagesAreWhole() {
    #expect(LintCodes.all.map(\.id) == LintCodes.all.map(\.id).sorted())
    #expect(Set(LintCodes.all.map(\.id)).count == LintCodes.all.count)
    #expect(LintCodes.all.allSatisfy { $0.id.hasPrefix("W07") })
  }

  @Test(arguments: LintCodes.all)
  func wrongHasTheWarning(_ code: DiagnosticCode) {
    let compiled = compile(story(with: code.wrong))
    #expect(compiled.plans != nil, "\(compiled.text)")
    let codes = compiled.codes
    #expect(!codes.isEmpty && codes.allSatisfy { $0 == code.id }, "\(code.id)\n\(compiled.text)")
    #expect(compiled.diagnostics.allSatisfy { $0.severity == .warning })
  }

  @Test(arguments: LintCodes.all)
  func rightHasNone(_ code: DiagnosticCode) {
    let compiled = compile(story(with: code.right))
    #expect(compiled.codes == [], "\(code.id)\n\(compiled.text)")
  }

  private static func golden(_ name: String, _ rows: [String]) {
    let reports = rows.map { sections -> String in
      let compiled = compile(story(with: sections))
      #expect(!compiled.diagnostics.isEmpty, "\(sections)")
      #expect(compiled.diagnostics.allSatisfy { $0.severity == .warning }, "\(compiled.text)")
      let shown = sections.split(separator: "\n", omittingEmptySubsequences: false)
        .map { "| \($0)\n" }.joined()
      return shown + "\n" + compiled.text
    }
    expectGolden(reports.joined(separator: "\n"), name)
  }

  @Test func times() {
    let split = "faults: [{name: split, at: 100ms, for: 300ms, partition: halves}]\n"
    Self.golden(
      "lint-times.txt",
      [
        "limits: {time: 1s}\nfaults: [{every: 2s, for: 100ms, partition: halves}]",
        "faults: [{at: 61s, crash: node1}]",
        """
        limits: {time: 1s}
        faults: [{name: split, at: 100ms, partition: halves}, {at: 2s, heal: split}]
        """,
        """
        protocol: lamport-mutex
        limits: {time: 1s}
        workloads: [{at: [3s, 2s], call: acquire}, {every: 2s, call: acquire}, {at: 5s, rate: 10/s, call: acquire}]
        """,
        """
        limits: {time: 1s}
        faults: [{name: split, at: 2s, for: 1s, partition: halves}]
        assertions: [{always: node1.term < 9, during: split}]
        """,
        """
        limits: {time: 1s}
        deliveries: [{kind: heartbeat, from: node1, to: node2, nth: 1, takes: 1001ms, copy: 5ms}]
        """,
        "deliveries: [{kind: heartbeat, from: node1, to: node2, nth: 1, takes: 2m}]",
        "limits: {time: 1s}\nvary: {order: {pct: {depth: 2, window: 1001ms, messages: 9}}}",
        "limits: {time: 1s}\nassertions: [{always: node1.term < 9, after: 2s}]",
        "limits: {time: 1s}\nassertions: [{always: node1.term < 9, before: 2s}]",
        "limits: {time: 1s}\nassertions: [{always: node1.term < 9, between: [500ms, 2s]}]",
        split + "assertions: [{always: node1.term < 9, between: [split.end, split.start]}]",
        split + "assertions: [{always: node1.term < 9, between: [split.end, 200ms]}]",
        split + "assertions: [{eventually: leader != null, during: split, within: 500ms}]",
        split
          + "assertions: [{eventually: leader != null, between: [split.start, 200ms], within: 1s}]",
        split + "assertions: [{eventually: leader != null, after: split.end, within: 60s}]",
        split
          + "assertions: [{when: node1.term > 1, then: leader != null, before: 200ms, within: 1s}]",
        "assertions: [{always: node1.term < 9, before: 0ms}]",
        "limits: {time: 1s}\nassertions: [{eventually: leader != null, for: 2s}]",
        "limits: {time: 1s}\nassertions: [{eventually: leader != null, within: 400ms, for: 700ms}]",
        split + "assertions: [{eventually: leader != null, during: split, for: 500ms}]",
        "assertions: [{when: node1.term > 1, then: leader != null, for: 2m}]",
      ])
  }

  @Test func conditions() {
    Self.golden(
      "lint-conditions.txt",
      [
        "assertions: [{always: node1.role == node1.role}]",
        "assertions: [{always: 'nodes.all(n, n.votes >= 0)'}]",
        "assertions: [{never: 'nodes.exists(n, n.term < 0)'}]",
        "assertions: [{always: 'nodes.count(n, n.up) <= 3'}]",
        "assertions: [{always: 'node1.role in [\"follower\", \"candidate\", \"leader\"]'}]",
        "assertions: [{always: node1.up || !node1.up}]",
        "assertions: [{at_end: calls.size() >= 0}]",
        "limits: {time: 1s}\nassertions: [{always: now <= 1s}]",
        "assertions: [{when: node1.term > 1, then: metrics.messages.wire >= 0}]",
        "assertions: [{when: node1.index > 5, then: node2.up}]",
        "assertions: [{hold: node2.up || node1.attempt >= 0, until: node1.term > 1}]",
        "assertions: [{sometimes: node1.votes > 2 && node1.votes <= 2}]",
        "assertions: [{always: node1.term < 0}]",
        "assertions: [{never: node1.term == node1.term}]",
        "assertions: [{metric: messages.wire, is: \"> -1\"}, {metric: run.duration, is: \"< 0ms\"}]",
        "assertions: [{metric: messages.wire, is: ['> 5', '< 200', '<= 3']}]",
        "assertions: [{metric: messages.wire, is: ['> 5', '< 6']}, {metric: run.duration, is: ['== 2s', '!= 2s']}]",
        "assertions: [{metric: messages.wire, is: ['== 5', '== 6']}, {metric: unavailability.total, is: ['>= 2ms', '< 2ms']}]",
        "parameters: {size: 3}\nassertions: [{always: size > 2}]",
        "faults: [{when: node1.name == 'node2', crash: node1}]",
        "assertions: [{always: node1.term < 9, after: {when: nodes.size() > 3}}]",
        "assertions: [{eventually: 'nodes.all(n, n.up && n.term == 1)', within: 1s}]",
        "assertions: [{sometimes: node1.role == 'follower'}, {sometimes: node1.up, after: 0ms}]",
        "assertions: [{hold: node1.term < 3, until: 'true'}, {hold: node1.term < 3, until: node1.up || !node1.up}]",
        "assertions: [{hold: node1.term < 3, until: node1.votes < 0}]",
        "assertions: [{hold: node1.term < 3, until: node1.role == 'follower'}]",
        "assertions: [{always: node1 == node1}, {always: nodes == nodes}, {never: leader != leader}]",
        "assertions: [{always: node1.up || node1.up == false}, {always: node1.up != true || node1.up}]",
        "assertions: [{when: leader != null, then: leader != null}]",
        "assertions: [{always: 'calls.all(c, c.outcome == \"ok\")'}]",
      ])
  }

  @Test func progress() {
    let groups =
      "topology: {nodes: 5, groups: {left: [node1, node2, node3], right: [node4, node5]}}"
    Self.golden(
      "lint-progress.txt",
      [
        """
        \(groups)
        faults: [{name: split, at: 100ms, partition: [left, right]}]
        assertions: [{eventually: 'nodes.all(n, n.synced)'}]
        """,
        """
        \(groups)
        faults: [{name: split, at: 100ms, for: 70s, partition: [left, right]}]
        assertions: [{eventually: 'nodes.all(n, n.synced)'}]
        """,
        """
        \(groups)
        faults: [{at: 100ms, partition: [left, right], mode: hold}]
        assertions: [{eventually: node1.synced && node5.synced, after: 200ms}]
        """,
        """
        topology: {nodes: 4}
        faults: [{name: split, at: 100ms, partition: halves}]
        assertions: [{eventually: leader != null, after: split.start}]
        """,
        "faults: [{at: 0ms, crash: majority}]\nassertions: [election-safety]",
        """
        protocol: {promise-commit: {quorum: all}}
        workloads: [{at: 5ms, node: node1, call: {propose: {value: x}}}]
        faults: [{at: 0ms, pause: node3}]
        assertions: [{eventually: node1.decided}]
        """,
        """
        protocol: lamport-mutex
        workloads: [{at: 5ms, node: node1, call: acquire}]
        faults: [{at: 0ms, partition: {isolate: node3}}]
        assertions: [{eventually: node1.state == 'inside'}]
        """,
      ])
  }

  @Test func entries() {
    Self.golden(
      "lint-entries.txt",
      [
        "topology: {nodes: 3, groups: {left: [node1, node2], right: [node3]}}\nfaults: [{at: 1s, crash: left}]",
        """
        latencies:
          default: {latency: 20ms, loss: 1%}
          links:
            - {between: [node1, node2], latency: 5ms, loss: 0%}
            - {between: [node1, node3], latency: 5ms, loss: 0%}
            - {between: [node2, node3], latency: 5ms, loss: 0%}
        """,
        """
        topology: {nodes: 3, groups: {pair: [node1, node2]}}
        latencies:
          default: 20ms
          links:
            - {between: [pair, pair], latency: 5ms}
            - {between: [node1, node2], latency: 6ms}
        """,
        "latencies: {default: 20ms, links: [{from: node1, to: node2, fifo: true}]}",
        "latencies: {default: 20ms, links: [{from: node1, to: node2, latency: {exponential: {mean: 9ms, min: 0ms}}}]}",
        "processing: {default: 2ms, nodes: {node1: 1ms, node2: 1ms, node3: 1ms}}",
        "processing: {default: 2ms, heartbeat: 1ms, nodes: {node1: {heartbeat: 1ms}}}",
        """
        topology: {nodes: 3, groups: {pair: [node1, node2]}}
        processing: {nodes: {pair: 1ms, node1: 2ms, node2: 2ms}}
        """,
        "protocol: {leader-election: {initial: {node1: {role: follower, term: 1}}}}",
      ])
  }

  @Test func faults() {
    Self.golden(
      "lint-faults.txt",
      [
        "faults: [{at: 100ms, for: 1s, delay: 20ms, links: {between: [node1, node1]}}]",
        """
        topology: {nodes: 3, groups: {pair: [node1, node2]}}
        faults: [{at: 100ms, for: 1s, partition: {block: {from: node1, to: node1}}}, {at: 2s, crash: pair}]
        """,
        """
        faults:
          - {at: 100ms, for: 1s, loss: 50%, links: {from: node1, to: node2}, messages: {from: node2}}
          - {at: 100ms, for: 1s, loss: 50%, messages: {from: node2, to: node2}}
        """,
        "faults: [{on: {sent: {from: node1, to: node1}}, crash: node2}]",
        "faults: [{at: 100ms, heal: split}, {name: split, at: 200ms, for: 1s, partition: halves}]",
        "faults: [{name: split, at: 200ms, for: 100ms, partition: halves}, {at: 400ms, heal: split}]",
        "faults: [{name: split, at: 200ms, until: 300ms, partition: halves}, {at: 400ms, heal: split}]",
        "faults: [{at: 100ms, restart: node1}, {at: 200ms, crash: node1}]",
        "faults: [{at: 100ms, crash: node1}, {at: 200ms, restart: node2}]",
        "faults: [{at: 100ms, crash: node1}, {at: 200ms, resume: all}]",
      ])
  }

  /// What could be taken for one of these and is right.
  @Test(arguments: [
    "faults: [{at: 60s, crash: node1}]",
    "faults: [{name: split, at: 100ms, partition: halves}]\nassertions: [{eventually: leader != null}]",
    """
    faults: [{name: split, at: 100ms, partition: halves}, {at: 300ms, heal: split}]
    assertions: [{eventually: 'nodes.all(n, n.synced)', after: split.end}]
    """,
    """
    faults: [{name: split, at: 100ms, partition: halves}]
    assertions: [{name: x, eventually: 'nodes.all(n, n.synced)'}]
    expect: {fail: x}
    """,
    "faults: [{at: 0ms, crash: [node1, node2]}]\nassertions: [{never: leader != null}]",
    "faults: [{at: 0ms, crash: [node1, node2]}, {at: 1s, restart: all}]\nassertions: [{eventually: leader != null}]",
    "assertions: [{eventually: 'nodes.all(n, n.term == 1)', within: 0ms}]",
    "assertions: [{always: old.node1.term <= node1.term}]",
    "assertions: [{always: node1.term >= 1}, {metric: messages.wire, is: '> 0'}]",
    "protocol: lamport-mutex\nassertions: [{metric: mutex.overhead, is: '>= 0ms'}]",
    "assertions: [{always: leader == null || leader.term > 0}]",
    "topology: {nodes: 3, groups: {left: [node1]}}\nassertions: [{always: 'nodes.all(n, n.group != null || n.term < 5)'}]",
    "topology: {nodes: 3, groups: {left: [node1]}}\nassertions: [{metric: unavailability.left, is: '< 1s'}]",
    "topology: {nodes: 3, groups: {left: [node1]}}\nprotocol: {leader-election: {heartbeat: {left: 40ms}}}",
    "parameters: {most: 2}\nassertions: [{always: node1.votes <= most}]",
    "protocol: {leader-election: {initial: {node1: {role: candidate, term: 1}}}}",
    "processing: {default: 2ms, nodes: {node1: {heartbeat: 1ms}}}",
    "faults: [{at: 100ms, for: 1s, loss: 50%, links: {between: [node1, all]}}]",
    "faults: [{at: 100ms, for: 1s, loss: 50%, links: {from: leader, to: node1}, messages: {from: node2}}]",
    "faults: [{at: 1s, loss: 50%, links: {from: node1, to: node1}, may_be_idle: shown so}]",
    "faults: [{name: split, at: 200ms, for: 100ms, partition: halves}, {at: 300ms, heal: split}]",
    "faults: [{name: split, every: 200ms, for: 100ms, partition: halves}, {at: 700ms, heal: split}]",
    "faults: [{name: split, at: 100ms, partition: halves}, {every: 50ms, heal: split}]",
    "faults: [{at: 100ms, crash: leader}, {at: 200ms, restart: node2}]",
    "faults: [{when: node1.term > 1, crash: node1}, {at: 200ms, restart: node1}]",
    "faults: [{at: 100ms, crash: node1}, {at: 100ms, restart: node1}]",
    "limits: {time: 1s}\ndeliveries: [{kind: heartbeat, from: node1, to: node2, nth: 1, takes: 1s}]",
    "deliveries: [{kind: heartbeat, from: node1, to: node2, nth: 1, takes: 2m, may_be_idle: so}]",
    "limits: {time: 1s}\nvary: {order: {delay-bounded: {delays: 2, window: 1s, messages: 9}}}",
    "limits: {time: 1s}\ntimers: [{node: node1, timer: heartbeat, nth: 1, takes: 2s}]",
    "assertions: [{metric: messages.wire, is: ['> 5', '< 7', '!= 9']}]",
    "assertions: [{metric: messages.wire, is: ['>= 5', '<= 5']}]",
    "assertions: [{name: x, metric: messages.wire, is: ['> 5', '< 5']}]\nexpect: {fail: x}",
    // Ends of a range that is tried.
    "limits: {time: 1s}\nmatrix: {cut: [500ms, 2s]}\nfaults: [{at: '${cut}', for: 10ms, crash: node1}]",
  ])
  func saysNothing(_ sections: String) {
    let compiled = compile(story(with: sections))
    #expect(compiled.codes == [], "\(compiled.text)")
  }

  /// What every cell of a matrix has is told once.
  @Test func everyCellHasIt() {
    let compiled = compile(
      story(
        with: """
          limits: {time: 1s}
          matrix: {cut: [3s, 2s]}
          faults: [{at: '${cut}', for: 10ms, crash: node1}]
          """))
    #expect(compiled.codes == ["W0701"])
    #expect(compiled.plans?.count == 2)
  }

  /// What an extended file says is its own matter.
  @Test func extendedFilesAreTheirOwnMatter() {
    let base = story(with: "limits: {time: 1s}\nfaults: [{at: 2s, crash: node1}]")
    let text = "version: 1\nname: other\nextends: base.yaml\n"
    #expect(compile(base).codes == ["W0701"])
    #expect(compile(text, others: ["base.yaml": base]).codes == [])
  }
}
