import SystemModel

/// The known mistakes of replicated logs.
extension RaftRegister {
  /// Rules that the option `mistake` turns off, counted from 1 in the order of ``mistakes``.
  enum Mistake: Int, CaseIterable {
    case quorumOfHalf = 1
    case voteForgotten
    case logForgotten
    case voteUnchecked
    case appendUnchecked
    case heartbeatUnchecked
    case appendTruncates
    case oldTermCommitted
    case committedEarly
    case answeredEarly
    case staleReads
    case copiesTaken
  }

  static let mistakes = [
    MistakeDeclaration(
      "quorum-of-half",
      "Leads and commits with half of the nodes, rounded down.",
      rule: "Ongaro and Ousterhout 2014, section 5.2: votes from a majority of the full cluster.",
      literature:
        "Elasticsearch before 7.0: with `minimum_master_nodes` of half both sides of a split "
        + "elect.",
      breaks: "election-safety", seeds: 1),
    MistakeDeclaration(
      "vote-forgotten",
      "Forgets over a restart whom it has voted for.",
      rule: "Ongaro and Ousterhout 2014, figure 2: `votedFor` is persistent state.",
      literature: "Chandra, Griesemer, Redstone, \"Paxos Made Live\" (PODC 2007), section "
        + "5.1: a replica whose disk is gone may not simply take part again.",
      breaks: "one-vote-per-term", seeds: 3),
    MistakeDeclaration(
      "log-forgotten",
      "Forgets its log over a restart.",
      rule: "Ongaro and Ousterhout 2014, figure 2: `log[]` is persistent state, updated before"
        + " responding.",
      literature:
        "Alagappan and others, \"Protocol-Aware Recovery for Consensus-Based Storage\" (FAST"
        + " 2018), section 2: a node that cuts its damaged log and goes on voting.",
      breaks: "leader-completeness", seeds: 1),
    MistakeDeclaration(
      "vote-unchecked",
      "Votes without looking at the candidate's log.",
      rule: "Ongaro and Ousterhout 2014, section 5.4.1: the voter denies its vote if its own log is"
        + " more up-to-date.",
      literature:
        "Ongaro 2014, section 3.6.1: other protocols elect such leaders and must send them what"
        + " they lack.",
      breaks: "leader-completeness", seeds: 1),
    MistakeDeclaration(
      "append-unchecked",
      "Takes an entry behind one of another term.",
      rule: "Ongaro and Ousterhout 2014, section 5.3: the consistency check of AppendEntries.",
      literature: "Gjengset, \"Students' Guide to Raft\" (2016), \"Incorrect RPC handlers\".",
      breaks: "log-matching", seeds: 4),
    MistakeDeclaration(
      "heartbeat-unchecked",
      "Takes a heartbeat for a sign of life, and its commit index for its own log's.",
      rule: "Ongaro and Ousterhout 2014, section 5.3: the consistency check, of a heartbeat too.",
      literature:
        "Gjengset, \"Students' Guide to Raft\" (2016), \"The importance of details\": heartbeats"
        + " are not special; ongardie/runway-model-raft, issue 4.",
      breaks: "state-machine-safety", seeds: 178),
    MistakeDeclaration(
      "append-truncates",
      "Cuts its log at every entry that it is sent, also at one that it has.",
      rule: "Ongaro and Ousterhout 2014, figure 2, AppendEntries 3: delete entries *if* an existing"
        + " one conflicts.",
      literature:
        "Gjengset, \"Students' Guide to Raft\" (2016), \"The importance of details\": the entries may"
        + " be those of an outdated AppendEntries.",
      breaks: "leader-completeness", seeds: 11),
    MistakeDeclaration(
      "old-term-committed",
      "As a leader commits an entry of an earlier term once a majority has it.",
      rule: "Ongaro and Ousterhout 2014, section 5.4.2: only entries of the leader's term are"
        + " committed by counting.",
      literature: "Ongaro and Ousterhout 2014, figure 8; Ongaro 2014, figure 3.7.",
      breaks: "leader-completeness", seeds: 37),
    MistakeDeclaration(
      "committed-early",
      "As a leader commits an entry as soon as it has it itself.",
      rule:
        "Ongaro and Ousterhout 2014, section 5.3: committed once the leader has replicated it on"
        + " a majority.",
      literature:
        "Kingsbury, \"Jepsen: Redis\" (2013): a primary carries out what its replicas have not"
        + " heard of, and another one takes its place.",
      breaks: "leader-completeness", seeds: 1),
    MistakeDeclaration(
      "answered-early",
      "As a leader answers a write when it has the entry itself.",
      rule:
        "Ongaro and Ousterhout 2014, section 5.3: the result is returned when the entry has been"
        + " applied.",
      literature:
        "Kingsbury, \"Jepsen: MongoDB\" (2013): writes that the primary alone had acknowledged are"
        + " rolled back.",
      breaks: "linearizable", seeds: 11),
    MistakeDeclaration(
      "stale-reads",
      "As a leader reads its own state without asking anybody.",
      rule:
        "Ongaro and Ousterhout 2014, section 8: a leader must check whether it has been deposed.",
      literature:
        "Kingsbury, \"Jepsen: etcd and Consul\" (2014): leaders that answered reads from their"
        + " own state.",
      breaks: "linearizable", seeds: 3),
    MistakeDeclaration(
      "copies-taken",
      "Takes a copy of a forwarded request for another request.",
      rule:
        "Ongaro and Ousterhout 2014, section 8: serial numbers, so that a command is not executed"
        + " twice.",
      literature: "Ongaro 2014, section 6.3: a command that is executed twice.",
      breaks: "linearizable", seeds: nil),
  ]
}
