import SystemModel
import Testing

/// Shapes of partitions and selectors of nodes, bound when the fault fires.
@Suite struct ShapeTests {
  /// The binding of a partition of some nodes, and for each node those that it hears, itself
  /// included.
  private func bound(
    _ shape: CutShape, of nodeCount: Int, oneWay: Bool = false, seed: UInt64 = 1
  ) -> (nodes: [Int], hears: [Set<Int>]) {
    var story = Story(nodeCount)
    story.seed = seed
    story.fault(.cut(shape, oneWay: oneWay, .drop(sparingInFlight: false)), .ms(0))
    let binding = story.run().bindings[0]
    let hears = (0..<nodeCount).map { to in
      Set((0..<nodeCount).filter { binding.cut?.cuts(NodeID($0), NodeID(to)) == false })
    }
    return (binding.nodes.map(\.index), hears)
  }

  /// What nodes hear if they are on one side and the rest on the other.
  private func sides(_ side: Set<Int>, of nodeCount: Int) -> [Set<Int>] {
    let rest = Set(0..<nodeCount).subtracting(side)
    return (0..<nodeCount).map { side.contains($0) ? side : rest }
  }

  @Test(arguments: [(2, 1), (3, 2), (4, 2), (5, 3), (6, 3), (7, 4)])
  func halves(nodeCount: Int, first: Int) {
    let (nodes, hears) = bound(.halves, of: nodeCount)
    #expect(nodes == Array(0..<first))
    #expect(hears == sides(Set(0..<first), of: nodeCount))
  }

  struct Drawn: Sendable {
    let name: String
    let shape: CutShape
    /// How many are drawn of 2, 3, 4, … nodes.
    let counts: [Int]
  }

  private static let drawn = [
    Drawn(name: "random halves", shape: .randomHalves, counts: [1, 2, 2, 3, 3, 4, 4]),
    Drawn(name: "majority", shape: .majority, counts: [2, 2, 3, 3, 4, 4, 5]),
    Drawn(name: "minority third", shape: .minorityThird, counts: [0, 0, 1, 1, 1, 2, 2]),
    Drawn(name: "isolate two", shape: .isolate(.random(2)), counts: [2, 2, 2, 2, 2, 2, 2]),
    Drawn(name: "isolate minority", shape: .isolate(.minority), counts: [0, 1, 1, 2, 2, 3, 3]),
    Drawn(name: "isolate majority", shape: .isolate(.majority), counts: [2, 2, 3, 3, 4, 4, 5]),
  ]

  @Test(arguments: drawn.indices)
  func drawnSides(place: Int) {
    let row = Self.drawn[place]
    for (offset, count) in row.counts.enumerated() {
      let nodeCount = offset + 2
      var seen: Set<[Int]> = []
      for seed: UInt64 in 0..<20 {
        let (nodes, hears) = bound(row.shape, of: nodeCount, seed: seed)
        #expect(nodes.count == count, "\(row.name) of \(nodeCount)")
        #expect(nodes == nodes.sorted())
        #expect(hears == sides(Set(nodes), of: nodeCount))
        seen.insert(nodes)
      }
      if count > 0, count < nodeCount { #expect(seen.count > 1, "\(row.name) is drawn") }
    }
  }

  @Test func isolateByName() {
    let (nodes, hears) = bound(.isolate(.nodes([NodeID(2), NodeID(3)])), of: 5)
    #expect(nodes == [2, 3])
    #expect(hears == sides([2, 3], of: 5))
  }

  @Test func groupsByName() {
    let (nodes, hears) = bound(.groups([group(2, 1), group(4), group(3)]), of: 4)
    #expect(nodes == [0, 1])
    #expect(hears == [[0, 1], [0, 1], [2], [3]])
  }

  /// The first side cannot reach the second; the other direction is not touched.
  @Test func oneWay() {
    let (_, hears) = bound(.isolate(.nodes([NodeID(0)])), of: 3, oneWay: true)
    #expect(hears == [[0, 1, 2], [1, 2], [1, 2]])
  }

  /// Every node sees a majority, no two the same one, and whoever is seen sees back.
  @Test(arguments: 3...12)
  func majoritiesRing(nodeCount: Int) {
    var orders: Set<[Int]> = []
    for seed: UInt64 in 0..<20 {
      let (nodes, hears) = bound(.majoritiesRing, of: nodeCount, seed: seed)
      #expect(nodes.sorted() == Array(0..<nodeCount))
      #expect(Set(hears).count == nodeCount, "no two the same")
      for (node, heard) in hears.enumerated() {
        #expect(heard.count >= nodeCount / 2 + 1)
        #expect(heard.count < nodeCount || nodeCount == 3)
        for other in heard { #expect(hears[other].contains(node)) }
      }
      orders.insert(nodes)
    }
    #expect(orders.count > 1, "the ring is drawn")
  }

  @Test(arguments: [(3, 1), (4, 2), (5, 2), (6, 3), (7, 3)])
  func bridge(nodeCount: Int, middle: Int) {
    let (nodes, hears) = bound(.bridge, of: nodeCount)
    #expect(nodes == Array(0..<middle))
    for node in 0..<nodeCount {
      let wanted =
        node < middle
        ? Set(0...middle) : node > middle ? Set(middle..<nodeCount) : Set(0..<nodeCount)
      #expect(hears[node] == wanted)
    }
  }

  /// From some to some, one way; nodes that are on both sides do not reach each other.
  @Test func block() {
    let (nodes, hears) = bound(
      .block(from: .nodes([NodeID(0), NodeID(1)]), to: .nodes([NodeID(1), NodeID(2)])), of: 4)
    #expect(nodes == [0, 1])
    #expect(hears == [[0, 1, 2, 3], [1, 2, 3], [2, 3], [0, 1, 2, 3]])
  }

  /// Selectors of roles see the machines as they are when the fault fires.
  @Test func rolesAreBoundWhenTheFaultFires() {
    var story = Story(3)
    story.fault(.pause(.role(0)), .ms(0), .lasting(1), name: "start")
    story.fault(.crash(.role(0), keepingDisk: true), .ms(50), .lasting(10), name: "busiest")
    story.fault(.pause(.role(0)), .ms(55), .lasting(1), name: "next")
    story.fault(.pause(.role(1)), .ms(80), .lasting(1), name: "nobody")
    story.ping(10, 1, 2, 1)
    story.ping(11, 1, 2, 1)
    story.ping(12, 1, 3, 1)
    let tale = story.run()
    #expect(
      tale.bindings.map { $0.nodes.map { $0.index + 1 } } == [[1, 2, 3], [2], [3], []])
    #expect(tale.lines(.crashed) == ["50 crashed 2 by busiest"])
    #expect(tale.bindings.map(\.fault) == [0, 1, 2, 3])
  }

  @Test func allAndNamesKeepTheirOrder() {
    var story = Story(4)
    story.fault(.pause(.all), .ms(1), .lasting(1))
    story.fault(.pause(nodes(4, 2)), .ms(5), .lasting(1))
    story.fault(.pause(.random(9)), .ms(9), .lasting(1))
    #expect(
      story.run().bindings.map { $0.nodes.map { $0.index + 1 } }
        == [[1, 2, 3, 4], [4, 2], [1, 2, 3, 4]])
  }

  /// Each firing draws anew.
  @Test func everyFiringBindsAnew() {
    var story = Story(9)
    story.fault(
      .pause(.random(1)), .every(first: at(0), period: ms(10), jitter: .zero, until: at(900)),
      .lasting(5))
    let tale = story.run()
    #expect(tale.bindings.count == 91)
    #expect(Set(tale.bindings.map(\.nodes)).count == 9)
  }
}
