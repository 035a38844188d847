import Compiler
import SystemModel
import Testing

/// Calls of clients, in the words of the system model.
struct WorkloadCompilerTests {
  private func workload(_ entry: String, protocol name: String = "lamport-mutex") throws -> Workload
  {
    let plan = try plan(
      story(with: "protocol: \(name)\nworkloads:\n  - \(entry)"))
    return try #require(plan.system.workloads.first)
  }

  private func ms(_ count: Int64) -> Instant { Instant(nanoseconds: count * 1_000_000) }

  @Test func callsAtInstantsAreSorted() throws {
    let workload = try workload("{at: [30ms, 10ms], node: node2, call: acquire}")
    #expect(workload.arrival == .at([ms(10), ms(30)]))
    #expect(workload.nodes == .nodes([NodeID(1)]))
    #expect(workload.count == nil)
    #expect(workload.until == .never)
  }

  @Test(arguments: [
    ("{every: 50ms, call: acquire}", 50), ("{every: 50ms, at: 5ms, call: acquire}", 5),
  ])
  func repeatedCallsBeginAfterOnePeriodOrAtAnInstant(_ entry: String, _ first: Int64) throws {
    let workload = try workload(entry)
    #expect(workload.arrival == .every(first: ms(first), period: .milliseconds(50)))
    #expect(workload.nodes == .all)
  }

  @Test(
    arguments: [
      ("200/s", 1, 5_000_000), ("1.5/m", 1, 40_000_000_000), ("3/ms", 3, 1_000_000),
      ("1_000_000_000/s", 1, 1),
    ] as [(String, Int64, Int64)])
  func ratesAreFractions(_ text: String, _ calls: Int64, _ period: Int64) throws {
    let workload = try workload("{rate: \(text), arrivals: poisson, at: 5ms, call: acquire}")
    let wanted = Workload.Arrival.rate(
      calls: calls, period: Duration(nanoseconds: period), poisson: true, start: ms(5))
    #expect(workload.arrival == wanted)
  }

  @Test func clientsThink() throws {
    let workload = try workload(
      "{clients: 3, think: 1ms..2ms, node: [node1, node3], count: 7, until: 9ms, call: acquire}")
    let think = Law.uniform(low: .milliseconds(1), high: .milliseconds(2))
    #expect(workload.arrival == .clients(3, think: think, start: .start))
    #expect(workload.nodes == .nodes([NodeID(0), NodeID(2)]))
    #expect(workload.count == 7)
    #expect(workload.until == ms(9))
  }

  @Test func argumentsBecomeWords() throws {
    let plan = try plan(
      story(
        with: """
          protocol: promise-commit
          workloads:
            - {at: 0ms, call: {propose: {value: up, term: 3}}}
            - {at: 0ms, mix: [{call: {propose: {value: down}}, weight: 2}, {call: {propose: {value: up}}}]}
          """))
    let symbols = plan.system.symbols
    let up = try #require(symbols.known("up"))
    let down = try #require(symbols.known("down"))
    let choices = plan.system.workloads.map(\.choices)
    #expect(choices[0] == [.init(call: 0, arguments: [up, 3])])
    #expect(
      choices[1] == [
        .init(weight: 2, call: 0, arguments: [down, WordType.absent]),
        .init(call: 0, arguments: [up, WordType.absent]),
      ])
  }

  @Test func namesAndKeysDependOnWhatIsWritten() throws {
    func workloads(_ entries: String) throws -> [Workload] {
      try plan(story(with: "protocol: lamport-mutex\nworkloads: [\(entries)]")).system.workloads
    }
    let first = try workloads("{at: 0ms, call: acquire}, {at: 0ms, call: acquire}")
    #expect(first.map(\.name) == ["acquire 1", "acquire 2"])
    #expect(first[0].key != first[1].key)
    let more = try workloads(
      "{name: own, at: 9ms, call: acquire}, {at: 0ms, call: acquire}, {at: 0ms, call: acquire}")
    #expect(more.dropFirst().map(\.key) == first.map(\.key))
    #expect(try workloads("{name: own, every: 9ms, call: acquire}")[0].key == more[0].key)
  }
}
