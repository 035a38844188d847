public import Diagnostics

/// How messages travel on some links; what is nil is left to the entries below it.
public struct LinkOptions: Sendable {
  /// How long a message takes.
  public let latency: Marked<LawText>?
  /// How often a message is lost.
  public let loss: Marked<Fraction>?
  /// How often a message arrives twice.
  public let duplicate: Marked<Fraction>?
  /// How often a message is overtaken.
  public let reorder: ReorderText?
  /// Whether a message never arrives before an earlier one.
  public let fifo: Marked<Bool>?
}

/// How often messages are overtaken, and how much later these arrive.
public struct ReorderText: Sendable {
  /// How often.
  public let probability: Marked<Fraction>
  /// How much later; nil: by one more draw of the latency.
  public let extra: Marked<LawText>?
}

/// Which ordered pairs an entry speaks of: names of nodes or groups.
public enum LinkEnds: Sendable {
  /// Both ways between two.
  case between(Marked<String>, Marked<String>)
  /// From the first to the second.
  case oneWay(Marked<String>, Marked<String>)
}

/// How messages travel between some nodes.
public struct LinkEntry: Sendable {
  /// Which pairs.
  public let ends: LinkEnds
  /// How messages travel there.
  public let options: LinkOptions
  /// The place of the pairs.
  public let span: SourceSpan
}

/// How messages travel.
public struct LatenciesSection: Sendable {
  /// Where no entry says otherwise.
  public let fallback: LinkOptions?
  /// The entries.
  public let links: [LinkEntry]
  /// The place of the section.
  public let span: SourceSpan
}

/// The keys that say how a link behaves.
enum LinkKeys {
  static let latency = Key(
    "latency", LawKeys.form.marked, example: "20ms..40ms", absent: "that of `default`",
    "How long a message takes from the sender to the receiver.")
  static let loss = Key(
    "loss", Form<Marked<Fraction>>.loss, example: "1%", absent: "`0%`",
    "How often a message is lost, each independently of the others.")
  static let duplicate = Key(
    "duplicate", Form<Fraction>.percentage.marked, example: "1%", absent: "`0%`",
    "How often a message arrives twice; the copy draws a latency of its own.")
  static let reorder = Key(
    "reorder", ReorderKeys.form, example: "5%", absent: "`0%`",
    """
    How often a message leaves the order of its link and takes longer: by one more draw of the \
    latency, unless `extra` says how much.
    """)
  static let fifo = Key(
    "fifo", Form<Bool>.boolean.marked, example: "false", absent: "`true`",
    "Whether a message never arrives before an earlier one of the same link.")
  static let between = Key(
    "between", Form<String>.name.marked.list(minimum: 2, maximum: 2), example: "[node1, node2]",
    "Two nodes or groups; the entry holds both ways. The same group twice: among its nodes.")
  static let from = Key(
    "from", Form<String>.name.marked, example: "node1", needs: [.anyOf(["to"])],
    "The sending node or group.")
  static let to = Key(
    "to", Form<String>.name.marked, example: "node2", needs: [.anyOf(["from"])],
    "The receiving node or group.")

  private static let behaviour = [
    latency.declaration, loss.declaration, duplicate.declaration, reorder.declaration,
    fifo.declaration,
  ]
  private static let later: [KeyTable.Hint] = [
    .later("bandwidth"), .later("corrupt"),
    .instead("delay", "write `latency`"),
    .instead("drop", "write `loss`, such as `loss: 1%`"),
    .instead("jitter", "write a range: `latency: 20ms..40ms`"),
  ]

  static let table = KeyTable(
    "link", "a link", in: "an entry of `latencies.links`",
    keys: [between.declaration, from.declaration, to.declaration] + behaviour,
    choices: [.init("which links are meant", ["between", "from"], required: true)], hints: later)
  static let fallbackTable = KeyTable(
    "default_link", "the default link", in: "`latencies.default`", keys: behaviour, hints: later)

  static var form: Form<LinkEntry> {
    Form.mapping(table) { fields, reading in
      let span = reading.headSpan(of: fields.node)
      let pair = fields.take(between, &reading)
      let from = fields.take(from, &reading)
      let to = fields.take(to, &reading)
      let options = options(&fields, &reading)
      if options.isEmpty, fields.node.mapping?.allSatisfy({ isEnd($0.key.text) }) ?? false {
        reading.report(.linkWithoutOptions(span))
      }
      if let pair {
        return LinkEntry(ends: .between(pair[0], pair[1]), options: options, span: fields.node.span)
      }
      guard let from, let to else { return nil }
      return LinkEntry(ends: .oneWay(from, to), options: options, span: fields.node.span)
    }
  }

  /// A latency law, or a mapping of link options that may have one.
  static var fallbackForm: Form<LinkOptions> {
    let law = LawKeys.form.marked
    let mapping = Form<LinkOptions>.mapping(fallbackTable) { options(&$0, &$1) }
    return Form(.either([law.grammar, mapping.grammar])) { node, reading in
      guard node.mapping?.contains(where: { isOfLaw($0.key.text) }) ?? true else {
        return mapping.read(node, &reading)
      }
      return law.read(node, &reading).map {
        LinkOptions(latency: $0, loss: nil, duplicate: nil, reorder: nil, fifo: nil)
      }
    }
  }

  /// Whether a key says how a latency is drawn, or is probably meant to.
  private static func isOfLaw(_ key: String) -> Bool {
    let laws = LawKeys.table.keys.map(\.name)
    let links = behaviour.map(\.name)
    if LawKeys.table.hints.contains(where: { $0.word == key && key != "bandwidth" }) { return true }
    return Suggestion.nearest(to: key, among: links + laws).map { laws.contains($0) } ?? false
  }

  private static func isEnd(_ name: String) -> Bool { ["between", "from", "to"].contains(name) }

  private static func options(_ fields: inout Fields, _ reading: inout Reading) -> LinkOptions {
    LinkOptions(
      latency: fields.take(latency, &reading), loss: fields.take(loss, &reading),
      duplicate: fields.take(duplicate, &reading), reorder: fields.take(reorder, &reading),
      fifo: fields.take(fifo, &reading))
  }
}

extension LinkOptions {
  /// Whether nothing is said.
  var isEmpty: Bool {
    latency == nil && loss == nil && duplicate == nil && reorder == nil && fifo == nil
  }
}

/// The keys of `reorder`.
enum ReorderKeys {
  static let probability = Key(
    "probability", Form<Fraction>.percentage.marked, example: "5%", required: true,
    "How often a message is chosen.")
  static let extra = Key(
    "extra", LawKeys.form.marked, example: "10ms..30ms",
    absent: "one more draw of the link's latency", "How much longer a chosen message takes.")

  static let table = KeyTable(
    "reorder", "a reordering", in: "`reorder`", keys: [probability.declaration, extra.declaration])

  /// A percentage, or a mapping that has it.
  static let form: Form<ReorderText> = .either(
    scalar: Form<Fraction>.percentage.marked.map { ReorderText(probability: $0, extra: nil) },
    mapping: .mapping(table) { fields, reading in
      let probability = fields.take(probability, &reading)
      let extra = fields.take(extra, &reading)
      guard let probability else { return nil }
      return ReorderText(probability: probability, extra: extra)
    })
}

/// The keys of `latencies`.
enum LatenciesKeys {
  static let fallback = Key(
    "default", LinkKeys.fallbackForm, example: "20ms",
    absent: "every pair needs an entry in `links`",
    """
    The latency of all links without an entry of their own, or of one hop where the topology has a \
    shape; or a mapping with `latency`, `loss` and the other keys of a link. What an entry does \
    not say is taken from here.
    """)
  static let links = Key(
    "links", LinkKeys.form.list(), example: "[{between: [node1, node2], latency: 15ms}]",
    """
    Links of their own. An entry for a pair of nodes wins over one for groups, and that over \
    `default`, key by key; two entries of one rank for one pair are a mistake.
    """)

  static let table = KeyTable(
    "latencies", "the section `latencies`", in: "`latencies`",
    keys: [fallback.declaration, links.declaration], hints: [.later("bandwidth")])

  static let form = Form.mapping(table) { fields, reading -> LatenciesSection? in
    let fallback = fields.take(fallback, &reading)
    let links = fields.take(links, &reading)
    return LatenciesSection(
      fallback: fallback, links: links ?? [], span: reading.headSpan(of: fields.node))
  }
}
