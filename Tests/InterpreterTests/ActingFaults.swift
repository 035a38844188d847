// Faults, messages and assertions in pairs that differ in one thing.

extension Acting {
  /// What goes wrong.
  static let faults = kinds + times + targets

  private static let kinds = [
    Pair(
      "fault.name", fault("name: one, at: 5ms, crash: node1"),
      fault("name: two, at: 5ms, crash: node1"), in: .words),
    Pair("fault.mode", cut("mode: drop"), cut("mode: hold")),
    Pair("fault.mode", cut("mode: hold"), cut("mode: slow, factor: 3x")),
    Pair("fault.factor", cut("mode: slow, factor: 3x"), cut("mode: slow, factor: 4x")),
    Pair("fault.one_way", cut("one_way: false"), cut("one_way: true")),
    Pair("fault.crash", fault("at: 5ms, crash: node1"), fault("at: 5ms, crash: node2")),
    Pair(
      "fault.restart", fault("at: 5ms, crash: all}, {at: 9ms, restart: node1"),
      fault("at: 5ms, crash: all}, {at: 9ms, restart: node2")),
    Pair("fault.pause", fault("at: 5ms, pause: node1"), fault("at: 5ms, pause: node2")),
    Pair(
      "fault.resume", fault("at: 5ms, pause: all}, {at: 9ms, resume: node1"),
      fault("at: 5ms, pause: all}, {at: 9ms, resume: node2")),
    Pair("fault.slow", slow("slow: 2x, nodes: node1"), slow("slow: 3x, nodes: node1")),
    Pair("fault.nodes", slow("slow: 2x, nodes: node1"), slow("slow: 2x, nodes: node2")),
    Pair("fault.loss", fault("at: 1ms, loss: 10%"), fault("at: 1ms, loss: 90%")),
    Pair("fault.duplicate", fault("at: 1ms, duplicate: 10%"), fault("at: 1ms, duplicate: 90%")),
    Pair("fault.reorder", fault("at: 1ms, reorder: 10%"), fault("at: 1ms, reorder: 90%")),
    Pair("fault.delay", fault("at: 1ms, delay: 5ms"), fault("at: 1ms, delay: 6ms")),
    Pair(
      "fault.heal",
      fault("name: a, at: 1ms, crash: node1}, {name: b, at: 1ms, crash: node2}, {at: 9ms, heal: a"),
      fault("name: a, at: 1ms, crash: node1}, {name: b, at: 1ms, crash: node2}, {at: 9ms, heal: b")),
    Pair("fault.links", loss("links: {from: node1, to: all}"), loss("links: all")),
    Pair("fault_links.all", loss("links: {from: node1, to: all}"), loss("links: all")),
    Pair("fault.messages", loss("messages: {kind: request}"), loss("messages: {kind: release}")),
  ]

  private static let times = [
    Pair("fault.at", fault("at: 5ms, crash: node1"), fault("at: 6ms, crash: node1")),
    Pair(
      "fault.every", fault("every: 50ms, for: 5ms, crash: node1"),
      fault("every: 51ms, for: 5ms, crash: node1")),
    Pair(
      "fault.jitter", fault("every: 50ms, jitter: 1ms, for: 5ms, crash: node1"),
      fault("every: 50ms, jitter: 9ms, for: 5ms, crash: node1")),
    Pair(
      "fault.when", fault("when: node1.state == 'waiting', crash: node1"),
      fault("when: node1.state == 'inside', crash: node1")),
    Pair(
      "fault.times", fault("when: node2.state == 'inside', times: 1, for: 1ms, pause: node2"),
      fault("when: node2.state == 'inside', times: 2, for: 1ms, pause: node2")),
    Pair(
      "fault.deadline", fault("when: node1.state == 'inside', deadline: 1s, crash: node1"),
      fault(
        "when: node1.state == 'inside', deadline: 1ms, may_be_idle: too early, crash: node1")),
    Pair(
      "fault.on", fault("on: {sent: request}, crash: node1"),
      fault("on: {sent: release}, crash: node1")),
    Pair(
      "fault.for", fault("at: 5ms, for: 9ms, crash: node1"),
      fault("at: 5ms, for: 8ms, crash: node1")),
    Pair(
      "fault.until", fault("at: 5ms, until: 19ms, crash: node1"),
      fault("at: 5ms, until: 18ms, crash: node1")),
    Pair(
      "fault.may_be_idle", fault("at: 900ms, for: 1ms, partition: halves"),
      fault("at: 900ms, for: 1ms, partition: halves, may_be_idle: all is over")),
  ]

  private static let targets = [
    Pair(
      "fault_links.between", loss("links: {between: [node1, node2]}"),
      loss("links: {between: [node1, node3]}")),
    Pair(
      "fault_links.from", loss("links: {from: node1, to: node2}"),
      loss("links: {from: node3, to: node2}")),
    Pair(
      "fault_links.to", loss("links: {from: node1, to: node2}"),
      loss("links: {from: node1, to: node3}")),
    Pair(
      "partition.isolate", fault("at: 1ms, partition: {isolate: node1}"),
      fault("at: 1ms, partition: {isolate: node2}")),
    Pair(
      "partition.block", fault("at: 1ms, partition: {block: {from: node1, to: node2}}"),
      fault("at: 1ms, partition: {block: {from: node2, to: node1}}")),
    Pair(
      "block.from", fault("at: 1ms, partition: {block: {from: node1, to: node2}}"),
      fault("at: 1ms, partition: {block: {from: node3, to: node2}}")),
    Pair(
      "block.to", fault("at: 1ms, partition: {block: {from: node1, to: node2}}"),
      fault("at: 1ms, partition: {block: {from: node1, to: node3}}")),
  ]

  private static func fault(_ entry: String) -> String { lock("faults: [{\(entry)}]") }

  private static func cut(_ options: String) -> String {
    fault("at: 5ms, for: 30ms, partition: [left, right], \(options)")
  }

  private static func slow(_ options: String) -> String {
    lock("processing: {default: 5ms}\nfaults: [{at: 1ms, \(options)}]")
  }

  private static func loss(_ options: String) -> String { fault("at: 1ms, loss: 100%, \(options)") }

  /// Which messages are meant.
  static let messages = [
    Pair("messages.kind", chosen("kind: request"), chosen("kind: release")),
    Pair("messages.from", chosen("from: node1"), chosen("from: node2")),
    Pair("messages.to", chosen("to: node1"), chosen("to: node2")),
    Pair("messages.nth", chosen("nth: 1"), chosen("nth: 2")),
    Pair(
      "messages.where", chosen("where: message.timestamp > 1"),
      chosen("where: message.timestamp > 3")),
    Pair("on.sent", trigger("sent: request"), trigger("delivered: request")),
    Pair("on.delivered", trigger("delivered: request"), trigger("sent: request")),
    Pair(
      "on.dropped", trigger("dropped: request", "{at: 5ms, partition: [left, right]}, "),
      trigger("sent: request", "{at: 5ms, partition: [left, right]}, ")),
    Pair("moment.kind", trigger("sent: {kind: request}"), trigger("sent: {kind: release}")),
    Pair("moment.from", trigger("sent: {from: node1}"), trigger("sent: {from: node2}")),
    Pair(
      "moment.to", trigger("delivered: {to: node1}"), trigger("delivered: {to: node2}")),
    Pair("moment.nth", trigger("sent: {nth: 1}"), trigger("sent: {nth: 9}")),
  ]

  private static func chosen(_ messages: String) -> String { loss("messages: {\(messages)}") }

  private static func trigger(_ moment: String, _ others: String = "") -> String {
    lock("faults: [\(others){on: {\(moment)}, crash: node3}]")
  }

  /// What must hold.
  static let assertions =
    forms + scopes + [
      Pair(
        "assertion.name", claim("name: one, always: node1.up"),
        claim("name: two, always: node1.up"),
        in: .words)
    ]

  /// Answers are lost for a while, so that somebody starves.
  private static let disorder = "faults: [{at: 10ms, for: 10ms, loss: 100%}]\n"

  private static let forms = [
    Pair(
      "assertion.invariant", lock(disorder + "assertions: [{invariant: mutual-exclusion}]"),
      lock(disorder + "assertions: [{invariant: no-starvation}]")),
    Pair("assertion.always", claim("always: node1.up"), claim("always: node1.state == 'idle'")),
    Pair("assertion.never", claim("never: node1.up"), claim("never: node1.state == 'inside'")),
    Pair(
      "assertion.eventually", claim("eventually: node1.state == 'inside'"),
      claim("eventually: '!node1.up'")),
    Pair(
      "assertion.sometimes", claim("sometimes: node1.state == 'inside'"),
      claim("sometimes: '!node1.up'")),
    Pair(
      "assertion.when", claim("when: node1.state == 'waiting', then: node1.state == 'inside'"),
      claim("when: node1.state == 'idle', then: node1.state == 'inside'")),
    Pair(
      "assertion.then", claim("when: node1.state == 'waiting', then: node1.state == 'inside'"),
      claim("when: node1.state == 'waiting', then: '!node1.up'")),
    Pair("assertion.at_end", claim("at_end: node1.up"), claim("at_end: '!node1.up'")),
    Pair("assertion.hold", claim("hold: node1.up"), claim("hold: node1.state == 'idle'")),
    Pair(
      "assertion.until", claim("hold: node1.state == 'idle', until: node1.state == 'waiting'"),
      claim("hold: node1.state == 'idle', until: node1.state == 'inside'")),
    Pair(
      "assertion.metric", claim("metric: messages.wire, is: '> 10'"),
      claim("metric: messages.dropped, is: '> 10'")),
    Pair(
      "assertion.is", claim("metric: messages.wire, is: '> 10'"),
      claim("metric: messages.wire, is: '> 9000'")),
    Pair(
      "assertion.may_be_vacuous", claim("when: '!node1.up', then: node1.up"),
      claim("when: '!node1.up', then: node1.up, may_be_vacuous: nobody crashes")),
  ]

  private static let scopes =
    [
      Pair(
        "assertion.during", windows("during: early"), windows("during: late")),
      Pair("assertion.after", windows("after: 1ms"), windows("after: 500ms")),
      Pair(
        "assertion.before", claim("sometimes: node1.state == 'inside', before: 1ms"),
        claim("sometimes: node1.state == 'inside', before: 500ms")),
      Pair(
        "assertion.between", claim("sometimes: node1.state == 'inside', between: [0ms, 1ms]"),
        claim("sometimes: node1.state == 'inside', between: [0ms, 500ms]")),
      Pair(
        "assertion.within", claim("eventually: node1.state == 'inside', within: 1ms"),
        claim("eventually: node1.state == 'inside', within: 900ms")),
      Pair(
        "assertion.for", claim("eventually: node1.state == 'inside', for: 10ms"),
        claim("eventually: node1.state == 'inside', for: 11ms")),
    ]
    + [
      ("sent", "request", "release"), ("delivered", "request", "release"),
      ("dropped", "request", "release"),
    ].map { moment, first, second in
      Pair(
        "occurrence.\(moment)", windows("after: {\(moment): \(first)}"),
        windows("after: {\(moment): \(second)}"))
    } + [
      Pair(
        "occurrence.when", windows("after: {when: node1.state == 'waiting'}"),
        windows("after: {when: node2.state == 'inside'}"))
    ]

  private static func claim(_ entry: String) -> String { lock("assertions: [{\(entry)}]") }

  /// A claim about some windows of a run with two faults, in which requests are lost.
  private static func windows(_ scope: String) -> String {
    lock(
      "faults: [{name: early, at: 0ms, for: 20ms, loss: 50%}, "
        + "{name: late, at: 400ms, for: 20ms, pause: node2}]\n"
        + "assertions: [{name: x, never: node1.state == 'waiting', \(scope), may_be_vacuous: it may}]"
    )
  }
}
