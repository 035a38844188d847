internal import Diagnostics

/// How long a node takes to handle messages, in nanoseconds.
public struct ProcessingTimes: Sendable {
  /// Kinds without a time of their own.
  public let fallback: Marked<Int64>?
  /// Kinds of messages with their times.
  public let kinds: [(key: Marked<String>, value: Marked<Int64>)]
  /// How many messages at once; 0: any number.
  public let concurrency: Marked<Int64>?
}

/// How long nodes take to handle messages.
public struct ProcessingSection: Sendable {
  /// All nodes.
  public let times: ProcessingTimes
  /// Nodes and groups of their own.
  public let nodes: [(key: Marked<String>, value: ProcessingTimes)]
}

/// The keys of `processing`.
enum ProcessingKeys {
  static let fallback = Key(
    "default", Form<Int64>.duration.marked, example: "2ms", absent: "`0ms`",
    "How long handling takes for every kind of message without a key of its own.")
  static let concurrency = Key(
    "concurrency", concurrencyForm, example: "1", absent: "`unbounded`",
    "How many messages a node handles at once; the others wait in order of arrival.")
  static let nodes = Key(
    "nodes",
    Form<[(key: Marked<String>, value: ProcessingTimes)]>.dictionary(
      "the name of a node or group", key: .name, value: nodeForm),
    example: "{node4: 2ms}",
    """
    Times of single nodes or groups: a time for every kind, or a mapping like this one. What a \
    node has of its own wins over a group's, and both over what is said for all.
    """)

  static let nodeTable = KeyTable(
    "node_processing", "the handling of a node", in: "`processing.nodes`",
    keys: [fallback.declaration, concurrency.declaration], hints: [.later("sync")])
  static let table = KeyTable(
    "processing", "the section `processing`", in: "`processing`",
    keys: [fallback.declaration, concurrency.declaration, nodes.declaration],
    hints: [.later("sync")])

  static let form = Form<ProcessingSection>.mapping(table, others: kindForm) {
    fields, kinds, reading in
    let times = times(&fields, kinds, &reading)
    return ProcessingSection(times: times, nodes: fields.take(nodes, &reading) ?? [])
  }

  private static var nodeForm: Form<ProcessingTimes> {
    .either(
      scalar: Form<Int64>.duration.marked.map {
        ProcessingTimes(fallback: $0, kinds: [], concurrency: nil)
      },
      mapping: .mapping(nodeTable, others: kindForm) { times(&$0, $1, &$2) })
  }

  private static var kindForm: FreeKeyForm<Marked<Int64>> {
    FreeKeyForm(
      "a kind of message of the protocol", key: .word(.messageKind),
      value: Form<Int64>.duration.marked)
  }

  private static func times(
    _ fields: inout Fields, _ kinds: [(key: Marked<String>, value: Marked<Int64>)],
    _ reading: inout Reading
  ) -> ProcessingTimes {
    ProcessingTimes(
      fallback: fields.take(fallback, &reading), kinds: kinds,
      concurrency: fields.take(concurrency, &reading))
  }

  /// A number of messages, or `unbounded`.
  private static var concurrencyForm: Form<Marked<Int64>> {
    let number = Form<Int64>.int(1...1_000_000)
    let words = [ValueGrammar.Word("unbounded", "any number at once")]
    return Form<Int64>(.either([number.grammar, .words(words)])) { node, reading in
      node.scalar?.text == "unbounded" ? 0 : number.read(node, &reading)
    }.marked
  }
}
