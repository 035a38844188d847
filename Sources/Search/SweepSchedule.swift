import Analysis
import Interpreter
import Synchronization

/// Hands out the seeds of a sweep in blocks, and joins what comes back in the order of the seeds.
final class SweepSchedule: Sendable {
  /// A block has about this many events, from what is known of the blocks before it.
  private static let eventsOfBlock = 200_000
  private static let largestBlock = 4096

  private struct State {
    var ledger: SweepLedger
    var nextSeed: UInt64?
    var nextNumber = 0
    /// The blocks that came back before one in front of them.
    var early: [BlockResult] = []
    /// The last block anew, up to the seed with the last failure that was asked for.
    var repeated: SweepBlock?
    /// The seed with a mistake that is to end the sweep.
    var refused: RefusedDraw?
    var ending: SweepResult.Ending?
  }

  private let sweep: Sweep
  private let halt: @Sendable () -> SweepHalt?
  private let progress: @Sendable (SweepProgress) -> Void
  private let state: Mutex<State>

  init(
    _ sweep: Sweep, halt: @escaping @Sendable () -> SweepHalt?,
    progress: @escaping @Sendable (SweepProgress) -> Void
  ) {
    self.sweep = sweep
    self.halt = halt
    self.progress = progress
    state = Mutex(State(ledger: SweepLedger(sweep), nextSeed: sweep.seeds.lowerBound))
  }

  /// Whether runs that are going on are to be given up.
  var isHalted: Bool { halt() != nil }

  /// The next block; nil if there is nothing left to do.
  func next() -> SweepBlock? {
    state.withLock { state in
      if state.ending != nil { return nil }
      if let block = state.repeated {
        state.repeated = nil
        return block
      }
      guard let first = state.nextSeed, state.ledger.waitsForMore else { return nil }
      let wanted = UInt64(blockSize(state.ledger))
      let last = min(sweep.seeds.upperBound, first.addingReportingOverflow(wanted - 1).partialValue)
      let end = last < first ? sweep.seeds.upperBound : last
      state.nextSeed = end == sweep.seeds.upperBound ? nil : end + 1
      defer { state.nextNumber += 1 }
      return SweepBlock(number: state.nextNumber, seeds: first...end)
    }
  }

  /// Takes in what a block came to.
  func take(_ result: BlockResult) {
    state.withLock { state in
      state.early.append(result)
      while let place = state.early.firstIndex(where: { $0.block.number == state.ledger.blocks }),
        state.ending == nil
      {
        join(state.early.remove(at: place), &state)
      }
      progress(
        SweepProgress(
          runs: state.ledger.runs, total: total, failures: state.ledger.failures.count))
    }
  }

  /// What is known when all workers have ended.
  var result: SweepResult {
    state.withLock { state in
      let halted: SweepResult.Ending = halt() == .interruption ? .interruption : .time
      let ending = state.ending ?? halted
      return state.ledger.result(ending, refused: ending == .refusal ? state.refused : nil)
    }
  }

  private func join(_ result: BlockResult, _ state: inout State) {
    if let refused = result.refused {
      // No seed behind it counts; those before it in its block run alone.
      state.refused = refused
      state.nextSeed = nil
      state.early.removeAll()
      let first = result.block.seeds.lowerBound
      if refused.seed > first {
        state.repeated = SweepBlock(number: result.block.number, seeds: first...(refused.seed - 1))
      } else {
        state.ending = .refusal
      }
      return
    }
    if let seed = state.ledger.seedOfLastFailure(with: result, limit: sweep.failureLimit),
      seed < result.block.seeds.upperBound
    {
      // What comes behind that seed must not count.
      state.repeated = SweepBlock(
        number: result.block.number, seeds: result.block.seeds.lowerBound...seed)
      state.nextSeed = nil
      state.early.removeAll()
      return
    }
    state.ledger.join(result)
    if let limit = sweep.failureLimit, state.ledger.failures.count >= limit {
      state.ending = .failures
    } else if state.refused != nil {
      state.ending = .refusal
    } else if state.ledger.last == sweep.seeds.upperBound {
      state.ending = .complete
    }
  }

  private func blockSize(_ ledger: SweepLedger) -> Int {
    guard ledger.runs > 0 else { return 1 }
    let events = max(1, ledger.events / ledger.runs) * sweep.scenario.cells.count
    return min(max(1, Self.eventsOfBlock / events), Self.largestBlock)
  }

  private var total: Int? {
    let (span, isWhole) = (sweep.seeds.upperBound - sweep.seeds.lowerBound)
      .addingReportingOverflow(1)
    guard !isWhole, let seeds = Int(exactly: span) else { return nil }
    let (total, overflow) = seeds.multipliedReportingOverflow(by: sweep.scenario.cells.count)
    return overflow ? nil : total
  }
}
