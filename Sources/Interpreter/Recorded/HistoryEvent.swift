import Diagnostics

/// What a line of an event log says; the raw value is its `event`.
///
/// Besides these words there are the names of the protocol's observations and fields. All that
/// `conclave trace --format json` writes is among them.
enum HistoryEvent: String, CaseIterable {
  case invoke
  case ok
  case fail
  case info
  case observed
  case field
  case sent
  case delivered
  case handled
  case dropped
  case held
  case released
  case delayed
  case duplicated
  case crashed
  case restarted
  case paused
  case resumed
  case slowed
  case unslowed
  case handling
  case timer
  case faultStarted = "fault_started"
  case faultEnded = "fault_ended"
  case callInvoked = "call_invoked"
  case callReached = "call_reached"
  case callCompleted = "call_completed"
  case started
  case ended

  /// The keys that every line may have.
  static let common = ["time", "at_ns", "event", "first"]

  /// Its own keys, in the order of the reference.
  var keys: [String] {
    switch self {
    case .invoke: ["node", "client", "call", "arguments"]
    case .ok: ["node", "client", "value"]
    case .fail, .info: ["node", "client"]
    case .observed: ["node", "observation", "fields"]
    case .field: ["node", "field", "value", "was"]
    case .sent: ["node", "message", "kind", "from", "to", "fields", "logical"]
    case .delivered: ["node", "message", "kind", "from", "to", "fields", "sent_ns"]
    case .handled: ["node", "message", "kind", "from", "to", "fields"]
    case .dropped: ["message", "kind", "from", "to", "fields", "reason", "fault"]
    case .held, .released, .delayed: ["message", "kind", "from", "to", "fields", "fault"]
    case .duplicated: ["message", "kind", "from", "to", "original", "fault"]
    case .crashed: ["node", "fault", "diskKept"]
    case .restarted, .paused, .resumed, .slowed, .unslowed: ["node", "fault"]
    case .handling: ["node", "count"]
    case .timer: ["node", "timer"]
    case .faultStarted: ["fault", "targets"]
    case .faultEnded: ["fault", "targets", "healedBy"]
    case .callInvoked: ["node", "call", "name", "client", "arguments"]
    case .callReached: ["node", "call", "name", "arguments"]
    case .callCompleted: ["node", "call", "name", "outcome", "value"]
    case .started: []
    case .ended: ["reason"]
    }
  }

  /// What it says, for the reference.
  var summary: String {
    switch self {
    case .invoke:
      "a client calls: the name of the `call`, its `arguments` as an object; `client` is a text or a"
        + " number, and the node itself if left out; a client has one open call at a time"
    case .ok: "the client's open call has happened, and returned `value` if such calls return one"
    case .fail: "the client's open call has not happened"
    case .info: "nobody knows whether the client's open call has happened"
    case .observed: "a node announces an observation of the protocol, with its value in `fields`"
    case .field: "a field of the protocol has another value from now on"
    case .sent: "a message of a number of its own was given to the network"
    case .delivered: "a message has arrived"
    case .handled: "a node has handled a message, where that takes time"
    case .dropped: "a message was lost"
    case .held, .released, .delayed: "a message was held by a fault, travels on, was made slower"
    case .duplicated: "the network made a copy, `message`, of the message `original`"
    case .crashed: "a node crashed; `up` is false from now on"
    case .restarted: "a crashed node started again"
    case .paused: "a node stands still; `paused` is true from now on"
    case .resumed: "a paused node goes on"
    case .slowed, .unslowed: "a node became slow at handling, or as fast as before"
    case .handling: "how many messages a node handles now"
    case .timer: "a timer of a node ran out"
    case .faultStarted: "a fault of the scenario begins to act"
    case .faultEnded: "a fault of the scenario ceases to act"
    case .callInvoked: "as `invoke`, as a transcript writes it: `call` is the number of the call"
    case .callReached: "a call that waited at a paused node is seen by it"
    case .callCompleted: "as `ok`, `fail` and `info`, as a transcript writes it"
    case .started: "the run starts; its fields follow; made by itself if it is not there"
    case .ended: "nothing comes after it; `reason` is `quiescence`, `time` or `events`"
    }
  }
}

/// The keys of a line, of which each must be taken.
struct HistoryFields {
  private let members: [LineValue.Member]
  private let allowed: [String]
  let span: SourceSpan

  /// The keys of an object; all of them must be allowed.
  init(
    _ members: [LineValue.Member], allowed: [String], _ span: SourceSpan
  ) throws(HistoryMistake) {
    self.members = members
    self.allowed = allowed
    self.span = span
    for member in members where !allowed.contains(member.key) {
      throw .unknown("key", member.key, allowed, member.keySpan, code: .unknownHistoryKey)
    }
  }

  /// The value of a key, if it is there.
  subscript(key: String) -> LineValue? {
    precondition(allowed.contains(key), "the key \(key) is not among \(allowed)")
    return members.first { $0.key == key }?.value
  }

  /// The value of a key that must be there.
  func needed(_ key: String) throws(HistoryMistake) -> LineValue {
    guard let value = self[key] else {
      throw HistoryMistake(.missingHistoryKey, "the key `\(key)` is missing", span)
    }
    return value
  }

  /// A text that must be there.
  func text(_ key: String) throws(HistoryMistake) -> String {
    let value = try needed(key)
    guard let text = value.text else { throw .kind(value, "a text") }
    return text
  }

  /// A whole number from 0 on that must be there.
  func number(_ key: String) throws(HistoryMistake) -> Int64 {
    let value = try needed(key)
    guard let number = value.int, number >= 0 else {
      throw .kind(value, "a whole number from 0 on")
    }
    return number
  }

  /// A truth value; false if it is not there.
  func bool(_ key: String, absent: Bool) throws(HistoryMistake) -> Bool {
    guard let value = self[key] else { return absent }
    guard let bool = value.bool else { throw .kind(value, "true or false") }
    return bool
  }
}
