import SystemModel

@testable import Analysis

/// The invariants of the log family; see ``InvariantTests``.
extension InvariantTests {
  static let logs = logMatching + leaderCompleteness + stateMachineSafety

  private static let logMatching: [InvariantRow] = [
    .init(name: "nobody has an entry twice", invariant: "log-matching", verdict: .vacuous) {
      $0.event(1) { log(&$0, 0, [(1, 0), (2, 1)]) }
    },
    .init(name: "two logs are the same", invariant: "log-matching", verdict: .pass) {
      $0.event(1) { log(&$0, 0, [(1, 0), (2, 1)]) }
      $0.event(2) { log(&$0, 1, [(1, 0), (2, 1)]) }
    },
    .init(name: "what differs was cut off before", invariant: "log-matching", verdict: .pass) {
      $0.event(1) { log(&$0, 0, [(1, 0), (3, 1)]) }
      $0.event(2) { log(&$0, 1, [(1, 0), (2, 0)]) }
      $0.event(3) {
        $0.observe(1, "truncated", 1)
        log(&$0, 1, [(3, 1)], from: 2)
      }
    },
    .init(
      name: "one entry with two values", invariant: "log-matching", verdict: .fail,
      reason:
        "the log of b has at index 1 an entry of term 1 with \"green\" behind nothing, that of "
        + "a an entry of term 1 with \"red\" behind nothing"
    ) {
      $0.event(1) { log(&$0, 0, [(1, 0)]) }
      $0.event(2) { log(&$0, 1, [(1, 1)]) }
    },
    .init(
      name: "one entry behind two others", invariant: "log-matching", verdict: .fail,
      reason: "behind an entry of term 2, that of a an entry of term 3 behind an entry of term 1"
    ) {
      $0.event(1) { log(&$0, 0, [(1, none), (3, none)]) }
      $0.event(2) { log(&$0, 1, [(2, none), (3, none)]) }
    },
    .init(
      name: "a node that starts again has less in front of it", invariant: "log-matching",
      verdict: .fail, reason: "at index 2 an entry of term 3 behind an entry of term 2"
    ) {
      $0.event(1) { log(&$0, 0, [(1, none), (3, none)]) }
      $0.event(2) { log(&$0, 1, [(1, none)]) }
      $0.event(3) {
        $0.observe(1, "loaded", 0)
        log(&$0, 1, [(2, none), (3, none)])
      }
    },
  ]

  private static let leaderCompleteness: [InvariantRow] = [
    .init(name: "nothing is committed", invariant: "leader-completeness", verdict: .vacuous) {
      $0.event(1) { elect(&$0, 0, term: 2) }
    },
    .init(
      name: "who commits is the only leader", invariant: "leader-completeness", verdict: .vacuous
    ) {
      $0.event(1) { elect(&$0, 0, term: 1) }
      $0.event(2) { commit(&$0, 0, [(1, 0)]) }
    },
    .init(name: "the next leader has it", invariant: "leader-completeness", verdict: .pass) {
      $0.event(1) { log(&$0, 1, [(1, 0)]) }
      $0.event(2) { commit(&$0, 0, [(1, 0)]) }
      $0.event(3) { elect(&$0, 1, term: 2) }
    },
    .init(
      name: "the next leader lacks it", invariant: "leader-completeness", verdict: .fail,
      reason: "b leads in term 2 with nothing at index 1, where a has committed an entry of term 1 "
        + "with \"red\" in term 1"
    ) {
      $0.event(2) { commit(&$0, 0, [(1, 0)]) }
      $0.event(3) { elect(&$0, 1, term: 2) }
    },
    .init(
      name: "the next leader has another one", invariant: "leader-completeness", verdict: .fail,
      reason: "b leads in term 2 with an entry of term 1 with \"green\" at index 1"
    ) {
      $0.event(1) { log(&$0, 1, [(1, 1)]) }
      $0.event(2) { commit(&$0, 0, [(1, 0)]) }
      $0.event(3) { elect(&$0, 1, term: 2) }
    },
    .init(
      name: "it is committed behind the election of the next leader",
      invariant: "leader-completeness", verdict: .fail, reason: "b leads in term 2 with nothing"
    ) {
      $0.event(1) { elect(&$0, 1, term: 2) }
      $0.event(2) { commit(&$0, 0, [(1, 0)]) }
    },
  ]

  private static let stateMachineSafety: [InvariantRow] = [
    .init(name: "one node alone", invariant: "state-machine-safety", verdict: .vacuous) {
      $0.event(1) { commit(&$0, 0, [(1, 0), (1, 1)]) }
    },
    .init(name: "two do the same", invariant: "state-machine-safety", verdict: .pass) {
      $0.event(1) { commit(&$0, 0, [(1, 0), (1, 1)]) }
      $0.event(2) { commit(&$0, 1, [(1, 0)]) }
    },
    .init(
      name: "two do different things", invariant: "state-machine-safety", verdict: .fail,
      reason: "b carries out an entry of term 2 at index 2, where a has carried out an entry of "
        + "term 1 with \"green\""
    ) {
      $0.event(1) { commit(&$0, 0, [(1, 0), (1, 1)]) }
      $0.event(2) { commit(&$0, 1, [(1, 0), (2, none)]) }
    },
    .init(
      name: "a node does something else after a crash", invariant: "state-machine-safety",
      verdict: .fail, reason: "a carries out an entry of term 1 with \"green\" at index 1"
    ) {
      $0.event(1) { commit(&$0, 0, [(1, 0)]) }
      $0.event(2) {
        $0.observe(0, "loaded", 0)
        commit(&$0, 0, [(1, 1)])
      }
    },
  ]

  private static let none = WordType.absent

  private static func entry(_ index: Int, _ term: Int64, _ value: Int64) -> Int64 {
    zip(TestProtocols.entry, [Int64(index), term, value]).reduce(0) { $0 | $1.0.word(of: $1.1) }
  }

  /// A node has entries of these terms and values, from an index on.
  private static func log(
    _ writer: inout TraceWriter, _ node: Int, _ entries: [(Int64, Int64)], from first: Int = 1
  ) {
    for (offset, (term, value)) in entries.enumerated() {
      writer.observe(node, "appended", entry(first + offset, term, value))
    }
  }

  /// A node in term 1 has entries and carries them out.
  private static func commit(
    _ writer: inout TraceWriter, _ node: Int, _ entries: [(Int64, Int64)]
  ) {
    writer.set(node, "term", 1)
    log(&writer, node, entries)
    for (offset, (term, value)) in entries.enumerated() {
      writer.observe(node, "applied", entry(1 + offset, term, value))
    }
  }

  private static func elect(_ writer: inout TraceWriter, _ node: Int, term: Int64) {
    lead(&writer, node, term: term)
    writer.observe(node, "became_leader", term)
  }
}
