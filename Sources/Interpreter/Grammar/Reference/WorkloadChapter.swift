/// What clients do.
enum WorkloadChapter {
  static var page: ReferencePage {
    ReferencePage(
      "Workloads and calls",
      [
        .init("", [.prose(intro), .table(["key", "calls", "at whom"], rows: arrivals)]),
        .init("", [.list(rules)]),
        .init("Outcomes", [.prose(outcome), .table(["outcome", "meaning"], rows: outcomes)]),
      ])
  }

  private static let intro = """
    An entry of `workloads` makes calls of the protocol. It says when in one of these ways:
    """

  private static let arrivals = [
    ["`at`", "at each of these instants", "one call at each of the chosen nodes"],
    [
      "`every`", "again and again: first at `at` or after one such time",
      "one call at each of the chosen nodes",
    ],
    [
      "`rate`", "from `at` or T0 on at this rate, evenly or as a Poisson process; open loop",
      "one of the chosen nodes, drawn",
    ],
    [
      "`clients`",
      "from `at` or T0 on, each client again a `think` time after its last call has ended; closed "
        + "loop",
      "client i, counted from 0, calls the (i mod n)th of the n chosen nodes",
    ],
  ]

  private static let rules = [
    "`node` is bound at each call: `node: leader` calls who leads then. If it chooses nobody, no "
      + "call is made; a client tries again after its think time.",
    "`count` bounds the calls of the whole entry, `until` the last instant at which one is made.",
    "`mix` chooses each call by weight.",
    "Repeated calls are at first + n × period; those of a constant rate of c calls in a time p at "
      + "first + ⌊n × p / c⌋, beginning at once; those of a Poisson process begin after a first gap.",
    "Calls at several nodes at one instant are events of their own, in the order of the topology.",
    "A call to a paused node is seen when the node goes on.",
  ]

  private static let outcome = """
    The protocol says when a call is over and what it returns. Percentiles of latencies are over \
    the calls that ended `ok`.
    """

  private static let outcomes = [
    ["`ok`", "it happened"], ["`fail`", "it did not happen; also a call to a node that is down"],
    ["`info`", "nobody knows; also a call that was open at a crash of its node"],
    ["`pending`", "it is open; at the end of the run it counts as `info`"],
  ]
}
