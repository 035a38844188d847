import SystemModel
import Testing

@Suite struct NodeSetTests {
  /// The same operations on an ordinary set of numbers.
  @Test(arguments: [3, 64, 65, 200, 1000])
  func agreesWithAnOrdinarySet(nodeCount: Int) {
    var random = RandomSource(state: UInt64(nodeCount))
    var nodes = NodeSet()
    var twin: Set<Int> = []
    for step in 0..<4000 {
      let index = Int(random.below(UInt64(nodeCount)))
      let node = NodeID(index)
      if random.below(2) == 0 {
        #expect(nodes.insert(node) == twin.insert(index).inserted)
      } else {
        #expect(nodes.remove(node) == (twin.remove(index) != nil))
      }
      #expect(nodes.contains(node) == twin.contains(index))
      #expect(nodes.isEmpty == twin.isEmpty)
      guard step % 50 == 0 else { continue }
      #expect(nodes.count == twin.count)
      #expect(nodes.members.map(\.index) == twin.sorted())
      #expect(nodes == NodeSet(twin.sorted().reversed().map { NodeID($0) }))
    }
  }

  @Test func equalHoweverItCameAbout() {
    var nodes = NodeSet([NodeID(3)])
    nodes.insert(NodeID(500))
    nodes.remove(NodeID(500))
    #expect(nodes == NodeSet([NodeID(3)]))
    #expect(nodes.hashValue == NodeSet([NodeID(3)]).hashValue)
    nodes.insert(NodeID(130))
    nodes.removeAll()
    #expect(nodes == NodeSet())
  }

  @Test func visitsInTheOrderOfTheTopology() {
    var seen: [Int] = []
    NodeSet([900, 2, 64, 63, 128].map { NodeID($0) }).forEach { seen.append($0.index) }
    #expect(seen == [2, 63, 64, 128, 900])
  }

  @Test func theLastNodeThatMayBe() {
    let last = NodeID(NodeID.limit - 1)
    #expect(last.index == NodeID.limit - 1)
    #expect(NodeSet([last]).members == [last])
    #expect(!NodeSet([last]).contains(NodeID(0)))
  }
}
