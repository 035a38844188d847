public import SystemModel

/// What nodes with a replicated log say to each other, and the words in which scenarios speak of
/// them.
extension RaftRegister {
  /// What the nodes send each other.
  public enum Message: MachineMessage {
    /// Vote for me in this term; my log ends with this entry.
    case voteRequest(term: Int64, last: Int64, lastTerm: Int64)
    /// Votes.
    case voteGrant(term: Int64)
    /// Does not vote; the term is the own one.
    case voteDeny(term: Int64, reason: Denial)
    /// An entry for the log of a follower.
    case append(Append)
    /// The same without an entry.
    case heartbeat(Append)
    /// The own log is the leader's up to this entry.
    case appendAck(term: Int64, last: Int64)
    /// The own log does not match behind an entry; this is its last one.
    case appendReject(term: Int64, previous: Int64, last: Int64)
    /// What a client of the sender asks for.
    case forward(request: Int64, command: RegisterCommand)
    /// What became of it.
    case answer(request: Int64, isOk: Bool, value: Int64)

    /// The content in the common form.
    public var payload: MessagePayload {
      switch self {
      case .voteRequest(let term, let last, let lastTerm): MessagePayload(0, term, last, lastTerm)
      case .voteGrant(let term): MessagePayload(1, term)
      case .voteDeny(let term, let reason): MessagePayload(2, term, Int64(reason.rawValue))
      case .append(let append): append.payload(3)
      case .heartbeat(let append): append.payload(4)
      case .appendAck(let term, let last): MessagePayload(5, term, last)
      case .appendReject(let term, let previous, let last):
        MessagePayload(6, term, previous, last)
      case .forward(let request, let command):
        MessagePayload(
          7, request, Place.command.word(of: command.kind.rawValue), Place.content(of: command))
      case .answer(let request, let isOk, let value):
        MessagePayload(8, request, isOk ? 1 : 0, value)
      }
    }

    /// The place among the declared messages.
    public var kind: UInt8 {
      switch self {
      case .voteRequest: 0
      case .voteGrant: 1
      case .voteDeny: 2
      case .append: 3
      case .heartbeat: 4
      case .appendAck: 5
      case .appendReject: 6
      case .forward: 7
      case .answer: 8
      }
    }
  }

  /// Why a vote is denied, in the order of the declared words.
  public enum Denial: UInt8, Hashable, Sendable, BitwiseCopyable {
    /// The asking node is behind: its term is too low.
    case stale
    /// The asked node has voted for somebody else.
    case voted
    /// The asked node's log is more up to date.
    case log
  }

  /// What a leader tells a follower: which entry comes behind which, and what is committed.
  ///
  /// Its numbers share three words. Indexes and terms up to ``limit`` fit in, and so do the numbers
  /// of more texts than a file has room for.
  public struct Append: Hashable, Sendable, BitwiseCopyable {
    private let position: Int64
    private let progress: Int64
    private let content: Int64

    init(term: Int64, previous: Int64, previousTerm: Int64, entry: LogEntry?, commit: Int64) {
      position =
        Place.term.word(of: term) | Place.previous.word(of: previous)
        | Place.previousTerm.word(of: previousTerm)
      progress =
        Place.commit.word(of: commit) | Place.entryTerm.word(of: entry?.term ?? WordType.absent)
        | Place.command.word(of: entry?.command.kind.rawValue ?? WordType.absent)
      content = entry.map { Place.content(of: $0.command) } ?? 0
    }

    var term: Int64 { Place.term.value(in: position) }
    var previous: Int64 { Place.previous.value(in: position) }
    var previousTerm: Int64 { Place.previousTerm.value(in: position) }
    var commit: Int64 { Place.commit.value(in: progress) }

    var entry: LogEntry? {
      let term = Place.entryTerm.value(in: progress)
      guard term != WordType.absent,
        let kind = RegisterCommand.Kind(rawValue: Place.command.value(in: progress))
      else { return nil }
      let command = RegisterCommand(
        kind, key: Place.key.value(in: content), value: Place.value.value(in: content),
        expected: Place.expected.value(in: content))
      return LogEntry(term: term, command: command)
    }

    func payload(_ kind: UInt8) -> MessagePayload {
      MessagePayload(kind, position, progress, content)
    }
  }

  /// Where the numbers of an `append` and a `forward` stand.
  private enum Place {
    static let term = WordPart(word: 0, bits: 0..<21)
    static let previous = WordPart(word: 0, bits: 21..<42)
    static let previousTerm = WordPart(word: 0, bits: 42..<63)
    static let entryTerm = WordPart(word: 1, bits: 0..<21)
    static let commit = WordPart(word: 1, bits: 21..<42)
    static let command = WordPart(word: 1, bits: 42..<45)
    static let key = WordPart(word: 2, bits: 0..<20)
    static let value = WordPart(word: 2, bits: 20..<40)
    static let expected = WordPart(word: 2, bits: 40..<60)

    static func content(of command: RegisterCommand) -> Int64 {
      key.word(of: command.key) | value.word(of: command.value)
        | expected.word(of: command.expected)
    }
  }

  /// The kinds of calls, in the order of the declarations.
  enum CallKind {
    static let read: UInt8 = 0
    static let write: UInt8 = 1
  }

  /// The observations, in the order of the declarations.
  enum Observed {
    static let electionTimeout: UInt8 = 0
    static let becameCandidate: UInt8 = 1
    static let electionStarted: UInt8 = 2
    static let becameLeader: UInt8 = 3
    static let steppedDown: UInt8 = 4
    static let acceptedLeader: UInt8 = 5
    static let appended: UInt8 = 6
    static let truncated: UInt8 = 7
    static let applied: UInt8 = 8
    static let loaded: UInt8 = 9

    static let index = WordPart(word: 0, bits: 0..<21)
    static let term = WordPart(word: 0, bits: 21..<42)
    static let value = WordPart(word: 0, bits: 42..<62)

    /// What is said of an entry.
    static func value(_ place: Int64, _ entry: LogEntry) -> Int64 {
      index.word(of: place) | term.word(of: entry.term) | value.word(of: entry.command.value)
    }
  }

  /// The words of the protocol.
  public static let description = ProtocolDescription(
    name: "raft-register",
    summary: "Reads, writes and swaps a register through a log that an elected leader replicates.",
    source: "Ongaro and Ousterhout, In Search of an Understandable Consensus Algorithm (USENIX ATC"
      + " 2014), section 5; Ongaro, Consensus: Bridging Theory and Practice (2014), chapter 6.",
    assumptions: [
      "Messages may be lost, late, doubled and out of order, but are not forged.",
      "Disks keep the term, the vote and the log: with a wiped disk a node may vote twice, and miss"
        + " entries that others count on.",
      "A leader is found while a majority is connected and timeouts exceed several latencies.",
    ],
    guarantees: [
      "Linearizable reads, writes and swaps under loss, partitions and crashes that keep the disk.",
      "One leader in a term; logs with the same entry are the same up to it; a leader has every"
        + " entry that was committed before; nodes carry out the same entries in the same order.",
      "A side without a majority commits nothing; its calls end after `timeout`.",
    ],
    family: .register, also: [.election, .log],
    messages: messages,
    timers: ElectionWords.timers + [
      TimerDeclaration("timeout", "The node waits no longer for the end of a call; see `timeout`.")
    ],
    fields: fields, parameters: parameters, calls: calls, observations: observations,
    selectors: ElectionWords.selectors, mistakes: mistakes)

  private static let commands = WordType.word(["no_op", "read", "write", "cas"])

  private static let position: [MessageDeclaration.Field] = [
    .init("term", .int, at: Place.term), .init("prev_index", .int, at: Place.previous),
    .init("prev_term", .int, at: Place.previousTerm), .init("commit", .int, at: Place.commit),
  ]

  private static let command: [MessageDeclaration.Field] = [
    .init("command", commands, at: Place.command),
    .init("key", .symbol, nullable: true, at: Place.key),
    .init("value", .symbol, nullable: true, at: Place.value),
    .init("expected", .symbol, nullable: true, at: Place.expected),
  ]

  private static let messages = [
    MessageDeclaration(
      "vote_request",
      [.init("term", .int), .init("last_index", .int), .init("last_term", .int)],
      "Asks for the receiver's vote in this term; tells the last entry of the own log."),
    MessageDeclaration("vote_grant", [.init("term", .int)], "Votes for the receiver."),
    MessageDeclaration(
      "vote_deny", [.init("term", .int), .init("reason", .word(["stale", "voted", "log"]))],
      "Does not vote for the receiver; tells the own term."),
    MessageDeclaration(
      "append", position + [.init("entry_term", .int, at: Place.entryTerm)] + command,
      "An entry for the receiver's log, behind the one of `prev_index` and `prev_term`; and up to"
        + " which entry the leader has committed."),
    MessageDeclaration(
      "heartbeat", position, "The same without an entry: the leader is there."),
    MessageDeclaration(
      "append_ack", [.init("term", .int), .init("last_index", .int)],
      "The own log is the leader's up to this entry."),
    MessageDeclaration(
      "append_reject",
      [.init("term", .int), .init("prev_index", .int), .init("last_index", .int)],
      "Has no such entry at `prev_index`, or knows of a higher term; tells its last entry."),
    MessageDeclaration(
      "forward", [.init("request", .int)] + command,
      "Asks the leader for a client of the sender; requests are numbered."),
    MessageDeclaration(
      "answer",
      [.init("request", .int), .init("ok", .bool), .init("value", .symbol, nullable: true)],
      "Tells what became of a request; not `ok` if it did not happen and never will."),
  ]

  private static let fields = [
    FieldDeclaration(
      "role", .word(["follower", "candidate", "leader"]), settable: true,
      "What the node is; a candidate of `initial` stands for election at once."),
    FieldDeclaration(
      "term", .int, durable: true, settable: true, range: terms,
      "The highest term the node knows of; 1 at the start."),
    FieldDeclaration(
      "voted_for", .node, nullable: true, durable: true, settable: true,
      "Whom the node has voted for in its term."),
    FieldDeclaration(
      "leader_id", .node, nullable: true, "The leader that the node follows, or is itself."),
    FieldDeclaration(
      "synced", .bool,
      "Whether the node leads, or has had everything that the leader it follows had committed."),
    FieldDeclaration(
      "votes", .int, "The votes for this node in its term, its own included; 0 if it never stood."
    ),
    FieldDeclaration(
      "log_length", .int, durable: true, "How many entries its log has: the index of the last."),
    FieldDeclaration(
      "last_log_term", .int, durable: true, "The term of the last entry of its log; 0 if empty."),
    FieldDeclaration(
      "commit", .int,
      "The index of the last entry that it knows to be committed, and has carried out."),
    FieldDeclaration(
      "value", .symbol, nullable: true,
      "The register without a key, as the entries that were carried out have left it."),
    FieldDeclaration("registers", .int, "How many registers those entries have written."),
    FieldDeclaration(
      "pending", .int, "How many calls wait at this node until it is done with one."),
    FieldDeclaration("request", .int, "The number of the last call that it has taken up."),
  ]

  private static let parameters = [
    ParameterDeclaration(
      "heartbeat", .duration(minimum: Duration(nanoseconds: 1)),
      default: .duration(.milliseconds(50)),
      "How long after its last heartbeats a leader sends the next."),
    ElectionWords.timeout,
    ParameterDeclaration(
      "timeout", .duration(minimum: Duration(nanoseconds: 1)),
      default: .duration(.milliseconds(5000)),
      "How long a node waits for the end of a call; then a read is `fail`, any other call `info`."),
  ]

  private static let keySummary =
    "Which register, of any number; one more, without a name, if left out."

  private static let calls = [
    CallDeclaration(
      "read", [.init("key", .symbol, default: WordType.absent, keySummary)], result: .symbol,
      "Reads a register; returns its value, or null if nothing was ever written. `fail` at a node"
        + " that knows no leader."),
    CallDeclaration(
      "write",
      [
        .init("value", .symbol, "The value to write."),
        .init("key", .symbol, default: WordType.absent, keySummary),
      ],
      "Writes a register. `fail` at a node that knows no leader; `info` if the end is not heard of."
    ),
    CallDeclaration(
      "cas",
      [
        .init(
          "from", .symbol, default: WordType.absent,
          "The value that must be there; a register that was never written, if left out."),
        .init("to", .symbol, "The value that replaces it."),
        .init("key", .symbol, default: WordType.absent, keySummary),
      ],
      "Replaces a value if it is there (compare and swap); `fail` if another one is, else as"
        + " `write`."),
  ]

  private static let entry: [MessageDeclaration.Field] = [
    .init("index", .int, at: Observed.index), .init("term", .int, at: Observed.term),
    .init("value", .symbol, nullable: true, at: Observed.value),
  ]

  private static let elections =
    [
      ElectionWords.timedOut,
      ObservationDeclaration(
        "became_candidate", .init("term", .int), "A node is a candidate of this term."),
    ] + ElectionWords.turns

  private static let observations =
    elections + [
      ObservationDeclaration(
        "appended", entry, "An entry is the last one of the node's log now, with what it writes."),
      ObservationDeclaration(
        "truncated", .init("index", .int), "The node has cut its log behind this entry."),
      ObservationDeclaration(
        "applied", entry, "The node knows that an entry is committed, and has carried it out."),
      ObservationDeclaration(
        "loaded", .init("index", .int),
        "The node starts again, with the entries up to this one in its log."),
    ]
}
