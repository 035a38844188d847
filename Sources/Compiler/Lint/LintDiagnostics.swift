internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

// The wording of what is probably not meant.

extension Diagnostic {
  /// The end of the run, and where the scenario gives it.
  typealias Limit = (end: Int64, span: SourceSpan?)

  private static func labels(_ limit: Limit) -> [Label] {
    limit.span.map { [Label($0, "the run ends here")] } ?? []
  }

  private static func notes(_ limit: Limit) -> [String] {
    limit.span == nil ? ["without `limits.time` a run ends at \(text(limit.end))"] : []
  }

  private static func text(_ nanoseconds: Int64) -> String {
    Duration(nanoseconds: nanoseconds).text
  }

  static func lateFault(_ span: SourceSpan, _ start: Int64, _ limit: Limit) -> Diagnostic {
    Diagnostic(
      .lateFault, "the fault never fires: the run ends at \(text(limit.end))", at: span,
      label: "it would fire at \(text(start))", labels: labels(limit), notes: notes(limit),
      help: "let it fire earlier, or raise `limits.time`")
  }

  static func lateWorkload(_ span: SourceSpan, _ start: Int64, _ limit: Limit) -> Diagnostic {
    Diagnostic(
      .lateWorkload, "no call is made: the run ends at \(text(limit.end))", at: span,
      label: "the first would be made at \(text(start))", labels: labels(limit),
      notes: notes(limit), help: "begin earlier, or raise `limits.time`")
  }

  static func lateArrival(_ span: SourceSpan, _ flight: Int64, _ limit: Limit) -> Diagnostic {
    Diagnostic(
      .lateArrival, "the message never arrives: the run ends at \(text(limit.end))", at: span,
      label: "it takes \(text(flight))", labels: labels(limit), notes: notes(limit),
      help: "give it less time, lose it with `fate: lost`, or raise `limits.time`")
  }

  static func lateOrder(_ span: SourceSpan, _ window: Int64, _ limit: Limit) -> Diagnostic {
    Diagnostic(
      .lateOrder, "messages may be late by \(text(window)), and the run ends at \(text(limit.end))",
      at: span, labels: labels(limit), notes: notes(limit),
      help: "give `window` some multiple of the latencies, or raise `limits.time`")
  }

  static func absentWindow(
    _ name: Marked<String>, _ start: Int64, _ limit: Limit
  ) -> Diagnostic {
    Diagnostic(
      .absentPoint, "the window never opens: the run ends at \(text(limit.end))", at: name.span,
      label: "`\(name.value)` would start at \(text(start))", labels: labels(limit),
      notes: notes(limit), help: "let the fault fire earlier, or raise `limits.time`")
  }

  static func absentPoint(
    _ span: SourceSpan, _ instant: Int64, _ limit: Limit, opensWindow: Bool
  ) -> Diagnostic {
    Diagnostic(
      .absentPoint,
      "the window never \(opensWindow ? "opens" : "closes"): the run ends at \(text(limit.end))",
      at: span, label: "this would be at \(text(instant))", labels: labels(limit),
      notes: notes(limit), help: "name an earlier point, or raise `limits.time`")
  }

  static func absentEnd(
    _ span: SourceSpan, _ kind: Marked<String>, name: String, opensWindow: Bool
  ) -> Diagnostic {
    Diagnostic(
      .absentPoint, "the window never \(opensWindow ? "opens" : "closes")", at: span,
      label: "`\(name)` never ends",
      labels: [Label(kind.span, "nothing ends this")],
      help: "give the fault `for` or `until`, or add an entry `heal: \(name)`")
  }

  static func secondPointFirst(
    _ span: SourceSpan, _ first: SourceSpan, stop: Int64, start: Int64
  ) -> Diagnostic {
    Diagnostic(
      .absentPoint, "the window never closes: its second point comes before its first", at: span,
      label: "at \(text(stop))", labels: [Label(first, "it opens at \(text(start))")],
      help: "turn the two points round, or write `after` if the window lasts to the end")
  }

  static func closesFirst(
    _ within: Marked<Int64>, length: Int64, _ window: String
  ) -> Diagnostic {
    Diagnostic(
      .lateDeadline, "\(window) closes first, after \(text(length)), which is the deadline then",
      at: within.span, help: "give a shorter time, or leave `within` out")
  }

  static func endsFirst(_ within: Marked<Int64>, left: Int64, _ limit: Limit) -> Diagnostic {
    Diagnostic(
      .lateDeadline, "the run ends first, so that this is inconclusive where it should fail",
      at: within.span, label: "\(text(left)) are left of the run", labels: labels(limit),
      notes: notes(limit), help: "give a shorter time, or raise `limits.time`")
  }

  static func emptyWindow(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .absentPoint, "the window has no state: it closes before the first", at: span,
      help: "name a later point; what holds at the start is written `eventually` with `within: 0ms`"
    )
  }

  static func closesTooEarly(
    _ duration: Marked<Int64>, length: Int64, _ window: String
  ) -> Diagnostic {
    Diagnostic(
      .lateDeadline, "\(window) closes after \(text(length)): nothing in it lasts so long",
      at: duration.span, help: "give a shorter time, or a longer window")
  }

  static func endsTooEarly(
    _ duration: Marked<Int64>, left: Int64, _ limit: Limit
  ) -> Diagnostic {
    Diagnostic(
      .lateDeadline,
      "the run ends first, so that this is inconclusive unless nothing can happen any more",
      at: duration.span, label: "\(text(left)) are left of the run", labels: labels(limit),
      notes: notes(limit), help: "give a shorter time, or raise `limits.time`")
  }

  static func beginsTooLate(
    _ duration: Marked<Int64>, _ within: Marked<Int64>, left: Int64, _ limit: Limit
  ) -> Diagnostic {
    Diagnostic(
      .lateDeadline, "what begins at the deadline cannot last so long before the run ends",
      at: duration.span, label: "\(text(left)) are left then",
      labels: [Label(within.span, "the deadline")] + labels(limit), notes: notes(limit),
      help: "give shorter times, or raise `limits.time`")
  }

  static func lastingPartition(
    _ span: SourceSpan, name: String, awaited: SourceSpan, isEndless: Bool
  ) -> Diagnostic {
    Diagnostic(
      .lastingPartition,
      isEndless
        ? "`\(name)` never heals, and something is awaited of both its sides"
        : "`\(name)` does not heal in this run, and something is awaited of both its sides",
      at: span, label: isEndless ? "nothing ends this" : "the run is over first",
      labels: [Label(awaited, "this is awaited")],
      help: isEndless
        ? "give it `for` or `until`, or add an entry `heal: …`"
        : "end it earlier, or raise `limits.time`")
  }

  static func noQuorum(
    _ span: SourceSpan, quorum: Int, left: Int, awaited: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      .noQuorum,
      left < 2
        ? "from here on no two nodes reach each other, and \(quorum) are needed"
        : "from here on at most \(left) nodes reach each other, and \(quorum) are needed",
      at: span, label: "nothing ends this in the run",
      labels: [Label(awaited, "this is awaited")],
      help: "leave more nodes up and in reach, or end the fault")
  }
}

// Conditions.
extension Diagnostic {
  static func constantAssertion(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .constantAssertion, "this reads nothing of the run, so that it checks nothing", at: span,
      help: "ask for the state of nodes, calls or messages, such as `node1.up`")
  }

  static func swallowingComment(_ span: SourceSpan, in style: MarkedScalar.Style) -> Diagnostic {
    Diagnostic(
      .swallowingComment, "this comment goes on to the end of the text, not of its line", at: span,
      label: "YAML makes one line of these",
      help: style == .folded
        ? "write `|` in place of `>`, so that lines stay lines"
        : "write the expression behind `|`, on lines of its own")
  }

  /// The part of an assertion that a warning is about.
  enum Part {
    case whole, until

    fileprivate var help: String {
      switch self {
      case .whole: "look for a bound or a word that is the wrong way round"
      case .until: "name what ends it, or leave `until` out"
      }
    }
  }

  static func cannotFail(_ span: SourceSpan, _ fact: String, _ part: Part = .whole) -> Diagnostic {
    Diagnostic(
      .cannotFail, "this cannot fail: \(fact)", at: span,
      help: part == .until ? part.help : "say what a mistake would break, or remove the assertion")
  }

  static func cannotHold(_ span: SourceSpan, _ fact: String) -> Diagnostic {
    Diagnostic(
      .cannotHold, "this can never be satisfied: \(fact)", at: span,
      help: "look for a bound or a word that is the wrong way round")
  }

  static func contradictingBounds(
    _ second: Marked<ComparisonText>, _ first: Marked<ComparisonText>
  ) -> Diagnostic {
    Diagnostic(
      .cannotHold,
      "this can never be satisfied: no value is `\(first.value.text)` and `\(second.value.text)`",
      at: second.span, labels: [Label(first.span, "and this")],
      help: "look for a bound that is the wrong way round")
  }

  static func neverTrue(
    _ span: SourceSpan, _ consequence: String, _ part: Part = .whole
  ) -> Diagnostic {
    Diagnostic(
      .cannotHold, "this holds in no state, whatever happens: \(consequence)", at: span,
      help: part.help)
  }

  static func readsOnlyParameters(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .cannotFail, "this reads parameters alone, so that no state makes a difference", at: span,
      help: "ask for the state of nodes, calls or messages too")
  }

  static func trueAtStart(_ span: SourceSpan, _ form: AssertionEntry.Form) -> Diagnostic {
    let help: String
    switch form {
    case .hold: help = "name what ends it later, or say with `after` from when on it counts"
    case .sometimes:
      help = "say with `after` from when on it counts, or ask for what the start has not"
    default: help = "say with `after` from when on it counts, or with `always` that it stays so"
    }
    return Diagnostic(
      .trueAtStart, "the first state has this already", at: span,
      notes: ["so it is decided at T0, whatever happens then"], help: help)
  }
}

// Entries.
extension Diagnostic {
  static func unusedGroup(_ name: Marked<String>) -> Diagnostic {
    Diagnostic(
      .unusedGroup, "the group `\(name.value)` is never used", at: name.span,
      help: "name it in a fault, a link or an option, ask for `n.group`, or remove it")
  }

  static func overriddenDefault(_ span: SourceSpan, _ reason: String) -> Diagnostic {
    Diagnostic(
      .overriddenDefault, "nothing falls back on this: \(reason)", at: span, help: "remove it")
  }

  static func idleEntry(_ span: SourceSpan, isOverridden: Bool) -> Diagnostic {
    Diagnostic(
      .idleEntry,
      isOverridden
        ? "entries of a higher rank take the place of all that this says"
        : "this says what holds without it", at: span,
      help: "remove the entry, or give it another value")
  }

  static func touchesNothing(_ span: SourceSpan, _ fact: String, _ help: String) -> Diagnostic {
    Diagnostic(
      .touchesNothing, "the fault touches nothing: \(fact)", at: span, help: help)
  }

  static func idleMinimum(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .idleMinimum, "a least time of 0 changes nothing: no law gives less", at: span,
      help: "remove it, or give a time above 0")
  }
}
