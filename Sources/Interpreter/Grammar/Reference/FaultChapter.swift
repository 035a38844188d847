import ScenarioSyntax

/// What faults do.
enum FaultChapter {
  static var page: ReferencePage {
    ReferencePage(
      "Faults",
      [
        .init("", [.prose(intro), .table(["fault", "what it does", "lasts"], rows: kinds)]),
        .init("When", [.list(triggers)]),
        .init("Partitions", [.prose(partitions), .list(partitionRules)]),
        .init(
          "Messages in flight",
          [
            .prose(inFlight),
            .table(["mode", "in flight at the start", "sent later"], rows: modes),
          ]
        ),
        .init("Crash, restart, pause, slow", [.list(nodes)]),
        .init("Chosen messages", [.list(messages)]),
        .init("Several faults at once", [.list(together)]),
        .init(
          "The ledger", [.prose(ledger), .table(["entry", "what it counts"], rows: ledgerRows)]),
      ])
  }

  private static let intro = """
    An entry of `faults` has exactly one of the following keys, says when it fires, and may last. \
    The window of a fault is [start, end): what happens at its end is no more in it.
    """

  /// What each kind of fault is, from the table of keys.
  private static var kinds: [[String]] {
    guard let table = KeyCatalog.tables.first(where: { $0.name == "fault" }),
      let choice = table.choices.first
    else { preconditionFailure("the catalog has no faults") }
    let lasting = table.keys.first { $0.name == "for" }?.needs ?? []
    return table.keys.filter { choice.keys.contains($0.name) }.map { key in
      let lasts = lasting.contains { need in
        if case .anyOf(let names) = need { return names.contains(key.name) }
        return false
      }
      return ["`\(key.name)`", key.summary, lasts ? "`for`, `until`, or to the end" : "an instant"]
    }
  }

  private static let triggers = [
    "`at`: once, or at each instant of a list. `every`: again and again, first after one such time or at `at`, each later by 0 to "
      + "`jitter`, which does not add up; up to `until`. `every` shorter than `for` or than `jitter` "
      + "is an error. A late firing may begin the next before it has ended: both act then, each has "
      + "a window and points `.start` and `.end` of its own, and a node is let go by the last.",
    "`when`: right after the event in which the condition becomes true (being true at the start is "
      + "one), `times` times at the most, once if absent. Past `deadline` it never fires.",
    "`on`: right after the event of a message that is `sent`, `delivered` or `dropped`, the `nth` of "
      + "those that match, counted from T0, the first if absent; once.",
    "`heal: NAME` ends a fault before its time; `restart` and `resume` end the crash or pause of "
      + "their nodes, whatever caused it. What a fault did ends once: its own end comes to nothing "
      + "then.",
  ]

  private static let partitions = """
    A message goes from its sender to its receiver; that is its direction. A partition says which \
    ordered pairs it separates:
    """

  private static let partitionRules = [
    "A list of sides: nodes of different sides are separated. Every node is on exactly one side; "
      + "`others` is the rest. A side may be a list of names.",
    "A shape, see `partition` among the keys of a fault; N is the number of nodes. Shapes that draw "
      + "do so each time they fire.",
    "`majorities-ring`: the nodes stand in a ring in an order that is drawn, and each reaches those at "
      + "most ⌊(⌊N/2⌋+1)/2⌋ places away; of three nodes the first and the third are separated. "
      + "`bridge`: the first ⌊N/2⌋ nodes and the last ⌈N/2⌉−1 are separated; the one between them "
      + "reaches all.",
    "`halves` and `random-halves` need two nodes, `minority-third` four, the other shapes three.",
    "`{isolate: WHOM}`: these, who still reach each other, and the rest.",
    "`{block: {from: WHOM, to: WHOM}}`: messages from the first to the second, nothing else.",
    "`one_way: true`: the first side does not reach the second, the second still reaches the first. "
      + "For partitions with two sides only, and not for `majorities-ring` and `block`.",
  ]

  private static let inFlight = """
    A message that is sent at s to arrive at a is cut if the partition is in force at any instant \
    from s to a: start <= a and s < end. Its arrival ends the flight; handling does not matter.
    """

  private static let modes = [
    ["`drop`", "lost; with `in_flight: deliver` spared", "lost"],
    [
      "`hold`", "held; from the end on, what was left of its latency",
      "held; from the end on, its whole latency",
    ],
    ["`slow`", "not touched", "`factor` times its latency"],
  ]

  private static let nodes = [
    "Crash: volatile state, timers, messages in handling or waiting for it are lost, and open calls "
      + "end as `info`. What the protocol declares durable survives with `disk: keep`; `disk: wipe` "
      + "loses that too. Messages that the node sent still travel; what arrives while it is down is "
      + "lost, what arrives after the restart is delivered. A call to a node that is down is `fail`.",
    "While a node is down `up` is false, and its fields show what a restart would find.",
    "Pause: nothing is lost; messages, ends of handling, timers and calls wait. When the pause ends "
      + "they happen at that instant, messages first, then timers, then calls, each in the order in "
      + "which they were due.",
    "`slow` stretches handling times that begin while it is in force; several faults multiply.",
    "Two faults that keep one node down, or paused, both have to end. A crash ends a pause, and a "
      + "pause that begins while its node is down does not touch it, even if it restarts meanwhile.",
  ]

  private static let messages = [
    "`messages` narrows a partition or link fault: `kind`, `from`, `to` by names, `nth`, and `where`, "
      + "a condition over `message`. All of them must fit.",
    "`nth` counts the messages that the fault would touch, from 1 since its start; messages in "
      + "flight at the start are not counted and not touched then.",
  ]

  private static let together = [
    "Any cut cuts. A message that several partitions hold waits for all of them.",
    "Losses are independent of each other and of the link's own. The first fault that loses a "
      + "message has it in its ledger.",
    "Factors multiply the latency of the link; delays add to that.",
    "Healing one fault leaves the others. No held message overtakes one on its link.",
  ]

  private static let ledger = """
    The report says of each fault what it touched. A fault whose ledger has only zeros, or that \
    never fired, makes the run vacuous, unless `may_be_idle` gives the reason why that is all right.
    """

  private static let ledgerRows = [
    ["dropped", "messages that it lost"], ["held", "messages that waited for its end"],
    ["delayed", "messages that it made slower"], ["duplicated", "messages that it duplicated"],
    ["node time lost", "time that nodes were down or paused, or handled slowly, summed up"],
    ["calls touched", "calls to nodes that it kept down, or open at its crash"],
    ["repaired", "nodes that it brought back, or faults that it ended"],
  ]
}
