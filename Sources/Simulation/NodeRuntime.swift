public import SystemModel

/// The life of a node in the engine, apart from the state of its machine.
@usableFromInline struct NodeRuntime: Sendable {
  /// The bindings that keep the node down; empty: it is up.
  @usableFromInline var downBy: [Int] = []
  /// The bindings that keep the node paused.
  @usableFromInline var pausedBy: [Int] = []
  /// How many messages are in handling.
  @usableFromInline var handling: Int32 = 0
  /// The factors by which faults stretch handling, in the order in which they began.
  @usableFromInline var factors: [(binding: Int, factor: Ratio)] = []
  /// Whether a message that arrives is not seen at once: the node is down or paused.
  @usableFromInline var isInert = false

  @inlinable init() {}

  /// Goes back to a node that is up and going, and keeps the storage.
  @inlinable mutating func reset() {
    if isInert {
      downBy.removeAll(keepingCapacity: true)
      pausedBy.removeAll(keepingCapacity: true)
      isInert = false
    }
    if !factors.isEmpty { factors.removeAll(keepingCapacity: true) }
    handling = 0
  }

  @inlinable var isUp: Bool { downBy.isEmpty }
  @inlinable var isPaused: Bool { !pausedBy.isEmpty }

  /// A binding takes the node down, or keeps it down; tells whether it was up.
  @usableFromInline mutating func takeDown(_ binding: Int) -> Bool {
    downBy.append(binding)
    isInert = true
    return downBy.count == 1
  }

  /// A binding, or nil for all, lets the node up; tells whether it comes up now.
  @usableFromInline mutating func letUp(_ binding: Int?) -> Bool {
    let wasDown = !downBy.isEmpty
    downBy.removeAll { binding == nil || $0 == binding }
    isInert = !(isUp && !isPaused)
    return wasDown && isUp
  }

  /// A binding pauses the node, or keeps it paused; tells whether it was going.
  @usableFromInline mutating func pause(_ binding: Int) -> Bool {
    pausedBy.append(binding)
    isInert = true
    return pausedBy.count == 1
  }

  /// A binding, or nil for all, lets the node go on; tells whether it goes on now.
  @usableFromInline mutating func letGo(_ binding: Int?) -> Bool {
    let wasPaused = isPaused
    pausedBy.removeAll { binding == nil || $0 == binding }
    isInert = !(isUp && !isPaused)
    return wasPaused && !isPaused
  }

  /// A handling time, stretched by the faults that slow the node.
  @usableFromInline func stretched(_ time: Int64) -> Duration {
    var span = Duration(nanoseconds: time)
    for (_, factor) in factors { span = factor.of(span) }
    return span
  }
}
