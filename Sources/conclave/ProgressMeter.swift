import Search
import Synchronization

/// Shows how far a long search has come, on a terminal only, and knows when its time is over.
final class ProgressMeter: Sendable {
  private let limit: Duration?
  private let start = ContinuousClock.now
  /// When the line was last written; nil as long as it was not.
  private let shown = Mutex<ContinuousClock.Instant?>(nil)

  /// A meter of a search that lasts at most so long.
  init(limit: Duration?) { self.limit = limit }

  /// Whether the time that was given is over.
  var isOver: Bool { limit.map { ContinuousClock.now - start >= $0 } ?? false }

  /// Writes the line, ten times a second at the most, and not at all for a short search;
  /// `text` says it from the time that has passed and the time that was given.
  func show(_ text: (_ elapsed: Duration, _ limit: Duration?) -> String) {
    guard Terminal.takesProgress else { return }
    let now = ContinuousClock.now
    let isDue = shown.withLock { shown in
      guard now - (shown ?? start) > .milliseconds(shown == nil ? 500 : 100) else { return false }
      shown = now
      return true
    }
    guard isDue else { return }
    Terminal.complain("\r\u{1B}[K" + text(now - start, limit))
  }

  /// Takes the line away.
  func clear() {
    if shown.withLock({ $0 != nil }) { Terminal.complain("\r\u{1B}[K") }
  }
}

extension SweepProgress {
  /// The line of a sweep, such as `31000 of 100000 runs, 52000 a second, 2 failures, 2s left`.
  func text(elapsed: Duration, limit: Duration?) -> String {
    let seconds = max(Self.seconds(elapsed), 0.001)
    let rate = Double(runs) / seconds
    var left: Double?
    var text = "\(runs)"
    if let total {
      text += " of \(total)"
      if rate > 0 { left = Double(total - runs) / rate }
    }
    if let limit {
      let rest = max(0, Self.seconds(limit) - seconds)
      left = min(left ?? rest, rest)
    }
    text += " runs, \(Int(rate)) a second, \(failures) "
    text += failures == 1 ? "failure" : "failures"
    if let left, left < 1e9 { text += ", \(Int(left.rounded(.up)))s left" }
    return text
  }

  private static func seconds(_ duration: Duration) -> Double {
    let (seconds, attoseconds) = duration.components
    return Double(seconds) + Double(attoseconds) / 1e18
  }
}

extension ShrinkProgress {
  /// The line of a search for a smaller scenario.
  var text: String { "\(runs) runs, \(nodes) nodes, \(faults) faults and \(calls) calls left" }
}
