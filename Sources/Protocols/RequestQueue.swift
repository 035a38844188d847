import SystemModel

/// A request with the time it was made at, on the clock of its node.
struct TimestampedRequest: Hashable, Comparable {
  let timestamp: Int64
  let node: NodeID

  /// The relation ⇒ of Lamport 1978: by timestamp, and of equal ones by node.
  static func < (left: TimestampedRequest, right: TimestampedRequest) -> Bool {
    (left.timestamp, left.node) < (right.timestamp, right.node)
  }
}

/// Requests in their total order.
struct RequestQueue: Hashable {
  private(set) var requests: [TimestampedRequest] = []

  var first: TimestampedRequest? { requests.first }

  /// The nodes that requested, as words, in the order of their requests.
  var words: [Int64] { requests.map { Int64($0.node.index) } }

  mutating func insert(_ request: TimestampedRequest) {
    var place = requests.count
    while place > 0, request < requests[place - 1] { place -= 1 }
    requests.insert(request, at: place)
  }

  /// Removes any request of a node; tells whether there was one.
  @discardableResult mutating func remove(of node: NodeID) -> Bool {
    let before = requests.count
    requests.removeAll { $0.node == node }
    return requests.count < before
  }

  mutating func removeAll() { requests.removeAll(keepingCapacity: true) }
}
