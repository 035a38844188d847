public import SystemModel

/// A call of the history of a run, in words.
public struct CallResult: Sendable, Hashable {
  /// An argument or a value with its name.
  public struct Argument: Sendable, Hashable {
    /// The word in scenarios.
    public var name: String
    /// The value in the notation of expressions.
    public var value: String

    /// An argument.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Its place in the history, counted from 0.
  public var id: Int
  /// The word in scenarios, such as `acquire`.
  public var call: String
  /// The node that was called.
  public var node: NodeID
  /// The arguments, in the order of the declaration.
  public var arguments: [Argument]
  /// When the client called.
  public var invoked: Instant
  /// When the call ended; nil if it did not.
  public var completed: Instant?
  /// How it ended.
  public var outcome: CallOutcome
  /// What it returned, in the notation of expressions; nil if nothing.
  public var value: String?

  /// Describes a call.
  public init(
    id: Int, call: String, node: NodeID, arguments: [Argument], invoked: Instant,
    completed: Instant?, outcome: CallOutcome, value: String?
  ) {
    self.id = id
    self.call = call
    self.node = node
    self.arguments = arguments
    self.invoked = invoked
    self.completed = completed
    self.outcome = outcome
    self.value = value
  }
}
