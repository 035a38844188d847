import Analysis
import SystemModel
import Testing

@Suite struct FingerprintTests {
  private func failure(
    _ readings: [(String, String)] = [], _ name: String = "a", at instant: Int64 = 10,
    reason: String = "", nodes: [String] = ["n1", "n2", "n3"]
  ) throws -> Fingerprint {
    try #require(Fingerprint(result([assertion(name, instant, reason, readings)], nodes), words))
  }

  private func assertion(
    _ name: String, _ instant: Int64, _ reason: String = "",
    _ readings: [(String, String)] = [], form: String = "always", verdict: Verdict = .fail
  ) -> AssertionResult {
    AssertionResult(
      name: name, form: form, verdict: verdict, reason: reason,
      evidence: Evidence(
        at: Instant(nanoseconds: instant), record: nil, event: "",
        readings: readings.map { .init(name: $0.0, value: $0.1) }))
  }

  private func result(
    _ assertions: [AssertionResult], _ nodes: [String] = ["n1", "n2", "n3"]
  ) -> RunResult {
    var result = RunResult(
      name: "x", seed: 1, end: .time, endedAt: .start, topology: Topology(names: nodes),
      traceHash: 0)
    result.assertions = assertions
    return result
  }

  private var words: ProtocolDescription { TestProtocols.election }

  @Test func nodesNumbersAndTextsOfTheScenarioPlayNoPart() throws {
    let one = try failure([
      ("n1.term", "3"), ("n2.term", "4"), ("n1.role", "\"leader\""), ("n3.value", "\"red\""),
    ])
    let other = try failure(
      [("b.value", "\"blue\""), ("a.role", "\"leader\""), ("a.term", "7")], at: 99,
      nodes: ["a", "b"])
    #expect(one == other)
    #expect(one.state == ["N.role = \"leader\"", "N.term = #", "N.value = \"S\""])
    #expect(one.code == other.code && one.code.utf8.count == 16)
  }

  @Test func wordsOfTheProtocolTellFailuresApart() throws {
    let leader = try failure([("n1.role", "\"leader\"")])
    #expect(try failure([("n1.role", "\"follower\"")]) != leader)
    #expect(try failure([("n1.role", "\"leader\"")], "b") != leader)
    #expect(try failure([("n1.role", "null")]) != leader)
  }

  @Test func invariantsAreToldByTheirReasons() throws {
    let two = try failure(reason: "n1 and n2 are in their critical sections at once")
    let three = try failure(reason: "n1, n2 and n3 are in their critical sections at once")
    #expect(two == three)
    #expect(two.state == ["N are in their critical sections at once"])
    let times = try failure(reason: "n2 waited 5.25ms, not 1s")
    #expect(times.state == ["N waited #, not #"])
  }

  @Test func theFirstFailureCounts() throws {
    let found = Fingerprint(
      result([assertion("late", 20), assertion("early", 10), assertion("early too", 10)]), words)
    #expect(found?.assertion == "early")
  }

  @Test func sometimesIsNoFailure() {
    #expect(Fingerprint(result([assertion("x", 1, form: "sometimes")]), words) == nil)
    #expect(Fingerprint(result([assertion("x", 1, verdict: .vacuous)]), words) == nil)
  }
}
