import Diagnostics
import SystemModel

/// Watches one assertion over a run.
///
/// Nothing but words: what it found is kept elsewhere.
struct AssertionMonitor: Sendable, BitwiseCopyable {
  /// What was found, for good.
  struct Finding: Sendable {
    var verdict: Verdict
    var reason: String
    var evidence: Evidence?
    var diagnostic: Diagnostic?
    /// What to do about it, where that depends on why.
    var help: String?
  }

  /// Its conditions, by their places in the judge; -1 where there is none.
  let first: Int
  let second: Int
  /// Its invariant, by its place in the judge; -1 if it is about conditions.
  let invariant: Int
  /// Whether it looks at the last state alone.
  let looksAtEndOnly: Bool
  /// What an event has to change for an invariant to be judged.
  let topics: Topics
  /// Whether it is about the whole run.
  let isWhole: Bool
  /// Whether an event may close its window.
  let closesWithEvents: Bool
  var automaton: TemporalAutomaton
  var window: WindowTracker
  /// Whether the assertion needs no more looking at.
  var isRetired = false
  /// How often the subject of an invariant has occurred in a window.
  var subjects = 0
  /// The last event for which it was to be looked at, by its number.
  var summoned = 0
  /// The next instant at which it must be looked at although nothing happens.
  private(set) var wake: Int64 = .max

  init(
    _ automaton: TemporalAutomaton, _ window: WindowTracker, first: Int = -1, second: Int = -1,
    invariant: Int = -1, topics: Topics = [], looksAtEndOnly: Bool = false
  ) {
    self.automaton = automaton
    self.window = window
    self.first = first
    self.second = second
    self.invariant = invariant
    self.topics = topics
    self.looksAtEndOnly = looksAtEndOnly
    isWhole = window.opening == .run && window.closing == .run
    switch window.closing {
    case .run, .instant: closesWithEvents = false
    case .point, .fault: closesWithEvents = true
    }
  }

  /// Whether a change of one of its conditions matters now.
  @inline(__always)
  func heeds(_ condition: Int) -> Bool {
    automaton.heeds(condition == first ? 0 : 1)
  }

  /// Works out when it must be looked at next although nothing happens.
  mutating func findWake() {
    if isRetired {
      wake = .max
      return
    }
    let edge =
      isWhole ? .max : window.wake(isOpen: automaton.isOpen, openedAt: automaton.openedAt)
    wake = min(edge, automaton.isOpen ? automaton.wake : .max)
  }

  mutating func reset() {
    automaton.reset()
    window.reset()
    isRetired = looksAtEndOnly
    subjects = 0
    summoned = 0
    findWake()
  }
}
