/// How far a long batch has come, on a terminal only; nothing is shown of a short one.
final class Progress {
  private let total: Int
  private var done = 0
  private var isShown = false
  private let start = ContinuousClock.now

  /// Nothing is done yet.
  init(total: Int) { self.total = total }

  /// Some runs have ended.
  func advance(by count: Int) {
    done += count
    guard Terminal.takesProgress, ContinuousClock.now - start > .seconds(1) else { return }
    isShown = true
    Terminal.complain("\r\(done) of \(total) runs")
  }

  /// Takes the line away.
  func clear() {
    if isShown { Terminal.complain("\r\u{1B}[K") }
  }
}
