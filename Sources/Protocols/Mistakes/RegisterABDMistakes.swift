import SystemModel

/// The known mistakes of registers with quorums.
extension RegisterABD {
  /// Rules that the option `mistake` turns off, counted from 1 in the order of ``mistakes``.
  enum Mistake: Int, CaseIterable {
    case quorumOfHalf = 1
    case noWriteBack
    case copyForgotten
    case olderStored
    case sharedTags
    case answersCounted
    case oldAnswersCounted
  }

  static let mistakes = [
    MistakeDeclaration(
      "quorum-of-half",
      "Waits for half of the nodes, rounded down, itself included.",
      rule: "Attiya, Bar-Noy, Dolev 1995, section 3: answers of a majority, so that any two sets of"
        + " answers have a node in common.",
      literature:
        "Gifford, \"Weighted Voting for Replicated Data\" (SOSP 1979): the votes of a read and of a"
        + " write must be more than all.",
      breaks: "linearizable", seeds: 3),
    MistakeDeclaration(
      "no-write-back",
      "As a reader returns what it has found without storing it at a majority.",
      rule: "Attiya, Bar-Noy, Dolev 1995, section 3: a read ends by announcing its value.",
      literature:
        "Lamport, \"On Interprocess Communication\" (Distributed Computing 1, 1986), part II: a"
        + " register that is regular and not atomic.",
      breaks: "linearizable", seeds: nil),
    MistakeDeclaration(
      "copy-forgotten",
      "Forgets its copies over a restart.",
      rule: "Ours, as the paper knows no restarts: copies are on disk.",
      literature:
        "Guerraoui and Levy, \"Robust Emulations of Shared Memory in a Crash-Recovery Model\""
        + " (ICDCS 2004): what must be logged.",
      breaks: "linearizable", seeds: nil),
    MistakeDeclaration(
      "older-stored",
      "Stores a copy that it is sent although it has a newer one.",
      rule:
        "Attiya, Bar-Noy, Dolev 1995, section 3: a processor keeps the value of the largest label.",
      literature: "Thomas, \"A Majority Consensus Approach to Concurrency Control for Multiple Copy"
        + " Databases\" (TODS 4, 2, 1979): an update with an older timestamp is left out.",
      breaks: "linearizable", seeds: 7),
    MistakeDeclaration(
      "shared-tags",
      "Takes its tag from the timestamp alone, so that two writers may share one.",
      rule: "Lynch and Shvartsman 1997: a tag has the writer beside the timestamp.",
      literature:
        "Kingsbury, \"Jepsen: Cassandra\" (2013): the timestamp alone says which of two writes"
        + " stays.",
      breaks: "linearizable", seeds: nil),
    MistakeDeclaration(
      "answers-counted",
      "Counts answers, not the nodes that gave them.",
      rule: "Attiya, Bar-Noy, Dolev 1995, section 3: answers of a majority of the processors.",
      literature:
        "Fonseca and others, \"An Empirical Study on the Correctness of Formally Verified "
        + "Distributed Systems\" (EuroSys 2017): verified systems whose assumptions on the network, "
        + "such as that it copies nothing, did not hold.",
      breaks: "linearizable", seeds: nil),
    MistakeDeclaration(
      "old-answers-counted",
      "Counts answers to an earlier query for the present one.",
      rule:
        "Ours, as the paper's channels keep their order: an answer has the number of its query.",
      literature:
        "Lynch and Shvartsman, \"RAMBO: A Reconfigurable Atomic Memory Service for Dynamic Networks\""
        + " (DISC 2002): atomic for arbitrary patterns of asynchrony.",
      breaks: "linearizable", seeds: nil),
  ]
}
