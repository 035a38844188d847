import SystemModel

/// The known mistakes of elections. Those of a log are in ``RaftRegister``.
extension LeaderElection {
  /// Rules that the option `mistake` turns off, counted from 1 in the order of ``mistakes``.
  enum Mistake: Int, CaseIterable {
    case quorumOfHalf = 1
    case voteForgotten
    case termForgotten
    case votesAgain
    case votesCounted
    case oldVotesCounted
    case noStepDown
    case contactIgnored
  }

  static let mistakes = [
    MistakeDeclaration(
      "quorum-of-half",
      "Leads with the votes of half of the nodes, rounded down.",
      rule: "Ongaro 2014, section 3.4: votes of a majority of the full cluster.",
      literature:
        "Elasticsearch before 7.0: with `minimum_master_nodes` of half both sides of a split "
        + "elect.",
      breaks: "election-safety", seeds: 1),
    MistakeDeclaration(
      "vote-forgotten",
      "Forgets over a restart whom it has voted for.",
      rule: "Ongaro 2014, section 3.8: the vote is persisted before the answer is sent.",
      literature: "Chandra, Griesemer, Redstone, \"Paxos Made Live\" (PODC 2007), section "
        + "5.1: a replica whose disk is gone may not simply take part again.",
      breaks: "one-vote-per-term", seeds: 1),
    MistakeDeclaration(
      "term-forgotten",
      "Forgets over a restart its term, and the vote with it.",
      rule: "Ongaro 2014, section 3.8: the current term is persisted.",
      literature:
        "Alagappan and others, \"Protocol-Aware Recovery for Consensus-Based Storage\" (FAST "
        + "2018), section 2: nodes that come back with an older state.",
      breaks: "monotonic-terms", seeds: 1),
    MistakeDeclaration(
      "votes-again",
      "As a follower votes for everybody who asks.",
      rule: "Ongaro 2014, section 3.4: each server votes for at most one candidate in a term.",
      literature:
        "Lamport, \"The Part-Time Parliament\" (1998), condition B1: a number has one ballot, as a"
        + " term has one leader.",
      breaks: "one-vote-per-term", seeds: 1),
    MistakeDeclaration(
      "votes-counted",
      "Counts votes, not voters.",
      rule: "Ongaro 2014, section 3.4: votes of a majority of the servers.",
      literature:
        "Fonseca and others, \"An Empirical Study on the Correctness of Formally Verified "
        + "Distributed Systems\" (EuroSys 2017): verified systems whose assumptions on the network, "
        + "such as that it copies nothing, did not hold.",
      breaks: "election-safety", seeds: 7),
    MistakeDeclaration(
      "old-votes-counted",
      "Counts votes of an earlier term for the present one.",
      rule: "Ongaro 2014, section 3.4: votes of a majority *for the same term*.",
      literature:
        "Ongaro 2014, section 3.3: a server that gets something of a stale term rejects it.",
      breaks: "election-safety", seeds: nil),
    MistakeDeclaration(
      "no-step-down",
      "As a leader takes note of a higher term and goes on leading.",
      rule:
        "Ongaro 2014, section 3.3: a leader whose term is out of date becomes a follower at once.",
      literature:
        "Kleppmann, \"How to do distributed locking\" (2016): the holder of before that goes "
        + "on as if nothing were.",
      breaks: "election-safety", seeds: 3),
    MistakeDeclaration(
      "contact-ignored",
      "Grants a pre-vote although it hears from a leader.",
      rule: "Ongaro 2014, section 9.6 with 4.2.3: no pre-vote within the minimum election "
        + "timeout of hearing from a leader.",
      literature:
        "Lianza and Snook, \"A Byzantine failure in the real world\" (Cloudflare, 2020): one "
        + "failing link, and a cluster that elects again and again.",
      breaks: "the leader of term 2 stays", seeds: nil),
  ]
}
