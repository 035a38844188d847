import SystemModel
import Testing

@testable import Protocols

struct CallQueueTests {
  private func call(_ index: Int) -> ClientCall { ClientCall(id: CallID(index), kind: 0) }

  @Test func `Calls come out as they went in, compared with a plain array`() {
    var random = RandomSource(state: 5)
    var queue = CallQueue()
    var twin: [ClientCall] = []
    for index in 0..<2000 {
      if random.below(5) < 3 {
        queue.append(call(index))
        twin.append(call(index))
      } else {
        #expect(queue.popFirst() == (twin.isEmpty ? nil : twin.removeFirst()))
      }
      #expect(queue.count == twin.count)
    }
  }

  @Test func `Queues of the same calls are equal however they came about`() {
    var used = CallQueue()
    for index in 0..<3 { used.append(call(index)) }
    _ = used.popFirst()
    var fresh = CallQueue()
    for index in 1..<3 { fresh.append(call(index)) }
    #expect(used == fresh)
    #expect(Set([used, fresh]).count == 1)
    used.removeAll()
    #expect(used == CallQueue())
    #expect(used.popFirst() == nil)
  }
}
