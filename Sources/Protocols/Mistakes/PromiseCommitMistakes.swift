import SystemModel

/// The known mistakes of promise-commit, besides the one that it has by design.
extension PromiseCommit {
  /// Rules that the option `mistake` turns off, counted from 1 in the order of ``mistakes``.
  enum Mistake: Int, CaseIterable {
    case quorumOfHalf = 1
    case decisionForgotten
    case promiseBroken
    case answersCounted
  }

  static let mistakes = [
    MistakeDeclaration(
      "quorum-of-half",
      "Waits for half of the nodes, rounded down, itself included.",
      rule: "Paxos Made Simple, section 2.2: any two majorities have an acceptor in common.",
      literature:
        "Elasticsearch before 7.0: with `minimum_master_nodes` of half both sides of a split "
        + "elect.",
      breaks: "agreement", seeds: nil),
    MistakeDeclaration(
      "decision-forgotten",
      "Forgets over a restart what was decided.",
      rule: "Paxos Made Simple, section 2.5: what was answered is in stable storage first.",
      literature: "Chandra, Griesemer, Redstone, \"Paxos Made Live\" (PODC 2007), section "
        + "5.1: a replica whose disk is gone may not simply take part again.",
      breaks: "agreement", seeds: 6),
    MistakeDeclaration(
      "promise-broken",
      "Promises a ballot although it has promised a higher one.",
      rule:
        "Paxos Made Simple, section 2.2, P1a: a promise is not to accept lower numbers any more.",
      literature: "Lamport, \"The Part-Time Parliament\" (1998), section 2.2: LastVote is a "
        + "promise.",
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
  ]
}
