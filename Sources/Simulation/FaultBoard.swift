public import SystemModel

/// The faults of a plan: what is to come, what acts now, and what acting faults do to messages.
///
/// Knows no machine. The simulator asks it for the fate of each message while ``isInvolved``.
@usableFromInline struct FaultBoard: Sendable {
  /// Something that a fault does at an instant that is known beforehand.
  @usableFromInline enum AgendaItem: Sendable {
    /// It fires; the number counts from 0.
    case fire(fault: Int, occurrence: Int)
    /// A binding ceases to act.
    case end(binding: Int)
  }

  /// A binding that acts.
  @usableFromInline struct Active: Sendable {
    @usableFromInline let binding: Int
    @usableFromInline let fault: Int
    @usableFromInline let effect: Effect
    /// Whether it touches only some of the messages that it covers.
    @usableFromInline let isNarrowed: Bool
    /// How many messages it might have touched so far; what `nth` refers to.
    @usableFromInline var matched = 0
  }

  /// What an active binding does to messages.
  @usableFromInline enum Effect: Sendable {
    case cut(CutPattern, CutMode)
    case link(from: NodeSet?, to: NodeSet?, bothWays: Bool, LinkFault)
  }

  /// A trigger that waits for a message.
  @usableFromInline struct Watcher: Sendable {
    @usableFromInline let fault: Int
    @usableFromInline let event: MessageEvent
    @usableFromInline var seen = 0
    @usableFromInline var isDone = false
  }

  @usableFromInline let faults: [Fault]
  @usableFromInline let predicates: [MessagePredicate]
  @usableFromInline let nodeCount: Int
  private var seed: UInt64
  /// One stream a fault, for targets, jitter and shapes.
  @usableFromInline var draws: [RandomSource]
  /// One stream a link fault and link, made when first needed.
  private var linkDraws: [UInt64: RandomSource] = [:]

  @usableFromInline var agenda: [AgendaItem] = []
  /// Faults that fire right after this event, in order.
  private var firing: [Int] = []
  /// Whether something else comes before the next event of the queue.
  @usableFromInline private(set) var isUrgent = false
  @usableFromInline var active: [Active] = []
  private var watchers: [Watcher] = []
  @usableFromInline private(set) var hasWatchers: Bool
  /// Whether acting faults, waiting triggers or explicit deliveries look at messages that are sent.
  @usableFromInline private(set) var isInvolved: Bool
  /// Whether nothing acts but partitions that lose what crosses them.
  @usableFromInline private(set) var onlyCuts = true
  /// Whether some fault of the plan takes messages out of flight.
  @usableFromInline let takesFlights: Bool
  /// Whether every message is looked at, since notes are kept.
  private let isNoting: Bool
  /// The messages whose fate is said beforehand.
  @usableFromInline private(set) var explicit: ExplicitDeliveries
  /// A fault whose condition over a message could not be evaluated; the run is void.
  @usableFromInline private(set) var failedFilter: FailedFilter?

  @usableFromInline init(_ plan: SystemPlan, noting: Bool) {
    isNoting = noting
    faults = plan.faults
    takesFlights = plan.faults.contains { fault in
      switch fault.action {
      case .cut(_, _, .hold), .cut(_, _, .drop(sparingInFlight: false)): true
      default: false
      }
    }
    predicates = plan.predicates
    nodeCount = plan.topology.count
    seed = plan.seed
    draws = []
    hasWatchers = false
    isInvolved = false
    explicit = ExplicitDeliveries(plan.deliveries)
    reset(seed: plan.seed)
  }

  /// Goes back to the start of a run with another seed.
  @usableFromInline mutating func reset(seed: UInt64) {
    explicit.reset()
    findWhetherInvolved()
    guard !faults.isEmpty else { return }
    self.seed = seed
    draws.removeAll(keepingCapacity: true)
    watchers.removeAll(keepingCapacity: true)
    for (place, fault) in faults.enumerated() {
      draws.append(RandomSource(seed: seed, purpose: .fault, index: fault.key))
      if case .message(let event) = fault.trigger {
        watchers.append(Watcher(fault: place, event: event))
      }
    }
    linkDraws.removeAll(keepingCapacity: true)
    agenda.removeAll(keepingCapacity: true)
    firing.removeAll(keepingCapacity: true)
    active.removeAll(keepingCapacity: true)
    failedFilter = nil
    isUrgent = false
    hasWatchers = !watchers.isEmpty
    findWhatActs()
  }

  /// Draws everything from now on as a run with another seed would; what acts or is due stays.
  mutating func reseed(_ seed: UInt64) {
    self.seed = seed
    for (place, fault) in faults.enumerated() {
      draws[place] = RandomSource(seed: seed, purpose: .fault, index: fault.key)
    }
    linkDraws.removeAll()
  }

  /// A fault fires right after this event.
  @usableFromInline mutating func fire(_ fault: Int) {
    firing.append(fault)
    isUrgent = true
  }

  /// Takes out the first fault that fires now.
  @usableFromInline mutating func nextToFire() -> Int {
    let fault = firing.removeFirst()
    isUrgent = !firing.isEmpty || failedFilter != nil
    return fault
  }

  /// The agenda at T0, with instants.
  @usableFromInline mutating func firstAgenda() -> [(item: AgendaItem, at: Instant)] {
    var items: [(AgendaItem, Instant)] = []
    for (place, fault) in faults.enumerated() {
      switch fault.trigger {
      case .at(let instant): items.append((.fire(fault: place, occurrence: 0), instant))
      case .every, .times:
        if let instant = nextOccurrence(0, of: place) {
          items.append((.fire(fault: place, occurrence: 0), instant))
        }
      case .condition, .message: break
      }
    }
    return items
  }

  /// The instant of an occurrence of a repeated fault, its jitter drawn; nil if there is none.
  @usableFromInline mutating func nextOccurrence(_ occurrence: Int, of fault: Int) -> Instant? {
    if case .times(let instants) = faults[fault].trigger {
      return occurrence < instants.count ? instants[occurrence] : nil
    }
    guard case .every(let first, let period, let jitter, let until) = faults[fault].trigger
    else { return nil }
    let offset = Ratio(Int64(occurrence)).of(period)
    let nominal = first + offset
    guard nominal <= until, nominal < .never else { return nil }
    guard jitter > .zero else { return nominal }
    let instant = nominal + Duration(nanoseconds: draws[fault].between(0, jitter.nanoseconds))
    return instant <= until ? instant : nil
  }

  /// A binding begins to act on messages.
  @usableFromInline mutating func activate(_ effect: Effect, binding: Int, fault: Int) {
    let isNarrowed = faults[fault].messages != nil
    active.append(
      Active(binding: binding, fault: fault, effect: effect, isNarrowed: isNarrowed))
    findWhatActs()
  }

  /// A binding ceases to act on messages, if it did.
  @usableFromInline mutating func deactivate(binding: Int) {
    active.removeAll { $0.binding == binding }
    findWhatActs()
  }

  private mutating func findWhatActs() {
    onlyCuts = active.allSatisfy { if case .cut(_, .drop) = $0.effect { true } else { false } }
    findWhetherInvolved()
  }

  private mutating func findWhetherInvolved() {
    isInvolved = !active.isEmpty || hasWatchers || explicit.isAwaited || isNoting
  }

  /// The explicit delivery of a message that is sent now, by its place in the plan; counts it.
  @usableFromInline mutating func explicitDelivery(
    of kind: UInt8, from: NodeID, to: NodeID
  ) -> Int? {
    guard explicit.isAwaited else { return nil }
    let place = explicit.take(kind: kind, from: from, to: to)
    if !explicit.isAwaited { findWhetherInvolved() }
    return place
  }

  /// Whether a fault delays every message that it covers.
  @usableFromInline func alwaysDelays(_ fault: Int) -> Bool {
    switch faults[fault].action {
    case .cut, .link(_, .delay): true
    default: false
    }
  }

  /// Counts a message for the triggers that wait for one.
  @usableFromInline mutating func notice(
    _ moment: MessageEvent.Moment, _ payload: MessagePayload, from: NodeID, to: NodeID, id: Int64,
    at now: Int64
  ) {
    for place in watchers.indices where !watchers[place].isDone {
      let watcher = watchers[place]
      guard watcher.event.moment == moment,
        matches(watcher.event.messages, watcher.fault, payload, from, to, id, now)
      else { continue }
      watchers[place].seen += 1
      let nth = watcher.event.messages.nth
      guard nth.isEmpty || nth.contains(watchers[place].seen) else { continue }
      fire(watcher.fault)
      watchers[place].isDone = nth.isEmpty || watchers[place].seen >= nth.max() ?? 0
    }
    hasWatchers = watchers.contains { !$0.isDone }
    findWhetherInvolved()
  }

  /// Whether a filter covers a message and its condition holds.
  private mutating func matches(
    _ filter: MessageFilter?, _ fault: Int, _ payload: MessagePayload, _ from: NodeID,
    _ to: NodeID, _ id: Int64, _ now: Int64
  ) -> Bool {
    guard let filter else { return true }
    guard filter.covers(kind: payload.kind, from: from, to: to) else { return false }
    guard let predicate = filter.predicate else { return true }
    let record = TraceRecord(
      .sent, at: now, from: from, to: to, id: id, code: payload.kind, first: payload.first,
      second: payload.second, third: payload.third)
    guard let holds = predicates[predicate].holds(record) else {
      if failedFilter == nil { failedFilter = FailedFilter(fault: fault, message: record) }
      isUrgent = true
      return false
    }
    return holds
  }

  /// Whether an active binding chooses a message that is sent now; counts it for `nth`.
  private mutating func chooses(
    _ place: Int, _ payload: MessagePayload, _ from: NodeID, _ to: NodeID, _ id: Int64,
    _ now: Int64
  ) -> Bool {
    switch active[place].effect {
    case .cut(let pattern, _): guard pattern.cuts(from, to) else { return false }
    case .link(let senders, let receivers, let bothWays, _):
      let there = senders?.contains(from) ?? true && receivers?.contains(to) ?? true
      let back = bothWays && senders?.contains(to) ?? true && receivers?.contains(from) ?? true
      guard there || back else { return false }
    }
    guard active[place].isNarrowed else {
      active[place].matched += 1
      return true
    }
    let fault = active[place].fault
    let filter = faults[fault].messages
    guard matches(filter, fault, payload, from, to, id, now) else { return false }
    active[place].matched += 1
    guard let filter, !filter.nth.isEmpty else { return true }
    return filter.nth.contains(active[place].matched)
  }

  /// Whether a cut that begins now, narrowed as its fault says, takes a message in flight. The nth
  /// message is counted from the start of the fault, so one sent before is never chosen by number.
  @usableFromInline mutating func takesInFlight(
    _ pattern: CutPattern, fault: Int, _ payload: MessagePayload, from: NodeID, to: NodeID,
    id: Int64, at now: Int64
  ) -> Bool {
    guard pattern.cuts(from, to), faults[fault].messages?.nth.isEmpty ?? true else { return false }
    return matches(faults[fault].messages, fault, payload, from, to, id, now)
  }

  /// The first partition that loses a message that is sent now, where ``onlyCuts``.
  @usableFromInline mutating func cut(
    _ payload: MessagePayload, from: NodeID, to: NodeID, id: Int64, at now: Int64
  ) -> Int32? {
    var first: Int32?
    for place in active.indices where chooses(place, payload, from, to, id, now) {
      if first == nil { first = Int32(active[place].fault) }
    }
    return first
  }

  /// What acting faults do to a message that is sent now. Every link fault that covers it takes
  /// its draws, whatever becomes of it.
  @usableFromInline mutating func fate(
    of payload: MessagePayload, from: NodeID, to: NodeID, id: Int64, at now: Int64
  ) -> Fate {
    var fate = Fate()
    for place in active.indices where chooses(place, payload, from, to, id, now) {
      fate.actors.append(place)
      var random = RandomSource(state: 0)
      guard case .link = active[place].effect else {
        act(place, &random, &fate)
        continue
      }
      let key = linkKey(active[place].fault, from, to)
      random = linkDraws[key] ?? RandomSource(seed: seed, purpose: .faultLink, index: key)
      act(place, &random, &fate)
      linkDraws[key] = random
    }
    return fate
  }

  /// What the faults that chose a message do to a copy of it: the same, but with chances of its
  /// own, drawn from the copy's seed, and it is not copied again.
  @usableFromInline func fate(ofCopy seed: UInt64, chosenBy actors: [Int]) -> Fate {
    var fate = Fate()
    for place in actors {
      let key = RandomSource.mix(faults[active[place].fault].key)
      var random = RandomSource(state: RandomSource.mix(seed ^ key))
      act(place, &random, &fate)
    }
    fate.copies = []
    return fate
  }

  /// The index of the stream of a link fault on one link.
  private func linkKey(_ fault: Int, _ from: NodeID, _ to: NodeID) -> UInt64 {
    RandomSource.mix(faults[fault].key) ^ (UInt64(from.index) << 32 | UInt64(to.index))
  }

  private func act(_ place: Int, _ random: inout RandomSource, _ fate: inout Fate) {
    let fault = Int32(active[place].fault)
    switch active[place].effect {
    case .cut(_, .drop): fate.lose(fault, .cut)
    case .cut(_, .hold): fate.holders.append(active[place].binding)
    case .cut(_, .slow(let factor)):
      fate.factors.append(factor)
      fate.delayedBy.append(fault)
    case .link(_, _, _, let linkFault): draw(linkFault, fault, &random, &fate)
    }
  }

  private func draw(
    _ linkFault: LinkFault, _ fault: Int32, _ random: inout RandomSource, _ fate: inout Fate
  ) {
    switch linkFault {
    case .loss(let probability):
      if random.happens(probability) { fate.lose(fault, .fault) }
    case .duplicate(let probability):
      let isCopied = random.happens(probability)
      let seed = random.next()
      if isCopied { fate.copies.append((fault, seed)) }
    case .reorder(let probability, let extra):
      let isChosen = random.happens(probability)
      var stream = RandomSource(state: random.next())
      guard isChosen else { return }
      fate.isUnordered = true
      if let extra {
        fate.delay(fault, by: extra.draw(&stream))
      } else {
        fate.furtherDraws.append(stream)
        fate.delayedBy.append(fault)
      }
    case .delay(let law): fate.delay(fault, by: law.draw(&random))
    }
  }
}

extension Fault {
  /// Whether it waits for a condition that is judged outside the engine.
  @usableFromInline var waitsForCondition: Bool {
    if case .condition = trigger { return true }
    return false
  }
}

/// A condition over a message that could not be evaluated; the run is void.
public struct FailedFilter: Sendable {
  /// The fault that it narrows, by its place in the plan.
  public let fault: Int
  /// The message, as its `sent` record.
  public let message: TraceRecord
}
