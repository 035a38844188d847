public import SystemModel

/// The chance of a plan: its links with their policies, streams of draws and last arrivals, and
/// the streams of timers.
///
/// A link's state is made when its first message is sent. Up to 128 nodes it stands in a table of
/// all pairs, beyond that in a hash table of the links in use.
public struct Fabric: DrawSource, Sendable {
  /// One direction between two nodes.
  @usableFromInline struct Link: Sendable {
    /// The shortest and the longest latency, equal on a link without any chance; negative if there
    /// is other chance than one draw between them, or a strategy.
    @usableFromInline var low: Int64
    @usableFromInline var high: Int64
    @usableFromInline var lastArrival: Int64
    @usableFromInline var random: RandomSource
    @usableFromInline var policy: Int32
    @usableFromInline var isOrdered: Bool
  }

  private static let tableLimit = 128
  @usableFromInline let nodeCount: Int
  private let policies: LinkPolicies
  private var seed: UInt64
  /// The different policies in use: those of the plan, and sums along the ways of its shape.
  private var resolved: [LinkPolicy] = []
  @usableFromInline var links: ContiguousArray<Link> = []
  /// The place in `links` of each ordered pair; −1 before its first message.
  @usableFromInline var table: ContiguousArray<Int32>
  /// The stream of each node's timers.
  private var timers: ContiguousArray<RandomSource>
  private var places: [UInt32: Int32] = [:]
  /// How late messages are by the strategy of the plan; nil without one.
  private var lateness: Lateness?

  /// The links of a plan, and its strategy by which messages are late.
  public init(_ policies: LinkPolicies, seed: UInt64, order: DeliveryOrder? = nil) {
    self.policies = policies
    self.seed = seed
    lateness = order.map { Lateness($0, seed: seed) }
    nodeCount = policies.nodeCount
    let dense = nodeCount <= Self.tableLimit
    table = ContiguousArray(repeating: -1, count: dense ? nodeCount * nodeCount : 0)
    timers = Self.timerStreams(seed, nodeCount: nodeCount)
  }

  /// What becomes of a message: a latency alone where the link has no chance, or one draw; more
  /// draws elsewhere.
  @inlinable public mutating func carry(from: NodeID, to: NodeID) -> Carriage {
    let place = self.place(from, to)
    let low = links[place].low
    guard low >= 0 else { return draw(place) }
    let high = links[place].high
    let span = low == high ? low : links[place].random.between(low, high)
    return Carriage(latency: span, isUnordered: !links[place].isOrdered)
  }

  /// The later of an arrival and the last arrival of the link, which it becomes.
  @inlinable public mutating func ordered(arrival: Int64, from: NodeID, to: NodeID) -> Int64 {
    let place = self.place(from, to)
    let instant = max(arrival, links[place].lastArrival)
    links[place].lastArrival = instant
    return instant
  }

  /// Whether the policy of a link says so.
  @inlinable public mutating func keepsOrder(from: NodeID, to: NodeID) -> Bool {
    links[place(from, to)].isOrdered
  }

  /// Forgets arrivals of messages that were taken out of flight.
  public mutating func settle(lastArrival: Int64, from: NodeID, to: NodeID) {
    links[place(from, to)].lastArrival = lastArrival
  }

  /// A latency and, if the link loses messages, the copy's own chance to be lost.
  public mutating func carryCopy(
    from: NodeID, to: NodeID, _ random: inout RandomSource
  ) -> Carriage {
    let policy = resolved[Int(links[place(from, to)].policy)]
    let latency = policy.drawLatency(&random)
    let isLost = policy.loss.numerator > 0 && random.happens(policy.loss)
    return Carriage(latency: latency, isLost: isLost, isUnordered: !policy.fifo)
  }

  /// Takes all links and streams back to the start of a run with another seed.
  public mutating func reset(seed: UInt64) {
    self.seed = seed
    timers = Self.timerStreams(seed, nodeCount: nodeCount)
    lateness?.reset(seed: seed)
    for place in links.indices {
      links[place].lastArrival = 0
      links[place].random = Self.stream(seed, key: keys[place])
    }
  }

  /// Draws everything from now on as a run with another seed would; what is in flight stays.
  mutating func reseed(_ seed: UInt64) {
    self.seed = seed
    timers = Self.timerStreams(seed, nodeCount: nodeCount)
    for place in links.indices { links[place].random = Self.stream(seed, key: keys[place]) }
    lateness?.reseed(seed)
  }

  /// The sum of the latencies of the way, drawn from another stream; no other chance has a say.
  public mutating func drawLatency(from: NodeID, to: NodeID, _ random: inout RandomSource) -> Int64
  {
    resolved[Int(links[place(from, to)].policy)].drawLatency(&random)
  }

  /// A whole number of nanoseconds between two others, both included, from the node's stream.
  public mutating func timerSpan(of node: NodeID, low: Int64, high: Int64) -> Int64 {
    timers[node.index].between(low, high)
  }

  private static func timerStreams(
    _ seed: UInt64, nodeCount: Int
  ) -> ContiguousArray<RandomSource> {
    ContiguousArray(
      (0..<nodeCount).map { RandomSource(seed: seed, purpose: .timers, index: UInt64($0)) })
  }

  /// The key of each link in `links`.
  private var keys: ContiguousArray<UInt32> = []

  @inlinable mutating func place(_ from: NodeID, _ to: NodeID) -> Int {
    if !table.isEmpty {
      let known = table[from.index &* nodeCount &+ to.index]
      if known >= 0 { return Int(known) }
    }
    return find(from, to)
  }

  @usableFromInline mutating func find(_ from: NodeID, _ to: NodeID) -> Int {
    let key = LinkPolicies.key(from, to)
    if table.isEmpty, let known = places[key] { return Int(known) }
    let policy = policies.policy(from, to)
    let index = resolvedIndex(policy)
    let place = links.count
    let fixed = policy.fixedLatency.map { (low: $0.nanoseconds, high: $0.nanoseconds) }
    let (low, high) = (lateness == nil ? fixed ?? policy.uniformLatency : nil) ?? (-1, -1)
    links.append(
      Link(
        low: low, high: high, lastArrival: 0,
        random: Self.stream(seed, key: key), policy: Int32(index), isOrdered: policy.fifo))
    keys.append(key)
    lateness?.addLink(Self.index(ofLink: key))
    if table.isEmpty {
      places[key] = Int32(place)
    } else {
      table[from.index * nodeCount + to.index] = Int32(place)
    }
    return place
  }

  private mutating func resolvedIndex(_ policy: LinkPolicy) -> Int {
    // A handful of policies serve all links; the newest are the likeliest to come again.
    let oldest = max(0, resolved.count - 16)
    if let known = resolved[oldest...].lastIndex(of: policy) { return known }
    resolved.append(policy)
    return resolved.count - 1
  }

  /// Takes a link's draws for a message: its latency, then loss (one), a copy (two) and reordering
  /// (one, and its time), each only if the policy has it, whatever comes of them.
  @usableFromInline mutating func draw(_ place: Int) -> Carriage {
    let policy = resolved[Int(links[place].policy)]
    var random = links[place].random
    var carriage = Carriage(latency: policy.drawLatency(&random), isUnordered: !policy.fifo)
    if policy.loss.numerator > 0 { carriage.isLost = random.happens(policy.loss) }
    if policy.duplicate.numerator > 0 {
      carriage.isCopied = random.happens(policy.duplicate)
      carriage.copySeed = random.next()
    }
    if let reorder = policy.reorder {
      let isChosen = random.happens(reorder.probability)
      let extra = reorder.extra?.draw(&random) ?? policy.drawLatency(&random)
      if isChosen {
        carriage.latency = min(carriage.latency + extra, Law.longest.nanoseconds)
        carriage.isUnordered = true
      }
    }
    links[place].random = random
    if let late = lateness?.next(ofLink: place) {
      carriage.latency = min(carriage.latency + late, Law.longest.nanoseconds)
    }
    return carriage
  }

  /// The stream of a link; its index is `from << 32 | to`.
  private static func stream(_ seed: UInt64, key: UInt32) -> RandomSource {
    RandomSource(seed: seed, purpose: .link, index: index(ofLink: key))
  }

  private static func index(ofLink key: UInt32) -> UInt64 {
    UInt64(key >> 16) << 32 | UInt64(key & 0xFFFF)
  }
}
