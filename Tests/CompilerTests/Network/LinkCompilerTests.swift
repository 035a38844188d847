import Compiler
import SystemModel
import Testing

/// What holds on a link: a pair of nodes wins over groups, and these over the default, key by key.
struct LinkCompilerTests {
  private let groups =
    "topology: {nodes: 4, groups: {left: [node1, node2], right: [node3, node4]}}\n"

  private func link(_ sections: String, _ from: Int, _ to: Int) throws -> LinkPolicy {
    try plan(story(with: sections)).system.links.policy(NodeID(from - 1), NodeID(to - 1))
  }

  @Test func theDefaultHoldsWhereNothingElseIsSaid() throws {
    let policy = try link("latencies: {default: 5ms..7ms}", 1, 3)
    #expect(
      policy == LinkPolicy(latency: [.uniform(low: .milliseconds(5), high: .milliseconds(7))]))
  }

  @Test func aDefaultMayHaveAllKeysOfALink() throws {
    let policy = try link(
      """
      latencies:
        default: {latency: 5ms, loss: 1%, duplicate: 0.5%, reorder: {probability: 2%, extra: 3ms}, fifo: false}
      """, 1, 2)
    let wanted = LinkPolicy(
      latency: [.constant(.milliseconds(5))], loss: Ratio(1, 100), duplicate: Ratio(1, 200),
      reorder: .init(probability: Ratio(1, 50), extra: .constant(.milliseconds(3))), fifo: false)
    #expect(policy == wanted)
  }

  @Test(arguments: [
    ("5ms", Law.constant(.milliseconds(5))), ("5ms..5ms", .constant(.milliseconds(5))),
    ("{uniform: 1ms..2ms}", .uniform(low: .milliseconds(1), high: .milliseconds(2))),
    (
      "{normal: {mean: 9ms, deviation: 2ms}}",
      .normal(mean: .milliseconds(9), deviation: .milliseconds(2))
    ),
    (
      "{lognormal: {median: 9ms, p99: 30ms}}",
      .lognormal(median: .milliseconds(9), p99: .milliseconds(30))
    ),
    ("{pareto: {mean: 9ms, min: 3ms}}", .pareto(mean: .milliseconds(9), minimum: .milliseconds(3))),
    ("{exponential: {mean: 9ms}}", .exponential(mean: .milliseconds(9), minimum: .zero)),
    (
      "{exponential: {mean: 9ms, min: 2ms}}",
      .exponential(mean: .milliseconds(9), minimum: .milliseconds(2))
    ),
  ])
  func laws(_ text: String, _ law: Law) throws {
    #expect(try link("latencies: {default: \(text)}", 1, 2).latency == [law])
  }

  @Test(arguments: [
    (1, 2, 5), (1, 3, 30), (3, 1, 30), (1, 4, 9), (4, 1, 30), (2, 4, 30), (3, 4, 20), (4, 3, 20),
    (2, 1, 5),
  ])
  func theNearerEntryWins(_ from: Int, _ to: Int, _ wanted: Int64) throws {
    let policy = try link(
      groups + """
        latencies:
          default: 20ms
          links:
            - {between: [left, right], latency: 30ms, loss: 1%}
            - {between: [left, left], latency: 5ms}
            - {from: node1, to: node4, latency: 9ms}
        """, from, to)
    #expect(policy.latency == [.constant(.milliseconds(wanted))])
  }

  @Test func whatAnEntryDoesNotSayComesFromBelow() throws {
    let policy = try link(
      groups + """
        latencies:
          default: {latency: 20ms, duplicate: 3%}
          links:
            - {between: [left, right], loss: 1%}
            - {from: node1, to: node4, fifo: false}
        """, 1, 4)
    let wanted = LinkPolicy(
      latency: [.constant(.milliseconds(20))], loss: Ratio(1, 100), duplicate: Ratio(3, 100),
      fifo: false)
    #expect(policy == wanted)
  }

  @Test func aNodeAndAGroupCountAsGroups() throws {
    let sections =
      groups + """
        latencies:
          default: 20ms
          links:
            - {from: node1, to: right, latency: 7ms}
            - {from: node1, to: node3, latency: 8ms}
        """
    #expect(try link(sections, 1, 3).latency == [.constant(.milliseconds(8))])
    #expect(try link(sections, 1, 4).latency == [.constant(.milliseconds(7))])
    #expect(try link(sections, 4, 1).latency == [.constant(.milliseconds(20))])
  }

  @Test func aShapeAddsUpItsHops() throws {
    let sections = """
      topology: {nodes: 4, shape: line}
      latencies:
        default: 10ms
        links:
          - {between: [node2, node3], latency: 1ms}
          - {from: node4, to: node1, latency: 2ms}
          - {from: node1, to: node4, loss: 5%}
      """
    let hop = Law.constant(.milliseconds(10))
    let short = Law.constant(.milliseconds(1))
    #expect(try link(sections, 1, 3).latency == [hop, short])
    #expect(try link(sections, 4, 1).latency == [.constant(.milliseconds(2))])
    let far = try link(sections, 1, 4)
    #expect(far.latency == [hop, short, hop])
    #expect(far.loss == Ratio(1, 20))
  }

  @Test func withoutADefaultEveryPairNeedsALatency() throws {
    let sections = groups + "latencies: {links: [{between: [left, right], latency: 5ms}"
    #expect(compile(story(with: sections + "]}")).codes == ["E0307"])
    let whole =
      sections
      + ", {between: [left, left], latency: 1ms}, {between: [right, right], latency: 2ms}]}"
    #expect(try link(whole, 3, 4).latency == [.constant(.milliseconds(2))])
  }

  @Test func overlappingGroupsAreTwoEntriesOfOneRank() {
    let sections = """
      topology: {nodes: 4, groups: {a: [node1, node2], b: [node2, node3], c: [node4]}}
      latencies:
        default: 5ms
        links: [{from: a, to: c, latency: 1ms}, {from: c, to: b, latency: 2ms}]
      """
    #expect(compile(story(with: sections)).codes == [])
    let clash = sections.replacing("{from: c, to: b", with: "{between: [b, c]")
    #expect(compile(story(with: clash)).codes == ["E0306"])
  }

  @Test func tenThousandNodesNeedNoTableOfPairs() throws {
    let links = (1..<10_000).map { "    - {from: node\($0), to: node\($0 + 1), latency: 1ms}\n" }
    let sections =
      "topology: {nodes: 10000}\nlatencies:\n  default: 20ms\n  links:\n" + links.joined()
    let policies = try plan(story(with: sections)).system.links
    #expect(policies.pairKeys.count == 9_999)
    #expect(policies.policies.count == 2)
    #expect(policies.policy(NodeID(41), NodeID(42)).fixedLatency == .milliseconds(1))
    #expect(policies.policy(NodeID(42), NodeID(41)).fixedLatency == .milliseconds(20))
  }
}
