import Diagnostics
import SystemModel

/// Watches one assertion over a run.
struct AssertionMonitor: Sendable {
  /// What it watches with.
  enum Watch: Sendable {
    /// An automaton over conditions, by their places in the judge; -1 where there is none.
    case temporal(first: Int, second: Int)
    /// An invariant, by its place in the judge.
    case invariant(Int)
    /// The last state alone: a condition.
    case atEnd(Int)
    /// The last state alone: a metric.
    case metric(Metric, [MetricBound])
  }

  /// What was found, for good.
  struct Finding: Sendable {
    var verdict: Verdict
    var reason: String
    var evidence: Evidence?
    var diagnostic: Diagnostic?
  }

  let watch: Watch
  var automaton: TemporalAutomaton
  var window: WindowTracker
  /// What an event has to change for an invariant to be judged.
  let topics: Topics
  /// Whether the assertion needs no more looking at.
  var isRetired = false
  /// How often the subject of an invariant has occurred in a window.
  var subjects = 0
  var finding: Finding?

  init(
    _ watch: Watch, _ automaton: TemporalAutomaton, _ window: WindowTracker, topics: Topics = []
  ) {
    self.watch = watch
    self.automaton = automaton
    self.window = window
    self.topics = topics
  }

  /// Whether it looks at the last state alone.
  var looksAtEndOnly: Bool {
    switch watch {
    case .atEnd, .metric: true
    case .temporal, .invariant: false
    }
  }

  /// The next instant at which it must be looked at although nothing happens.
  var wake: Int64 {
    let edge = window.wake(isOpen: automaton.isOpen, openedAt: automaton.openedAt)
    return min(edge, automaton.isOpen ? automaton.wake : .max)
  }

  mutating func reset() {
    automaton.reset()
    window.reset()
    isRetired = looksAtEndOnly
    subjects = 0
    finding = nil
  }
}
