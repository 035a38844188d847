/// A strategy by which messages are late, so that they arrive in orders that their latencies alone
/// hardly ever give.
///
/// How late each message is depends on the seed, its link and its number among all messages that
/// were given to the network, in the order of sending; copies have no number and are not late. What
/// it is late adds to the latency of its link, before faults have a say, and links stay in order.
public enum DeliveryOrder: Hashable, Sendable {
  /// Each message is late by a time of its own, up to the window.
  case random(window: Duration)
  /// Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte, ASPLOS 2010):
  /// each link has a priority, and is late by up to half the window; `depth` − 1 times, at messages
  /// drawn among the first `messages`, a link falls behind all that have not.
  case pct(depth: Int, window: Duration, messages: Int)
  /// Delay-bounded scheduling (Emmi, Qadeer, Rakamarić, POPL 2011): `delays` times a message drawn
  /// among the first `messages` is late by the window; all others are not late.
  case delayBounded(delays: Int, window: Duration, messages: Int)
}
