public import Diagnostics

/// A scenario as its author wrote it: every section typed, every value with its place; names are
/// not yet looked up.
///
/// Lengths of time and instants are whole nanoseconds.
public struct Scenario: Sendable {
  /// The name of the story.
  public let name: Marked<String>
  /// What the story is about.
  public let description: Marked<String>?
  /// Words by which scenarios are chosen.
  public let tags: [Marked<String>]
  /// Where all chance comes from.
  public let seed: Marked<UInt64>?
  /// When the run ends at the latest.
  public let limits: Limits
  /// Who takes part.
  public let topology: TopologySection
  /// How messages travel; nil only after a mistake.
  public let latencies: LatenciesSection?
  /// How long nodes take to handle messages.
  public let processing: ProcessingSection?
  /// What the nodes run.
  public let protocolSection: ProtocolSection
  /// What clients ask for.
  public let workloads: [WorkloadEntry]
  /// What goes wrong.
  public internal(set) var faults: [FaultEntry]
  /// What becomes of chosen messages.
  public let deliveries: [DeliveryEntry]
  /// How long chosen timers run.
  public let timers: [TimerEntry]
  /// What must hold.
  public let assertions: [AssertionEntry]
  /// What the author expects of the run.
  public let expectation: ExpectationText
  /// The failure that it was kept for; nil for an ordinary scenario.
  public let capsule: CapsuleSection?
  /// The strategy by which messages are late; nil if they come as their latencies say.
  public let order: Marked<OrderText>?
  /// The parameters with their values in this cell.
  public let parameters: [Parameter]
  /// The parameters that some `${name}` has used.
  public let usedParameters: Set<String>
  /// The values of the matrix in this cell, in the order of its keys; empty without a matrix.
  public let cell: [CellValue]
  /// Whether everything was read; if not, it serves to find further mistakes only.
  public let isWhole: Bool
  /// The keys of the sections in which something is wrong.
  public let brokenSections: Set<String>
  /// The names of faults, workloads and assertions that are left out, since they are wrong.
  public let brokenNames: Set<String>
  /// The place of the whole.
  public let span: SourceSpan

  /// The same without some of its faults, which are given by their places.
  public func without(faults places: [Int]) -> Scenario {
    guard !places.isEmpty else { return self }
    var copy = self
    copy.faults = faults.indices.filter { !places.contains($0) }.map { faults[$0] }
    return copy
  }
}

/// When a run ends at the latest.
public struct Limits: Sendable {
  /// The planned end, in nanoseconds.
  public let time: Marked<Int64>?
  /// The emergency end, in events.
  public let events: Marked<Int64>?
}

/// The value of a key of the matrix in one cell.
public struct CellValue: Sendable, Hashable {
  /// The key, which is the name of a parameter.
  public let name: String
  /// The value as it is written.
  public let text: String
}

/// What the author expects of the run.
public enum ExpectationText: Sendable {
  /// Every assertion holds.
  case pass
  /// Exactly the named assertions fail.
  case fail([Marked<String>])
}

/// An expression as it stands in the scenario, not yet checked.
public struct ExpressionText: Sendable {
  /// The text with its place.
  public let scalar: MarkedScalar
  /// The text.
  public var text: String { scalar.text }
}

/// A value whose form only the protocol knows; `${name}` is replaced in it.
public struct RawValue: Sendable {
  /// The value.
  public let node: MarkedNode

  /// A value, with `${name}` replaced.
  public init(node: MarkedNode) {
    self.node = node
  }
}
