public import Diagnostics

/// Something that goes wrong, or is put right.
public struct FaultEntry: Sendable {
  /// What it does.
  public enum Kind: Sendable {
    /// Nodes cannot reach each other.
    case partition(PartitionText)
    /// Nodes go down.
    case crash(Marked<SelectorText>, disk: DiskWord)
    /// Nodes that are down come up.
    case restart(Marked<SelectorText>)
    /// Nodes stand still.
    case pause(Marked<SelectorText>)
    /// Paused nodes go on.
    case resume(Marked<SelectorText>)
    /// Nodes take a multiple of their handling times.
    case slow(Marked<SelectorText>, factor: Marked<Fraction>)
    /// Messages are lost on some links.
    case loss(Marked<Fraction>, LinksText)
    /// Messages arrive twice on some links.
    case duplicate(Marked<Fraction>, LinksText)
    /// Messages are overtaken on some links.
    case reorder(ReorderText, LinksText)
    /// Messages take longer on some links.
    case delay(Marked<LawText>, LinksText)
    /// Another fault ends.
    case heal(Marked<String>)
  }

  /// The name.
  public let name: Marked<String>?
  /// The key of the kind, with its place.
  public let keyword: Marked<String>
  /// What it does.
  public let kind: Kind
  /// When it fires.
  public let trigger: TriggerText
  /// How long it lasts, in nanoseconds.
  public let duration: Marked<Int64>?
  /// The last instant of firing for a repeated fault, else the instant at which it ends.
  public let until: Marked<Int64>?
  /// Which messages it is narrowed to.
  public let messages: MessagesText?
  /// Why it is all right that it touches nothing.
  public let mayBeIdle: Marked<String>?
  /// When, as it is written, for the stable key of its draws.
  public let triggerText: String
  /// The place of the entry's first key.
  public let span: SourceSpan
}

/// When a fault fires.
public enum TriggerText: Sendable {
  /// Once, or at each of some instants.
  case at([Marked<Int64>])
  /// Again and again, each time later by up to the jitter.
  case every(Marked<Int64>, first: Marked<Int64>?, jitter: Marked<Int64>?)
  /// When a condition becomes true.
  case condition(ExpressionText, times: Marked<Int64>?, deadline: Marked<Int64>?)
  /// At a message.
  case message(MomentText)

  /// The text of some entries as they are written, before `${name}` is replaced, so that it is the
  /// same in every cell of a matrix.
  static func key(of entries: [MarkedNode.Entry]) -> String {
    entries.map { "\($0.key.text)=\(text(of: $0.value))" }.joined(separator: " ")
  }

  private static func text(of node: MarkedNode) -> String {
    switch node.content {
    case .scalar(let scalar): scalar.text
    case .sequence(let items): "[" + items.map { text(of: $0) }.joined(separator: ",") + "]"
    case .mapping(let entries): "{" + key(of: entries) + "}"
    }
  }
}

/// A partition.
public struct PartitionText: Sendable {
  /// A side: a name, or several nodes and groups together.
  public struct Side: Sendable {
    /// Nodes and groups; `others` is everyone who is on no other side.
    public let names: [Marked<String>]
  }

  /// Which pairs are separated.
  public enum Shape: Sendable {
    /// Sides that the scenario lists.
    case sides([Marked<Side>])
    /// A shape with a name.
    case word(PartitionWord)
    /// Some nodes, together, from the rest.
    case isolate(Marked<SelectorText>)
    /// Messages from some nodes to some nodes.
    case block(from: Marked<SelectorText>, to: Marked<SelectorText>)
  }

  /// Which pairs are separated.
  public let shape: Shape
  /// The place of the shape.
  public let span: SourceSpan
  /// Whether only the first side cannot reach the second.
  public let isOneWay: Marked<Bool>?
  /// What becomes of messages.
  public let mode: ModeWord
  /// By what a slow partition multiplies latencies.
  public let factor: Marked<Fraction>?
  /// Whether messages that are on their way arrive.
  public let inFlight: InFlightWord
}

/// Which links a fault means.
public struct LinksText: Sendable {
  /// The links.
  public enum Which: Sendable {
    /// Every link.
    case all
    /// Both ways between some nodes and some nodes.
    case between(Marked<SelectorText>, Marked<SelectorText>)
    /// From some nodes to some nodes.
    case oneWay(from: Marked<SelectorText>, to: Marked<SelectorText>)
  }

  /// The links.
  public let which: Which
}

/// Shapes of partitions.
public enum PartitionWord: String, Sendable, CaseIterable, WordValue {
  case halves
  case randomHalves = "random-halves"
  case majority
  case minorityThird = "minority-third"
  case majoritiesRing = "majorities-ring"
  case bridge

  var summary: String {
    switch self {
    case .halves: "the first ⌈N/2⌉ nodes and the rest"
    case .randomHalves: "⌈N/2⌉ nodes, drawn, and the rest"
    case .majority: "⌊N/2⌋+1 nodes, drawn, and the rest"
    case .minorityThird: "⌈N/3⌉−1 nodes, drawn, and the rest"
    case .majoritiesRing: "every node reaches a majority, no two the same: a ring, drawn"
    case .bridge:
      "the first half and the last cannot reach each other; the middle node reaches both"
    }
  }
}

/// What becomes of messages across a partition.
public enum ModeWord: String, Sendable, CaseIterable, WordValue {
  case drop, hold, slow

  var summary: String {
    switch self {
    case .drop: "they are lost, if the cut is in force at any instant of their flight"
    case .hold: "they wait, and travel on with the latency that was left when it ends"
    case .slow: "those sent meanwhile take `factor` times their latency"
    }
  }
}

/// What becomes of messages that are on their way when a partition starts.
public enum InFlightWord: String, Sendable, CaseIterable, WordValue {
  case drop, deliver

  var summary: String {
    switch self {
    case .drop: "they are lost like those sent later"
    case .deliver: "they arrive"
    }
  }
}

/// What becomes of a node's disk in a crash.
public enum DiskWord: String, Sendable, CaseIterable, WordValue {
  case keep, wipe

  static let laterWords = ["lose-unsynced"]

  var summary: String {
    switch self {
    case .keep: "what the protocol declares durable survives"
    case .wipe: "nothing survives"
    }
  }
}
