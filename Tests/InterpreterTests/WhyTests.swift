import Analysis
import Diagnostics
import Interpreter
import SystemModel
import Testing

/// How verdicts come about: counted beside the judgement, and without an effect on it.
struct WhyTests {
  private func explained(_ path: String, _ name: String) throws -> Why {
    var plan = try #require(try ShippedScenario(path: path).compiled().cells.first).plan
    let place = try #require(plan.assertions.firstIndex { $0.name == name })
    plan.explained = [place]
    let result = Interpreter.run(plan)
    for other in result.assertions.indices where other != place {
      #expect(result.assertions[other].why == nil)
    }
    return try #require(result.assertions[place].why)
  }

  private func at(_ milliseconds: Int64) -> Instant {
    Instant(nanoseconds: milliseconds * 1_000_000)
  }

  @Test(arguments: ShippedScenario.all)
  func changesNothing(_ file: ShippedScenario) throws {
    guard let cell = try file.compiled().cells.first else { return }
    let plain = Interpreter.run(cell.plan)
    var plan = cell.plan
    plan.explained = Array(plan.assertions.indices)
    var result = Interpreter.run(plan)
    for place in result.assertions.indices {
      #expect(result.assertions[place].why != nil)
      result.assertions[place].why = nil
    }
    #expect(result == plain)
  }

  @Test func aWhenIsCountedAndItsSlackMeasured() throws {
    let why = try explained(
      "election/rolling-crashes.yaml", "each time there is a new leader within 900 ms")
    #expect(why.asked == 6)
    #expect(why.answered == 6)
    #expect(why.windowsOpened == 1)
    let tightest = try #require(why.tightest)
    #expect(tightest.came - tightest.since + (tightest.slack ?? .zero) == .milliseconds(900))
    #expect((tightest.slack ?? .zero) > .zero)
  }

  @Test func anAlwaysSaysHowNearItCame() throws {
    let why = try explained("election/one-way-partition.yaml", "never two leaders")
    let closest = try #require(why.closest.first)
    #expect(closest.left == "1")
    #expect(closest.right == "1")
    #expect(closest.distance == "0")
    #expect(why.states == why.trueStates)
    #expect(why.readings.contains { $0.name == "node1.role" && $0.changes == 1 })
  }

  @Test func anEventuallySaysWhenItCame() throws {
    let why = try explained(
      "election/partition.yaml", "the probe of T0 is acknowledged by all four at T40")
    #expect(why.asked == 1)
    #expect(why.answered == 1)
    #expect(why.firstAnswer == .init(since: at(40), came: at(40), slack: .zero))
    #expect(why.firstOpened == at(40))
  }

  @Test func aMetricSaysItsMargin() throws {
    let why = try explained("mutex/busy-lock.yaml", "the lock is entered some hundred times")
    let closest = try #require(why.closest.first)
    let left = try #require(Int(closest.left))
    #expect(closest.comparison == "mutex.entries > 100")
    #expect(Int(closest.distance) == left - 100)
    #expect(why.readings.map(\.name) == ["mutex.entries"])
  }

  @Test func anInvariantCountsItsSubject() throws {
    let why = try explained("mutex/contention.yaml", "mutual-exclusion")
    #expect(why.subjects == 3)
    #expect(why.subject == "an entry")
    #expect(why.windowsOpened == 1)
    #expect(
      why.facts == [
        .init("it mattered", "2 entries after another node's exit"),
        .init("closest", "8ms: node2 left at 250ms, node3 entered at 258ms"),
      ])
  }

  /// Each passing invariant of the shipped scenarios says more than how often it was looked at.
  @Test(arguments: [
    "mutex/contention.yaml", "consensus/message-flow.yaml", "barrier/stragglers.yaml",
    "election/rolling-crashes.yaml", "register/linearizable.yaml",
    "zoo/raft-register/figure-8.yaml",
  ])
  func anInvariantSaysHowOftenItMattered(_ path: String) throws {
    var plan = try #require(try ShippedScenario(path: path).compiled().cells.first).plan
    plan.assertions = InvariantCatalog.invariants(of: plan.description).map {
      AssertionPlan(name: $0.name, form: .invariant($0.name))
    }
    plan.expectation = .pass
    plan.explained = Array(plan.assertions.indices)
    plan.system.watchedFields = plan.watchedFields
    for assertion in Interpreter.run(plan).assertions where assertion.verdict == .pass {
      let why = try #require(assertion.why)
      #expect(!why.facts.isEmpty, "\(assertion.name)")
    }
  }

  /// node4 is a candidate from 150 to 520 ms.
  @Test(arguments: [
    (
      "eventually: node4.role == 'candidate'\n    for: 370ms", ["held", "slack"],
      "370ms, from 150ms"
    ),
    ("eventually: node4.role == 'candidate'\n    for: 300ms", ["held", "slack"], "70ms beyond"),
    ("eventually: node4.role == 'candidate'\n    for: 371ms", ["held"], "longest for 370ms"),
    ("hold: node4.role != 'leader'\n    until: node4.role == 'candidate'", [], ""),
  ])
  func aForSaysHowLongItHeld(_ text: String, _ names: [String], _ part: String) throws {
    let shipped = try ShippedScenario(path: "election/partition.yaml").text()
    let start = try #require(shipped.firstRange(of: "\nassertions:"))
    let scenario = shipped[..<start.lowerBound] + "\nassertions:\n  - name: it\n    " + text + "\n"
    let compiled = Interpreter.compile(SourceFile(name: "s", text: String(scenario)))
    var plan = try #require(compiled.cells.first).plan
    plan.explained = [0]
    let why = try #require(Interpreter.run(plan).assertions[0].why)
    #expect(why.facts.map(\.name) == names)
    #expect(part.isEmpty || why.facts.contains { $0.text.contains(part) }, "\(why.facts)")
    if names.isEmpty { #expect(why.firstAnswer?.came == at(150)) }
    if part.contains("longest") {
      let reading = try #require(why.readings.first)
      #expect(reading.values == ["\"follower\"", "\"candidate\"", "\"follower\""])
    }
  }

  @Test func aWindowClosesWhereItSays() throws {
    let why = try explained(
      "election/partition.yaml", "node4 and node5 never lead while they are cut off")
    #expect(why.windowsOpened == 1)
    #expect(why.windowsClosed == 1)
    #expect(why.firstOpened == at(100))
  }
}
