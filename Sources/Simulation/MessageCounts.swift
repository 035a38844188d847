/// Messages by fate, counted whether or not a trace is written.
public struct MessageCounts: Hashable, Sendable, BitwiseCopyable {
  /// Copies given to the network by machines.
  @inlinable public var wire: Int { wireCount }
  /// Messages of which a broadcast counts once.
  @inlinable public var logical: Int { logicalCount }
  /// Messages that have arrived.
  @inlinable public var delivered: Int { deliveredCount }
  /// Messages that were lost, for whatever reason.
  @inlinable public var dropped: Int { droppedCount }
  /// Copies that links or faults made.
  @inlinable public var duplicated: Int { duplicatedCount }

  @usableFromInline var wireCount = 0
  @usableFromInline var logicalCount = 0
  @usableFromInline var deliveredCount = 0
  @usableFromInline var droppedCount = 0
  @usableFromInline var duplicatedCount = 0

  /// No messages yet.
  @inlinable public init() {}
}
