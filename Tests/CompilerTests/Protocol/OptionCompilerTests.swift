import Compiler
import SystemModel
import Testing

/// Options and initial fields are typed by the declarations of the protocol.
struct OptionCompilerTests {
  private func system(_ options: String) throws -> SystemPlan {
    try plan(
      story(
        with: """
          topology: {nodes: 3, groups: {right: [node2, node3]}}
          protocol: {leader-election: {\(options)}}
          """)
    ).system
  }

  private func option(_ name: String, of node: Int, _ options: String) throws -> ParameterValue? {
    let plan = try plan(
      story(
        with: """
          topology: {nodes: 3, groups: {right: [node2, node3]}}
          protocol: {leader-election: {\(options)}}
          """))
    let place = try #require(plan.description.parameters.firstIndex { $0.name == name })
    return plan.system.parameterRows[plan.system.parameterRow[node - 1]][place]
  }

  @Test func optionsThatAreLeftOutHaveTheirDefaults() throws {
    #expect(try option("heartbeat", of: 1, "pre_vote: false") == .duration(.milliseconds(50)))
    #expect(try option("pre_vote", of: 1, "heartbeat: 1ms") == .bool(true))
  }

  @Test(arguments: [(1, 170), (2, 150), (3, 150)])
  func aNodeWinsOverItsGroupAndBothOverTheDefault(_ node: Int, _ wanted: Int64) throws {
    let value = try option(
      "election_timeout", of: node, "election_timeout: {default: 600ms, node1: 170ms, right: 150ms}"
    )
    #expect(value == .duration(.milliseconds(wanted)))
  }

  @Test func withoutADefaultTheProtocolsHolds() throws {
    let value = try option("election_timeout", of: 1, "election_timeout: {right: 150ms}")
    #expect(value == .duration(.milliseconds(150), to: .milliseconds(300)))
  }

  @Test func rangesHaveTwoEnds() throws {
    let value = try option("election_timeout", of: 2, "election_timeout: 1ms..2ms")
    #expect(value == .duration(.milliseconds(1), to: .milliseconds(2)))
  }

  @Test func nodesWithTheSameOptionsShareARow() throws {
    let system = try system("heartbeat: {node1: 20ms}")
    #expect(system.parameterRows.count == 2)
    #expect(system.parameterRow == [1, 0, 0])
  }

  @Test func initialFieldsBecomeWords() throws {
    let system = try system(
      "initial: {node1: {role: candidate, term: 3, voted_for: node1}, right: {term: 2}, node2: {voted_for: null}}"
    )
    #expect(system.initial[NodeID(0)]?.prefix(3) == [1, 3, 0])
    #expect(system.initial[NodeID(1)]?.prefix(3) == [nil, 2, WordType.absent])
    #expect(system.initial[NodeID(2)]?.prefix(3) == [nil, 2, nil])
  }
}
