import SystemModel

/// Protocols as the families describe them, for traces written by hand.
enum TestProtocols {
  static let plain = ProtocolDescription(
    name: "plain", summary: "", source: "", assumptions: [], guarantees: [], family: .mutex,
    messages: [
      .init("ping", [.init("term", .int), .init("target", .node)], ""), .init("pong", [], ""),
    ],
    fields: [
      .init("x", .bool, ""), .init("y", .bool, ""), .init("n", .int, ""),
      .init("word", .word(["red", "green"]), ""), .init("text", .symbol, nullable: true, ""),
      .init("peer", .node, nullable: true, ""), .init("queue", .nodeList, ""),
    ],
    calls: [
      .init(
        "put", [.init("key", .symbol, ""), .init("amount", .int, "")], result: .int, "")
    ],
    observations: [.init("requested", .init("timestamp", .int), "")])

  static let consensus = ProtocolDescription(
    name: "consensus", summary: "", source: "", assumptions: [], guarantees: [],
    family: .consensus, messages: [.init("commit", [.init("value", .symbol)], "")],
    fields: [.init("value", .symbol, nullable: true, "")],
    calls: [.init("propose", [.init("value", .symbol, "")], result: .symbol, "")],
    observations: ["proposed", "decided", "learned", "completed"].map {
      .init($0, .init("value", .symbol), "")
    })

  static let election = ProtocolDescription(
    name: "election", summary: "", source: "", assumptions: [], guarantees: [],
    family: .election, messages: [.init("heartbeat", [.init("term", .int)], "")],
    fields: [
      .init("role", .word(["follower", "candidate", "leader"]), ""), .init("term", .int, ""),
      .init("voted_for", .node, nullable: true, ""),
      .init("leader_id", .node, nullable: true, ""), .init("synced", .bool, ""),
    ],
    observations: ["became_candidate", "election_started", "became_leader"].map {
      .init($0, .init("term", .int), "")
    })

  static let mutex = ProtocolDescription(
    name: "mutex", summary: "", source: "", assumptions: [], guarantees: [], family: .mutex,
    messages: [.init("request", [.init("timestamp", .int)], "")],
    fields: [.init("state", .word(["idle", "waiting", "inside"]), "")],
    observations: ["requested", "entered", "exited"].map {
      .init($0, .init("timestamp", .int), "")
    })

  static let barrier = ProtocolDescription(
    name: "barrier", summary: "", source: "", assumptions: [], guarantees: [], family: .barrier,
    messages: [.init("arrive", [.init("generation", .int)], "")],
    fields: [.init("arrived", .int, "")],
    parameters: [.init("coordinator", .node, required: true, uniform: true, "")],
    observations: [
      .init("registered", nil, ""), .init("work_started", .init("duration", .duration), ""),
    ]
      + ["arrived", "triggered", "released", "left_behind"].map {
        .init($0, .init("generation", .int), "")
      })

  /// Where the index, the term and the value of an entry stand in an observation.
  static let entry = [0..<21, 21..<42, 42..<62].map { WordPart(word: 0, bits: $0) }

  static let log = ProtocolDescription(
    name: "log", summary: "", source: "", assumptions: [], guarantees: [],
    family: .log, also: [.election], messages: [.init("append", [.init("term", .int)], "")],
    fields: election.fields,
    observations: [
      .init("became_leader", .init("term", .int), ""), .init("truncated", .init("index", .int), ""),
      .init("loaded", .init("index", .int), ""),
    ]
      + ["appended", "applied"].map {
        .init(
          $0,
          [
            .init("index", .int, at: entry[0]), .init("term", .int, at: entry[1]),
            .init("value", .symbol, nullable: true, at: entry[2]),
          ], "")
      })

  static let register = ProtocolDescription(
    name: "register", summary: "", source: "", assumptions: [], guarantees: [],
    family: .register, messages: [.init("query", [], "")],
    fields: [.init("value", .symbol, nullable: true, "")],
    calls: [
      .init("read", [.init("key", .symbol, default: WordType.absent, "")], result: .symbol, ""),
      .init(
        "write",
        [.init("value", .symbol, ""), .init("key", .symbol, default: WordType.absent, "")], ""),
      .init(
        "cas",
        [
          .init("from", .symbol, ""), .init("to", .symbol, ""),
          .init("key", .symbol, default: WordType.absent, ""),
        ], ""),
    ])
}
