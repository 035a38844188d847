public import SystemModel

/// The words in which scenarios speak of Paxos.
extension Paxos {
  /// The words of the protocol.
  public static let description = ProtocolDescription(
    name: "paxos",
    summary: "Agrees on one value by prepare and accept; safe with any number of proposers.",
    source: "Lamport, Paxos Made Simple (2001), sections 2.2 to 2.4; a single decree.",
    assumptions: [
      "Messages may be lost, late, doubled and out of order, but are not forged.",
      "Disks keep what was written: a wiped disk forgets promises and acceptances.",
    ],
    guarantees: [
      "Agreement, validity and integrity with any number of proposers, under loss, partitions and"
        + " crashes that keep the disk.",
      "A decision in two round trips if nobody interferes; no progress while proposers overtake"
        + " each other.",
    ],
    family: .consensus,
    messages: [
      MessageDeclaration(
        "prepare", [.init("number", .int)],
        "Asks for a promise to the proposal of this number: term × nodes + place of the proposer."
      ),
      MessageDeclaration(
        "promise",
        [
          .init("number", .int), .init("accepted_number", .int, nullable: true),
          .init("accepted_value", .symbol, nullable: true),
        ],
        "Promises to refuse lower numbers; tells the highest proposal accepted so far."),
      MessageDeclaration(
        "refuse", [.init("number", .int), .init("promised", .int)],
        "Refuses a number, as a higher one has been promised."),
      MessageDeclaration(
        "accept", [.init("number", .int), .init("value", .symbol)], "Asks to accept a value."),
      MessageDeclaration("accepted", [.init("number", .int)], "Has accepted the value."),
      MessageDeclaration("decided", [.init("value", .symbol)], "Tells the chosen value."),
    ],
    timers: [
      TimerDeclaration("consensus_timeout", "The proposer waits no longer; see `timeout`."),
      TimerDeclaration("retry", "The proposer tries a higher number; see `retry`."),
    ],
    fields: fields,
    parameters: [
      ParameterDeclaration(
        "quorum", .word(["all", "majority"]), default: .word(1), uniform: true,
        "Whose promises and acceptances a proposer waits for: all nodes, or a majority with itself."
      ),
      ParameterDeclaration(
        "timeout", .duration(minimum: Duration(nanoseconds: 1)),
        default: .duration(.milliseconds(5000)),
        "How long a proposer tries in all; then its call is `fail`, or `info` once it has asked"
          + " somebody to accept."),
      ParameterDeclaration(
        "retry", .durationRange(minimum: Duration(nanoseconds: 1)),
        "How long a proposer waits for a decision before it tries a higher number; never if left"
          + " out. Of a range, drawn each time anew."),
    ],
    calls: [
      CallDeclaration(
        "propose",
        [
          .init("value", .symbol, "The value to propose, unless an earlier one must be."),
          .init(
            "term", .int, default: WordType.absent, range: terms,
            "The term of the first number; one above the highest seen if left out."),
        ],
        result: .symbol,
        "Proposes a value; over when one is chosen, which it returns. `fail` at once on a node"
          + " that is proposing or has promised a number as high.")
    ],
    observations: [
      ObservationDeclaration("proposed", .init("value", .symbol), "A proposer takes up a call."),
      ObservationDeclaration("promised", .init("term", .int), "Another node promises."),
      ObservationDeclaration("accepted", .init("value", .symbol), "A node accepts a value."),
      ObservationDeclaration(
        "decided", .init("value", .symbol), "The proposer has the acceptances of a quorum."),
      ObservationDeclaration(
        "learned", .init("value", .symbol), "A node is told the chosen value."),
      ObservationDeclaration(
        "completed", .init("value", .symbol), "The proposer has the answers it waited for."),
      ObservationDeclaration(
        "gave_up", .init("term", .int), "A proposer ends its call without a decision."),
    ], mistakes: mistakes)

  private static let fields = [
    FieldDeclaration(
      "value", .symbol, nullable: true, durable: true,
      "The chosen value, if this node knows it."),
    FieldDeclaration("decided", .bool, durable: true, "Whether this node knows the chosen value."),
    FieldDeclaration(
      "completed", .bool, "Whether this node, as the proposer, has the acceptances of a quorum."),
    FieldDeclaration("term", .int, durable: true, "The term of the highest promised number."),
    FieldDeclaration("promised", .int, durable: true, "The highest promised number; 0 if none."),
    FieldDeclaration(
      "accepted_number", .int, nullable: true, durable: true,
      "The number of the last accepted proposal."),
    FieldDeclaration(
      "accepted_value", .symbol, nullable: true, durable: true,
      "The value of the last accepted proposal."),
    FieldDeclaration(
      "phase", .word(["idle", "preparing", "accepting", "waiting"]),
      "What this node is at as a proposer."),
    FieldDeclaration(
      "proposal", .symbol, nullable: true, "The value of this node's last number as a proposer."),
    FieldDeclaration("promises", .int, "How many other nodes promised that number."),
    FieldDeclaration("acks", .int, "How many other nodes accepted it."),
    FieldDeclaration("refusals", .int, "How many other nodes refused it in its last phase."),
  ]
}
