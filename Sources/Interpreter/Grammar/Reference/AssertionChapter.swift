import Analysis
import ScenarioSyntax

/// What assertions say of a run that ends.
enum AssertionChapter {
  static var page: ReferencePage {
    ReferencePage(
      "Assertions",
      [
        .init("", [.prose(intro)]),
        .init(
          "Forms",
          [
            .table(
              ["form", "it fails", "if open at quiescence", "if open at the end of time"],
              rows: forms),
            .list(formRules),
          ]),
        .init(
          "Runs that end", [.prose(endings), .table(FiniteRuns.heads, rows: FiniteRuns.rows)]),
        .init(
          "Windows and points",
          [.prose(windows), .table(["scope", "windows"], rows: scopes), .list(windowRules)]),
        .init("Points", [.table(["point", "when"], rows: points), .list(pointRules)]),
        .init("Vacuous", [.prose(vacuous), .table(["what", "vacuous if"], rows: vacuity)]),
        .init("Verdicts", [.table(["verdict", "meaning"], rows: verdicts), .list(verdictRules)]),
        .init("`expect`", [.list(expect)]),
      ])
  }

  private static let intro = """
    An assertion has one form, may be narrowed to a part of the run, and is looked at after every \
    event, the initial state included. A run goes on after a violation; each assertion keeps its \
    first one.
    """

  private static let forms = [
    ["a named invariant", "in the first state that breaks it", "judged", "judged"],
    ["`always: E`", "in the first state in which E is false", "judged", "judged"],
    ["`never: E`", "in the first state in which E is true", "judged", "judged"],
    [
      "`eventually: E`", "when the window closes, or `within` is over, and E was true in no state",
      "fail", "inconclusive",
    ],
    ["`sometimes: E`", "at the end, if E was true in no state of any window", "judged", "judged"],
    [
      "`when: E` `then: F`",
      "when the window closes, or `within` is over, after E became true and F was not true in that "
        + "state or a later one", "fail", "inconclusive",
    ],
    [
      "`hold: E` `until: F`", "in the first state before F becomes true in which E is false",
      "judged", "judged",
    ],
    ["`at_end: E`", "if E is false in the last state", "judged", "judged"],
    ["`metric: M` `is: …`", "if the last state's value does not compare so", "judged", "judged"],
  ]

  private static let formRules = [
    "At `limits.events` whatever has not failed is inconclusive.",
    "`within` counts from the opening of the window, or from `when`, and includes all events of its "
      + "last instant. A window that closes first is the deadline.",
    "`for`: what is awaited must stay true for so long without a break, and begin within `within`. "
      + "At quiescence a true state lasts for ever.",
    "`when` counts each time its condition becomes true; true at the opening of the window is one. "
      + "One `then` answers all that are open; with `for`, so does the one that has held long enough "
      + "for the first of them.",
    "After quiescence the last state lasts: a window that opens later is judged by it.",
    "What has no samples, such as a percentile without calls, is unknown; a condition that the rest "
      + "of it decides is decided all the same, and one state that it decides is a chance to fail.",
    "`hold` without `until` is due to the end. The state in which `until` is true is not held.",
    "`sometimes` says that a situation was reached at all, so that a test of it means something.",
    "`is` compares exactly as written: `<` is strict. The value has the unit of the metric; a list "
      + "of comparisons holds as a whole. Ratios may be written as `56.5%` or `0.565`.",
  ]

  private static let endings = """
    A run is a finite piece of something that could go on. What is not yet decided when a window \
    closes or the run ends is judged like this; what is broken already stays a fail.
    """

  private static let windows = """
    `during`, `after`, `before` and `between` narrow an assertion to windows. Each window is judged \
    on its own.
    """

  private static let scopes = [
    ["none", "the whole run"],
    ["`during: FAULT`", "while the named fault is in force, each time"],
    ["`during: WORKLOAD`", "from its `start` to its `end`, or to the end of the run"],
    ["`after: POINT`", "from the first time of the point to the end"],
    ["`before: POINT`", "from the start to the first time of the point, or to the end"],
    [
      "`between: [P, Q]`",
      "from each time of P to the next time of Q, or to the end; times of P in "
        + "an open window open no other",
    ],
  ]

  private static let windowRules = [
    "A window has the states after its opening event up to the one before its closing event, so at "
      + "least one.",
    "An instant opens a window with the state that is there then, before the events of that instant.",
    "`at_end` and `metric` take no scope: they look at the last state.",
  ]

  private static let points = [
    ["`100ms`", "an instant"],
    ["`split.start`, `split.end`", "each time the named fault begins to act, or ceases"],
    [
      "`load.start`, `load.end`",
      "when the named workload makes its first call, and when its last call has ended; the end of a "
        + "workload of which only the run tells the last call is refused",
    ],
    [
      "`{sent: …}`, `{delivered: …}`, `{dropped: …}`",
      "a message event: a kind, or a mapping with `kind`, `from`, `to`, `nth` (counted from T0; all "
        + "of them if absent)",
    ],
    ["`{when: E}`", "each time that E becomes true, or is true at the start"],
  ]

  private static let pointRules = [
    "The name of a fault alone is no point: a bare `after: split` is an error whose help shows "
      + "`split.start` and `split.end`."
  ]

  private static let vacuous = """
    A pass means that something could have failed. What had no chance to fail makes the run vacuous \
    instead:
    """

  private static let vacuity = [
    ["the scenario", "it asserts nothing"],
    ["a fault", "it never fired, or touched nothing; unless `may_be_idle` says why"],
    ["any scoped form", "none of its windows opened"],
    ["a named invariant", "its subject never occurred: see the chapter on invariants"],
    ["`when` and `then`", "`when` was never true"],
    ["`hold` and `until`", "`until` was true from the start of every window"],
    ["`always`, `never`", "what it reads had no samples in any state"],
    ["`at_end`, `metric`", "what it reads has no samples"],
  ]

  private static let verdicts = [
    ["`error`", "an expression that decides could not be evaluated"],
    ["`fail`", "something does not hold"],
    ["`vacuous`", "something never had a chance to fail"],
    ["`inconclusive`", "the run ended before something was decided"],
    ["`pass`", "everything holds"],
  ]

  private static let verdictRules = [
    "The run has the first of these that an assertion or fault has.",
    "`may_be_vacuous: REASON` lets a vacuous assertion count as a pass, `may_be_idle: REASON` an "
      + "idle fault. The reason is text; `true` is refused.",
    "A count of 0 is a sample. Distributions, times of what never happened, and ratios of nothing "
      + "have none.",
  ]

  private static let expect = [
    "`expect: pass`, the default: everything holds.",
    "`expect: {fail: NAME}` or `{fail: [NAMES]}`: exactly these assertions fail. A named one counts "
      + "as a pass if it fails, else as a fail; all others as usual. A bare `fail` is refused.",
    "A scenario whose expectation is met passes. The JSON report has both: `verdict` is after "
      + "`expect`, `outcome` before.",
  ]
}
