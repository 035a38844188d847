/// Virtual time, the order of events, and the end of a run.
enum TimeChapter {
  static var page: ReferencePage {
    ReferencePage(
      "Time, order and the end of a run",
      [
        .init("", [.prose(intro)]),
        .init(
          "Order of events", [.prose(order), .list(classes), .prose("Besides:"), .list(rules)]),
        .init("The end", [.table(["end", "when", "what is still open"], rows: ends)]),
      ])
  }

  private static let intro = """
    Time is virtual: whole nanoseconds since T0, the start of the run. It moves from event to event; \
    nothing depends on the clock of the machine. At T0 faults that are due at T0 begin, then the \
    nodes start in their order; this is the first event, and the state behind it is the initial \
    state.
    """

  private static let order = """
    Events are ordered by instant, then by class, then by the order in which they were scheduled. \
    The classes are, in their order:
    """

  private static let classes = [
    "fault: a fault begins, ends or repeats;",
    "delivery: a message arrives, or its handling is over;",
    "timer: a timer of a node runs out;",
    "call: a client calls.",
  ]

  private static let rules = [
    "Within an instant the least pending event in this order runs next, also if it was scheduled in "
      + "this very instant.",
    "A fault with `when` or `on` acts right after the event that triggered it, before anything else; "
      + "messages that this event sent are in flight then.",
    "Assertions look after every event. An instant that a scope names is an event before all others "
      + "of that instant.",
  ]

  private static let ends = [
    [
      "quiescence", "nothing can happen any more; cancelled timers keep nothing alive",
      "will never come: an open `eventually` or `then` fails",
    ],
    [
      "time", "`limits.time`; events of its own instant still run",
      "is inconclusive: an `eventually`, a `then`, a `for`; all else is judged",
    ],
    ["events", "`limits.events` events have run", "is inconclusive: whatever has not failed"],
  ]
}
