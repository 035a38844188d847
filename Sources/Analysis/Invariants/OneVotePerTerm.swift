import SystemModel

/// A node votes for at most one candidate in a term.
struct OneVotePerTerm: InvariantMonitor {
  static let description = InvariantDescription(
    "one-vote-per-term", .election,
    "A node votes for at most one candidate in any one term, whatever it forgets in between.",
    subject: "a vote",
    source: "Ongaro, \"Consensus: Bridging Theory and Practice\", 2014, §3.4",
    needs: [.field("voted_for"), .field("term")]
  ) { OneVotePerTerm($0) }

  private(set) var subjects = 0
  /// How often a node voted in a term in which it had voted.
  private var again = 0
  /// Whom each node has voted for in which term; looked up by node and term only.
  private var votes: [Vote: Int64] = [:]
  private let schema: WorldSchema
  private let voteField: Int

  private struct Vote: Hashable {
    let node: NodeID
    let term: Int64
  }

  private init(_ schema: WorldSchema) {
    self.schema = schema
    voteField = schema.description.place(ofField: "voted_for")
  }

  mutating func reset() {
    subjects = 0
    again = 0
    votes.removeAll(keepingCapacity: true)
  }

  func account(_ world: borrowing World) -> [Why.Fact] {
    [
      .mattered(
        "\(Why.Fact.count(again, "time", "times")) a node voted in a term in which it had voted")
    ]
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    var violation: Violation?
    for record in event where record.kind == .fieldChanged && Int(record.code) == voteField {
      guard record.first != WordType.absent, world.isUp[record.from.index] else { continue }
      let vote = Vote(node: record.from, term: world.word(record.from, schema.termField))
      guard let before = votes[vote] else {
        votes[vote] = record.first
        subjects += 1
        continue
      }
      again += 1
      if before != record.first, violation == nil {
        violation = Violation(
          text: "\(name(record.from)) votes for \(name(record.first)) in term \(vote.term), "
            + "in which it has voted for \(name(before))", nodes: [record.from])
      }
    }
    return violation
  }

  private func name(_ node: NodeID) -> String { schema.topology.names[node.index] }

  private func name(_ word: Int64) -> String { name(NodeID(Int(truncatingIfNeeded: word))) }
}
