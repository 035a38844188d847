import Analysis
import Testing

/// What keeps runs of a sweep from a verdict is told with its name, how often and since when.
@Suite struct UndecidedTests {
  private func swept(_ rest: String, jobs: Int = 1) async throws -> SweepResult {
    try await Sweeping.sweep(Sweeping.lossy + "\n" + rest, 1...60, jobs: jobs)
  }

  @Test func aVacuousAssertion() async throws {
    let found = try await swept(
      """
      assertions:
        - agreement
        - {name: rare, when: 'metrics["messages.dropped"] > 3', then: node1.up}
        - {name: excused, when: node1.term > 999999, then: node1.up, may_be_vacuous: so it is}
      """)
    let vacuous = found.cells[0].verdicts[.vacuous]
    #expect(vacuous > 0 && vacuous < 60)
    let undecided = try #require(found.undecided.first)
    #expect(found.undecided.count == 1)
    #expect(undecided.subject == .assertion)
    #expect(undecided.name == "rare")
    #expect(undecided.verdict == .vacuous)
    #expect(undecided.count == vacuous)
    #expect(undecided.reason == "its `when` was never true")
    #expect(undecided.span != nil)
    let rare = "{when: 'metrics[\"messages.dropped\"] > 3', then: node1.up}"
    let first = try await Sweeping.sweep(
      Sweeping.lossy + "\nassertions: [\(rare)]", undecided.seed...undecided.seed)
    #expect(first.verdict == .vacuous)
  }

  @Test func anIdleFault() async throws {
    let found = try await swept(
      """
      faults: [{name: late, when: node1.term > 999999, crash: node1}]
      assertions: [agreement]
      """)
    #expect(found.undecided.map(\.name) == ["late"])
    #expect(found.undecided.map(\.subject) == [.fault])
    #expect(found.undecided.map(\.count) == [60])
    #expect(found.undecided.map(\.reason) == ["it never fired"])
    #expect(found.undecided.map(\.seed) == [1])
  }

  @Test func anIdleEntry() async throws {
    let entry = "{kind: decided, from: node2, to: node3, nth: 2, takes: 1ms}"
    let found = try await swept(
      """
      deliveries: [\(entry)]
      timers: [{node: node1, timer: retry, nth: 999, takes: 1ms, may_be_idle: so it is}]
      assertions: [agreement]
      """)
    let undecided = try #require(found.undecided.first)
    #expect(found.undecided.count == 1)
    #expect(undecided.subject == .entry)
    #expect(undecided.name == "the 2nd decided from node2 to node3")
    #expect(undecided.reason == "it never occurred")
    #expect(undecided.count == found.cells[0].verdicts[.vacuous])
    #expect(undecided.span != nil)
    #expect(
      try await swept("deliveries: [\(entry)]\nassertions: [agreement]", jobs: 3).undecided
        == found.undecided)
  }

  @Test func theMatrixIsTakenTogether() async throws {
    let rest = """
      matrix: {least: [3, 999999]}
      assertions: [{name: rare, when: node1.term > least, then: node1.up}]
      """
    let found = try await swept(rest)
    let counts = found.cells.map { $0.verdicts[.vacuous] }
    #expect(counts[1] == 60)
    #expect(found.undecided.map(\.count) == [counts[0] + counts[1]])
    #expect(try await swept(rest, jobs: 3).undecided == found.undecided)
  }

  @Test func nothingIsToldOfRunsThatPass() async throws {
    #expect(try await swept("assertions: [agreement]").undecided.isEmpty)
  }
}
