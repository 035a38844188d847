import Compiler
import SystemModel
import Testing

/// How long nodes handle messages: their own entry wins over their group's, and both over all.
struct ProcessingCompilerTests {
  private func processing(_ section: String) throws -> Processing {
    try plan(
      story(
        with: """
          protocol: promise-commit
          topology: {nodes: 3, groups: {left: [node1, node2]}}
          \(section)
          """)
    ).system.processing
  }

  @Test func nothingTakesTimeWithoutTheSection() throws {
    #expect(try plan(story(with: "seed: 1")).system.processing == Processing())
  }

  @Test func kindsAndDefault() throws {
    let processing = try processing("processing: {propose: 25ms, default: 1ms}")
    #expect(processing.rows == [[25_000_000] + Array(repeating: 1_000_000, count: 5)])
    #expect(processing.rowOf == [0, 0, 0])
    #expect(processing.concurrency == [0])
  }

  @Test func nodesAndGroups() throws {
    let processing = try processing(
      """
      processing:
        propose: 25ms
        concurrency: 4
        nodes:
          left: {default: 2ms, concurrency: 1}
          node1: {commit: 3ms, concurrency: unbounded}
      """)
    let kinds = processing.rowOf.map { processing.rows[Int($0)] }
    #expect(kinds[0] == [25_000_000, 0, 0, 3_000_000, 0, 0])
    #expect(kinds[1] == Array(repeating: 2_000_000, count: 6))
    #expect(kinds[2] == [25_000_000, 0, 0, 0, 0, 0])
    #expect(processing.rowOf.map { processing.concurrency[Int($0)] } == [0, 1, 4])
  }
}
