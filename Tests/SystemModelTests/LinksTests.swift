import SystemModel
import Testing

@Suite struct TopologyShapeTests {
  /// The nodes that are one hop away, as the doc comments of the shapes say.
  static func neighbours(_ shape: TopologyShape, _ node: Int, _ nodeCount: Int) -> [Int] {
    var all: [Int] = []
    switch shape {
    case .full: all = Array(0..<nodeCount)
    case .ring: all = [(node + 1) % nodeCount, (node + nodeCount - 1) % nodeCount]
    case .line: all = [node - 1, node + 1]
    case .star: all = node == 0 ? Array(1..<max(1, nodeCount)) : [0]
    case .tree: all = [2 * node + 1, 2 * node + 2] + (node > 0 ? [(node - 1) / 2] : [])
    case .grid:
      let width = Int(Double(nodeCount).squareRoot().rounded(.up))
      all = [node - width, node + width]
      if node % width > 0 { all.append(node - 1) }
      if node % width < width - 1 { all.append(node + 1) }
    }
    return Set(all.filter { $0 >= 0 && $0 < nodeCount && $0 != node }).sorted()
  }

  /// How many hops every node is from one, by breadth-first search.
  static func distances(_ shape: TopologyShape, to goal: Int, _ nodeCount: Int) -> [Int] {
    var distance = [Int](repeating: -1, count: nodeCount)
    distance[goal] = 0
    var frontier = [goal]
    while let node = frontier.first {
      frontier.removeFirst()
      for next in neighbours(shape, node, nodeCount) where distance[next] < 0 {
        distance[next] = distance[node] + 1
        frontier.append(next)
      }
    }
    return distance
  }

  /// Each step goes to the lowest of the neighbours that are nearer.
  @Test(arguments: TopologyShape.allCases, [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 16, 20, 23])
  func shortestPathsAgreeWithASearch(shape: TopologyShape, nodeCount: Int) {
    for to in 0..<nodeCount {
      let distance = Self.distances(shape, to: to, nodeCount)
      for from in 0..<nodeCount where from != to {
        var wanted: [Int] = []
        var here = from
        while here != to {
          let near = Self.neighbours(shape, here, nodeCount)
          guard let next = near.first(where: { distance[$0] == distance[here] - 1 }) else { break }
          here = next
          wanted.append(here)
        }
        let found = shape.shortestPath(from, to, nodeCount: nodeCount)
        #expect(found == wanted, "\(shape) of \(nodeCount), \(from) to \(to)")
      }
    }
  }
}

@Suite struct LinkPoliciesTests {
  private func policy(_ milliseconds: Int64, fifo: Bool = true) -> LinkPolicy {
    LinkPolicy(latency: [.constant(.milliseconds(milliseconds))], fifo: fifo)
  }

  private func latency(_ links: LinkPolicies, _ from: Int, _ to: Int) -> Int64? {
    (links.policy(NodeID(from), NodeID(to)).fixedLatency?.nanoseconds).map { $0 / 1_000_000 }
  }

  @Test func aPairComesBeforeGroupsBeforeTheDefault() {
    let links = LinkPolicies(
      policies: [policy(1), policy(2), policy(3), policy(4)],
      pairs: [(NodeID(3), NodeID(0), 2), (NodeID(0), NodeID(3), 1)],
      groupEntries: [
        .init(from: NodeSet([NodeID(0), NodeID(1)]), to: NodeSet([NodeID(3)]), policy: 3)
      ], nodeCount: 4)
    #expect(latency(links, 0, 3) == 2)
    #expect(latency(links, 3, 0) == 3)
    #expect(latency(links, 1, 3) == 4)
    #expect(latency(links, 3, 1) == 1)
    #expect(latency(links, 0, 1) == 1)
  }

  @Test func aPairIsTheSumAlongItsWay() {
    let links = LinkPolicies(
      policies: [policy(10), policy(1), policy(100)],
      pairs: [(NodeID(1), NodeID(2), 1), (NodeID(0), NodeID(4), 2)], shape: .line, nodeCount: 5)
    #expect(latency(links, 0, 3) == 21)
    #expect(latency(links, 3, 0) == 30)
    #expect(latency(links, 0, 4) == 100, "an entry of the pair itself wins")
    #expect(latency(links, 1, 2) == 1)
  }

  @Test func aWayIsInOrderIfEveryHopIs() {
    let links = LinkPolicies(
      policies: [policy(10), policy(10, fifo: false)], pairs: [(NodeID(1), NodeID(2), 1)],
      shape: .line, nodeCount: 4)
    #expect(links.policy(NodeID(0), NodeID(1)).fifo)
    #expect(!links.policy(NodeID(0), NodeID(3)).fifo)
    #expect(links.policy(NodeID(3), NodeID(0)).fifo)
  }

  @Test func manyPairsAreFound() {
    var pairs: [(from: NodeID, to: NodeID, policy: Int)] = []
    for from in 0..<40 {
      for to in 0..<40 where (from * 7 + to) % 3 == 0 {
        pairs.append((NodeID(from), NodeID(to), 1))
      }
    }
    let links = LinkPolicies(
      policies: [policy(1), policy(2)], pairs: pairs.reversed(), nodeCount: 40)
    for from in 0..<40 {
      for to in 0..<40 { #expect(latency(links, from, to) == ((from * 7 + to) % 3 == 0 ? 2 : 1)) }
    }
  }

  @Test func fixedLatencyNeedsALinkWithoutChance() {
    let span = Law.constant(.milliseconds(4))
    #expect(LinkPolicy(latency: [span, span]).fixedLatency == .milliseconds(8))
    #expect(LinkPolicy(latency: []).fixedLatency == .zero)
    #expect(LinkPolicy(latency: [span], loss: Ratio(1, 9)).fixedLatency == nil)
    #expect(LinkPolicy(latency: [span], duplicate: Ratio(1, 9)).fixedLatency == nil)
    #expect(
      LinkPolicy(latency: [span], reorder: .init(probability: Ratio(1, 9), extra: nil))
        .fixedLatency == nil)
    #expect(
      LinkPolicy(latency: [span, .uniform(low: .zero, high: .milliseconds(1))]).fixedLatency == nil)
  }

  @Test func uniformLatencyIsTheOnlyChance() {
    let (low, high) = (Duration.milliseconds(2), Duration.milliseconds(5))
    let span = Law.uniform(low: low, high: high)
    let range = LinkPolicy(latency: [span], fifo: false).uniformLatency
    #expect(range?.low == low.nanoseconds && range?.high == high.nanoseconds)
    #expect(LinkPolicy(latency: [span, span]).uniformLatency == nil)
    #expect(LinkPolicy(latency: [.constant(low)]).uniformLatency == nil)
    #expect(LinkPolicy(latency: [span], loss: Ratio(1, 9)).uniformLatency == nil)
    #expect(LinkPolicy(latency: [span], duplicate: Ratio(1, 9)).uniformLatency == nil)
    #expect(
      LinkPolicy(latency: [span], reorder: .init(probability: Ratio(1, 9), extra: nil))
        .uniformLatency == nil)
    let long = Law.uniform(low: low, high: Duration(nanoseconds: .max))
    #expect(LinkPolicy(latency: [long]).uniformLatency == nil)
  }

  @Test func longWaysAreCutOff() {
    let long = Law.constant(Duration(nanoseconds: .max))
    let policy = LinkPolicy(latency: Array(repeating: long, count: 50))
    var random = RandomSource(state: 1)
    #expect(policy.fixedLatency == Law.longest)
    #expect(policy.drawLatency(&random) == Law.longest.nanoseconds)
  }
}
