import SystemModel
import Testing

@testable import Analysis

@Suite("Why an assertion failed")
struct FailureTextTests {
  /// `a.x` is true from 10 to 20 ms and from 30 to 35 ms.
  static func reason(
    _ scope: AssertionScope = .run, at: Int64 = 50, _ end: RunEnd = .quiescence,
    _ form: (Bench) -> AssertionForm
  ) -> String {
    var bench = JudgeTests.bench(faults: [Bench.split()])
    bench.add(form(bench), scope)
    var writer = TraceWriter(TestProtocols.plain)
    writer.start(3)
    writer.startFault(5, 0)
    for (at, word) in [(10, 1), (20, 0), (30, 1), (35, 0)] as [(Int64, Int64)] {
      writer.event(at) { $0.set(0, "x", word) }
    }
    writer.endFault(40, binding: 0)
    return bench.judge(writer, end, at: at).assertions[0].reason
  }

  @Test("says how long it was true if it had to stay so")
  func held() {
    let longest = "; at the longest it was true from 10ms to 20ms, for 10ms of the 15ms"
    let lasting = Duration(nanoseconds: 15_000_000)
    #expect(
      Self.reason { .eventually($0.condition("a.x"), lasting: lasting) }
        == "`a.x` did not become true and stay true for 15ms, and nothing can happen any more"
        + longest)
    #expect(
      Self.reason {
        .eventually(
          $0.condition("a.x"), within: Duration(nanoseconds: 37_000_000), lasting: lasting)
      } == "`a.x` did not become true and stay true for 15ms within 37ms of 0s" + longest)
    #expect(
      Self.reason {
        .response(when: $0.condition("!a.y"), then: $0.condition("a.x"), lasting: lasting)
      } == "`a.x` did not follow and stay true for 15ms, and nothing can happen any more" + longest)
    #expect(
      Self.reason(.during(fault: 0)) { .eventually($0.condition("a.x"), lasting: lasting) }
        == "`a.x` did not become true and stay true for 15ms between 5ms and the end of the window"
        + " at 40ms" + longest)
    #expect(
      Self.reason(.before(.instant(Instant(milliseconds: 33)))) {
        .eventually($0.condition("a.n == 0"), lasting: Duration(nanoseconds: 60_000_000))
      } == "`a.n == 0` did not stay true for 60ms; at the longest it was true from 0s to 33ms, for"
        + " 33ms of the 60ms")
  }

  @Test("says nothing of a length where there is none")
  func plain() {
    #expect(
      Self.reason { .eventually($0.condition("a.y")) }
        == "`a.y` did not become true, and nothing can happen any more")
    #expect(
      Self.reason { .eventually($0.condition("a.y"), lasting: Duration(nanoseconds: 5_000_000)) }
        == "`a.y` did not become true and stay true for 5ms, and nothing can happen any more")
  }

  @Test("says since when it holds what is undecided")
  func open() {
    #expect(
      Self.reason(at: 50, .time) {
        .eventually($0.condition("!a.x"), lasting: Duration(nanoseconds: 60_000_000))
      } == "the run was over at 50ms, before it was decided; it is open since 0s, and true since"
        + " 35ms")
  }

  /// What is judged when a window closes is shown as it was in the window.
  @Test("shows the last state of a window that has closed, not one after it")
  func closed() throws {
    for scope in [AssertionScope.during(fault: 0), .between(.faultStart(0), .faultEnd(0))] {
      for form in ["sometimes", "eventually"] {
        var bench = JudgeTests.bench(faults: [Bench.split(), Bench.split("later")])
        let condition = bench.condition("a.n == 7")
        bench.add(form == "sometimes" ? .sometimes(condition) : .eventually(condition), scope)
        var writer = TraceWriter(TestProtocols.plain)
        writer.start(3)
        writer.startFault(5, 0)
        writer.event(10) { $0.set(0, "n", 3) }
        writer.endFault(40, binding: 0)
        writer.event(50) { $0.set(0, "n", 7) }
        writer.startFault(60, 1)
        writer.event(90) { $0.set(0, "n", 8) }
        let evidence = try #require(bench.judge(writer, at: 100).assertions[0].evidence)
        #expect(evidence.at == Instant(milliseconds: 40))
        #expect(evidence.windowOpened == Instant(milliseconds: 5))
        #expect(evidence.readings == [.init(name: "a.n", value: "3")])
        #expect(evidence.activeFaults == ["split"])
        #expect(evidence.faultsSoFar.map(\.name) == ["split"])
        #expect(evidence.event.hasPrefix("the window closes"))
      }
    }
  }

  @Test("an instant that opens a window is the time in its first state")
  func opening() {
    func verdict(_ text: String, _ scope: AssertionScope) -> Verdict {
      var bench = JudgeTests.bench()
      bench.add(.sometimes(bench.condition(text)), scope)
      return bench.judge(JudgeTests.writer(), at: 30).outcome
    }
    let scope = AssertionScope.between(
      .instant(Instant(milliseconds: 15)), .instant(Instant(milliseconds: 20)))
    #expect(verdict("now == 15ms", scope) == .pass)
    #expect(verdict("now == 10ms", scope) == .fail)
    #expect(verdict("now == 15ms", .run) == .fail)
  }
}
