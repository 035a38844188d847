internal import Diagnostics

/// A strategy by which messages are late; lengths of time are nanoseconds.
public enum OrderText: Hashable, Sendable {
  /// Every message, by chance.
  case random(window: Int64)
  /// Links by priorities, which change at some messages.
  case pct(depth: Int64, window: Int64, messages: Int64)
  /// Some messages.
  case delayBounded(delays: Int64, window: Int64, messages: Int64)

  /// The most that a message is late by one draw, in nanoseconds.
  public var window: Int64 {
    switch self {
    case .random(let window), .pct(_, let window, _), .delayBounded(_, let window, _): window
    }
  }
}

/// The keys of `order`.
enum OrderKeys {
  static let random = Key(
    "random", RandomOrderKeys.form, example: "{window: 50ms}",
    "Each message is late by a time of its own.")
  static let pct = Key(
    "pct", PriorityOrderKeys.form, example: "{depth: 3, window: 50ms, messages: 100}",
    """
    Probabilistic concurrency testing: each link is late by a time of its own, its priority, and \
    `depth` − 1 times during the run a link falls behind all others.
    """)
  static let delayBounded = Key(
    "delay-bounded", DelayBoundedOrderKeys.form,
    example: "{delays: 2, window: 50ms, messages: 100}",
    "A few messages are late, all others come as they would.")

  static let table = KeyTable(
    "order", "an order of delivery", in: "`order`",
    keys: [random.declaration, pct.declaration, delayBounded.declaration],
    choices: [
      .init("which strategy it is", ["random", "pct", "delay-bounded"], required: true)
    ],
    hints: [
      .instead("delay_bounded", "write `delay-bounded`"),
      .instead("window", "say which strategy has it: `{random: {window: 50ms}}`"),
      .instead("depth", "write `{pct: {depth: 3, window: 50ms, messages: 100}}`"),
    ])

  static let form = Form<OrderText>.mapping(table) { fields, reading in
    let random = fields.take(random, &reading)
    let pct = fields.take(pct, &reading)
    let delayBounded = fields.take(delayBounded, &reading)
    return random ?? pct ?? delayBounded
  }

  static let window = Key(
    "window", Form<Int64>.positiveDuration, example: "50ms", required: true,
    "The most that a message is late; above the differences of latencies every order is possible.")
  static let messages = Key(
    "messages", Form<Int64>.int(1...1_000_000_000), example: "100", required: true,
    """
    How many messages a run has, about: the metric `messages.wire`. Those that make a difference \
    are drawn among so many.
    """)
}

/// The keys of `random`.
enum RandomOrderKeys {
  static let table = KeyTable(
    "random_order", "the strategy `random`", in: "`random`", keys: [OrderKeys.window.declaration])

  static let form = Form<OrderText>.mapping(table) { fields, reading in
    fields.take(OrderKeys.window, &reading).map { .random(window: $0) }
  }
}

/// The keys of `pct`.
enum PriorityOrderKeys {
  static let depth = Key(
    "depth", Form<Int64>.int(1...100), example: "3", required: true,
    "How many things must come in the right order for the failure to show; 1 to 3 as a rule.")

  static let table = KeyTable(
    "pct", "the strategy `pct`", in: "`pct`",
    keys: [depth.declaration, OrderKeys.window.declaration, OrderKeys.messages.declaration],
    hints: [.instead("d", "write `depth`"), .instead("k", "write `messages`")])

  static let form = Form<OrderText>.mapping(table) { fields, reading in
    let depth = fields.take(depth, &reading)
    let window = fields.take(OrderKeys.window, &reading)
    let messages = fields.take(OrderKeys.messages, &reading)
    guard let depth, let window, let messages else { return nil }
    return .pct(depth: depth, window: window, messages: messages)
  }
}

/// The keys of `delay-bounded`.
enum DelayBoundedOrderKeys {
  static let delays = Key(
    "delays", Form<Int64>.int(1...100), example: "2", required: true,
    "How many times a message is late; one that is drawn twice is late by both.")

  static let table = KeyTable(
    "delay_bounded", "the strategy `delay-bounded`", in: "`delay-bounded`",
    keys: [delays.declaration, OrderKeys.window.declaration, OrderKeys.messages.declaration])

  static let form = Form<OrderText>.mapping(table) { fields, reading in
    let delays = fields.take(delays, &reading)
    let window = fields.take(OrderKeys.window, &reading)
    let messages = fields.take(OrderKeys.messages, &reading)
    guard let delays, let window, let messages else { return nil }
    return .delayBounded(delays: delays, window: window, messages: messages)
  }
}
