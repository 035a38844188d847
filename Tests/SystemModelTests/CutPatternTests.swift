import SystemModel
import Testing

@Suite struct CutPatternTests {
  /// The ordered pairs that are cut, as "from>to", nodes counted from 1.
  private func cutPairs(_ pattern: CutPattern, _ nodeCount: Int) -> [String] {
    var pairs: [String] = []
    for from in 0..<nodeCount {
      for to in 0..<nodeCount where pattern.cuts(NodeID(from), NodeID(to)) {
        pairs.append("\(from + 1)>\(to + 1)")
      }
    }
    return pairs
  }

  private func nodes(_ numbers: Int...) -> [NodeID] { numbers.map { NodeID($0 - 1) } }

  @Test func sidesDoNotReachEachOther() {
    let pattern = CutPattern(
      sides: [nodes(1, 2), nodes(3), nodes(4)], oneWay: false, nodeCount: 5)
    #expect(
      cutPairs(pattern, 5) == [
        "1>3", "1>4", "2>3", "2>4", "3>1", "3>2", "3>4", "4>1", "4>2", "4>3",
      ])
  }

  @Test func oneWayCutsFromTheFirstSideToTheNext() {
    let pattern = CutPattern(
      sides: [nodes(1, 2), nodes(3), nodes(4)], oneWay: true, nodeCount: 4)
    #expect(cutPairs(pattern, 4) == ["1>3", "1>4", "2>3", "2>4", "3>4"])
  }

  @Test func aSideForEveryNode() {
    let pattern = CutPattern(
      sides: (0..<200).map { [NodeID($0)] }, oneWay: false, nodeCount: 200)
    #expect(cutPairs(pattern, 200).count == 200 * 199)
  }

  @Test func someNodesFromOthers() {
    #expect(
      cutPairs(CutPattern(nodes(1), from: nodes(2, 3), oneWay: true), 4) == ["1>2", "1>3"])
    #expect(
      cutPairs(CutPattern(nodes(1), from: nodes(2, 3), oneWay: false), 4)
        == ["1>2", "1>3", "2>1", "3>1"])
  }

  @Test func aNodeOnBothSidesReachesOnlyItself() {
    let pattern = CutPattern(nodes(1, 2), from: nodes(2, 3), oneWay: true)
    #expect(cutPairs(pattern, 3) == ["1>2", "1>3", "2>3"])
    let all = CutPattern(nodes(1, 2, 3), from: nodes(1, 2, 3), oneWay: false)
    #expect(cutPairs(all, 3) == ["1>2", "1>3", "2>1", "2>3", "3>1", "3>2"])
  }

  @Test func ringReachesTheNearest() {
    let pattern = CutPattern(ring: nodes(3, 1, 4, 2, 5), reach: 1)
    #expect(
      cutPairs(pattern, 5) == [
        "1>2", "1>5", "2>1", "2>3", "3>2", "3>4", "4>3", "4>5", "5>1", "5>4",
      ])
  }

  @Test func emptySidesTouchNothing() {
    #expect(cutPairs(CutPattern([], from: nodes(1, 2), oneWay: false), 3).isEmpty)
    #expect(
      cutPairs(CutPattern(sides: [[], nodes(1, 2, 3)], oneWay: false, nodeCount: 3), 3).isEmpty)
  }
}
