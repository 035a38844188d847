/// How messages travel from one node to another.
public struct LinkPolicy: Hashable, Sendable {
  /// Reordering by chance: a chosen message leaves the order of the link and takes longer.
  public struct Reordering: Hashable, Sendable {
    /// How often a message is chosen.
    public let probability: Ratio
    /// How much longer a chosen message takes; nil: one more draw of the link's latency.
    public let extra: Law?

    /// A chance of reordering.
    public init(probability: Ratio, extra: Law?) {
      self.probability = probability
      self.extra = extra
    }
  }

  /// The latency of each hop of the way, in order; one hop unless the topology has a shape.
  public var latency: [Law]
  /// How often a message is lost; 0 takes no draw.
  public var loss: Ratio
  /// How often a message arrives twice; the copy draws a latency of its own. 0 takes no draw.
  public var duplicate: Ratio
  /// How often a message is overtaken by later ones.
  public var reorder: Reordering?
  /// Whether a message never arrives before an earlier one of the same link.
  public var fifo: Bool

  /// A policy; reliable and in order unless said otherwise.
  public init(
    latency: [Law], loss: Ratio = Ratio(0), duplicate: Ratio = Ratio(0),
    reorder: Reordering? = nil, fifo: Bool = true
  ) {
    self.latency = latency
    self.loss = loss
    self.duplicate = duplicate
    self.reorder = reorder
    self.fifo = fifo
  }

  /// The one latency of a link without any chance, at most ``Law/longest``: no draw is ever taken.
  public var fixedLatency: Duration? {
    guard loss.numerator == 0, duplicate.numerator == 0, reorder == nil else { return nil }
    var sum = Duration.zero
    for hop in latency {
      guard let span = hop.constantValue else { return nil }
      sum = min(sum + min(span, Law.longest), Law.longest)
    }
    return sum
  }

  /// The shortest and the longest latency in nanoseconds of a link whose only chance is one draw
  /// between these.
  public var uniformLatency: (low: Int64, high: Int64)? {
    guard loss.numerator == 0, duplicate.numerator == 0, reorder == nil, latency.count == 1,
      case .uniform(let low, let high) = latency[0], low >= .zero, high <= Law.longest
    else { return nil }
    return (low.nanoseconds, high.nanoseconds)
  }

  /// Draws the latency of the whole way in nanoseconds, at most ``Law/longest``.
  public func drawLatency(_ random: inout RandomSource) -> Int64 {
    var sum: Int64 = 0
    for hop in latency { sum = min(sum + hop.draw(&random), Law.longest.nanoseconds) }
    return sum
  }
}

/// The policy of every ordered pair of nodes, without a table of all pairs.
///
/// Precedence: an entry for the pair, an entry for the pair of groups, the way along the shape,
/// the default.
public struct LinkPolicies: Sendable {
  /// An entry for pairs of nodes of two sets.
  public struct GroupEntry: Sendable {
    /// The senders.
    public let from: NodeSet
    /// The receivers.
    public let to: NodeSet
    /// An index into ``LinkPolicies/policies``.
    public let policy: Int

    /// An entry.
    public init(from: NodeSet, to: NodeSet, policy: Int) {
      self.from = from
      self.to = to
      self.policy = policy
    }
  }

  /// The different policies; 0 is the default, for one hop.
  public let policies: [LinkPolicy]
  /// Entries for single pairs: `from << 16 | to`, ascending.
  public let pairKeys: [UInt32]
  /// The policy of each entry of ``pairKeys``.
  public let pairPolicies: [Int32]
  /// Entries for pairs of groups; no ordered pair of nodes is in two of them.
  public let groupEntries: [GroupEntry]
  /// How far apart nodes are where no entry says so.
  public let shape: TopologyShape
  /// How many nodes there are.
  public let nodeCount: Int

  /// All policies; `pairs` has no pair twice.
  public init(
    policies: [LinkPolicy], pairs: [(from: NodeID, to: NodeID, policy: Int)] = [],
    groupEntries: [GroupEntry] = [], shape: TopologyShape = .full, nodeCount: Int
  ) {
    let sorted = pairs.map { (key: Self.key($0.from, $0.to), policy: Int32($0.policy)) }
      .sorted { $0.key < $1.key }
    self.policies = policies
    pairKeys = sorted.map(\.key)
    pairPolicies = sorted.map(\.policy)
    self.groupEntries = groupEntries
    self.shape = shape
    self.nodeCount = nodeCount
  }

  /// The stable index of an ordered pair.
  @inlinable public static func key(_ from: NodeID, _ to: NodeID) -> UInt32 {
    UInt32(from.index) << 16 | UInt32(to.index)
  }

  /// The policy of an ordered pair.
  public func policy(_ from: NodeID, _ to: NodeID) -> LinkPolicy {
    if let direct = directPolicy(from, to) { return direct }
    guard shape != .full else { return policies[0] }
    let way = shape.shortestPath(from.index, to.index, nodeCount: nodeCount)
    var hops: [Law] = []
    var whole = policies[0]
    var previous = from
    for step in way {
      let hop = directPolicy(previous, NodeID(step)) ?? policies[0]
      hops += hop.latency
      whole.fifo = whole.fifo && hop.fifo
      previous = NodeID(step)
    }
    whole.latency = hops
    return whole
  }

  private func directPolicy(_ from: NodeID, _ to: NodeID) -> LinkPolicy? {
    let key = Self.key(from, to)
    var low = 0
    var high = pairKeys.count
    while low < high {
      let middle = (low + high) / 2
      if pairKeys[middle] < key { low = middle + 1 } else { high = middle }
    }
    if low < pairKeys.count, pairKeys[low] == key { return policies[Int(pairPolicies[low])] }
    for entry in groupEntries where entry.from.contains(from) && entry.to.contains(to) {
      return policies[entry.policy]
    }
    return nil
  }
}

/// How nodes stand to each other where no link says so: the latency of a pair is the sum over its
/// shortest path.
public enum TopologyShape: String, Hashable, Sendable, CaseIterable {
  /// Everyone is one hop from everyone.
  case full
  /// Each node is one hop from its two neighbours, the last from the first.
  case ring
  /// Each node is one hop from its two neighbours; the ends have one.
  case line
  /// The first node is one hop from everyone, the others are two hops apart.
  case star
  /// Rows of ⌈√N⌉ nodes; one hop to the left, right, above and below.
  case grid
  /// A binary tree in level order: node i is one hop from 2i + 1 and 2i + 2, counted from 0.
  case tree

  /// The nodes on the way from one to another, without the first; ties go to the lower node.
  public func shortestPath(_ from: Int, _ to: Int, nodeCount: Int) -> [Int] {
    switch self {
    case .full: return [to]
    case .star: return from == 0 || to == 0 ? [to] : [0, to]
    case .line: return Self.walk(from, to) { $0 < to ? $0 + 1 : $0 - 1 }
    case .ring: return Self.ringPath(from, to, nodeCount)
    case .tree: return Self.treePath(from, to)
    case .grid:
      let width = Self.gridWidth(nodeCount)
      return Self.walk(from, to) { Self.gridStep($0, to, width: width, nodeCount: nodeCount) }
    }
  }

  /// ⌈√N⌉.
  static func gridWidth(_ nodeCount: Int) -> Int {
    var width = 1
    while width * width < nodeCount { width += 1 }
    return width
  }

  private static func walk(_ from: Int, _ to: Int, step: (Int) -> Int) -> [Int] {
    var way: [Int] = []
    var here = from
    while here != to {
      here = step(here)
      way.append(here)
    }
    return way
  }

  private static func ringPath(_ from: Int, _ to: Int, _ nodeCount: Int) -> [Int] {
    let up = (to - from + nodeCount) % nodeCount
    let down = nodeCount - up
    let upFirst = (from + 1) % nodeCount
    let downFirst = (from + nodeCount - 1) % nodeCount
    let goesUp = up < down || (up == down && upFirst < downFirst)
    return walk(from, to) { ($0 + (goesUp ? 1 : nodeCount - 1)) % nodeCount }
  }

  private static func treePath(_ from: Int, _ to: Int) -> [Int] {
    var left = from
    var right = to
    var up: [Int] = []
    var down: [Int] = []
    while left != right {
      if left > right {
        left = (left - 1) / 2
        up.append(left)
      } else {
        down.append(right)
        right = (right - 1) / 2
      }
    }
    return up + down.reversed()
  }

  /// One step nearer: of the neighbours that are nearer, the lowest. The last row may be short;
  /// going up before sideways never leaves the grid, nor does sideways before down in a full row.
  private static func gridStep(_ here: Int, _ to: Int, width: Int, nodeCount: Int) -> Int {
    let (row, column) = (here / width, here % width)
    let (toRow, toColumn) = (to / width, to % width)
    if row > toRow { return here - width }
    if column > toColumn { return here - 1 }
    if column < toColumn { return here + 1 }
    return here + width
  }
}
