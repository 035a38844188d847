public import Diagnostics

/// Some of the messages.
public struct MessagesText: Sendable {
  /// The kinds; empty: every kind.
  public let kinds: [Marked<String>]
  /// The senders; nil: every node.
  public let from: Marked<SelectorText>?
  /// The receivers; nil: every node.
  public let to: Marked<SelectorText>?
  /// Which of them, counted from 1; empty: all.
  public let nth: [Marked<Int64>]
  /// A further condition.
  public let condition: ExpressionText?
  /// The place.
  public let span: SourceSpan
}

/// A moment in the life of some messages.
public struct MomentText: Sendable {
  /// The moments.
  public enum Moment: String, Sendable, CaseIterable {
    /// Given to the network, arrived, lost.
    case sent, delivered, dropped
  }

  /// The moment.
  public let moment: Moment
  /// Which messages.
  public let messages: MessagesText
}

/// The keys that choose messages.
enum MessageKeys {
  static let kind = Key(
    "kind", Form<[Marked<String>]>.oneOrMore(Form<String>.word(.messageKind).marked),
    example: "commit",
    absent: "every kind", "The kind of message, or a list of kinds.")
  static let from = Key(
    "from", SelectorForm.form.marked, example: "node1", absent: "every node",
    "The sender: nodes or groups by name.")
  static let to = Key(
    "to", SelectorForm.form.marked, example: "node3", absent: "every node",
    "The receiver: nodes or groups by name.")
  static let nth = Key(
    "nth", Form<[Marked<Int64>]>.oneOrMore(Form<Int64>.int(1...1_000_000_000).marked),
    example: "2", absent: "all of them",
    "Which of these messages, counted from 1 since the fault's start; one number or a list.")
  static let condition = Key(
    "where", Form<ExpressionText>.expression, example: "message.kind == \"commit\"",
    absent: "no condition", "A further condition over `message`.")
  static let first = Key(
    "nth", Form<Int64>.int(1...1_000_000_000).marked, example: "2",
    absent: "the first for `on`, each for a point",
    "Which of these messages, counted from 1 since T0.")

  static let table = KeyTable(
    "messages", "a choice of messages", in: "`messages`",
    keys: [
      kind.declaration, from.declaration, to.declaration, nth.declaration, condition.declaration,
    ], hints: [.instead("kinds", "write `kind`, which takes a list too")])
  static let momentTable = KeyTable(
    "moment", "a choice of a message", in: "`sent`, `delivered` and `dropped`",
    keys: [kind.declaration, from.declaration, to.declaration, first.declaration],
    hints: [
      .instead("kinds", "write `kind`, which takes a list too"),
      .instead("where", "a condition is possible in `messages` alone"),
    ])

  static let form = Form<MessagesText>.mapping(table) { fields, reading in
    MessagesText(
      kinds: fields.take(kind, &reading) ?? [], from: fields.take(from, &reading),
      to: fields.take(to, &reading), nth: fields.take(nth, &reading) ?? [],
      condition: fields.take(condition, &reading), span: fields.node.span)
  }

  /// A kind alone, or a mapping.
  static let momentForm: Form<MessagesText> = .either(
    scalar: Form<String>.word(.messageKind).marked.map {
      MessagesText(kinds: [$0], from: nil, to: nil, nth: [], condition: nil, span: $0.span)
    },
    mapping: .mapping(momentTable) { fields, reading in
      MessagesText(
        kinds: fields.take(kind, &reading) ?? [], from: fields.take(from, &reading),
        to: fields.take(to, &reading), nth: fields.take(first, &reading).map { [$0] } ?? [],
        condition: nil, span: fields.node.span)
    })
}

/// The keys that name the moments of messages.
enum MomentKeys {
  static let sent = Key(
    "sent", MessageKeys.momentForm, example: "{kind: commit, nth: 2}",
    "The moment at which the message is given to the network.")
  static let delivered = Key(
    "delivered", MessageKeys.momentForm, example: "{kind: commit, to: node3}",
    "The moment at which the message arrives.")
  static let dropped = Key(
    "dropped", MessageKeys.momentForm, example: "{kind: vote_request}",
    "The moment at which the message is lost.")

  static let declarations = [sent.declaration, delivered.declaration, dropped.declaration]
  static let names = declarations.map(\.name)

  static let table = KeyTable(
    "on", "a message event", in: "`on`", keys: declarations,
    choices: [.init("which moment is meant", names, required: true)],
    hints: [
      .instead("received", "write `delivered`"), .instead("lost", "write `dropped`"),
      .instead("kind", "say at which moment: `on: {delivered: {kind: …}}`"),
    ])

  static let form = Form<MomentText>.mapping(table) { take(&$0, &$1) }

  /// Reads the one of the three keys that is given.
  static func take(_ fields: inout Fields, _ reading: inout Reading) -> MomentText? {
    let sent = fields.take(sent, &reading)
    let delivered = fields.take(delivered, &reading)
    let dropped = fields.take(dropped, &reading)
    if let sent { return MomentText(moment: .sent, messages: sent) }
    if let delivered { return MomentText(moment: .delivered, messages: delivered) }
    return dropped.map { MomentText(moment: .dropped, messages: $0) }
  }
}
