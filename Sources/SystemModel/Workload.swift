/// Calls that clients make.
public struct Workload: Hashable, Sendable {
  /// One of the calls that a workload chooses from.
  public struct Choice: Hashable, Sendable {
    /// How often it is chosen, in proportion to the other weights; above 0.
    public let weight: Int64
    /// An index into ``ProtocolDescription/calls``.
    public let call: UInt8
    /// The words of the arguments, three, 0 where not declared.
    public let arguments: [Int64]

    /// A call with its arguments.
    public init(weight: Int64 = 1, call: UInt8, arguments: [Int64]) {
      self.weight = weight
      self.call = call
      self.arguments = arguments + Array(repeating: 0, count: 3 - arguments.count)
    }
  }

  /// When calls are made.
  public enum Arrival: Hashable, Sendable {
    /// At these instants, ascending; one call at each of the selected nodes.
    case at([Instant])
    /// At `first`, then every `period`; one call at each of the selected nodes.
    case every(first: Instant, period: Duration)
    /// `calls` in each `period` from `start` on, evenly or as a Poisson process; each call is at
    /// one of the selected nodes, drawn.
    case rate(calls: Int64, period: Duration, poisson: Bool, start: Instant)
    /// A number of clients from `start` on, each of which makes its next call a think time after
    /// its last call has ended; client i calls the (i mod n)th of the selected nodes.
    case clients(Int, think: Law, start: Instant)
  }

  /// The label in the scenario, or one made from its place.
  public let name: String
  /// The stable key of its random stream.
  public let key: UInt64
  /// When calls are made.
  public let arrival: Arrival
  /// Which nodes are called; bound at each call.
  public let nodes: NodeSelector
  /// The calls to choose from; not empty. A single one takes no draw.
  public let choices: [Choice]
  /// How many calls are made at the most; nil: no bound.
  public let count: Int?
  /// The last instant at which a call is made.
  public let until: Instant

  /// A workload.
  public init(
    name: String, key: UInt64, arrival: Arrival, nodes: NodeSelector, choices: [Choice],
    count: Int? = nil, until: Instant = .never
  ) {
    precondition(!choices.isEmpty, "a workload needs a call")
    self.name = name
    self.key = key
    self.arrival = arrival
    self.nodes = nodes
    self.choices = choices
    self.count = count
    self.until = until
  }
}

extension Workload {
  /// How many callers it has: one, or one for each client; see ``TraceRecord``.
  public var callerCount: Int {
    if case .clients(let count, _, _) = arrival { return count }
    return 1
  }

  /// How many calls it makes if nothing ends the run before; nil if only the run tells.
  ///
  /// It is known for calls at instants or at a period of time up to an instant, where the nodes do
  /// not depend on the run, and for a `count` that no instant cuts short.
  public func callCount(nodes all: Int) -> Int? {
    let occurrences: Int64
    switch arrival {
    case .at(let instants): occurrences = Int64(instants.count { $0 <= until })
    case .every(let first, let period) where until < .never:
      guard first <= until else { return 0 }
      occurrences = (until - first).nanoseconds / period.nanoseconds + 1
    case .every, .rate, .clients: return until < .never ? nil : count
    }
    guard let chosen = nodes.fixedCount(of: all) else { return nil }
    let (product, isOver) = Int(occurrences).multipliedReportingOverflow(by: chosen)
    return isOver ? nil : min(product, count ?? .max)
  }
}

extension NodeSelector {
  /// How many nodes are chosen of all, whoever they are; nil if only the run tells.
  public func fixedCount(of all: Int) -> Int? {
    switch self {
    case .nodes(let nodes): nodes.count
    case .all: all
    case .random(let count): count
    case .minority: (all + 1) / 2 - 1
    case .majority: all / 2 + 1
    case .role: nil
    }
  }
}
