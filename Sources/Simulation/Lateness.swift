internal import SystemModel

/// How late the messages of a run are by the strategy of its plan; see ``DeliveryOrder``.
struct Lateness: Sendable {
  /// A message at which something happens.
  private struct Point {
    /// Its number among all messages, from 1.
    let message: Int
    let nanoseconds: Int64
  }

  /// What is known of a link.
  private struct Link {
    let index: UInt64
    var random: RandomSource
    /// By how much all its messages are late from now on.
    var standing: Int64
  }

  private let order: DeliveryOrder
  private var seed: UInt64
  private var links: ContiguousArray<Link> = []
  /// In the order of their messages.
  private var points: ContiguousArray<Point> = []
  private var nextPoint = 0
  /// How many messages were given to the network.
  private var count = 0

  init(_ order: DeliveryOrder, seed: UInt64) {
    self.order = order
    self.seed = seed
    reset(seed: seed)
  }

  /// Goes back to the start of a run with another seed.
  mutating func reset(seed: UInt64) {
    self.seed = seed
    count = 0
    nextPoint = 0
    points = Self.points(of: order, seed)
    for place in links.indices { links[place] = link(links[place].index) }
  }

  /// Draws everything from now on as a run with another seed would; what stands for a link stays.
  mutating func reseed(_ seed: UInt64) {
    self.seed = seed
    points = Self.points(of: order, seed)
    nextPoint = points.firstIndex { $0.message > count } ?? points.count
    for place in links.indices {
      links[place].random = RandomSource(
        seed: seed, purpose: .lateness, index: links[place].index)
    }
  }

  /// Adds a link; links have the places in which they are added.
  mutating func addLink(_ index: UInt64) { links.append(link(index)) }

  /// By how much the next message is late, which is one of a link.
  mutating func next(ofLink place: Int) -> Int64 {
    count += 1
    var late = links[place].standing
    while nextPoint < points.count, points[nextPoint].message == count {
      switch order {
      case .random: break
      case .pct:
        late = points[nextPoint].nanoseconds
        links[place].standing = late
      case .delayBounded: late += points[nextPoint].nanoseconds
      }
      nextPoint += 1
    }
    if case .random(let window) = order {
      late = links[place].random.between(0, window.nanoseconds)
    }
    return late
  }

  private func link(_ index: UInt64) -> Link {
    var random = RandomSource(seed: seed, purpose: .lateness, index: index)
    var standing: Int64 = 0
    if case .pct(_, let window, _) = order {
      standing = random.between(0, window.nanoseconds / 2)
    }
    return Link(index: index, random: random, standing: standing)
  }

  /// Each point is drawn from a stream of its own, so that one more changes none of the others.
  private static func points(of order: DeliveryOrder, _ seed: UInt64) -> ContiguousArray<Point> {
    let drawn: [Point]
    switch order {
    case .random: drawn = []
    case .pct(let depth, let window, let messages):
      let (whole, half) = (window.nanoseconds, window.nanoseconds / 2)
      drawn = (1..<depth).map { number in
        let above = (whole - half) / Int64(depth - 1) * Int64(depth - number)
        return Point(message: draw(number, messages, seed), nanoseconds: half + above)
      }
    case .delayBounded(let delays, let window, let messages):
      drawn = (1...delays).map {
        Point(message: draw($0, messages, seed), nanoseconds: window.nanoseconds)
      }
    }
    let sorted = drawn.enumerated().sorted { ($0.1.message, $0.0) < ($1.1.message, $1.0) }
    return ContiguousArray(sorted.map(\.element))
  }

  private static func draw(_ number: Int, _ messages: Int, _ seed: UInt64) -> Int {
    var random = RandomSource(seed: seed, purpose: .orderPoint, index: UInt64(number))
    return 1 + Int(random.below(UInt64(messages)))
  }
}
