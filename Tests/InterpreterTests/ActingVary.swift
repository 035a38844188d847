extension Acting {
  /// The section `vary`.
  static let vary =
    [
      Pair(
        "scenario.vary",
        lock("vary: {t: [1ms]}\nworkloads: [{at: '${t}', call: acquire}]"),
        lock("vary: {t: [9ms]}\nworkloads: [{at: '${t}', call: acquire}]")),
      Pair(
        "vary.faults", lock("seed: 1\n\(losses)"),
        lock("seed: 1\n\(losses)\nvary: {faults: swarm}")),
      Pair("vary.order", lock(), late("random: {window: 50ms}")),
      Pair(
        "order.random", late("random: {window: 50ms}"),
        late("pct: {depth: 1, window: 50ms, messages: 20}")),
      Pair(
        "order.pct", late("pct: {depth: 2, window: 50ms, messages: 20}"),
        late("delay-bounded: {delays: 1, window: 50ms, messages: 20}")),
      Pair(
        "order.delay-bounded", lock(), late("delay-bounded: {delays: 2, window: 50ms, messages: 9}")
      ),
      Pair(
        "random_order.window", late("random: {window: 50ms}"), late("random: {window: 51ms}")),
      Pair(
        "pct.depth", late("pct: {depth: 1, window: 50ms, messages: 20}"),
        late("pct: {depth: 3, window: 50ms, messages: 20}")),
      Pair(
        "pct.window", late("pct: {depth: 1, window: 50ms, messages: 20}"),
        late("pct: {depth: 1, window: 70ms, messages: 20}")),
      Pair(
        "pct.messages", late("pct: {depth: 4, window: 50ms, messages: 5}"),
        late("pct: {depth: 4, window: 50ms, messages: 20}")),
      Pair(
        "delay_bounded.delays", late("delay-bounded: {delays: 1, window: 50ms, messages: 9}"),
        late("delay-bounded: {delays: 3, window: 50ms, messages: 9}")),
      Pair(
        "delay_bounded.window", late("delay-bounded: {delays: 3, window: 50ms, messages: 9}"),
        late("delay-bounded: {delays: 3, window: 70ms, messages: 9}")),
      Pair(
        "delay_bounded.messages", late("delay-bounded: {delays: 3, window: 50ms, messages: 4}"),
        late("delay-bounded: {delays: 3, window: 50ms, messages: 12}")),
    ]

  /// Four faults, of which a seed leaves some out.
  private static let losses =
    "faults: ["
    + (1...4).map { "{name: f\($0), at: \($0)0ms, for: 9ms, loss: 50%, may_be_idle: some are}" }
    .joined(separator: ", ") + "]"

  private static func late(_ order: String) -> String { lock("vary: {order: {\(order)}}") }
}
