import SystemModel

/// The known mistakes of Lamport's mutual exclusion.
extension LamportMutex {
  /// Rules that the option `mistake` turns off, counted from 1 in the order of ``mistakes``.
  enum Mistake: Int, CaseIterable {
    case noTieBreak = 1
    case majorityOfAcks
    case acksCounted
    case earlierMessagesCount
    case queueIgnored
    case clockNotAdvanced
    case queueForgotten
  }

  static let mistakes = [
    MistakeDeclaration(
      "no-tie-break",
      "Enters if no request has a lower timestamp, though another has an equal one.",
      rule: "Lamport 1978, the relation ⇒: equal timestamps are ordered by process.",
      literature:
        "Lamport 1978: the total order is more than the clocks give; a clock alone is the "
        + "usual shortcut.",
      breaks: "mutual-exclusion", seeds: 1),
    MistakeDeclaration(
      "majority-of-acks",
      "Waits for later messages of a majority, not of all others.",
      rule: "Lamport 1978, rule 5 (ii): a later message from *every* other process.",
      literature:
        "Maekawa, \"A √N Algorithm for Mutual Exclusion\" (TOCS 3, 2, 1985): quorums do, but "
        + "only if each member lets one at a time in.",
      breaks: "mutual-exclusion", seeds: 43),
    MistakeDeclaration(
      "acks-counted",
      "Counts later messages, not the nodes that sent them.",
      rule: "Lamport 1978, rule 5 (ii): from every other process.",
      literature:
        "Fonseca and others, \"An Empirical Study on the Correctness of Formally Verified "
        + "Distributed Systems\" (EuroSys 2017): verified systems whose assumptions on the network, "
        + "such as that it copies nothing, did not hold.",
      breaks: "mutual-exclusion", seeds: 43),
    MistakeDeclaration(
      "earlier-messages-count",
      "Takes any message for an answer, one that was sent before the request too.",
      rule: "Lamport 1978, rule 5 (ii): a message timestamped *later* than the request.",
      literature:
        "Lamport 1978, on rule 5: with the order of messages it makes every earlier request known.",
      breaks: "mutual-exclusion", seeds: 183),
    MistakeDeclaration(
      "queue-ignored",
      "Enters once it has all answers, whoever is first in its queue.",
      rule: "Lamport 1978, rule 5 (i): the own request is ordered before any other.",
      literature:
        "Ricart and Agrawala (1981) withhold the answer instead of queueing; to mix the two "
        + "loses the lock.",
      breaks: "mutual-exclusion", seeds: 1),
    MistakeDeclaration(
      "clock-not-advanced",
      "Does not set its clock beyond the timestamps it receives.",
      rule: "Lamport 1978, rule IR2 (b): the clock is advanced beyond a received timestamp.",
      literature: "Kulkarni and others, \"Logical Physical Clocks\" (OPODIS 2014), section 1:"
        + " what physical clocks alone do not give.",
      breaks: "no-starvation", seeds: 1),
    MistakeDeclaration(
      "queue-forgotten",
      "Forgets over a restart who has requested.",
      rule: "Ours, as the paper knows no crashes: clock and queue are on disk.",
      literature:
        "Burrows, \"The Chubby lock service\" (OSDI 2006), section 2.9: what a master must "
        + "find again after a fail-over.",
      breaks: "mutual-exclusion", seeds: nil),
  ]
}
