import Search
import Synchronization

/// Shows how far a search for a smaller scenario has come, on a terminal only.
final class ShrinkMeter: Sendable {
  private let limit: Duration?
  private let start = ContinuousClock.now
  /// When the line was last written; nil as long as it was not.
  private let shown = Mutex<ContinuousClock.Instant?>(nil)

  /// A meter of a search that lasts at most so long.
  init(limit: Duration?) { self.limit = limit }

  /// Whether the time that was given is over.
  var isOver: Bool { limit.map { ContinuousClock.now - start >= $0 } ?? false }

  /// Writes the line, ten times a second at the most, and not at all for a short search.
  func show(_ progress: ShrinkProgress) {
    guard Terminal.takesProgress else { return }
    let now = ContinuousClock.now
    let isDue = shown.withLock { shown in
      guard now - (shown ?? start) > .milliseconds(shown == nil ? 500 : 100) else { return false }
      shown = now
      return true
    }
    guard isDue else { return }
    Terminal.complain(
      "\r\u{1B}[K\(progress.runs) runs, \(progress.nodes) nodes, \(progress.faults) faults and "
        + "\(progress.calls) calls left")
  }

  /// Takes the line away.
  func clear() {
    if shown.withLock({ $0 != nil }) { Terminal.complain("\r\u{1B}[K") }
  }
}
