import SystemModel

/// What an event changed, or what an expression, an invariant or a metric reads.
///
/// A reader is looked at again only after an event that changed one of its topics.
struct Topics: OptionSet, Hashable, Sendable, BitwiseCopyable {
  let rawValue: UInt64

  init(rawValue: UInt64) { self.rawValue = rawValue }

  private init(bit: UInt64) { rawValue = 1 << bit }

  /// Every event.
  static let event = Topics(bit: 0)
  /// The instant; changes unless the event before had the same.
  static let now = Topics(bit: 1)
  /// Which nodes are up.
  static let up = Topics(bit: 2)
  /// Which nodes stand still.
  static let paused = Topics(bit: 3)
  /// How many messages nodes handle.
  static let handling = Topics(bit: 4)
  /// The history of calls.
  static let calls = Topics(bit: 5)
  /// Which faults act.
  static let faults = Topics(bit: 6)
  /// Messages that were sent.
  static let sent = Topics(bit: 7)
  /// Messages that arrived.
  static let delivered = Topics(bit: 8)
  /// Messages that were lost.
  static let dropped = Topics(bit: 9)
  /// Messages that were held, made slower or duplicated.
  static let disturbed = Topics(bit: 10)
  /// Something that a node announced.
  static let observed = Topics(bit: 11)
  /// Who cannot reach whom.
  static let reach = Topics(bit: 12)
  /// Which nodes are available.
  static let available = Topics(bit: 13)

  /// The messages in flight.
  static let inFlight: Topics = [.sent, .delivered, .dropped, .disturbed]

  /// A field of the protocol, by its place; the fields from the 49th on share a topic.
  static func field(_ place: Int) -> Topics { Topics(bit: 14 + UInt64(min(place, 49))) }
}
