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
