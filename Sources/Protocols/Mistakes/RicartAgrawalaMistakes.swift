import SystemModel

/// The known mistakes of Ricart's and Agrawala's mutual exclusion.
extension RicartAgrawala {
  /// Rules that the option `mistake` turns off, counted from 1 in the order of ``mistakes``.
  enum Mistake: Int, CaseIterable {
    case noTieBreak = 1
    case majorityOfReplies
    case repliesCounted
    case oldRepliesCounted
    case numbersNotFollowed
    case repliesInside
    case deferredForgotten
  }

  static let mistakes = [
    MistakeDeclaration(
      "no-tie-break",
      "Replies at once to a request of its own number.",
      rule: "Ricart and Agrawala 1981, section 2: of equal sequence numbers the lower node "
        + "goes first.",
      literature: "Lamport 1978: the total order is more than the clocks give.",
      breaks: "mutual-exclusion", seeds: 1),
    MistakeDeclaration(
      "majority-of-replies",
      "Enters with the replies of a majority.",
      rule: "Ricart and Agrawala 1981, section 2: a reply from *all* other nodes.",
      literature:
        "Maekawa, \"A √N Algorithm for Mutual Exclusion\" (TOCS 3, 2, 1985): quorums do, but "
        + "only if each member lets one at a time in.",
      breaks: "mutual-exclusion", seeds: 1),
    MistakeDeclaration(
      "replies-counted",
      "Counts replies, not the nodes that sent them.",
      rule: "Ricart and Agrawala 1981, section 2: one outstanding reply a node.",
      literature:
        "Fonseca and others, \"An Empirical Study on the Correctness of Formally Verified "
        + "Distributed Systems\" (EuroSys 2017): verified systems whose assumptions on the network, "
        + "such as that it copies nothing, did not hold.",
      breaks: "mutual-exclusion", seeds: 1),
    MistakeDeclaration(
      "old-replies-counted",
      "Counts a reply to an earlier request for the present one.",
      rule: "Ours, as the channels of the paper make no copies: a reply names its request.",
      literature:
        "Fonseca and others, \"An Empirical Study on the Correctness of Formally Verified "
        + "Distributed Systems\" (EuroSys 2017): verified systems whose assumptions on the network, "
        + "such as that it copies nothing, did not hold.",
      breaks: "mutual-exclusion", seeds: 12),
    MistakeDeclaration(
      "numbers-not-followed",
      "Does not follow the sequence numbers that others use.",
      rule: "Ricart and Agrawala 1981, section 2: the highest number seen is recorded.",
      literature:
        "Carvalho and Roucairol (CACM 26, 2, 1983) and the answer to them: what may be left "
        + "out of the algorithm, and what not.",
      breaks: "mutual-exclusion", seeds: 2),
    MistakeDeclaration(
      "replies-inside",
      "Replies to every request while it is inside.",
      rule: "Ricart and Agrawala 1981, section 2: replies are deferred until the node has left.",
      literature:
        "Ricart and Agrawala 1981, section 3, the proof of exclusion: the case of a node that"
        + " is inside.",
      breaks: "mutual-exclusion", seeds: 3),
    MistakeDeclaration(
      "deferred-forgotten",
      "Forgets over a restart to whom it owes a reply.",
      rule: "Ours, as the paper only takes failed nodes out: deferred requests are on disk.",
      literature:
        "None that we know of: a debt that is in memory alone.",
      breaks: "no-starvation", seeds: nil),
  ]
}
