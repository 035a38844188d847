import SystemModel

/// How messages travel and are handled.
enum NetworkChapter {
  static var page: ReferencePage {
    ReferencePage(
      "Network and nodes",
      [
        .init("Links", [.prose(links), .list(precedence), .prose("Besides:"), .list(linkRules)]),
        .init("Shapes", [.prose(shapes)]),
        .init("What becomes of a message", [.prose(journey), .list(steps)]),
        .init("Handling", [.list(handling)]),
        .init("Explicit deliveries and timers", [.prose(explicit), .list(explicitRules)]),
      ])
  }

  private static let links = """
    A link is an ordered pair of nodes. Each is looked up by these rules, key by key, so that an \
    entry that says only `loss` leaves the latency to the entries below it:
    """

  private static let precedence = [
    "an entry for the two nodes;",
    "an entry for two groups, or for a node and a group, that the two nodes are in;",
    "`default`, for one hop of the shape.",
  ]

  private static let linkRules = [
    "Two entries of one rank for one ordered pair are an error. `between` is both ways, `from` and "
      + "`to` one way. A link without a latency is an error."
  ]

  private static let shapes = """
    `topology.shape` says how far apart nodes are where no entry says so: the latency of a pair is \
    the sum over the hops of its shortest path, ties going to the lower node, one draw for each hop. \
    Loss, duplication and reordering are those of `default`, once for the whole way. Shapes do not \
    limit who may send to whom; faults act on end-to-end pairs.
    """

  private static let journey = """
    Every message is given to the network at the \
    instant of the event that sends it. A broadcast is one logical message and one wire message for \
    each receiver, in the order of the topology.
    """

  private static let steps = [
    "It takes its draws from the stream of its link, whatever becomes of it: see the chapter on "
      + "chance.",
    "Faults that are in force look at it: see the chapter on faults.",
    "It arrives at the instant of sending plus its latency; on a `fifo` link not before the last "
      + "message of the link that was in order. Messages of equal instants arrive in the order of "
      + "sending. Where `fifo` is `false`, each arrives by its own latency.",
    "A message that `reorder` chooses takes longer, and neither waits for others nor makes them "
      + "wait.",
    "A copy that `duplicate` makes has a latency and losses of its own. On a `fifo` link it has its "
      + "place like any message: it waits for those before it, and later ones wait for it. Faults that "
      + "chose the message choose its copy too.",
  ]

  private static let explicit = """
    `deliveries` and `timers` say of single messages and timers what is left to chance otherwise. \
    They are what `conclave freeze` writes, and can be written by hand: the one lost message, or the \
    one timeout, on which a story depends.
    """

  private static let explicitRules = [
    "A message is named by its kind, sender, receiver and number: the `nth` of this kind that this "
      + "sender sends to this receiver, counted from 1 since T0. Each copy of a broadcast is counted "
      + "on its own link; copies that the network makes are not counted.",
    "`takes` is the whole time from sending to arrival, `fate: lost` a loss at the instant of sending. "
      + "With `copy` the network makes a second message, or several, in the order of the list.",
    "Such a message is taken out of chance and out of the order of its link: the link's latency, "
      + "loss, duplication, reordering and `fifo` do not act on it, and no `loss`, `duplicate`, "
      + "`reorder` or `delay` of `faults` does. It neither waits for others nor makes them wait. A `delay` "
      + "or a slow partition that covers it has it in its ledger, as if its time were a part of `takes`.",
    "Partitions act on it: `mode: drop` loses it, `mode: hold` holds it, and what was left of `takes` "
      + "runs from the heal; `mode: slow` does not change it. So do crashes and pauses of its "
      + "receiver, and handling times.",
    "A timer is named by its node, its name and its number: the `nth` time that this node sets this "
      + "timer, set anew or not. `takes` is how long it runs, in place of what the node asked for; "
      + "cancelling and crashes end it as ever.",
    "An entry changes no other draw: its message has taken those of its link and of the faults that "
      + "cover it, and its timer that of its range.",
    "An entry that never occurs is as good as a fault that touches nothing: the run is vacuous, or "
      + "inconclusive if it was cut off, unless `may_be_idle` says why that is all right.",
  ]

  private static let handling = [
    "A node with handling times sees a message when its time is over; what it does then leaves at "
      + "that instant. Without them it sees a message when it arrives.",
    "`concurrency` bounds how many messages a node handles at once; others wait in the order of "
      + "arrival. The end of handling is an event of the class delivery.",
    "Timers and calls are never handled: they act at once.",
    "Times are looked up by node before group before all, and by kind before `default` in each.",
  ]
}
