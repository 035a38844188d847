import Simulation
import SystemModel
import Testing

@Suite struct FabricTests {
  private static let policies = [
    LinkPolicy(
      latency: [.uniform(low: .milliseconds(1), high: .milliseconds(9))], loss: Ratio(1, 5),
      duplicate: Ratio(1, 7), reorder: .init(probability: Ratio(1, 9), extra: nil)),
    LinkPolicy(latency: [.constant(.milliseconds(4))]),
  ]

  private static func fabric(_ nodeCount: Int, seed: UInt64 = 1) -> Fabric {
    let pairs = (0..<nodeCount - 1).map {
      (from: NodeID($0), to: NodeID($0 + 1), policy: 1)
    }
    return Fabric(
      LinkPolicies(policies: policies, pairs: pairs, nodeCount: nodeCount), seed: seed)
  }

  private static func draws(_ fabric: inout Fabric, _ count: Int) -> [Int64] {
    var drawn: [Int64] = []
    for step in 0..<count {
      let from = NodeID(step * 7 % 50)
      let to = NodeID(step * 3 % 49 + 1)
      let carriage = fabric.carry(from: from, to: to)
      drawn.append(carriage.latency &+ (carriage.isLost ? 1 : 0) &+ (carriage.isCopied ? 2 : 0))
      drawn.append(
        fabric.ordered(arrival: Int64(step) * 1000 + carriage.latency, from: from, to: to))
      drawn.append(fabric.timerSpan(of: from, low: 5, high: 500))
    }
    return drawn
  }

  /// A table of all pairs or a table of the links in use: the same draws.
  @Test func sizesOfTablesMakeNoDifference() {
    var small = Self.fabric(64)
    var large = Self.fabric(2000)
    #expect(Self.draws(&small, 3000) == Self.draws(&large, 3000))
  }

  @Test(arguments: [64, 2000])
  func aResetIsAFreshStart(nodeCount: Int) {
    var used = Self.fabric(nodeCount, seed: 3)
    _ = Self.draws(&used, 1000)
    used.reset(seed: 8)
    var fresh = Self.fabric(nodeCount, seed: 8)
    #expect(Self.draws(&used, 2000) == Self.draws(&fresh, 2000))
  }

  @Test func aLinkWithoutChanceTakesNoDraw() {
    var fabric = Self.fabric(4)
    for _ in 0..<3 {
      let carriage = fabric.carry(from: NodeID(0), to: NodeID(1))
      #expect(carriage.latency == 4_000_000)
      #expect(!carriage.isLost && !carriage.isCopied && !carriage.isUnordered)
    }
  }

  /// The quick way of a link with one range draws as its law does, in order or not.
  @Test(arguments: [true, false])
  func aRangeDrawsAsItsLaw(fifo: Bool) {
    let law = Law.uniform(low: .milliseconds(1), high: .milliseconds(9))
    let policy = LinkPolicy(latency: [law], fifo: fifo)
    var fabric = Fabric(LinkPolicies(policies: [policy], pairs: [], nodeCount: 3), seed: 5)
    var random = RandomSource(seed: 5, purpose: .link, index: 1 << 32 | 2)
    for _ in 0..<1000 {
      let carriage = fabric.carry(from: NodeID(1), to: NodeID(2))
      #expect(carriage.latency == law.draw(&random))
      #expect(carriage.isUnordered == !fifo && !carriage.isLost && !carriage.isCopied)
    }
  }

  /// The draws of a link in their documented order: latency, loss, copy and its seed, reordering
  /// and its time, from the stream `mix(mix(mix(seed) ^ 1) ^ (from << 32 | to))`.
  @Test func drawsAreTheDocumentedOnes() {
    var fabric = Self.fabric(4, seed: 42)
    var random = RandomSource(seed: 42, purpose: .link, index: 2 << 32 | 1)
    for _ in 0..<200 {
      let carriage = fabric.carry(from: NodeID(2), to: NodeID(1))
      var latency = random.between(1_000_000, 9_000_000)
      let isLost = random.happens(Ratio(1, 5))
      let isCopied = random.happens(Ratio(1, 7))
      let seed = random.next()
      let isReordered = random.happens(Ratio(1, 9))
      let extra = random.between(1_000_000, 9_000_000)
      if isReordered { latency += extra }
      #expect(carriage.latency == latency)
      #expect(carriage.isLost == isLost)
      #expect(carriage.isCopied == isCopied)
      #expect(carriage.copySeed == seed)
      #expect(carriage.isUnordered == isReordered)
    }
  }

  @Test func arrivalsNeverGoBack() {
    var fabric = Self.fabric(4)
    let (from, to) = (NodeID(0), NodeID(1))
    #expect(fabric.ordered(arrival: 50, from: from, to: to) == 50)
    #expect(fabric.ordered(arrival: 40, from: from, to: to) == 50)
    #expect(fabric.ordered(arrival: 60, from: from, to: to) == 60)
    #expect(fabric.ordered(arrival: 10, from: to, to: from) == 10, "the other way")
    fabric.settle(lastArrival: 20, from: from, to: to)
    #expect(fabric.ordered(arrival: 30, from: from, to: to) == 30)
  }
}
