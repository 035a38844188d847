/// What each seed draws before its run: exactly.
enum VaryChapter {
  static var page: ReferencePage {
    ReferencePage(
      "What seeds draw",
      [
        .init("", [.prose(intro), .code(example), .list(rules)]),
        .init("Parameters", [.list(parameters)]),
        .init("Swarm", [.prose(swarm), .list(swarmRules)]),
        .init("Order of delivery", [.prose(order), .list(orderRules), .prose(strategies)]),
        .init("Which strategy", [.list(choice)]),
      ])
  }

  private static let intro = """
    With `vary` a seed draws a part of the scenario before its run: values of parameters, which of \
    the faults there are, and a strategy by which messages are late. A seed draws the same in `run`, \
    `sweep` and every other command.
    """

  private static let example = """
    vary:
      cut_at: 0ms..150ms                # any nanosecond from T0 to T150
      victim: [node1, node2, node3]
      faults: swarm                     # some of the faults
      order: {pct: {depth: 3, window: 50ms, messages: 100}}
    faults:
      - {at: "${cut_at}", for: 200ms, partition: [["${victim}"], others]}
      - {at: 80ms, for: 100ms, crash: leader, may_be_idle: nobody may lead then}
    """

  private static let rules = [
    "Of a run that fails the reports say what was drawn; the JSON report of `run` does so of every "
      + "run (`drawn`). A capsule has it written out: values in their places, faults that are not "
      + "there left out; of `vary` only `order` remains, which draws again with the seed.",
    "With a `matrix` every cell runs with what the seed draws.",
    "Before any run are checked, with all faults: every value of each list and both ends of each "
      + "range, once with all other keys at their first value and once with all at their last, and "
      + "of these at most 1000 over all cells, the first cells first. A mistake that only other "
      + "draws have is reported in their run; a sweep ends with the first such seed.",
  ]

  private static let parameters = [
    "A key declares its parameter if `parameters` does not, and is no key of `matrix`. `--set` of "
      + "it fixes it.",
    "Every value is as likely as any other. Of a range these are the values from the first to the "
      + "last, both included, by the step; without a step every nanosecond, or every whole number.",
    "The place of the value, from 0, is below(number of values) of the stream 6 of the parameter's "
      + "name. So a new key changes no other draw, and a value behind the last moves few.",
  ]

  private static let swarm = """
    With `faults: swarm` each entry of `faults` is there or not, as one draw below(2) of its stream 7 \
    says: 1, it is there. So every subset of them is possible, all and none too (A. Groce, C. Zhang, \
    E. Eide, Y. Chen, J. Regehr, Swarm Testing, ISSTA 2012). A run is that of the scenario without \
    the others.
    """

  private static let swarmRules = [
    "An entry of whose name the rest of the scenario speaks is always there: a name that stands as a "
      + "word in a scope (`during`, `after`, `before`, `between`), a metric or a condition of an "
      + "assertion, in a `when` or in a `where`. If that is the name of an entry without one, such as "
      + "`crash 2`, all of its kind are always there.",
    "`heal` is there if what it heals is. `restart` is there if a `crash` is that may bring one of "
      + "its nodes down, and `resume` if there is such a `pause`; nodes that are chosen during the "
      + "run may be any.",
    "If nothing is left to draw, that is an error.",
  ]

  private static let order = """
    With `order` messages are late, so that they arrive in orders that the latencies of their links \
    hardly ever give. By how much depends on the seed, the link of a message, and its number: the \
    messages that nodes give to the network count from 1 in the order of sending, lost ones too; \
    copies have no number and are not late.
    """

  private static let orderRules = [
    "What a message is late adds to the latency of its link, before faults have a say: `mode: slow` "
      + "multiplies both.",
    "A link that keeps its order (`fifo`) keeps it: behind a late message others wait.",
    "All other draws stay as they are.",
  ]

  private static let strategies = """
    `random`: each message is late by between(0, window) of the stream 8 of its link.

    `pct`, probabilistic concurrency testing (S. Burckhardt, P. Kothari, M. Musuvathi, \
    S. Nagarakatte, A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs, ASPLOS \
    2010), takes links for threads, and being late for being low in priority. All messages of a \
    link are late by one time, its priority: between(0, h) of the stream 8 of the link, where h is \
    half the window, rounded down. For each i from 1 to depth − 1 the message of number 1 + \
    below(messages) of the stream 9 of i lowers the priority of its link: it and all later ones are \
    late by h + ((window − h) ÷ (depth − 1), rounded down) × (depth − i), which is later than any \
    link was at first. Of two for one message the one with the greater i holds.

    `delay-bounded` (M. Emmi, S. Qadeer, Z. Rakamarić, Delay-Bounded Scheduling, POPL 2011) leaves \
    the order as the latencies give it but for a few messages: for each i from 1 to `delays` the \
    message of number 1 + below(messages) of the stream 9 of i is late by the window, by twice the \
    window if it is drawn twice, and so on.
    """

  private static let choice = [
    "`window`: as long as the times that messages should pass each other by. One below the "
      + "differences of latencies hardly changes an order; one above timeouts makes these run out.",
    "`messages`: the metric `messages.wire` of a run, about. With fewer only the beginning of a run "
      + "is disturbed, with more many seeds draw nothing that occurs.",
    "`pct` finds what needs a few links to be slow at the right time, with `depth` as small as the "
      + "number of events whose order matters; `delay-bounded` what one or two stray messages do; "
      + "`random` disturbs everything a little. `scenarios/consensus/late-messages.yaml` compares "
      + "them.",
  ]
}
