import SystemModel

/// Calls that wait until their node has done with the ones before; first come, first served.
struct CallQueue: Hashable {
  private var calls: [ClientCall] = []
  private var head = 0

  static func == (left: CallQueue, right: CallQueue) -> Bool {
    left.calls[left.head...].elementsEqual(right.calls[right.head...])
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for call in calls[head...] { hasher.combine(call) }
  }

  var count: Int { calls.count - head }

  mutating func append(_ call: ClientCall) {
    // Before the storage would grow, the room of what has been served is used again.
    if head > 0, calls.count == calls.capacity {
      calls.removeFirst(head)
      head = 0
    }
    calls.append(call)
  }

  mutating func popFirst() -> ClientCall? {
    guard head < calls.count else { return nil }
    head += 1
    if head == calls.count {
      defer { removeAll() }
      return calls[head - 1]
    }
    return calls[head - 1]
  }

  mutating func removeAll() {
    calls.removeAll(keepingCapacity: true)
    head = 0
  }
}
