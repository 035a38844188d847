import Compiler
import SystemModel
import Testing

/// Faults in the words of the system model.
struct FaultCompilerTests {
  private func faults(_ entries: String...) throws -> [Fault] {
    let lines = entries.map { "  - \($0)\n" }.joined()
    return try plan(
      story(
        with: """
          topology: {nodes: 5, groups: {left: [node1, node2, node3], right: [node4, node5]}}
          processing: {default: 1ms}
          faults:
          \(lines)
          """)
    ).system.faults
  }

  private func fault(_ entry: String) throws -> Fault { try faults(entry)[0] }

  private func nodes(_ numbers: Int...) -> [NodeID] { numbers.map { NodeID($0 - 1) } }

  private func ms(_ count: Int64) -> Instant { Instant(nanoseconds: count * 1_000_000) }

  @Test(arguments: [
    ("halves", CutShape.halves), ("random-halves", .randomHalves), ("majority", .majority),
    ("minority-third", .minorityThird), ("majorities-ring", .majoritiesRing), ("bridge", .bridge),
    ("{isolate: leader}", .isolate(.role(0))), ("{isolate: node2}", .isolate(.nodes([NodeID(1)]))),
    (
      "{block: {from: node1, to: random(2)}}",
      .block(from: .nodes([NodeID(0)]), to: .random(2))
    ),
  ])
  func shapes(_ text: String, _ shape: CutShape) throws {
    let action = try fault("{at: 1ms, partition: \(text)}").action
    #expect(action == .cut(shape, oneWay: false, .drop(sparingInFlight: false)))
  }

  @Test func sidesAndOthers() throws {
    let action = try fault("{at: 1ms, partition: [[node1, right], others], one_way: true}").action
    let sides = [NodeSet(nodes(1, 4, 5)), NodeSet(nodes(2, 3))]
    #expect(action == .cut(.groups(sides), oneWay: true, .drop(sparingInFlight: false)))
  }

  @Test(arguments: [
    ("mode: drop", CutMode.drop(sparingInFlight: false)),
    ("in_flight: deliver", .drop(sparingInFlight: true)), ("mode: hold", .hold),
    ("mode: slow, factor: 2.5x", .slow(factor: Ratio(5, 2))),
  ])
  func modes(_ keys: String, _ mode: CutMode) throws {
    let action = try fault("{at: 1ms, partition: [left, right], \(keys)}").action
    #expect(
      action == .cut(.groups([NodeSet(nodes(1, 2, 3)), NodeSet(nodes(4, 5))]), oneWay: false, mode))
  }

  @Test(arguments: [
    ("crash: leader", FaultAction.crash(.role(0), keepingDisk: true)),
    (
      "crash: left, disk: wipe",
      .crash(.nodes([NodeID(0), NodeID(1), NodeID(2)]), keepingDisk: false)
    ),
    ("restart: all", .restart(.all)), ("pause: minority", .pause(.minority)),
    ("resume: majority", .resume(.majority)),
    ("slow: 4x, nodes: random(1)", .slow(.random(1), factor: Ratio(4))),
    ("loss: 12.5%", .link(.all, .loss(Ratio(1, 8)))),
    (
      "duplicate: 1%, links: {between: [left, leader]}",
      .link(
        .between(.nodes([NodeID(0), NodeID(1), NodeID(2)]), .role(0)), .duplicate(Ratio(1, 100)))
    ),
    (
      "delay: 5ms, links: {from: followers, to: all}",
      .link(.from(.role(1), to: .all), .delay(.constant(.milliseconds(5))))
    ),
    ("reorder: 3%", .link(.all, .reorder(Ratio(3, 100), extra: nil))),
  ])
  func actions(_ keys: String, _ action: FaultAction) throws {
    #expect(try fault("{at: 1ms, \(keys)}").action == action)
  }

  @Test func triggersAndEndings() throws {
    let faults = try faults(
      "{at: 5ms, crash: node1}", "{at: 5ms, for: 2ms, crash: node1}",
      "{at: 5ms, until: 9ms, crash: node1}",
      "{every: 5ms, crash: node1}",
      "{every: 5ms, at: 1ms, jitter: 2ms, until: 40ms, for: 1ms, crash: node1}",
      "{when: node1.up, times: 3, deadline: 1s, crash: node1}",
      "{on: {delivered: {kind: heartbeat, from: left, to: node4, nth: 2}}, crash: node1}",
      "{on: {dropped: heartbeat}, crash: node1}", "{at: 50ms, restart: node1}")
    #expect(
      faults.map(\.trigger).prefix(5) == [
        .at(ms(5)), .at(ms(5)), .at(ms(5)),
        .every(first: ms(5), period: .milliseconds(5), jitter: .zero, until: .never),
        .every(first: ms(1), period: .milliseconds(5), jitter: .milliseconds(2), until: ms(40)),
      ])
    #expect(faults[5].trigger == .condition(times: 3, deadline: ms(1000)))
    let filter = MessageFilter(
      kinds: [0], from: NodeSet(nodes(1, 2, 3)), to: NodeSet(nodes(4)), nth: [2])
    #expect(faults[6].trigger == .message(MessageEvent(.delivered, filter)))
    #expect(faults[7].trigger == .message(MessageEvent(.dropped, MessageFilter(kinds: [0]))))
    #expect(
      faults.map(\.ending) == [
        .never, .after(.milliseconds(2)), .at(ms(9)), .never, .after(.milliseconds(1)), .never,
        .never, .never, .never,
      ])
  }

  @Test func narrowedToMessages() throws {
    let filter = try fault(
      "{at: 1ms, loss: 100%, messages: {kind: [heartbeat, vote_request], from: node1, to: right, nth: [2, 4], where: message.term > 1}}"
    ).messages
    #expect(
      filter
        == MessageFilter(
          kinds: [0, 5], from: NodeSet(nodes(1)), to: NodeSet(nodes(4, 5)), nth: [2, 4],
          predicate: 0))
  }

  @Test func healingNamesAnother() throws {
    let faults = try faults("{at: 9ms, heal: split}", "{name: split, at: 5ms, partition: halves}")
    #expect(faults[0].action == .heal(1))
    #expect(faults.map(\.name) == ["heal 1", "split"])
  }

  @Test func keysDependOnWhatIsWritten() throws {
    let one = try faults("{at: 5ms, crash: random(1)}", "{at: 5ms, crash: random(1)}")
    #expect(one[0].key != one[1].key)
    let more = try faults(
      "{at: 5ms, pause: random(1)}", "{at: 5ms, crash: random(1)}", "{at: 6ms, crash: random(1)}",
      "{at: 5ms, crash: random(1)}")
    #expect([more[1].key, more[3].key] == one.map(\.key))
    let named = try faults(
      "{name: a, at: 5ms, crash: random(1)}", "{name: b, at: 5ms, crash: node1}")
    #expect(try fault("{name: a, at: 77ms, pause: node1}").key == named[0].key)
    #expect(named[0].key != named[1].key)
  }

  @Test func aKeyIsTheSameInEveryCell() throws {
    let compiled = compile(
      story(with: "matrix: {cut: [1ms, 2ms]}\nfaults: [{at: \"${cut}\", partition: random-halves}]")
    )
    let plans = try #require(compiled.plans)
    #expect(plans.map { $0.system.faults[0].trigger } == [.at(ms(1)), .at(ms(2))])
    #expect(plans[0].system.faults[0].key == plans[1].system.faults[0].key)
  }
}
