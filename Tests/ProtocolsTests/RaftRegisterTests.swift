import SystemModel
import TestSupport
import Testing

@testable import Protocols

/// One machine of a replicated log by itself.
struct RaftRegisterTests {
  typealias Raft = RaftRegister
  typealias Effect = Effects<Raft>.Effect

  static let absent = WordType.absent
  static let read: UInt8 = 0
  static let write: UInt8 = 1
  static let cas: UInt8 = 2
  static let noOp = RegisterCommand(.none)

  static func node(
    _ place: Int = 0, of count: Int = 3, mistake: Raft.Mistake? = nil,
    initial: [String: Int64] = [:]
  ) -> MachineDriver<Raft> {
    MachineDriver(
      Raft.self, node: place, of: count, options: ["mistake": .word(mistake?.rawValue ?? 0)],
      initial: initial)
  }

  /// Node 1 of three, which leads term 1 and whose followers have its no-op.
  static func leader(mistake: Raft.Mistake? = nil) -> MachineDriver<Raft> {
    var node1 = node(mistake: mistake, initial: ["role": 2])
    _ = node1.start()
    for peer in [1, 2] { node1.receive(.appendAck(term: 1, last: 0), from: peer) }
    for peer in [1, 2] { node1.receive(.appendAck(term: 1, last: 1), from: peer) }
    return node1
  }

  /// Node 3 of three with entries of these terms, told by node 1 as the leader of the last.
  static func follower(
    _ terms: [Int64], mistake: Raft.Mistake? = nil
  ) -> MachineDriver<Raft> {
    var node3 = node(2, mistake: mistake)
    for (place, term) in terms.enumerated() {
      node3.receive(
        append(
          term, behind: Int64(place), of: place == 0 ? 0 : terms[place - 1],
          LogEntry(term: term, command: noOp)),
        from: 0)
    }
    return node3
  }

  static func append(
    _ term: Int64, behind previous: Int64, of previousTerm: Int64, _ entry: LogEntry?,
    commit: Int64 = 0
  ) -> Raft.Message {
    let append = Raft.Append(
      term: term, previous: previous, previousTerm: previousTerm, entry: entry, commit: commit)
    return entry == nil ? .heartbeat(append) : .append(append)
  }

  static func entry(_ term: Int64, _ value: Int64 = absent) -> LogEntry {
    LogEntry(
      term: term, command: value == absent ? noOp : RegisterCommand(.write, value: value))
  }

  static func waits() -> Effect {
    .setTimer(.election, low: .milliseconds(150), high: .milliseconds(300))
  }

  static func send(_ message: Raft.Message, to place: Int) -> Effect {
    .send(message, to: NodeID(place), counted: true)
  }

  static func observed(_ index: Int64, _ entry: LogEntry) -> Int64 {
    Raft.Observed.value(index, entry)
  }

  // Messages.

  @Test func `An append carries its numbers up to the limits`() {
    let limit = Raft.limit
    let command = RegisterCommand(.cas, key: 1_048_574, value: 0, expected: Self.absent)
    let entry = LogEntry(term: limit, command: command)
    let append = Raft.Append(
      term: limit, previous: limit - 1, previousTerm: limit, entry: entry, commit: limit)
    #expect(append.term == limit && append.previousTerm == limit && append.commit == limit)
    #expect(append.previous == limit - 1)
    #expect(append.entry == entry)
    let heartbeat = Raft.Append(term: 1, previous: 0, previousTerm: 0, entry: nil, commit: 0)
    #expect(heartbeat.entry == nil && heartbeat.previous == 0)
    #expect(Raft.Message.heartbeat(heartbeat).payload.kind == 4)
  }

  // Elections.

  @Test func `A timeout raises the term and tells the last entry`() {
    var node3 = Self.follower([1, 1])
    #expect(
      node3.fire(.election) == [
        .observe(0, value: 1), Self.waits(), .observe(1, value: 2), .observe(2, value: 2),
        .broadcast(.voteRequest(term: 2, last: 2, lastTerm: 1)),
      ])
    #expect(node3["role"] == 1 && node3["term"] == 2 && node3["voted_for"] == 2)
  }

  @Test(
    arguments: [
      (1, 3, true), (2, 2, true), (2, 1, false), (1, 4, true), (3, 1, true), (0, 9, false),
    ] as [(Int64, Int64, Bool)])
  func `A vote is for a log that is at least as up to date`(
    lastTerm: Int64, last: Int64, grants: Bool
  ) {
    // Two entries, the last of term 2; or three, of term 1.
    var node3 = Self.follower(lastTerm == 1 ? [1, 1, 1] : [1, 2])
    let answer = node3.receive(.voteRequest(term: 5, last: last, lastTerm: lastTerm), from: 1)
    #expect(node3["term"] == 5)
    #expect(
      answer.last
        == Self.send(grants ? .voteGrant(term: 5) : .voteDeny(term: 5, reason: .log), to: 1))
    #expect(node3["voted_for"] == (grants ? 1 : Self.absent))
  }

  @Test func `A node votes once in a term, and again for whom it has voted for`() {
    var node3 = Self.node(2)
    #expect(
      node3.receive(.voteRequest(term: 2, last: 0, lastTerm: 0), from: 1) == [
        Self.waits(), Self.send(.voteGrant(term: 2), to: 1),
      ])
    #expect(
      node3.receive(.voteRequest(term: 2, last: 9, lastTerm: 1), from: 0) == [
        Self.send(.voteDeny(term: 2, reason: .voted), to: 0)
      ])
    #expect(
      node3.receive(.voteRequest(term: 2, last: 0, lastTerm: 0), from: 1).last
        == Self.send(.voteGrant(term: 2), to: 1))
    #expect(
      node3.receive(.voteRequest(term: 1, last: 9, lastTerm: 1), from: 0) == [
        Self.send(.voteDeny(term: 2, reason: .stale), to: 0)
      ])
  }

  @Test func `Votes of a majority elect, and a no-op of the term enters the log`() {
    var node1 = Self.node(of: 5)
    node1.fire(.election)
    #expect(node1.receive(.voteGrant(term: 2), from: 1) == [])
    #expect(node1.receive(.voteGrant(term: 2), from: 1) == [], "the same node")
    #expect(node1.receive(.voteGrant(term: 1), from: 3) == [], "an old term")
    #expect(
      node1.receive(.voteGrant(term: 2), from: 2) == [
        .cancelTimer(.election), .observe(3, value: 2),
        .broadcast(Self.append(2, behind: 0, of: 0, nil)),
        .setTimer(.heartbeat, low: .milliseconds(50), high: .milliseconds(50)),
        .observe(6, value: Self.observed(1, Self.entry(2))),
      ])
    #expect(node1["role"] == 2 && node1["log_length"] == 1 && node1["commit"] == 0)
  }

  @Test func `A higher term makes a follower of a leader`() {
    var node1 = Self.leader()
    #expect(
      node1.receive(.appendReject(term: 4, previous: 1, last: 0), from: 1) == [
        .cancelTimer(.heartbeat), Self.waits(), .observe(4, value: 4),
      ])
    #expect(node1["role"] == 0 && node1["leader_id"] == Self.absent && node1["synced"] == 0)
  }

  @Test func `A node at the highest term stands no more`() {
    var node1 = Self.node(initial: ["term": Raft.limit])
    #expect(node1.fire(.election) == [.observe(0, value: Raft.limit), Self.waits()])
    #expect(node1["role"] == 0)
  }

  // The log, at a follower.

  @Test func `An entry is taken behind one of the same index and term`() {
    var node3 = Self.follower([1])
    #expect(
      node3.receive(Self.append(1, behind: 1, of: 1, Self.entry(1, 7), commit: 1), from: 0) == [
        Self.waits(), .observe(6, value: Self.observed(2, Self.entry(1, 7))),
        .observe(8, value: Self.observed(1, Self.entry(1))),
        Self.send(.appendAck(term: 1, last: 2), to: 0),
      ])
    #expect(node3["log_length"] == 2 && node3["commit"] == 1 && node3["synced"] == 1)
    #expect(
      node3.receive(Self.append(1, behind: 2, of: 1, nil, commit: 2), from: 0).contains(
        .observe(8, value: Self.observed(2, Self.entry(1, 7)))))
    #expect(node3["value"] == 7)
  }

  @Test(arguments: [(2, 1), (1, 2)] as [(Int64, Int64)])
  func `Behind another entry, or behind none, it is rejected`(previous: Int64, term: Int64) {
    var node3 = Self.follower([1])
    #expect(
      node3.receive(Self.append(2, behind: previous, of: term, Self.entry(2)), from: 1).last
        == Self.send(.appendReject(term: 2, previous: previous, last: 1), to: 1))
    #expect(node3["log_length"] == 1 && node3["leader_id"] == 1 && node3["synced"] == 0)
  }

  @Test func `Where an entry of another term stands, the log is cut`() {
    var node3 = Self.follower([1, 1, 1])
    #expect(
      node3.receive(Self.append(2, behind: 1, of: 1, Self.entry(2)), from: 1).suffix(3) == [
        .observe(7, value: 1), .observe(6, value: Self.observed(2, Self.entry(2))),
        Self.send(.appendAck(term: 2, last: 2), to: 1),
      ])
    #expect(node3["log_length"] == 2 && node3["last_log_term"] == 2)
  }

  @Test func `An entry that is there leaves those behind it alone`() {
    var node3 = Self.follower([1, 1, 1])
    node3.receive(Self.append(1, behind: 0, of: 0, Self.entry(1)), from: 0)
    #expect(node3["log_length"] == 3)
    var mistaken = Self.follower([1, 1, 1], mistake: .appendTruncates)
    mistaken.receive(Self.append(1, behind: 0, of: 0, Self.entry(1)), from: 0)
    #expect(mistaken["log_length"] == 1)
  }

  @Test func `What lies behind what was compared is not committed`() {
    var node3 = Self.follower([1, 1, 1])
    node3.receive(Self.append(2, behind: 1, of: 1, nil, commit: 3), from: 1)
    #expect(node3["commit"] == 1)
  }

  @Test func `An old leader is told of the term`() {
    var node3 = Self.follower([2])
    #expect(
      node3.receive(Self.append(1, behind: 0, of: 0, Self.entry(1)), from: 1) == [
        Self.send(.appendReject(term: 2, previous: 0, last: 1), to: 1)
      ])
  }

  // The log, at a leader.

  @Test func `A rejection goes back, to what the follower may have`() {
    var node1 = Self.follower([1, 1, 1, 1])
    node1.fire(.election)
    node1.receive(.voteGrant(term: 2), from: 1)
    #expect(
      node1.receive(.appendReject(term: 2, previous: 4, last: 9), from: 1) == [
        Self.send(Self.append(2, behind: 3, of: 1, Self.entry(1)), to: 1)
      ])
    #expect(
      node1.receive(.appendReject(term: 2, previous: 4, last: 9), from: 1) == [], "an old one")
    #expect(
      node1.receive(.appendReject(term: 2, previous: 3, last: 0), from: 1) == [
        Self.send(Self.append(2, behind: 0, of: 0, Self.entry(1)), to: 1)
      ])
    #expect(
      node1.receive(.appendAck(term: 2, last: 1), from: 1) == [
        Self.send(Self.append(2, behind: 1, of: 1, Self.entry(1)), to: 1)
      ])
  }

  @Test func `An entry of an earlier term is not committed by counting`() {
    func counts(_ mistake: Raft.Mistake?) -> (before: Int64, after: Int64) {
      var node3 = Self.follower([1, 1], mistake: mistake)
      node3.fire(.election)
      node3.receive(.voteGrant(term: 2), from: 1)
      node3.receive(.appendAck(term: 2, last: 2), from: 1)
      let before = node3["commit"]
      node3.receive(.appendAck(term: 2, last: 3), from: 1)
      return (before, node3["commit"])
    }
    #expect(counts(nil) == (0, 3), "with the no-op of its own term, and those before it")
    #expect(counts(.oldTermCommitted) == (2, 3))
  }

  @Test func `With the heartbeats a lost entry goes out again`() {
    var node1 = Self.leader()
    node1.call(7, Self.absent, kind: Self.write)
    node1.receive(.appendAck(term: 1, last: 2), from: 1)
    let again = node1.fire(.heartbeat)
    #expect(
      again.prefix(2) == [
        Self.send(Self.append(1, behind: 2, of: 1, nil, commit: 2), to: 1),
        Self.send(Self.append(1, behind: 1, of: 1, Self.entry(1, 7), commit: 2), to: 2),
      ])
  }

  // Clients.

  @Test func `A write is over when a majority has it`() {
    var node1 = Self.leader()
    let entry = Self.entry(1, 7)
    #expect(
      node1.call(7, Self.absent, kind: Self.write) == [
        .setTimer(.timeout, low: .milliseconds(5000), high: .milliseconds(5000)),
        .observe(6, value: Self.observed(2, entry)),
        .send(Self.append(1, behind: 1, of: 1, entry, commit: 1), to: NodeID(1), counted: true),
        .send(Self.append(1, behind: 1, of: 1, entry, commit: 1), to: NodeID(2), counted: false),
      ])
    #expect(
      node1.receive(.appendAck(term: 1, last: 2), from: 2) == [
        .observe(8, value: Self.observed(2, entry)), .cancelTimer(.timeout),
        .complete(CallID(0), .ok, value: Self.absent),
      ])
    #expect(node1["value"] == 7 && node1["registers"] == 1)
  }

  @Test func `A swap that finds another value fails, and one that finds it does not`() {
    var node1 = Self.leader()
    node1.call(Self.absent, 7, Self.absent, kind: Self.cas)
    node1.call(9, 8, Self.absent, kind: Self.cas)
    #expect(node1["pending"] == 1)
    #expect(
      node1.receive(.appendAck(term: 1, last: 2), from: 1).contains(
        .complete(CallID(0), .ok, value: Self.absent)))
    #expect(
      node1.receive(.appendAck(term: 1, last: 3), from: 1).contains(
        .complete(CallID(1), .fail, value: Self.absent)))
    #expect(node1["value"] == 7)
  }

  @Test func `A follower forwards a call to its leader, and refuses it if it knows none`() {
    var node3 = Self.follower([1])
    #expect(
      node3.call(Self.absent, kind: Self.read).last
        == Self.send(.forward(request: 1, command: RegisterCommand(.read)), to: 0))
    #expect(
      node3.receive(.answer(request: 1, isOk: true, value: 4), from: 0) == [
        .cancelTimer(.timeout), .complete(CallID(0), .ok, value: 4),
      ])
    #expect(node3.receive(.answer(request: 1, isOk: true, value: 4), from: 0) == [], "a copy")
    var alone = Self.node()
    #expect(alone.call(Self.absent) == [.complete(CallID(0), .fail, value: Self.absent)])
  }

  @Test func `A request is taken once, and a refused one never`() {
    let command = RegisterCommand(.write, value: 7)
    var node1 = Self.leader()
    node1.receive(.forward(request: 4, command: command), from: 2)
    #expect(node1["log_length"] == 2)
    #expect(node1.receive(.forward(request: 4, command: command), from: 2) == [], "a copy")
    node1.crashAndRestart()
    #expect(node1.receive(.forward(request: 4, command: command), from: 2) == [], "on its disk")
    #expect(
      node1.receive(.forward(request: 5, command: command), from: 2) == [
        Self.send(.answer(request: 5, isOk: false, value: Self.absent), to: 2)
      ], "it leads no more")
    var mistaken = Self.leader(mistake: .copiesTaken)
    for _ in 0..<2 { mistaken.receive(.forward(request: 4, command: command), from: 2) }
    #expect(mistaken["log_length"] == 3)
  }

  @Test func `An entry that is overwritten fails its call`() {
    var node1 = Self.leader()
    node1.call(7, Self.absent, kind: Self.write)
    node1.receive(Self.append(2, behind: 1, of: 1, Self.entry(2)), from: 1)
    #expect(
      node1.receive(Self.append(2, behind: 2, of: 2, nil, commit: 2), from: 1).contains(
        .complete(CallID(0), .fail, value: Self.absent)))
  }

  @Test(arguments: [(0, CallOutcome.fail), (1, .info), (2, .info)] as [(UInt8, CallOutcome)])
  func `At the end of its patience a node knows that of a read alone`(
    kind: UInt8, outcome: CallOutcome
  ) {
    var node1 = Self.leader()
    node1.call(7, Self.absent, Self.absent, kind: kind)
    #expect(node1.fire(.timeout).contains(.complete(CallID(0), outcome, value: Self.absent)))
  }

  // Crashes.

  @Test func `The term, the vote and the log survive a crash, what follows from them does not`() {
    var node1 = Self.leader()
    node1.call(7, Self.absent, kind: Self.write)
    node1.receive(.appendAck(term: 1, last: 2), from: 1)
    #expect(node1.crashAndRestart() == [.observe(9, value: 2), Self.waits()])
    #expect(node1["role"] == 0 && node1["term"] == 1 && node1["voted_for"] == 0)
    #expect(node1["log_length"] == 2 && node1["commit"] == 0 && node1["value"] == Self.absent)
    #expect(node1.crashAndRestart(keepingDisk: false) == [.observe(9, value: 0), Self.waits()])
    #expect(node1["log_length"] == 0 && node1["voted_for"] == Self.absent)
  }

  @Test func `A single node elects itself and commits at once`() {
    var node1 = Self.node(of: 1)
    node1.fire(.election)
    #expect(node1["role"] == 2 && node1["commit"] == 1)
    #expect(
      node1.call(7, Self.absent, kind: Self.write).contains(
        .complete(CallID(0), .ok, value: Self.absent)))
  }
}
