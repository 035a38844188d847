import Expressions

/// How a recorded history is written, for `conclave judge`.
enum HistoryChapter {
  static var page: ReferencePage {
    ReferencePage(
      "Recorded histories",
      [
        .init("", [.prose(intro), .list(rules)]),
        .init(
          "Lines of an event log",
          [
            .prose(events), .table(["key", "meaning"], rows: common),
            .table(["`event`", "its keys", "what it says"], rows: eventRows),
            .list(eventRules),
          ]),
        .init(
          "Operations",
          [.prose(operations), .table(["key", "meaning"], rows: keys), .list(operationRules)]),
        .init("What a history does not say", [.list(silence)]),
      ])
  }

  private static let intro = """
    `conclave judge SCENARIO --history FILE` runs nothing: it judges what a file says has happened \
    by the assertions of the scenario, of which topology, protocol and assertions count. Reports \
    and exit status are those of `run`. A file has a JSON object on each line; empty lines do not \
    count. `--format` says which of two forms it has; without, the first line does: operations have \
    a `process`.
    """

  private static let rules = [
    "Each mistake is told with its line and column, and with any the exit status is 65; unknown keys "
      + "are mistakes.",
    "Times do not go back, and are no more than 365 days, counted from the beginning. Events of one "
      + "instant stand in the order in which they happened.",
    "What an assertion still waits for when the history ends is `inconclusive`, and a call that is "
      + "open then is `info`.",
    "A file has at most 256 MiB, a line at most 64 KiB and \(LineParser.depthLimit) levels.",
  ]

  private static let events = """
    All that `conclave trace --format json` writes is a line of an event log, and so are these. \
    Values are written as transcripts write them: texts, words and nodes as texts, lengths of time \
    as texts with a unit or whole nanoseconds, `null` for what is absent.
    """

  private static let common = [
    ["`time`", "when it happened: a text with a unit such as `\"157ms\"`, or whole nanoseconds"],
    ["`at_ns`", "the same in whole nanoseconds, as transcripts have it; one of both is needed"],
    ["`event`", "what happened: a word of the next table, or a name, see there"],
    ["`first`", "`false` if it came with the line before, in one event; `true` if left out"],
  ]

  private static var eventRows: [[String]] {
    HistoryEvent.allCases.map { event in
      [
        "`\(event.rawValue)`", event.keys.map { "`\($0)`" }.joined(separator: ", "),
        event.summary,
      ]
    } + [
      [
        "the name of an observation", "`node`, the name of its value",
        "as `observed`; the value may be left out",
      ],
      ["the name of a field", "`node`, `value`", "as `field`"],
    ]
  }

  private static let eventRules = [
    "A name that is both an observation and a field means the observation. One that is both an "
      + "observation and a word of the table means the observation, unless the line has `message`.",
    "`client` is who calls: of one client at most one call is open, which `ok`, `fail` or `info` ends. "
      + "Calls of one client are in order for `sequentially-consistent`; one that ended with `info` "
      + "may still take effect later, so that nothing is asked of its place.",
    "The fields of a node have the values with which the protocol starts until the history says others.",
    "`was`, `sent_ns`, `name`, and what a line says again of a message, a call or the targets of a "
      + "fault, is compared with what earlier lines have said; a difference is a mistake (E0612). They "
      + "may be left out.",
    "A node that was not down does not restart, one that did not stand still does not resume.",
  ]

  private static let operations = """
    As Jepsen and its kin write them, as JSON; keywords may keep their colon. The calls of a register \
    are `read`, `write` and, in histories alone, `cas`; of another protocol they are its own.
    """

  private static let keys = [
    ["`process`", "who calls, a whole number; operations of `nemesis` are passed over"],
    ["`type`", "`invoke`, `ok`, `fail` or `info`"], ["`f`", "the name of the call"],
    [
      "`value`",
      "what is written, or was read, `null` for nothing; of `cas` a list of the old and the new value; "
        + "a list of a key and such a value where registers have keys",
    ],
    ["`key`", "the register, in the place of such a list"],
    [
      "`time`",
      "when it happened, as above; if no operation has one they are a millisecond apart",
    ],
    ["`node`", "where; without, process p calls the (p mod n)th of the n nodes, counted from 0"],
    ["`index`", "the number of the operation, greater than that of the one before it"],
    [
      "`error`",
      "of `fail` and `info`, why: a text, or a list with one in front; the report counts them",
    ],
  ]

  private static let operationRules = [
    "A process ends its operation before it begins another, at the same node. An `ok` says again what it "
      + "was begun with, or what it returned. A `fail` or an `info` with another value than it was begun "
      + "with says its error there, as `\"timed-out\"`.",
    "A process whose operation ended with `info` may begin another: the first may still take effect.",
    "Values are texts; a number is the text that it is written as.",
  ]

  private static let silence = [
    "An assertion is `vacuous` if the history never speaks of something that it reads: messages sent, "
      + "delivered, dropped, held and so on, calls, each observation, each field, faults. A history "
      + "without messages is not one with 0 messages. What each invariant and metric reads is in the "
      + "tables of [Invariants](#invariants) and [Metrics](#metrics); an expression reads what it names.",
    "One that begins with `started` is whole: what it does not mention has not happened. Only whether "
      + "nodes reach each other and are available is never known.",
    "Whether nodes are up and go on is taken for granted until the history says otherwise.",
    "An observation without its value, even once, serves only what need not know the value: what stands "
      + "without parentheses in the tables. Where a table says `or`, one way is enough; what is "
      + "told in several ways is read in all of them.",
    "A metric of which too little is told is left out of reports.",
    "Faults of the scenario that the history does not mention are excused.",
  ]
}
