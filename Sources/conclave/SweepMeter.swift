import Search
import Synchronization

/// Shows how far a sweep has come, on a terminal only: runs, rate, failures and the time left.
final class SweepMeter: Sendable {
  private let limit: Duration?
  private let start = ContinuousClock.now
  /// When the line was last written; nil as long as it was not.
  private let shown = Mutex<ContinuousClock.Instant?>(nil)

  /// A meter of a sweep that lasts at most so long.
  init(limit: Duration?) { self.limit = limit }

  /// Whether the time that was given is over.
  var isOver: Bool { limit.map { ContinuousClock.now - start >= $0 } ?? false }

  /// Writes the line, ten times a second at the most, and not at all for a short sweep.
  func show(_ progress: SweepProgress) {
    guard Terminal.takesProgress else { return }
    let now = ContinuousClock.now
    let isDue = shown.withLock { shown in
      guard now - (shown ?? start) > .milliseconds(shown == nil ? 500 : 100) else { return false }
      shown = now
      return true
    }
    guard isDue else { return }
    Terminal.complain("\r\u{1B}[K" + Self.text(progress, elapsed: now - start, limit: limit))
  }

  /// Takes the line away.
  func clear() {
    if shown.withLock({ $0 != nil }) { Terminal.complain("\r\u{1B}[K") }
  }

  /// The line, such as `31000 of 100000 runs, 52000 a second, 2 failures, 2s left`.
  static func text(_ progress: SweepProgress, elapsed: Duration, limit: Duration?) -> String {
    let seconds = max(Self.seconds(elapsed), 0.001)
    let rate = Double(progress.runs) / seconds
    var left: Double?
    var text = "\(progress.runs)"
    if let total = progress.total {
      text += " of \(total)"
      if rate > 0 { left = Double(total - progress.runs) / rate }
    }
    if let limit {
      let rest = max(0, Self.seconds(limit) - seconds)
      left = min(left ?? rest, rest)
    }
    text += " runs, \(Int(rate)) a second, \(progress.failures) "
    text += progress.failures == 1 ? "failure" : "failures"
    if let left, left < 1e9 { text += ", \(Int(left.rounded(.up)))s left" }
    return text
  }

  private static func seconds(_ duration: Duration) -> Double {
    let (seconds, attoseconds) = duration.components
    return Double(seconds) + Double(attoseconds) / 1e18
  }
}
