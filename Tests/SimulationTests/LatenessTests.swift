import SystemModel
import Testing

@testable import Simulation

/// How late messages are once all chance comes from another seed, in the middle of a run.
struct LatenessTests {
  private static let window = Duration(nanoseconds: 1_000_000)

  private func lateness(_ order: DeliveryOrder, seed: UInt64) -> Lateness {
    var lateness = Lateness(order, seed: seed)
    for link: UInt64 in 0..<3 { lateness.addLink(link) }
    return lateness
  }

  /// How late the next messages are, which go over the links in turn.
  private func next(_ count: Int, _ lateness: inout Lateness) -> [Int64] {
    (0..<count).map { lateness.next(ofLink: $0 % 3) }
  }

  /// Which messages are late hangs on their numbers: those to come are those of the other seed, and
  /// none that are over come again.
  @Test(arguments: [0, 3, 17, 30])
  func delaysToComeAreThoseOfTheOtherSeed(_ before: Int) {
    let order = DeliveryOrder.delayBounded(delays: 5, window: Self.window, messages: 30)
    for seed: UInt64 in 2...12 {
      var reseeded = lateness(order, seed: 1)
      var other = lateness(order, seed: seed)
      var first = lateness(order, seed: 1)
      #expect(next(before, &reseeded) == next(before, &first))
      _ = next(before, &other)
      reseeded.reseed(seed)
      #expect(next(60, &reseeded) == next(60, &other))
    }
  }

  @Test func randomTimesBeginAnew() {
    let order = DeliveryOrder.random(window: Self.window)
    var reseeded = lateness(order, seed: 1)
    let first = next(9, &reseeded)
    reseeded.reseed(2)
    var other = lateness(order, seed: 2)
    let others = next(9, &other)
    #expect(next(9, &reseeded) == others)
    #expect(first != others)
  }

  /// A link keeps the priority that it has; it falls behind where the other seed says so.
  @Test func prioritiesStay() {
    let order = DeliveryOrder.pct(depth: 3, window: Self.window, messages: 60)
    var changes = 0
    for seed: UInt64 in 2...20 {
      var reseeded = lateness(order, seed: 1)
      let standing = (0..<3).map { _ in reseeded }.enumerated().map { place, copy in
        var copy = copy
        return copy.next(ofLink: place)
      }
      reseeded.reseed(seed)
      var other = lateness(order, seed: seed)
      let (found, wanted) = (next(60, &reseeded), next(60, &other))
      for link in 0..<3 {
        var late = standing[link]
        for place in stride(from: link, to: 60, by: 3) where found[place] != late {
          #expect(found[place] == wanted[place], "seed \(seed), message \(place)")
          #expect(found[place] > Self.window.nanoseconds / 2, "it falls behind all that have not")
          late = found[place]
          changes += 1
        }
      }
    }
    #expect(changes > 10)
  }

  /// A run that begins anew forgets that it was reseeded.
  @Test func aResetIsAFreshStart() {
    for order in [
      DeliveryOrder.random(window: Self.window),
      .pct(depth: 3, window: Self.window, messages: 20),
      .delayBounded(delays: 3, window: Self.window, messages: 20),
    ] {
      var used = lateness(order, seed: 1)
      _ = next(7, &used)
      used.reseed(9)
      _ = next(7, &used)
      used.reset(seed: 4)
      var fresh = lateness(order, seed: 4)
      #expect(next(40, &used) == next(40, &fresh))
    }
  }
}
