import Interpreter
import ScenarioSyntax
import Testing

@testable import Search

/// Which comments of a scenario stay when something of it went.
struct StaleCommentsTests {
  private static func draft(_ comment: String, faults: String, time: String = "25ms") throws
    -> ScenarioDraft
  {
    let text = """
      # The first paragraph.
      #
      # \(comment)

      version: 1
      name: comments
      limits: {time: 100ms}
      topology: {nodes: 3, groups: {east: [node1]}}
      latencies: {default: 10ms}
      protocol: paxos
      workloads:
        # \(comment)
        - {name: shop, at: \(time), node: node1, call: {propose: {value: a}}}   # \(comment)
      \(faults)
      assertions: [agreement]

      """
    return try Sweeping.compile(text).draft(cell: 0)
  }

  private static let faults = "faults: [{name: cut, at: 5ms, for: 1ms, partition: [east, others]}]"

  @Test(arguments: [
    ("nothing of the scenario is named", true), ("the shop calls at 25ms", true),
    ("at T25 the shop calls", true), ("after the cut", false), ("for a shortcut", true),
    ("node1 is in the east", true), ("5ms later", false), ("it takes 0.005s", false),
    ("6 of 7, in 3 rounds", true), ("T5 is too early", false),
  ])
  func aCommentStays(_ comment: String, _ isKept: Bool) throws {
    let original = try Self.draft(comment, faults: Self.faults)
    var left = original
    left.remove(["faults"])
    StaleComments.drop(from: &left, of: original)
    let workload = try #require(left[["workloads", .item(0)]])
    let wanted = isKept ? [comment] : []
    #expect(left.header == ["The first paragraph."] + (isKept ? ["", comment] : []))
    #expect(workload.above == wanted)
    #expect(left.text.contains("# \(comment)") == isKept, "\(left.text)")
  }

  /// A paragraph that leads to one that goes says nothing without it.
  @Test func whatEndsInAColonGoesWithWhatFollows() throws {
    let original = try Self.draft("after the cut, at 5ms", faults: Self.faults)
    var left = original
    left.header = ["The first.", "", "So:", "", "So:", "", "after the cut", "", "And:", "", "this"]
    left.remove(["faults"])
    StaleComments.drop(from: &left, of: original)
    #expect(left.header == ["The first.", "", "And:", "", "this"])
  }

  /// What was taken away and is there in another place still is no reason.
  @Test func whatIsStillThereIsNotStale() throws {
    let original = try Self.draft("the cut at 5ms", faults: Self.faults)
    var left = original
    StaleComments.drop(from: &left, of: original)
    #expect(left == original)
  }

  /// A time that has become another one is not told any more.
  @Test func aTimeThatHasChanged() throws {
    let original = try Self.draft("at 25ms", faults: Self.faults)
    var left = original.replacing(["workloads", .item(0), "at"], by: .text("20ms"))
    StaleComments.drop(from: &left, of: original)
    #expect(!left.text.contains("25ms"))
  }
}
