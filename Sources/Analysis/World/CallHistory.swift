import SystemModel

/// The calls of a run, in the order of invocation.
struct CallHistory: Sendable {
  struct Call: Sendable {
    let kind: UInt8
    var outcome: CallOutcome
    let node: NodeID
    /// Which client called, counted over all workloads.
    let client: Int32
    let arguments: (Int64, Int64, Int64)
    let invoked: Int64
    /// When it ended; -1 while it is open.
    var completed: Int64
    /// The word that it returned, or ``WordType/absent``.
    var value: Int64
    /// Which of all beginnings and ends of calls its beginning was, and its end; -1 while open.
    let opened: Int
    var closed = -1

    /// The call as the record of its invocation.
    var invocation: TraceRecord {
      TraceRecord(
        .callInvoked, at: invoked, from: node, to: node, code: kind, first: arguments.0,
        second: arguments.1, third: arguments.2)
    }
  }

  private(set) var calls: ContiguousArray<Call> = []
  /// How many calls have ended, by the raw value of the outcome; none is ever pending here.
  private(set) var ended: (ok: Int64, fail: Int64, info: Int64) = (0, 0, 0)
  /// The latencies of the calls that ended `ok`, by kind.
  var latencies: [Distribution]
  /// How many calls have begun and ended.
  private var turns = 0

  init(_ schema: WorldSchema) {
    latencies = schema.description.calls.map { _ in Distribution() }
  }

  mutating func reset() {
    calls.removeAll(keepingCapacity: true)
    ended = (0, 0, 0)
    turns = 0
    for place in latencies.indices { latencies[place].reset() }
  }

  mutating func invoke(_ record: TraceRecord) {
    calls.append(
      Call(
        kind: record.code, outcome: .pending, node: record.from, client: max(record.fault, 0),
        arguments: (record.first, record.second, record.third), invoked: record.at,
        completed: -1, value: WordType.absent, opened: turns))
    turns += 1
  }

  /// What is open when the run ends is known to nobody.
  mutating func close() {
    for place in calls.indices where calls[place].outcome == .pending {
      calls[place].outcome = .info
      ended.info += 1
    }
  }

  mutating func complete(_ record: TraceRecord) {
    let place = Int(record.id)
    let outcome = CallOutcome(rawValue: record.code) ?? .info
    precondition(calls.indices.contains(place), "call \(place) ends and was never made")
    calls[place].outcome = outcome
    calls[place].completed = record.at
    calls[place].value = record.first
    calls[place].closed = turns
    turns += 1
    switch outcome {
    case .ok:
      ended.ok += 1
      latencies[Int(calls[place].kind)].add(record.at - calls[place].invoked)
    case .fail: ended.fail += 1
    case .info, .pending: ended.info += 1
    }
  }
}
