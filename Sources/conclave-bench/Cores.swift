import Dispatch
import Simulation
import Synchronization
import SystemModel

/// W3 on one thread and on two, which take neighbouring seeds in chunks, each on an engine of its
/// own that is used again.
struct Cores {
  private static let chunk = 10_000
  private static let rounds = 5

  let runs: Int

  /// The medians of some rounds, one thread and two in turn.
  func measure() -> Fields {
    var times: [[Double]] = [[], []]
    for _ in 0..<Self.rounds {
      for threads in 1...2 {
        let clock = ContinuousClock()
        let start = clock.now
        let checksum = checksum(threads: threads)
        times[threads - 1].append((clock.now - start) / .seconds(1))
        if let reference = Reference.of(.rounds(runs: runs)), reference.checksum != checksum {
          complain("W3 on \(threads) threads differs from its reference: \(checksum)")
        }
      }
    }
    let (one, two) = (median(times[0]), median(times[1]))
    return [
      ("one_thread_s", one.text(4)), ("two_threads_s", two.text(4)),
      ("times_as_fast", (one / two).text(3)),
      ("times_as_fast_at_best", ((times[0].min() ?? 0) / (times[1].min() ?? 1)).text(3)),
    ]
  }

  private func checksum(threads: Int) -> UInt64 {
    let chunks = SeedChunks(count: runs, size: Self.chunk)
    let total = Mutex<UInt64>(0)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      var simulator = Simulator<TwoRounds, RoundsChance>(
        .bare(4), draws: RoundsChance(), recording: false)
      var sum: UInt64 = 0
      while let seeds = chunks.next() { sum &+= simulator.carryOut(seeds).checksum }
      total.withLock { $0 &+= sum }
    }
    return total.withLock { $0 }
  }
}
