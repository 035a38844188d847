import SystemModel
import Testing

@testable import Protocols

struct RequestQueueTests {
  private func request(_ timestamp: Int64, _ node: Int) -> TimestampedRequest {
    TimestampedRequest(timestamp: timestamp, node: NodeID(node))
  }

  @Test func `Requests are in order of timestamp, then of node`() {
    var queue = RequestQueue()
    for (timestamp, node) in [(Int64(5), 1), (3, 2), (5, 0), (9, 3), (1, 4)] {
      queue.insert(request(timestamp, node))
    }
    #expect(queue.words == [4, 2, 0, 1, 3])
    #expect(queue.first == request(1, 4))
  }

  @Test func `Every request of a node is removed`() {
    var queue = RequestQueue()
    for timestamp in [Int64(1), 2, 3] { queue.insert(request(timestamp, Int(timestamp) % 2)) }
    let removed = [queue.remove(of: NodeID(1)), queue.remove(of: NodeID(1))]
    #expect(removed == [true, false])
    #expect(queue.words == [0])
    queue.removeAll()
    #expect(queue.first == nil)
  }
}
