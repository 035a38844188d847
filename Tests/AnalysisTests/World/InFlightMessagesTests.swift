import SystemModel
import TestSupport
import Testing

@testable import Analysis

@Suite("Messages in flight")
struct InFlightMessagesTests {
  private static func sent(_ id: Int64, at instant: Int64 = 0) -> TraceRecord {
    TraceRecord(
      .sent, at: instant, from: NodeID(0), to: NodeID(1), id: id, code: 1, first: id)
  }

  /// The obvious list beside the blocks; histories may have numbers in any order.
  @Test("are those of the obvious list, in the order of their numbers", arguments: [true, false])
  func twin(isAscending: Bool) {
    var random = RandomSource(state: 11)
    var messages = InFlightMessages()
    var naive: [Int64] = []
    var last: Int64 = 0
    for turn in 0..<6000 {
      // More are sent than arrive at first, then fewer.
      if random.below(10) < (turn < 3000 ? 7 : 4) || naive.isEmpty {
        last = isAscending ? last + 1 : Int64(random.below(100_000))
        guard !naive.contains(last) else { continue }
        messages.add(Self.sent(last))
        naive.insert(last, at: naive.firstIndex { $0 > last } ?? naive.count)
      } else {
        let id = naive.remove(at: Int(random.below(UInt64(naive.count))))
        messages.remove(id)
        messages.remove(id)
        #expect(messages.find(id) == nil)
      }
      #expect(messages.count == naive.count)
      guard turn % 100 == 0 else { continue }
      #expect(messages.map(\.id) == naive)
      for _ in 0..<20 where !naive.isEmpty {
        let place = Int(random.below(UInt64(naive.count)))
        #expect(messages.message(at: place).id == naive[place])
        #expect(messages.find(naive[place])?.payload.first == naive[place])
      }
      #expect(naive.indices.map { messages.message(at: $0).id } == naive)
      #expect(naive.indices.reversed().map { messages.message(at: $0).id } == naive.reversed())
    }
    messages.reset()
    #expect(messages.count == 0)
    #expect(messages.map(\.id).isEmpty)
  }

  @Test("cost no more each when there are more of them", arguments: [true, false])
  func growth(isAscending: Bool) {
    let growth = TestSupport.growth(from: 20_000, by: 4) { count in
      var messages = InFlightMessages()
      for id in 0..<Int64(count) { messages.add(Self.sent(isAscending ? id : Int64(count) - id)) }
      for id in 0...Int64(count) { messages.remove(id) }
      #expect(messages.count == 0)
    }
    #expect(growth < 8)
  }
}
