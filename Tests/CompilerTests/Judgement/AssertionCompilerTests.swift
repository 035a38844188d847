import Compiler
import Analysis
import Expressions
import SystemModel
import Testing

/// What must hold, in the words of the analysis.
struct AssertionCompilerTests {
  private func assertion(_ entry: String) throws -> AssertionPlan {
    try plan(
      story(
        with: """
          faults: [{name: split, at: 10ms, for: 20ms, partition: halves, may_be_idle: so it may}]
          assertions:
            - \(entry)
          """)
    ).judgement.assertions[0]
  }

  @Test(arguments: [
    ("election-safety", "invariant", "election-safety"),
    ("{invariant: one-vote-per-term, name: votes}", "invariant", "votes"),
    ("{always: node1.up}", "always", "node1.up"),
    ("{never: leader != null}", "never", "leader != null"),
    ("{eventually: node1.up}", "eventually", "node1.up"),
    ("{sometimes: node1.up}", "sometimes", "node1.up"),
    ("{when: node1.up, then: node2.up}", "when", "node1.up leads to node2.up"),
    ("{hold: node1.up, until: node2.up}", "hold", "node1.up until node2.up"),
    ("{at_end: node1.up}", "at_end", "node1.up"),
    ("{metric: messages.wire, is: [\">= 1\", 5]}", "metric", "messages.wire >= 1 and == 5"),
  ])
  func formsAndNames(_ entry: String, _ word: String, _ name: String) throws {
    let assertion = try assertion(entry)
    #expect(assertion.form.word == word)
    #expect(assertion.name == name)
    #expect(assertion.span != nil)
  }

  /// A block ends with the end of a line, and may have several.
  @Test(arguments: [
    ">\n        node1.up\n          && node2.up", "|\n        node1.up\n          && node2.up",
  ])
  func namesOfBlocks(_ block: String) throws {
    #expect(try assertion("always: \(block)").name == "node1.up && node2.up")
  }

  @Test func timesOfForms() throws {
    guard
      case .eventually(_, let within, let lasting) = try assertion(
        "{eventually: node1.up, within: 5ms, for: 2ms}"
      ).form
    else { return #expect(Bool(false)) }
    #expect(within == .milliseconds(5))
    #expect(lasting == .milliseconds(2))
  }

  @Test func bounds() throws {
    func bounds(_ metric: String, _ comparison: String) throws -> [MetricBound] {
      guard
        case .metric(_, let bounds) = try assertion("{metric: \(metric), is: \(comparison)}").form
      else { return [] }
      return bounds
    }
    #expect(try bounds("messages.wire", "\"<= 1_000\"") == [.init(.lessOrEqual, .count(1000))])
    #expect(
      try bounds("run.duration", "\"!= 1.5s\"") == [.init(.unequal, .duration(1_500_000_000))])
    #expect(
      try bounds("run.events", "[\"> 1.5\", \">= 2\", \"< 9\"]") == [
        .init(.greater, .ratio(1.5)), .init(.greaterOrEqual, .count(2)), .init(.less, .count(9)),
      ])
  }

  @Test func scopes() throws {
    if case .during(0) = try assertion("{always: node1.up, during: split}").scope {
    } else {
      Issue.record("during")
    }
    if case .after(.faultStart(0)) = try assertion("{always: node1.up, after: split.start}").scope {
    } else {
      Issue.record("after")
    }
    if case .before(.faultEnd(0)) = try assertion("{always: node1.up, before: split.end}").scope {
    } else {
      Issue.record("before")
    }
    guard
      case .between(.instant(let first), .message(let event)) = try assertion(
        "{always: node1.up, between: [5ms, {sent: {kind: heartbeat, nth: 3}}]}"
      ).scope
    else {
      Issue.record("between")
      return
    }
    #expect(first == Instant(nanoseconds: 5_000_000))
    #expect(event == MessageEvent(.sent, MessageFilter(kinds: [0], nth: [3])))
    if case .after(.condition) = try assertion("{always: node1.up, after: {when: node2.up}}").scope
    {
    } else {
      Issue.record("when")
    }
  }

  @Test func faultsAreJudgedByWhatTheScenarioSays() throws {
    let plan = try plan(
      story(
        with: """
          faults:
            - {at: 10ms, crash: node1, may_be_idle: nobody knows}
            - {when: node1.up, crash: node2}
          """))
    #expect(plan.judgement.faults.map(\.mayBeIdle) == ["nobody knows", nil])
    #expect(plan.judgement.faults.map { $0.condition != nil } == [false, true])
  }

  @Test func onlyWhatIsReadIsWatched() throws {
    let system = try plan(
      story(with: "protocol: lamport-mutex\nassertions: [{always: node1.acks >= 0}]"))
    let watched = zip(system.description.fields, system.system.watchedFields).filter(\.1).map(
      \.0.name)
    #expect(watched == ["acks"])
  }

  @Test func expectationsAreNumbers() throws {
    let plan = try plan(
      story(
        with: """
          assertions: [election-safety, {name: a, always: node1.up}, {never: node1.up}]
          expect: {fail: [node1.up, a]}
          """
          .replacing("{never: node1.up}", with: "{never: node1.up}")))
    #expect(plan.judgement.expectation == .fail([2, 1]))
  }

  @Test func parametersHaveTheTypeOfTheirForm() throws {
    let plan = try plan(
      story(
        with: """
          parameters: {a: 5, b: 1.5, c: 2ms, d: 50%, e: true, f: [x, y], g: some words}
          assertions:
            - always: a == 5 && b == 1.5 && c == 2ms && d == 0.5 && e && f == ["x", "y"] && g == "some words"
          """))
    #expect(plan.judgement.assertions.count == 1)
  }
}
