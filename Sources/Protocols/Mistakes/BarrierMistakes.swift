import SystemModel

/// The known mistakes of barriers.
extension Barrier {
  /// Rules that the option `mistake` turns off, counted from 1 in the order of ``mistakes``.
  enum Mistake: Int, CaseIterable {
    case noGenerations = 1
    case arrivalsCounted
    case oneShort
    case countKept
    case arrivalsForgotten
    case lateNotTold
  }

  static let mistakes = [
    MistakeDeclaration(
      "no-generations",
      "Takes arrivals and releases for those of the present generation.",
      rule:
        "Mellor-Crummey and Scott 1991, section 3.1: the sense tells one episode from the next.",
      literature:
        "Downey, \"The Little Book of Semaphores\" (2016), section 3.7: a turnstile that a "
        + "fast thread passes twice.",
      breaks: "no-early-release", seeds: 1),
    MistakeDeclaration(
      "arrivals-counted",
      "Counts arrivals, not the parties that arrive.",
      rule: "Mellor-Crummey and Scott 1991, section 3.1: each processor arrives once an episode.",
      literature:
        "Fonseca and others, \"An Empirical Study on the Correctness of Formally Verified "
        + "Distributed Systems\" (EuroSys 2017): verified systems whose assumptions on the network, "
        + "such as that it copies nothing, did not hold.",
      breaks: "no-early-release", seeds: 2),
    MistakeDeclaration(
      "one-short",
      "Opens when all but one have arrived.",
      rule: "Mellor-Crummey and Scott 1991, section 3.1: the last arrival opens the barrier.",
      literature:
        "Dijkstra, \"Why numbering should start at zero\" (EWD 831, 1982), on bounds that invite"
        + " mistakes by one.",
      breaks: "no-early-release", seeds: 1),
    MistakeDeclaration(
      "count-kept",
      "Does not begin to count anew in the next generation.",
      rule: "Mellor-Crummey and Scott 1991, section 3.1: the count is set back before the "
        + "sense is reversed.",
      literature:
        "Hensgen, Finkel, Manber, \"Two Algorithms for Barrier Synchronization\" (IJPP 17, 1,"
        + " 1988): why a barrier that is used again is harder than one.",
      breaks: "no-early-release", seeds: 1),
    MistakeDeclaration(
      "arrivals-forgotten",
      "As the coordinator forgets over a restart who has arrived.",
      rule: "Ours: who has arrived is on disk.",
      literature:
        "Burrows, \"The Chubby lock service\" (OSDI 2006), section 2.9: what a master must "
        + "find again after a fail-over.",
      breaks: "all go on when the last has arrived", seeds: nil),
    MistakeDeclaration(
      "late-not-told",
      "Does not answer those who arrive too late.",
      rule: "Ours, for the option `timeout`: whoever was left behind is told so.",
      literature: "None that we know of, as the option is ours.",
      breaks: "whoever comes late goes on all the same", seeds: nil),
  ]
}
