public import Diagnostics

/// What becomes of one message, as the scenario says.
public struct DeliveryEntry: Sendable {
  /// The kind.
  public let kind: Marked<String>
  /// The sender.
  public let from: Marked<String>
  /// The receiver.
  public let to: Marked<String>
  /// Which of these messages, counted from 1.
  public let nth: Marked<Int64>
  /// The time from sending to arrival in nanoseconds; nil: it is lost.
  public let takes: Int64?
  /// The same of its copies.
  public let copies: [Int64?]
  /// Why it is all right that there is no such message.
  public let mayBeIdle: Marked<String>?
  /// The place of the entry.
  public let span: SourceSpan
}

/// How long one timer runs, as the scenario says.
public struct TimerEntry: Sendable {
  /// The node.
  public let node: Marked<String>
  /// The timer.
  public let timer: Marked<String>
  /// Which of the times that the node sets it, counted from 1.
  public let nth: Marked<Int64>
  /// How long it runs, in nanoseconds.
  public let takes: Int64
  /// Why it is all right that it is never set so often.
  public let mayBeIdle: Marked<String>?
  /// The place of the entry.
  public let span: SourceSpan
}

/// What becomes of a message that does not arrive at some time.
enum FateWord: String, CaseIterable, WordValue {
  case lost

  var summary: String { "its link loses it" }
}

/// The keys of an entry of `deliveries`.
enum DeliveryKeys {
  static let kind = Key(
    "kind", Form<String>.word(.messageKind).marked, example: "commit", required: true,
    "The kind of message.")
  static let from = Key(
    "from", Form<String>.name.marked, example: "node1", required: true, "The sender.")
  static let to = Key(
    "to", Form<String>.name.marked, example: "node3", required: true, "The receiver.")
  static let nth = Key(
    "nth", Form<Int64>.int(1...1_000_000_000).marked, example: "2", required: true,
    """
    Which of the messages of this kind that the sender sends to the receiver, counted from 1 since \
    T0; copies are not counted.
    """)
  static let takes = Key(
    "takes", Form<Int64>.duration, example: "15ms",
    "How long it is on its way, from sending to arrival, whatever its link and link faults say.")
  static let fate = Key(
    "fate", Form<FateWord>.words, example: "lost", "What becomes of it instead of arriving.")
  static let copy = Key(
    "copy", Form<[Int64?]>.oneOrMore(copyForm), example: "18ms", absent: "there is no copy",
    "How long a copy of it is on its way, or `lost`; of several copies a list.")
  static let mayBeIdle = Key(
    "may_be_idle", Form<String>.reason.marked, example: "the round may be over by then",
    absent: "a message that is never sent makes the run vacuous",
    "Why it is all right that there is no such message.")

  static let table = KeyTable(
    "delivery", "a delivery", in: "an entry of `deliveries`",
    keys: [
      kind.declaration, from.declaration, to.declaration, nth.declaration, takes.declaration,
      fate.declaration, copy.declaration, mayBeIdle.declaration,
    ],
    choices: [.init("what becomes of the message", ["takes", "fate"], required: true)],
    hints: [
      .instead("latency", "write `takes`"), .instead("delay", "write `takes`, the whole time"),
      .instead("lost", "write `fate: lost`"), .instead("loss", "write `fate: lost`"),
      .instead("drop", "write `fate: lost`"), .instead("at", "write `nth`, which counts messages"),
      .instead("copies", "write `copy`, which takes a list too"),
      .instead("duplicate", "write `copy`, how long the copy is on its way"),
    ])

  static let form = Form<DeliveryEntry>.mapping(table) { fields, reading in
    let kind = fields.take(kind, &reading)
    let from = fields.take(from, &reading)
    let to = fields.take(to, &reading)
    let nth = fields.take(nth, &reading)
    let takes = fields.take(takes, &reading)
    let fate = fields.take(fate, &reading)
    let copies = fields.take(copy, &reading)
    let mayBeIdle = fields.take(mayBeIdle, &reading)
    guard let kind, let from, let to, let nth, takes != nil || fate != nil else { return nil }
    return DeliveryEntry(
      kind: kind, from: from, to: to, nth: nth, takes: takes, copies: copies ?? [],
      mayBeIdle: mayBeIdle, span: reading.headSpan(of: fields.node))
  }

  /// A length of time, or `lost`.
  private static var copyForm: Form<Int64?> {
    let span = Form<Int64>.duration
    let words = [ValueGrammar.Word("lost", "the network loses it")]
    return Form<Int64?>(.either([span.grammar, .words(words)])) { node, reading in
      if node.scalar?.text == "lost" { return .some(nil) }
      return span.read(node, &reading).map { .some($0) }
    }
  }
}

/// The keys of an entry of `timers`.
enum TimerKeys {
  static let node = Key(
    "node", Form<String>.name.marked, example: "node1", required: true, "The node.")
  static let timer = Key(
    "timer", Form<String>.word(.timerName).marked, example: "election_timeout", required: true,
    "The timer, by the name that the protocol gives it.")
  static let nth = Key(
    "nth", Form<Int64>.int(1...1_000_000_000).marked, example: "1", required: true,
    "Which of the times that the node sets this timer, counted from 1 since T0.")
  static let takes = Key(
    "takes", Form<Int64>.duration, example: "173ms", required: true,
    "How long it runs, whatever the node asked for.")
  static let mayBeIdle = Key(
    "may_be_idle", Form<String>.reason.marked, example: "the leader may be there by then",
    absent: "a timer that is never set so often makes the run vacuous",
    "Why it is all right that the timer is never set so often.")

  static let table = KeyTable(
    "timer", "a timer", in: "an entry of `timers`",
    keys: [
      node.declaration, timer.declaration, nth.declaration, takes.declaration,
      mayBeIdle.declaration,
    ],
    hints: [
      .instead("name", "write `timer`"), .instead("after", "write `takes`"),
      .instead("span", "write `takes`"), .instead("at", "write `takes`, counted from the setting"),
    ])

  static let form = Form<TimerEntry>.mapping(table) { fields, reading in
    let node = fields.take(node, &reading)
    let timer = fields.take(timer, &reading)
    let nth = fields.take(nth, &reading)
    let takes = fields.take(takes, &reading)
    let mayBeIdle = fields.take(mayBeIdle, &reading)
    guard let node, let timer, let nth, let takes else { return nil }
    return TimerEntry(
      node: node, timer: timer, nth: nth, takes: takes, mayBeIdle: mayBeIdle,
      span: reading.headSpan(of: fields.node))
  }
}
