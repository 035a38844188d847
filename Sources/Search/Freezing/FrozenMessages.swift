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
  }

  /// What ends the way of a message.
  enum End: Hashable {
    /// It arrives, or is lost on its arrival.
    case arrived
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
    var placeOf: [Int64: Int] = [:]
    var copies: [Int64: [Duration?]] = [:]
    for flight in flights where flight.original != flight.id {
      copies[flight.original, default: []].append(flight.span)
    }
    for flight in flights where flight.original == flight.id {
      let key = UInt64(flight.kind) << 32 | UInt64(LinkPolicies.key(flight.from, flight.to))
      counts[key, default: 0] += 1
      placeOf[flight.id] = all.count
      all.append(
        Message(
          delivery: ExplicitDelivery(
            kind: flight.kind, from: flight.from, to: flight.to, nth: counts[key] ?? 0,
            flight: flight.span, copies: copies[flight.id] ?? []),
          at: flight.at, isCut: flight.isCut))
    }
    findEnds(run, placeOf)
  }

  private mutating func findEnds(_ run: ObservedRun, _ placeOf: [Int64: Int]) {
    var isOpen = all.map { $0.delivery.flight != nil && !$0.isCut }
    for record in run.records {
      switch record.kind {
      case .delivered, .dropped, .held:
        guard let place = placeOf[record.id] else { continue }
        if record.kind == .held {
          all[place].wasHeld = true
        } else {
          if record.kind == .dropped, record.reason == DropReason.cut.rawValue, isOpen[place] {
            all[place].end = .cut(record.at)
          }
          isOpen[place] = false
        }
      default: break
      }
    }
    // What waits at a paused node has arrived, and is seen by nobody.
    let end = run.result.endedAt.nanoseconds
    for place in all.indices where isOpen[place] {
      let arrival = all[place].at + (all[place].delivery.flight?.nanoseconds ?? 0)
      if arrival > end || all[place].wasHeld { all[place].end = .underWay }
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
    for place in all.indices where !isIdle(place) {
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
    case .arrived: guard arrival == message.at + flight.nanoseconds else { return false }
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
