public import Diagnostics

/// The mistakes that are found when names are looked up and sections are put together.
public enum CompilerCodes {
  /// All of them, in the order of their numbers.
  public static let all: [DiagnosticCode] = [
    .repeatedName, .reservedName, .unknownNode, .nodeTwice, .linkToItself, .repeatedLink,
    .pairWithoutLatency, .twoValues, .idleConcurrency, .unknownProtocol, .unknownProtocolWord,
    .uniformOption, .missingOption, .fieldNotSettable, .valueOutOfRange, .unknownSelector,
    .tooManyDrawn, .namesWanted, .separatesNobody, .twoSides, .onNoSide, .notOneWay,
    .unknownFault, .nothingToHeal, .slowWithoutHandling, .overlappingRepeats, .neverActs,
    .unknownInvariant, .unknownMetric, .metricForm, .repeatedAssertion, .unknownAssertion,
    .windowEndsFirst, .barePoint, .unusedParameter, .withoutEffect, .constantAssertion,
    .endlessWorkload, .notOfInvariant, .newerCapsule, .contradictoryCapsule,
    .idleSwarm, .repeatedEntry, .swallowingComment,
  ]
}

// Names and links.
extension DiagnosticCode {
  static let repeatedName = DiagnosticCode(
    "E0301", "a name is given twice",
    explanation: """
      Nodes, groups and parameters have different names, since expressions use all of them as they \
      stand. Faults have different names among themselves, and so have workloads.
      """,
    wrong: "topology: {nodes: [node1, node1, node2]}",
    right: "topology: {nodes: [node1, node2, node3]}")
  static let reservedName = DiagnosticCode(
    "E0302", "a reserved name",
    explanation: """
      Some words mean something where names of nodes, groups and parameters stand: in expressions \
      (`nodes`, `now`, `leader`, …), among selectors (`all`, `majority`, …) or in mappings by node \
      (`default`).
      """,
    wrong: "topology: {nodes: [leader, node2]}", right: "topology: {nodes: [node1, node2]}")
  static let unknownNode = DiagnosticCode(
    "E0303", "an unknown node or group",
    explanation: "The name is not among the nodes and groups of `topology`.",
    wrong: "latencies: {default: 5ms, links: [{between: [node1, noed2], latency: 1ms}]}",
    right: "latencies: {default: 5ms, links: [{between: [node1, node2], latency: 1ms}]}")
  static let nodeTwice = DiagnosticCode(
    "E0304", "something is named twice in one list",
    explanation: "A list of nodes, kinds or names has each once; a group counts as its members.",
    wrong: "faults: [{at: 10ms, for: 10ms, crash: [node1, node1]}]",
    right: "faults: [{at: 10ms, for: 10ms, crash: [node1, node2]}]")
  static let linkToItself = DiagnosticCode(
    "E0305", "a link from a node to itself",
    explanation: "Nodes send each other messages; what a node does by itself takes no link.",
    wrong: "latencies: {default: 5ms, links: [{from: node1, to: node1, latency: 1ms}]}",
    right: "latencies: {default: 5ms, links: [{from: node1, to: node2, latency: 1ms}]}")
  static let repeatedLink = DiagnosticCode(
    "E0306", "two entries for one link",
    explanation: """
      An entry for a pair of nodes wins over one for groups, and that over `default`. Two entries of \
      one rank for one ordered pair leave open which holds; `between` speaks of both directions.
      """,
    wrong: """
      latencies:
        default: 5ms
        links:
          - {between: [node1, node2], latency: 1ms}
          - {from: node2, to: node1, latency: 2ms}
      """,
    right: """
      latencies:
        default: 5ms
        links:
          - {from: node1, to: node2, latency: 1ms}
          - {from: node2, to: node1, latency: 2ms}
      """)
  static let pairWithoutLatency = DiagnosticCode(
    "E0307", "a link without a latency",
    explanation: """
      Every ordered pair of nodes has a latency: by an entry in `links`, along the shape of the \
      topology, or by `default`.
      """,
    wrong: "latencies: {links: [{between: [node1, node2], latency: 5ms}]}",
    right: "latencies: {default: 20ms, links: [{between: [node1, node2], latency: 5ms}]}")
  static let twoValues = DiagnosticCode(
    "E0308", "two values for one node",
    explanation: """
      What is given for a node wins over what is given for its group. Two groups that both hold the \
      node have the same rank, so that neither wins.
      """,
    wrong: """
      topology: {nodes: 3, groups: {left: [node1, node2], right: [node2, node3]}}
      processing: {nodes: {left: 1ms, right: 2ms}}
      """,
    right: """
      topology: {nodes: 3, groups: {left: [node1, node2], right: [node3]}}
      processing: {nodes: {left: 1ms, right: 2ms}}
      """)
  static let idleConcurrency = DiagnosticCode(
    "E0309", "a bound on messages in handling that has no effect",
    explanation: "A queue forms only where handling takes time.",
    wrong: "processing: {concurrency: 1}", right: "processing: {concurrency: 1, default: 2ms}")
}

// The protocol.
extension DiagnosticCode {
  static let unknownProtocol = DiagnosticCode(
    "E0310", "an unknown protocol",
    explanation: "`conclave protocols` lists the protocols with their options, calls and fields.",
    wrong: "protocol: raft", right: "protocol: leader-election")
  static let unknownProtocolWord = DiagnosticCode(
    "E0311", "a word that the protocol does not have",
    explanation: """
      Options, fields, kinds of messages, calls and their arguments are those of the protocol. \
      `conclave protocols NAME` lists them.
      """,
    wrong: "protocol: {leader-election: {hartbeat: 50ms}}",
    right: "protocol: {leader-election: {heartbeat: 50ms}}")
  static let uniformOption = DiagnosticCode(
    "E0312", "an option that is the same for all nodes",
    explanation: "The protocol works only if every node has the same value of this option.",
    wrong: "protocol: {leader-election: {pre_vote: {default: true, node1: false}}}",
    right: "protocol: {leader-election: {pre_vote: true}}")
  static let missingOption = DiagnosticCode(
    "E0313", "an option or argument is missing",
    explanation: "The protocol has no value to fall back on.",
    wrong: """
      protocol: promise-commit
      workloads:
        - {at: 0ms, node: node1, call: propose}
      """,
    right: """
      protocol: promise-commit
      workloads:
        - {at: 0ms, node: node1, call: {propose: {value: scale_up}}}
      """)
  static let fieldNotSettable = DiagnosticCode(
    "E0314", "a field that a scenario cannot set",
    explanation: """
      `initial` sets the fields that the protocol lets it set; the others follow from them or from \
      what happens.
      """,
    wrong: "protocol: {leader-election: {initial: {node1: {votes: 3}}}}",
    right: "protocol: {leader-election: {initial: {node1: {role: candidate}}}}")
  static let valueOutOfRange = DiagnosticCode(
    "E0315", "a value that the protocol does not take",
    explanation: "The protocol says from where to where the values of the option go.",
    wrong: "protocol: {leader-election: {heartbeat: 0ms}}",
    right: "protocol: {leader-election: {heartbeat: 50ms}}")
}

// Faults.
extension DiagnosticCode {
  static let unknownSelector = DiagnosticCode(
    "E0316", "a word that chooses no nodes",
    explanation: """
      Nodes are chosen by their name, their group, `all`, `minority`, `majority`, `random(k)`, or by \
      a role that the protocol declares. Another protocol's role is an error, not an empty choice.
      """,
    wrong: "faults: [{at: 10ms, crash: lock-holder}]", right: "faults: [{at: 10ms, crash: leader}]")
  static let tooManyDrawn = DiagnosticCode(
    "E0317", "more nodes are drawn than there are",
    explanation: "`random(k)` draws k different nodes.",
    wrong: "topology: {nodes: 3}\nfaults: [{at: 10ms, crash: random(4)}]",
    right: "topology: {nodes: 3}\nfaults: [{at: 10ms, crash: random(2)}]")
  static let namesWanted = DiagnosticCode(
    "E0318", "messages are chosen by names",
    explanation: """
      `messages` and the moments of messages take nodes and groups by name. Who is the leader changes \
      during the run; a fault on links takes roles: `links: {from: leader, to: all}`.
      """,
    wrong: "faults: [{at: 10ms, loss: 100%, messages: {from: leader}}]",
    right: "faults: [{at: 10ms, loss: 100%, links: {from: leader, to: all}}]")
  static let separatesNobody = DiagnosticCode(
    "E0319", "a partition that separates nobody",
    explanation: "All nodes would be on one side.",
    wrong: "faults: [{at: 10ms, partition: {isolate: all}}]",
    right: "faults: [{at: 10ms, partition: {isolate: node1}}]")
  static let twoSides = DiagnosticCode(
    "E0320", "a node on two sides of a partition",
    explanation: "Each node is on one side.",
    wrong:
      "topology: {nodes: 3}\nfaults: [{at: 10ms, partition: [[node1, node2], [node2, node3]]}]",
    right: "topology: {nodes: 3}\nfaults: [{at: 10ms, partition: [[node1, node2], node3]}]")
  static let onNoSide = DiagnosticCode(
    "E0321", "a node on no side of a partition",
    explanation: """
      Every node is on a side. `others` is the side of everyone who is not named; to block messages \
      between some nodes alone, write `{block: {from: WHOM, to: WHOM}}`.
      """,
    wrong: "topology: {nodes: 3}\nfaults: [{at: 10ms, partition: [node1, node2]}]",
    right: "topology: {nodes: 3}\nfaults: [{at: 10ms, partition: [node1, others]}]")
  static let notOneWay = DiagnosticCode(
    "E0322", "a partition that cannot be one-way",
    explanation: "`one_way` says that the first of two sides does not reach the second.",
    wrong: """
      topology: {nodes: 3}
      faults: [{at: 10ms, partition: [node1, node2, node3], one_way: true}]
      """,
    right: """
      topology: {nodes: 3}
      faults: [{at: 10ms, partition: [node1, others], one_way: true}]
      """)
  static let unknownFault = DiagnosticCode(
    "E0323", "an unknown fault",
    explanation:
      "`heal`, `during` and points such as `split.start` speak of a fault by its `name`.",
    wrong: "faults: [{name: split, at: 10ms, partition: halves}, {at: 20ms, heal: spilt}]",
    right: "faults: [{name: split, at: 10ms, partition: halves}, {at: 20ms, heal: split}]")
  static let nothingToHeal = DiagnosticCode(
    "E0324", "a fault that cannot end",
    explanation:
      "`heal` ends a fault that lasts; `restart`, `resume` and `heal` act in one instant.",
    wrong: "faults: [{name: back, at: 10ms, resume: node1}, {at: 20ms, heal: back}]",
    right: "faults: [{name: nap, at: 10ms, pause: node1}, {at: 20ms, heal: nap}]")
  static let slowWithoutHandling = DiagnosticCode(
    "E0325", "a slow node without handling times",
    explanation: """
      `slow` stretches the times that nodes take to handle messages, not latencies. Without such \
      times nothing becomes slower; for slow links write `delay` or `mode: slow`.
      """,
    wrong: "faults: [{at: 10ms, slow: 4x, nodes: node1}]",
    right: "processing: {default: 2ms}\nfaults: [{at: 10ms, slow: 4x, nodes: node1}]")
  static let overlappingRepeats = DiagnosticCode(
    "E0326", "a repeated fault that overlaps itself",
    explanation: """
      The fault would fire again before its last time is over: it lasts longer than a period, or \
      nothing ends it, so that it would act many times at once. A repeated fault needs `for`, or \
      another fault that ends it. Nor can `jitter` be longer than the period: a firing would \
      overtake the next one.
      """,
    wrong: "faults: [{every: 100ms, for: 200ms, partition: halves}]",
    right: "faults: [{every: 200ms, for: 100ms, partition: halves}]")
  static let neverActs = DiagnosticCode(
    "E0327", "an entry that never acts",
    explanation: "It ends before it begins.",
    wrong: "faults: [{at: 100ms, until: 50ms, partition: halves}]",
    right: "faults: [{at: 50ms, until: 100ms, partition: halves}]")
}

// Assertions and parameters.
extension DiagnosticCode {
  static let unknownInvariant = DiagnosticCode(
    "E0328", "an unknown invariant",
    explanation: """
      Each family of protocols has its invariants: those of an election say nothing of a lock. \
      `conclave protocols NAME` lists them.
      """,
    wrong: "assertions: [election-saftey]", right: "assertions: [election-safety]")
  static let unknownMetric = DiagnosticCode(
    "E0329", "an unknown metric",
    explanation: "The metrics of a scenario depend on its protocol, nodes and groups.",
    wrong: "assertions: [{metric: messages.wired, is: \"< 20\"}]",
    right: "assertions: [{metric: messages.wire, is: \"< 20\"}]")
  static let metricForm = DiagnosticCode(
    "E0330", "a comparison in the wrong unit",
    explanation:
      "A metric is compared with a value in its unit: a number, a length of time, a ratio.",
    wrong: "assertions: [{metric: messages.wire, is: \"< 20ms\"}]",
    right: "assertions: [{metric: messages.wire, is: \"< 20\"}]")
  static let repeatedAssertion = DiagnosticCode(
    "E0331", "two assertions of one name",
    explanation: """
      Reports and `expect` speak of assertions by name, so that no two have the same. One without a \
      name is called by what it says.
      """,
    wrong: "assertions: [election-safety, election-safety]", right: "assertions: [election-safety]")
  static let unknownAssertion = DiagnosticCode(
    "E0332", "an unknown assertion",
    explanation: "`expect: {fail: NAME}` speaks of an assertion of the scenario by its name.",
    wrong: "assertions: [election-safety]\nexpect: {fail: election}",
    right: "assertions: [election-safety]\nexpect: {fail: election-safety}")
  static let windowEndsFirst = DiagnosticCode(
    "E0333", "a window that ends before it opens",
    explanation: "The second point of `between` is later than the first.",
    wrong: "assertions: [{always: node1.up, between: [50ms, 20ms]}]",
    right: "assertions: [{always: node1.up, between: [20ms, 50ms]}]")
  static let barePoint = DiagnosticCode(
    "E0334", "a fault is no point in time",
    explanation: """
      A named fault is a window with a start and an end. `after`, `before` and `between` take points, \
      so they say which one is meant; `during` takes the window.
      """,
    wrong: """
      faults: [{name: split, at: 10ms, for: 20ms, partition: halves}]
      assertions: [{always: node1.up, after: split}]
      """,
    right: """
      faults: [{name: split, at: 10ms, for: 20ms, partition: halves}]
      assertions: [{always: node1.up, after: split.end}]
      """)
  static let unusedParameter = DiagnosticCode(
    "E0335", "a parameter that is never used",
    explanation: """
      Nothing changes with the parameter, so that `--set` or the matrix would show the same run again \
      and again.
      """,
    wrong: "parameters: {cut: 80ms}", right: "parameters: {cut: 80ms}\nlimits: {time: \"${cut}\"}")
  static let withoutEffect = DiagnosticCode(
    "E0336", "a fault that changes nothing",
    explanation: """
      A delay of `0ms`, a chance of `0%` and a factor of `1x` leave everything as it is. A value \
      that comes from a parameter or the matrix is accepted, so that a range may start at nothing, and \
      so is any value beside `may_be_idle`: that the fault begins and ends may matter.
      """,
    wrong: "faults: [{at: 10ms, delay: 0ms}]", right: "faults: [{at: 10ms, delay: 30ms}]")
  static let constantAssertion = DiagnosticCode(
    "E0337", "an assertion that reads nothing",
    explanation: """
      What an assertion says must depend on the run. One that reads no name is decided before the run, \
      and would count as a check that was made.
      """,
    wrong: "assertions: [{always: 1 + 1 == 2}]", right: "assertions: [{always: node1.term < 2}]")
  static let swallowingComment = DiagnosticCode(
    "E0345", "a comment that takes in further lines",
    explanation: """
      A comment of an expression, `//`, goes to the end of its line; and YAML makes one line of a text \
      without quotes or in quotes, and of one behind `>`, however many it is written on. What stands \
      behind the comment would be a part of it. Behind `|` lines stay lines.
      """,
    wrong: """
      assertions:
        - always: >
            node1.up            // it runs
            && node1.term < 7
      """,
    right: """
      assertions:
        - always: |
            node1.up            // it runs
            && node1.term < 7
      """)
  static let endlessWorkload = DiagnosticCode(
    "E0338", "a workload whose last call is not known",
    explanation: """
      The end of a workload is the end of its last call. Calls at instants have a last one, and so have \
      calls `every` so often `until` an instant, and those with a `count`; of calls at a rate, of clients \
      or at a role, up to an instant, only the run tells.
      """,
    wrong: """
      protocol: lamport-mutex
      workloads: [{name: load, rate: 5/s, until: 2s, call: acquire}]
      assertions: [{eventually: "nodes.all(n, n.state == 'idle')", after: load.end}]
      """,
    right: """
      protocol: lamport-mutex
      workloads: [{name: load, rate: 5/s, count: 10, call: acquire}]
      assertions: [{eventually: "nodes.all(n, n.state == 'idle')", after: load.end}]
      """)
  static let notOfInvariant = DiagnosticCode(
    "E0339", "a key that does not fit the invariant",
    explanation: """
      `budget` and `initial` belong to the invariants that read the history of calls, `linearizable` \
      and `sequentially-consistent`. Those are about all calls of the run: a part of a history may \
      be explained only by what came before, so they take no part of the run.
      """,
    wrong: "assertions: [{invariant: election-safety, budget: 1000}]",
    right: "assertions: [{invariant: election-safety}]")
}
