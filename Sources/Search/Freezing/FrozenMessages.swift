import Analysis
import SystemModel

/// Every message of a run with an explicit delivery, and which of these are needed.
struct FrozenMessages {
  /// A message with its copies.
  struct Message {
    let delivery: ExplicitDelivery
    /// When it was sent, in nanoseconds.
    let at: Int64
    /// Whether a partition lost it at once, so that nothing else counts.
    let isCut: Bool
    /// What became of it later than at once.
    var end = End.arrived
    /// Whether a partition held it for a while.
    var wasHeld = false
    /// The same of each of its copies.
    var copies: [End]
  }

  /// What ends the way of a message.
  enum End: Hashable {
    /// It arrives.
    case arrived
    /// It arrives while its receiver is down.
    case down
    /// A partition takes it on its way.
    case cut(Int64)
    /// It is on its way when the run ends.
    case underWay
  }

  /// In the order of sending.
  private(set) var all: [Message] = []

  /// The messages of a run.
  init(_ run: ObservedRun) {
    var counts: [UInt64: Int] = [:]
    let flights = run.notes.flights
    let ways = Self.ways(run)
    var copies: [Int64: [(span: Duration?, end: End)]] = [:]
    for (flight, way) in zip(flights, ways) where flight.original != flight.id {
      copies[flight.original, default: []].append((flight.span, way.end))
    }
    for (flight, way) in zip(flights, ways) where flight.original == flight.id {
      let key = UInt64(flight.kind) << 32 | UInt64(LinkPolicies.key(flight.from, flight.to))
      counts[key, default: 0] += 1
      let own = copies[flight.id] ?? []
      all.append(
        Message(
          delivery: ExplicitDelivery(
            kind: flight.kind, from: flight.from, to: flight.to, nth: counts[key] ?? 0,
            flight: flight.span, copies: own.map(\.span)),
          at: flight.at, isCut: flight.isCut, end: flight.isCut ? .arrived : way.end,
          wasHeld: way.wasHeld, copies: own.map(\.end)))
    }
  }

  /// What became of each message and copy, and whether it was held.
  private static func ways(_ run: ObservedRun) -> [(end: End, wasHeld: Bool)] {
    let flights = run.notes.flights
    var ways = flights.map { (end: $0.isCut ? End.cut($0.at) : .arrived, wasHeld: false) }
    var isOpen = flights.map { $0.flight != nil && !$0.isCut }
    var placeOf: [Int64: Int] = [:]
    for (place, flight) in flights.enumerated() { placeOf[flight.id] = place }
    for record in run.records {
      guard [.delivered, .dropped, .held].contains(record.kind), let place = placeOf[record.id]
      else { continue }
      if record.kind == .held {
        ways[place].wasHeld = true
      } else {
        if record.kind == .dropped, isOpen[place] { ways[place].end = Self.end(record) }
        isOpen[place] = false
      }
    }
    // What waits at a paused node has arrived, and is seen by nobody.
    let end = run.result.endedAt.nanoseconds
    for (place, flight) in flights.enumerated() where isOpen[place] {
      let arrival = flight.at + (flight.flight ?? 0)
      if arrival > end || ways[place].wasHeld { ways[place].end = .underWay }
    }
    return ways
  }

  private static func end(_ loss: TraceRecord) -> End {
    switch DropReason(rawValue: loss.reason) {
    case .cut: .cut(loss.at)
    case .down: .down
    default: .arrived
    }
  }

  /// Whether a message needs an entry for each way in which it can go: one that is cut at once does
  /// not, unless it has copies.
  func isIdle(_ place: Int) -> Bool {
    all[place].isCut && all[place].delivery.copies.isEmpty
  }

  /// The messages that would go another way without an entry, by their places.
  ///
  /// `defaults` says for each message with an entry what would have become of it, and `isOrdered`
  /// whether its link keeps the order. On a link whose messages were held or taken on their way
  /// `isCareful` lets every message have an entry.
  func needed(
    _ defaults: [DrawNotes.Default?], end: Int64, isCareful: Bool
  ) -> [Int] {
    var links: [UInt32: LinkOrder] = [:]
    if isCareful {
      for message in all where message.wasHeld || message.end.isCut {
        links[message.link, default: LinkOrder()].isDisturbed = true
      }
    }
    var needed: [Int] = []
    for place in all.indices {
      if isIdle(place) {
        // A fault that stays, and acts on all messages, would lose or copy it otherwise.
        if let found = defaults[place], found.flight == nil || !found.copies.isEmpty {
          needed.append(place)
        }
        continue
      }
      var order = links[all[place].link] ?? LinkOrder()
      if order.isDisturbed || !order.admits(all[place], defaults[place], end: end) {
        needed.append(place)
      }
      links[all[place].link] = order
    }
    return needed
  }
}

extension FrozenMessages.Message {
  fileprivate var link: UInt32 { LinkPolicies.key(delivery.from, delivery.to) }
}

extension FrozenMessages.End {
  /// Whether a partition takes the message on its way.
  fileprivate var isCut: Bool {
    if case .cut = self { return true }
    return false
  }
}

extension DrawNotes.Flight {
  fileprivate var span: Duration? { flight.map { Duration(nanoseconds: $0) } }
}

/// The messages of a link that go without an entry, in order.
private struct LinkOrder {
  /// Whether all messages of the link get an entry.
  var isDisturbed = false
  private var lastArrival: Int64 = 0
  /// Messages that were taken on their way hold up those that are sent before.
  private var taken: [(arrival: Int64, until: Int64)] = []

  /// Whether a message goes the same way without an entry; remembers it then.
  mutating func admits(
    _ message: FrozenMessages.Message, _ found: DrawNotes.Default?, end: Int64
  ) -> Bool {
    guard let found,
      found.copies.map({ $0.map { Duration(nanoseconds: $0) } }) == message.delivery.copies
    else { return false }
    guard let flight = message.delivery.flight else { return found.flight == nil }
    guard let nominal = found.flight else { return false }
    var arrival = message.at + nominal
    if !found.isUnordered {
      arrival = max(arrival, lastArrival)
      for other in taken where other.until > message.at { arrival = max(arrival, other.arrival) }
    }
    guard found.copies.isEmpty || arrival == message.at + nominal else { return false }
    switch message.end {
    case .arrived, .down: guard arrival == message.at + flight.nanoseconds else { return false }
    case .cut(let instant): guard arrival > instant else { return false }
    case .underWay where message.wasHeld:
      guard arrival == message.at + flight.nanoseconds else { return false }
    case .underWay: guard arrival > end else { return false }
    }
    guard !found.isUnordered else { return true }
    if case .cut(let instant) = message.end {
      taken.append((arrival, instant))
    } else {
      lastArrival = max(lastArrival, arrival)
      for case let copy? in found.copies { lastArrival = max(lastArrival, message.at + copy) }
    }
    return true
  }
}
