/// What a protocol says of itself: the words that scenarios, expressions, reports and the
/// generated reference use for it. Declared beside its state machine; everything is looked up by
/// index at run time.
public struct ProtocolDescription: Sendable {
  /// The word in scenarios, such as `leader-election`.
  public let name: String
  /// What it solves, in a sentence.
  public let summary: String
  /// Where it comes from: paper and section.
  public let source: String
  /// What it takes for granted of the network and the nodes, a sentence each.
  public let assumptions: [String]
  /// What it promises under which faults, a sentence each.
  public let guarantees: [String]
  /// The family: protocols of one family share observations, invariants and metrics.
  public let family: ProtocolFamily
  /// All families that it is of, that one first.
  public let families: [ProtocolFamily]
  /// The kinds of messages; ``MessagePayload/kind`` is an index into them.
  public let messages: [MessageDeclaration]
  /// The timers, in the order of the raw values of the machine's `Timer`.
  public let timers: [TimerDeclaration]
  /// The state that expressions may read.
  public let fields: [FieldDeclaration]
  /// The options of the protocol.
  public let parameters: [ParameterDeclaration]
  /// What clients may ask for.
  public let calls: [CallDeclaration]
  /// What the machine announces while it runs.
  public let observations: [ObservationDeclaration]
  /// The words by which faults and workloads may choose nodes by their role.
  public let selectors: [SelectorDeclaration]
  /// The rules that the option `mistake` turns off.
  public let mistakes: [MistakeDeclaration]

  /// Describes a protocol; one with mistakes has the option `mistake` behind its other ones.
  public init(
    name: String, summary: String, source: String, assumptions: [String], guarantees: [String],
    family: ProtocolFamily, also: [ProtocolFamily] = [], messages: [MessageDeclaration],
    timers: [TimerDeclaration] = [],
    fields: [FieldDeclaration], parameters: [ParameterDeclaration] = [],
    calls: [CallDeclaration] = [], observations: [ObservationDeclaration] = [],
    selectors: [SelectorDeclaration] = [], mistakes: [MistakeDeclaration] = []
  ) {
    self.name = name
    self.summary = summary
    self.source = source
    self.assumptions = assumptions
    self.guarantees = guarantees
    self.family = family
    families = [family] + also
    self.messages = messages
    self.timers = timers
    self.fields = fields
    self.parameters = parameters + (mistakes.isEmpty ? [] : [.mistake(mistakes)])
    self.calls = calls
    self.observations = observations
    self.selectors = selectors
    self.mistakes = mistakes
  }

  /// Whether it is of a family.
  public func isOf(_ family: ProtocolFamily) -> Bool { families.contains(family) }
}

/// Protocols that solve the same problem, and so share observations, invariants and metrics.
public enum ProtocolFamily: String, Sendable, CaseIterable {
  /// Agree on one value.
  case consensus
  /// Have one leader.
  case election
  /// Let one node at a time into a critical section.
  case mutex
  /// Let nobody go on before everybody has arrived.
  case barrier
  /// Read and write shared values.
  case register
  /// Have the same log of commands everywhere.
  case log
}

/// The type of a value that the engine carries as one 64-bit word.
///
/// An absent value of any type is ``absent``; only declarations marked `nullable` have it.
public enum WordType: Hashable, Sendable {
  /// The word of an absent value.
  public static let absent = Int64.min

  /// The number itself.
  case int
  /// 0 or 1.
  case bool
  /// Nanoseconds.
  case duration
  /// An index into a fixed list of words, such as the roles of a protocol.
  case word([String])
  /// An index into the plan's table of texts written in the scenario.
  case symbol
  /// An index into the topology.
  case node
  /// Several nodes, in an order that means something; its values are lists of words.
  case nodeList
}

/// A kind of message.
public struct MessageDeclaration: Sendable {
  /// A field of a message.
  public struct Field: Sendable {
    /// The word in expressions and transcripts.
    public let name: String
    /// The type of the word that ``MessagePayload`` carries.
    public let type: WordType
    /// Whether it may be absent.
    public let nullable: Bool
    /// Where it stands; nil: in a word of its own, at its place among the fields.
    let part: WordPart?

    /// Declares a field.
    public init(
      _ name: String, _ type: WordType, nullable: Bool = false, at part: WordPart? = nil
    ) {
      self.name = name
      self.type = type
      self.nullable = nullable
      self.part = part
    }
  }

  /// The word in scenarios and transcripts, such as `vote_request`.
  public let name: String
  /// The fields; at most three words of ``MessagePayload`` hold them.
  public let fields: [Field]
  /// Where each field stands.
  public let parts: [WordPart]
  /// What it asks or tells, in a sentence.
  public let summary: String

  /// Declares a kind of message.
  public init(_ name: String, _ fields: [Field] = [], _ summary: String) {
    self.name = name
    self.fields = fields
    parts = FieldLayout(fields, words: 3).parts
    self.summary = summary
  }
}

/// A timer of a protocol.
public struct TimerDeclaration: Sendable {
  /// The word in transcripts.
  public let name: String
  /// What it waits for, in a sentence.
  public let summary: String

  /// Declares a timer.
  public init(_ name: String, _ summary: String) {
    self.name = name
    self.summary = summary
  }
}

/// A part of a node's state that expressions may read.
public struct FieldDeclaration: Sendable {
  /// The word in expressions, such as `role`.
  public let name: String
  /// The type of its word.
  public let type: WordType
  /// Whether it may be absent, which expressions see as `null`.
  public let nullable: Bool
  /// Whether it survives a crash that keeps the disk.
  public let durable: Bool
  /// Whether `initial` may set it.
  public let settable: Bool
  /// The numbers that `initial` may set, of a settable field of type ``WordType/int``.
  public let range: ClosedRange<Int64>?
  /// What it says, in a sentence, with its unit.
  public let summary: String

  /// Declares a field.
  public init(
    _ name: String, _ type: WordType, nullable: Bool = false, durable: Bool = false,
    settable: Bool = false, range: ClosedRange<Int64>? = nil, _ summary: String
  ) {
    self.name = name
    self.type = type
    self.nullable = nullable
    self.durable = durable
    self.settable = settable
    self.range = range
    self.summary = summary
  }
}

/// An option of a protocol; every option may differ from node to node.
public struct ParameterDeclaration: Sendable {
  /// What values an option takes.
  public enum Kind: Hashable, Sendable {
    /// A length of time from `minimum` on.
    case duration(minimum: Duration)
    /// A length of time or a range `a..b` of them, from `minimum` on.
    case durationRange(minimum: Duration)
    /// A whole number in a range.
    case int(ClosedRange<Int64>)
    /// `true` or `false`.
    case bool
    /// One of some words.
    case word([String])
    /// The name of a node.
    case node
  }

  /// The word in scenarios, such as `election_timeout`.
  public let name: String
  /// What values it takes.
  public let kind: Kind
  /// Its value where the scenario has none; nil only for options that may be left out.
  public let defaultValue: ParameterValue?
  /// Whether the scenario must give it, since there is neither a default nor a meaning without.
  public let required: Bool
  /// Whether every node must have the same value, so that no map of nodes is taken.
  public let uniform: Bool
  /// What it does, in a sentence.
  public let summary: String

  /// Declares an option.
  public init(
    _ name: String, _ kind: Kind, default defaultValue: ParameterValue? = nil,
    required: Bool = false, uniform: Bool = false, _ summary: String
  ) {
    self.name = name
    self.kind = kind
    self.defaultValue = defaultValue
    self.required = required
    self.uniform = uniform
    self.summary = summary
  }
}

/// The value of an option.
public enum ParameterValue: Hashable, Sendable {
  /// A length of time, or a range of them with both ends included.
  case duration(Duration, to: Duration)
  /// A whole number.
  case int(Int64)
  /// A switch.
  case bool(Bool)
  /// An index into the declared words.
  case word(Int)
  /// A node.
  case node(NodeID)

  /// One length of time.
  public static func duration(_ span: Duration) -> ParameterValue { .duration(span, to: span) }
}

/// Something that clients may ask a node for.
public struct CallDeclaration: Sendable {
  /// An argument of a call.
  public struct Argument: Sendable {
    /// The word in scenarios.
    public let name: String
    /// The type of its word; `.node` and `.symbol` are written as texts.
    public let type: WordType
    /// The word that stands for it where the scenario has none; nil where it must be given.
    /// ``WordType/absent`` makes it optional.
    public let defaultWord: Int64?
    /// The numbers that it takes, of an argument of type ``WordType/int``.
    public let range: ClosedRange<Int64>?
    /// What it says, in a sentence, with its unit.
    public let summary: String

    /// Declares an argument.
    public init(
      _ name: String, _ type: WordType, default defaultWord: Int64? = nil,
      range: ClosedRange<Int64>? = nil, _ summary: String
    ) {
      self.name = name
      self.type = type
      self.defaultWord = defaultWord
      self.range = range
      self.summary = summary
    }
  }

  /// The word in scenarios, such as `acquire`.
  public let name: String
  /// The arguments, at most three, in the order of ``ClientCall``.
  public let arguments: [Argument]
  /// The type of the value that an `ok` call returns, if it returns one.
  public let result: WordType?
  /// What it asks for, and when it is over, in a sentence.
  public let summary: String

  /// Declares a call.
  public init(
    _ name: String, _ arguments: [Argument] = [], result: WordType? = nil, _ summary: String
  ) {
    precondition(arguments.count <= 3, "a call carries at most three words")
    self.name = name
    self.arguments = arguments
    self.result = result
    self.summary = summary
  }
}

/// Something that a machine announces: a step that metrics and invariants look at.
public struct ObservationDeclaration: Sendable {
  /// The word in transcripts, such as `entered`.
  public let name: String
  /// What its value says; empty where it has none. Several fields share the one word.
  public let fields: [MessageDeclaration.Field]
  /// Where each field stands in that word.
  public let parts: [WordPart]
  /// What has happened, in a sentence.
  public let summary: String

  /// Declares an observation with one value or none.
  public init(_ name: String, _ value: MessageDeclaration.Field? = nil, _ summary: String) {
    self.init(name, value.map { [$0] } ?? [], summary)
  }

  /// Declares an observation whose value has several fields.
  public init(_ name: String, _ fields: [MessageDeclaration.Field], _ summary: String) {
    self.name = name
    self.fields = fields
    parts = FieldLayout(fields, words: 1).parts
    self.summary = summary
  }
}

/// A word by which faults and workloads may choose nodes by their role.
public struct SelectorDeclaration: Sendable {
  /// The word in scenarios, such as `lock-holder`.
  public let name: String
  /// Whom it chooses, in a sentence.
  public let summary: String

  /// Declares a selector.
  public init(_ name: String, _ summary: String) {
    self.name = name
    self.summary = summary
  }
}
