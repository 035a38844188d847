import SystemModel

/// The known mistakes of Paxos.
extension Paxos {
  /// Rules that the option `mistake` turns off, counted from 1 in the order of ``mistakes``.
  enum Mistake: Int, CaseIterable {
    case quorumOfHalf = 1
    case promiseForgotten
    case acceptanceForgotten
    case acceptUnchecked
    case toldValueIgnored
    case anyToldValue
    case answersCounted
    case oldAnswersCounted
    case sharedNumbers
    case learnedEarly
  }

  static let mistakes = [
    MistakeDeclaration(
      "quorum-of-half",
      "Waits for half of the nodes, rounded down, itself included.",
      rule: "Paxos Made Simple, section 2.2: any two majorities have an acceptor in common.",
      literature:
        "Elasticsearch before 7.0: with `minimum_master_nodes` of half both sides of a split "
        + "elect.",
      breaks: "agreement", seeds: 4),
    MistakeDeclaration(
      "promise-forgotten",
      "Forgets over a restart what it has promised.",
      rule: "Paxos Made Simple, section 2.5: an acceptor keeps its response in stable storage"
        + " before it sends it.",
      literature: "Chandra, Griesemer, Redstone, \"Paxos Made Live\" (PODC 2007), section "
        + "5.1: a replica whose disk is gone may not simply take part again.",
      breaks: "agreement", seeds: 1440),
    MistakeDeclaration(
      "acceptance-forgotten",
      "Forgets over a restart what it has accepted.",
      rule: "Paxos Made Simple, section 2.5: an acceptor keeps its response in stable storage"
        + " before it sends it.",
      literature: "Chandra, Griesemer, Redstone, \"Paxos Made Live\" (PODC 2007), section "
        + "5.1: a replica whose disk is gone may not simply take part again.",
      breaks: "agreement", seeds: 47),
    MistakeDeclaration(
      "accept-unchecked",
      "Accepts a proposal although it has promised a higher number.",
      rule: "Paxos Made Simple, section 2.2, P1a: it accepts a number only if it has not "
        + "answered a prepare of a greater one.",
      literature:
        "Lamport, \"The Part-Time Parliament\" (TOCS 16, 2, 1998), section 2.2: LastVote is a"
        + " promise not to vote in between. Without a duel nobody misses the check.",
      breaks: "agreement", seeds: 38),
    MistakeDeclaration(
      "told-value-ignored",
      "Proposes its own value although promises tell of an accepted one.",
      rule: "Paxos Made Simple, section 2.2, P2c: the value of the highest-numbered proposal "
        + "among the responses.",
      literature:
        "Lamport, \"The Part-Time Parliament\" (1998), section 2.2: LastVote is a promise. "
        + "Without it Paxos is no better than promise-commit.",
      breaks: "agreement", seeds: 616),
    MistakeDeclaration(
      "any-told-value",
      "Takes the accepted value that was told last, whatever its number.",
      rule: "Paxos Made Simple, section 2.2, P2c: the value of the *highest-numbered* proposal.",
      literature:
        "van Renesse and Altinbuken, \"Paxos Made Moderately Complex\" (ACM Computing Surveys"
        + " 47, 3, 2015), the function pmax.",
      breaks: "agreement", seeds: nil),
    MistakeDeclaration(
      "answers-counted",
      "Counts answers, not the nodes that gave them.",
      rule: "Paxos Made Simple, section 2.2: a response from a majority of acceptors.",
      literature:
        "Fonseca and others, \"An Empirical Study on the Correctness of Formally Verified "
        + "Distributed Systems\" (EuroSys 2017): verified systems whose assumptions on the network, "
        + "such as that it copies nothing, did not hold.",
      breaks: "agreement", seeds: nil),
    MistakeDeclaration(
      "old-answers-counted",
      "Counts answers to an earlier number for the present one.",
      rule: "Paxos Made Simple, section 2.2: the responses to *its* prepare requests numbered n.",
      literature:
        "Lamport, \"The Part-Time Parliament\" (1998), section 2.3, step 3: LastVote(b, v) "
        + "counts where b = lastTried.",
      breaks: "agreement", seeds: nil),
    MistakeDeclaration(
      "shared-numbers",
      "Takes its number from the term alone, so that two proposers may share one.",
      rule: "Paxos Made Simple, section 2.5: different proposers choose their numbers from "
        + "disjoint sets.",
      literature:
        "Lamport, \"The Part-Time Parliament\" (1998), condition B1: each ballot has a unique"
        + " number.",
      breaks: "agreement", seeds: 38),
    MistakeDeclaration(
      "learned-early",
      "Takes a value as chosen as soon as it has accepted it.",
      rule: "Paxos Made Simple, section 2.3: a value is chosen once a majority has accepted it.",
      literature:
        "Ongaro (2014), section 3.6.2: the same mistake in a log, an entry that counts as "
        + "committed before it is.",
      breaks: "agreement", seeds: nil),
  ]
}
