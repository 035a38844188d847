/// The content of a message in the form that traces, hashes and transcripts share: its kind and
/// up to three words, declared by a ``MessageDeclaration``.
public struct MessagePayload: Hashable, Sendable, BitwiseCopyable {
  /// An index into ``ProtocolDescription/messages``.
  public let kind: UInt8
  /// The first declared field, or 0.
  public let first: Int64
  /// The second declared field, or 0.
  public let second: Int64
  /// The third declared field, or 0.
  public let third: Int64

  /// A kind and its words.
  @inlinable public init(_ kind: UInt8, _ first: Int64 = 0, _ second: Int64 = 0, _ third: Int64 = 0)
  {
    self.kind = kind
    self.first = first
    self.second = second
    self.third = third
  }

  /// The word of a declared field, by its place.
  public subscript(field: Int) -> Int64 {
    switch field {
    case 0: first
    case 1: second
    default: third
    }
  }
}

/// The messages of a state machine: a trivially copyable type, usually an enum.
public protocol MachineMessage: Hashable, Sendable, BitwiseCopyable {
  /// The content in the common form.
  var payload: MessagePayload { get }
  /// The index of the kind in ``ProtocolDescription/messages``; equals `payload.kind`.
  var kind: UInt8 { get }
}

/// The timers of a state machine: an enum over `UInt8`, in the order of the declarations.
public protocol MachineTimer: RawRepresentable, Hashable, Sendable, BitwiseCopyable, CaseIterable
where RawValue == UInt8 {}

/// A call as its node sees it.
public struct ClientCall: Hashable, Sendable, BitwiseCopyable {
  /// Which call of the run: counted from 0 in the order of invocation.
  public let id: CallID
  /// An index into ``ProtocolDescription/calls``.
  public let kind: UInt8
  /// The first declared argument, or 0.
  public let first: Int64
  /// The second declared argument, or 0.
  public let second: Int64
  /// The third declared argument, or 0.
  public let third: Int64

  /// A call.
  @inlinable public init(
    id: CallID, kind: UInt8, _ first: Int64 = 0, _ second: Int64 = 0, _ third: Int64 = 0
  ) {
    self.id = id
    self.kind = kind
    self.first = first
    self.second = second
    self.third = third
  }
}

/// A call of the run, counted from 0 in the order of invocation.
public struct CallID: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// The place in the history of the run.
  public let index: Int32

  /// The call at a place of the history.
  @inlinable public init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }

  /// Order of invocation.
  @inlinable public static func < (left: CallID, right: CallID) -> Bool {
    left.index < right.index
  }
}

/// How a call ended.
public enum CallOutcome: UInt8, Hashable, Sendable, BitwiseCopyable, CaseIterable {
  /// It happened.
  case ok = 0
  /// It did not happen, and never will.
  case fail = 1
  /// Nobody knows whether it happened.
  case info = 2
  /// It has not ended.
  case pending = 3

  /// The word in scenarios and reports.
  public var name: String {
    switch self {
    case .ok: "ok"
    case .fail: "fail"
    case .info: "info"
    case .pending: "pending"
    }
  }
}
