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

  private static let handling = [
    "A node with handling times sees a message when its time is over; what it does then leaves at "
      + "that instant. Without them it sees a message when it arrives.",
    "`concurrency` bounds how many messages a node handles at once; others wait in the order of "
      + "arrival. The end of handling is an event of the class delivery.",
    "Timers and calls are never handled: they act at once.",
    "Times are looked up by node before group before all, and by kind before `default` in each.",
  ]
}
